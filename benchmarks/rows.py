"""What is measured: each row prepares its work and returns a function.

A row gets the Keras package. What it returns runs the work once and reads the
result back.
"""

import numpy as np
import optimizer_rows
import tensorflow as tf

SAMPLES, FEATURES, BATCH = 10_000, 20, 32


def arrays(samples=SAMPLES):
    """The same random inputs and targets for all contenders."""
    random = np.random.RandomState(0)
    x = random.rand(samples, FEATURES).astype("float32")
    return x, x[:, :1] * 2.0


def _model(keras, metrics=None):
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((FEATURES,)),
            layers.Dense(32, "relu"),
            layers.Dense(32, "relu"),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse", metrics=metrics)
    return model


def fit_arrays(keras):
    """An epoch of 10,000 samples in batches of 32, no batch callback."""
    model, (x, y) = _model(keras), arrays()
    return lambda: model.fit(x, y, verbose=0).history["loss"][0]


def fit_arrays_with_metrics(keras):
    """The same with a metric."""
    model, (x, y) = _model(keras, ["mae"]), arrays()
    return lambda: model.fit(x, y, verbose=0).history["mae"][0]


def fit_dataset(keras):
    """The same from a `tf.data.Dataset`."""
    model = _model(keras)
    dataset = tf.data.Dataset.from_tensor_slices(arrays()).batch(BATCH)
    return lambda: model.fit(dataset, verbose=0).history["loss"][0]


def fit_with_batch_callback(keras):
    """The same with a callback that reads logs at every batch."""

    class Reader(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.loss = logs["loss"]

    model, (x, y), reader = _model(keras), arrays(), Reader()
    return lambda: (
        model.fit(x, y, verbose=0, callbacks=[reader]) and reader.loss
    )


def fit_short_epochs(keras):
    """Twenty epochs of 8 steps."""
    model, (x, y) = _model(keras), arrays(8 * BATCH)
    return lambda: model.fit(x, y, epochs=20, verbose=0).history["loss"][-1]


def train_on_batch(keras):
    """One batch of training."""
    model, (x, y) = _model(keras), arrays(BATCH)
    return lambda: float(model.train_on_batch(x, y))


def predict_on_batch(keras):
    """One batch of prediction."""
    model, (x, _) = _model(keras), arrays(BATCH)
    return lambda: model.predict_on_batch(x)[0, 0]


def predict_one(keras):
    """`predict` of one sample."""
    model, (x, _) = _model(keras), arrays(1)
    return lambda: model.predict(x, verbose=0)[0, 0]


def predict_many(keras):
    """`predict` of 10,000 samples in batches of 32."""
    model, (x, _) = _model(keras), arrays()
    return lambda: model.predict(x, verbose=0)[-1, 0]


def evaluate_many(keras):
    """`evaluate` of 10,000 samples in batches of 32."""
    model, (x, y) = _model(keras), arrays()
    return lambda: model.evaluate(x, y, verbose=0)


def call_eagerly(keras):
    """`model(x)` on one batch, outside of any function."""
    model, (x, _) = _model(keras), arrays(BATCH)
    x = tf.constant(x)
    return lambda: model(x).numpy()[0, 0]


ROWS = {
    function.__name__: function
    for function in (
        fit_arrays,
        fit_arrays_with_metrics,
        fit_dataset,
        fit_with_batch_callback,
        fit_short_epochs,
        train_on_batch,
        predict_on_batch,
        predict_one,
        predict_many,
        evaluate_many,
        call_eagerly,
    )
} | optimizer_rows.ROWS
# Rows that take less than a millisecond run many times a round.
REPEATS = {
    "train_on_batch": 30,
    "predict_on_batch": 100,
    "predict_one": 30,
    "call_eagerly": 100,
}
