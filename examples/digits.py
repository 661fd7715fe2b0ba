"""Handwritten digits: train, save, load, export, serve.

    python examples/digits.py [FOLDER]

Trains a small convolutional network on 1,437 images that come with the
package, tests it on 360 others and writes what it made into FOLDER, by default
`digits_out`. Takes well under a minute on two cores. The exit status is 1 if
fewer than 97% of the test images are read right.
"""

import argparse
import pathlib
import sys
import time

import numpy as np
import tensorflow as tf

import tf_keras as keras

WANTED_ACCURACY = 0.97


def make_model():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(8, 8, 1), name="image"),
            layers.Rescaling(1.0 / 16),
            layers.Conv2D(32, 3, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.ReLU(),
            layers.Conv2D(64, 3, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.ReLU(),
            layers.MaxPooling2D(),
            layers.Conv2D(128, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ],
        name="digits",
    )


def load_images():
    (x_train, y_train), (x_test, y_test) = keras.datasets.digits.load_data()
    as_input = lambda images: images[..., np.newaxis].astype("float32")
    return (as_input(x_train), y_train), (as_input(x_test), y_test)


def train(model, images, labels):
    model.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        images,
        labels,
        batch_size=64,
        epochs=40,
        validation_split=0.1,
        callbacks=[
            keras.callbacks.EarlyStopping(
                patience=12, restore_best_weights=True
            )
        ],
    )


def check_reloaded(model, path, images):
    """Saves and loads the model; both must predict the same."""
    model.save(path)
    reloaded = keras.models.load_model(path)
    np.testing.assert_array_equal(
        reloaded.predict(images, verbose=0), model.predict(images, verbose=0)
    )


def check_served(model, folder, images):
    """Exports the model and predicts with TensorFlow alone."""
    model.export(folder)
    served = tf.saved_model.load(folder)
    np.testing.assert_allclose(
        served.serve(images),
        model.predict(images, verbose=0),
        rtol=1e-4,
        atol=1e-6,
    )


def draw_curve(history, path):
    """Draws accuracy and loss by epoch; False where matplotlib is missing."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    for axes, name in zip(figure.subplots(1, 2), ("accuracy", "loss")):
        axes.plot(history[name], label="training")
        axes.plot(history[f"val_{name}"], label="validation")
        axes.set(xlabel="epoch", ylabel=name)
        axes.legend()
    figure.savefig(path)
    return True


def main(folder="digits_out"):
    start = time.time()
    keras.utils.set_random_seed(1)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    (x_train, y_train), (x_test, y_test) = load_images()
    print(f"Loaded {len(x_train)} images to train and {len(x_test)} to test.")

    model = make_model()
    model.summary()
    history = train(model, x_train, y_train).history

    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    print(f"Read {accuracy:.1%} of the test images right; loss {loss:.4f}.")

    path = folder / "digits.keras"
    check_reloaded(model, str(path), x_test)
    print(f"Saved the model to {path}; loaded, it predicts the same.")

    path = folder / "served"
    check_served(model, str(path), x_test)
    print(f"Exported it to {path}; TensorFlow alone predicts the same.")

    path = folder / "training.png"
    if draw_curve(history, path):
        print(f"Drew the training curve in {path}.")
    else:
        print("Drew no curve: `pip install matplotlib` for one.")

    print(f"Done in {time.time() - start:.0f} seconds.")
    if accuracy < WANTED_ACCURACY:
        print(f"The accuracy is below {WANTED_ACCURACY:.0%}.")
        return 1
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="Trains a small network on handwritten digits."
    )
    parser.add_argument(
        "folder", nargs="?", default="digits_out", help="where to write"
    )
    sys.exit(main(parser.parse_args().folder))
