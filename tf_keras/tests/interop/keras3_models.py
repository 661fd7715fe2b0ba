"""Models of layers that Keras 3 has in common with this package, by name."""

import os

import numpy as np


def compile_model(model, optimizer, loss, **kwargs):
    """Compiles with a number of steps: Keras 3 can't train without one."""
    model.compile(optimizer, loss, steps_per_execution=1, **kwargs)


def mlp(keras):
    """A list of dense layers with dropout and normalisation."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((4,)),
            # Not "relu": a bias whose units are all active has no gradient
            # before normalisation, and Adam makes steps of rounding noise.
            layers.Dense(8, activation="tanh", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.Dropout(0.0),
            layers.LeakyReLU(),
            layers.Dense(2),
        ]
    )
    compile_model(model, keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    return model


def cnn(keras):
    """Convolutions, pooling, reshaping."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.ZeroPadding2D(1),
            layers.Conv2D(4, 3, strides=2, activation="relu"),
            layers.DepthwiseConv2D(2),
            layers.SeparableConv2D(4, 2, padding="same"),
            layers.Conv2DTranspose(3, 2),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(2, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.SGD(0.01, momentum=0.9)
    compile_model(model, optimizer, keras.losses.CategoricalCrossentropy())
    return model


def nested(keras):
    """A model in a model, whose calls the two packages number otherwise."""
    layers = keras.layers
    start = keras.Input((6,))
    inner = keras.Model(start, layers.Dense(5)(start), name="inner")
    start = keras.Input((4,))
    hidden = inner(layers.Dense(6)(start))
    model = keras.Model(start, layers.Dense(2)(hidden))
    compile_model(model, keras.optimizers.Adamax(0.01), "mse")
    return model


def functional(keras):
    """Two inputs, a shared layer, merges."""
    layers = keras.layers
    left = keras.Input((4,), name="left")
    right = keras.Input((4,), name="right")
    shared = layers.Dense(3, activation="tanh", name="shared")
    parts = [shared(left), shared(right)]
    both = layers.Concatenate()([layers.Add()(parts), layers.Multiply()(parts)])
    outputs = layers.Dense(2, name="head")(both)
    model = keras.Model([left, right], outputs, name="two")
    compile_model(model, keras.optimizers.RMSprop(0.01), keras.losses.Huber())
    return model


def recurrent(keras):
    """Embedding with a mask, and recurrent layers."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((6,)),
            layers.Embedding(10, 4, mask_zero=True),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.GRU(3, return_sequences=True),
            layers.TimeDistributed(layers.Dense(4)),
            layers.SimpleRNN(3),
            layers.Dense(2),
        ]
    )
    compile_model(model, keras.optimizers.Adagrad(0.1), "mse")
    return model


def attention(keras):
    """Attention between a sequence and itself."""
    layers = keras.layers
    start = keras.Input((5, 8))
    seen = layers.MultiHeadAttention(2, 4)(start, start)
    hidden = layers.LayerNormalization()(layers.Add()([start, seen]))
    pooled = layers.GlobalAveragePooling1D()(hidden)
    model = keras.Model(start, layers.Dense(2)(pooled))
    compile_model(model, keras.optimizers.Nadam(0.01), "mse")
    return model


MAKERS = (mlp, cnn, functional, nested, recurrent, attention)
_SHAPES = {"cnn": (8, 8, 3), "attention": (5, 8)}


def data_of(name):
    """Returns inputs and targets for the model of a name."""
    random = np.random.RandomState(7)
    targets = random.rand(6, 2).astype("float32")
    if name == "recurrent":
        # No zeros: losses of masked steps are averaged otherwise there.
        return random.randint(1, 10, (6, 6)).astype("float32"), targets
    if name == "functional":
        pair = [random.rand(6, 4).astype("float32") for _ in range(2)]
        return pair, targets
    shape = (6, *_SHAPES.get(name, (4,)))
    return random.rand(*shape).astype("float32"), targets


def write(keras, folder, *suffixes):
    """Trains each model for two steps and writes it in some formats."""
    for make in MAKERS:
        name = make.__name__
        inputs, targets = data_of(name)
        model = make(keras)
        for _ in range(2):
            model.train_on_batch(inputs, targets)
        for suffix in suffixes:
            path = os.path.join(folder, name + suffix)
            if suffix == ".weights.h5":
                model.save_weights(path)
            elif suffix == ".json":
                with open(path, "w") as file:
                    file.write(model.to_json())
            elif suffix == ".keras" and keras.__name__ == "tf_keras":
                model.save(path, save_format="keras3")
            else:
                model.save(path)
        np.savez(os.path.join(folder, name + ".npz"), **_behaviour(model, name))


def _behaviour(model, name):
    inputs, targets = data_of(name)
    predicted = model.predict(inputs, verbose=0)
    model.train_on_batch(inputs, targets)
    return {"predicted": predicted, "next": model.predict(inputs, verbose=0)}


def read(keras, folder, *suffixes):
    """Reads what `write` wrote; returns what differs, line by line."""
    lines = []
    for make in MAKERS:
        name = make.__name__
        expected = dict(np.load(os.path.join(folder, name + ".npz")))
        for suffix in suffixes:
            path = os.path.join(folder, name + suffix)
            try:
                lines += _differences(keras, make, path, suffix, expected)
            except Exception as error:  # Every kind of failure is a finding.
                lines.append(
                    f"{name}{suffix}: {type(error).__name__}: "
                    f"{str(error)[:500]}"
                )
    return lines


def _differences(keras, make, path, suffix, expected):
    checked = ["predicted"]
    if suffix == ".weights.h5":
        model = make(keras)
        model.load_weights(path)
    elif suffix == ".json":
        with open(path) as file:
            model = keras.models.model_from_json(file.read())
        model.load_weights(path.removesuffix(".json") + ".weights.h5")
        model.compile("sgd", "mse")
    else:
        model = keras.models.load_model(path)
        checked.append("next")
    found = _behaviour(model, make.__name__)
    return [
        f"{make.__name__}{suffix}: {key} {found[key]} is not {expected[key]}"
        for key in checked
        if not np.allclose(found[key], expected[key], rtol=1e-3, atol=1e-5)
    ]
