"""Models that this package and the published one make alike, by name."""

import os

import numpy as np

# What each kind of model is written as.
WHOLE = (".keras", ".h5", ".tf")  # The last is a SavedModel.
WEIGHTS = (".weights.h5", ".only.h5", "")  # "" is a checkpoint's prefix.


def mlp(keras):
    """A list of dense layers."""
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Dense(8, activation="relu", input_shape=(4,)),
            layers.Dropout(0.0),
            layers.Dense(2, kernel_regularizer="l2"),
        ]
    )
    optimizer = keras.optimizers.Adam(0.01, jit_compile=False)
    model.compile(optimizer, "mse", metrics=["mae"])
    return model


def cnn(keras):
    """Convolution, normalisation, pooling."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(2, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.SGD(0.01, momentum=0.9, jit_compile=False)
    model.compile(optimizer, keras.losses.CategoricalCrossentropy())
    return model


def functional(keras):
    """Two inputs, a shared layer, operators, a model in a model."""
    layers = keras.layers
    left = keras.Input((4,), name="left")
    right = keras.Input((4,), name="right")
    shared = layers.Dense(3, activation="tanh", name="shared")
    both = layers.Concatenate()([shared(left), shared(right) * 2.0 - 1.0])
    inner_input = keras.Input((6,))
    inner = keras.Model(inner_input, layers.Dense(5)(inner_input), name="inner")
    outputs = layers.Dense(2, name="head")(inner(both) + 0.5)
    model = keras.Model([left, right], outputs, name="two")
    schedule = keras.optimizers.schedules.ExponentialDecay(0.01, 3, 0.5)
    optimizer = keras.optimizers.RMSprop(schedule, jit_compile=False)
    model.compile(optimizer, keras.losses.Huber(), metrics=["mse"])
    return model


def mixed(keras):
    """Dense layers that compute in float16."""
    policy = keras.mixed_precision.Policy("mixed_float16")
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Dense(5, dtype=policy, input_shape=(4,)),
            layers.Dense(2, dtype="float32"),
        ]
    )
    optimizer = keras.optimizers.Adam(0.01, jit_compile=False)
    scaled = keras.mixed_precision.LossScaleOptimizer(
        optimizer, initial_scale=1024
    )
    model.compile(scaled, "mse")
    return model


def embedded(keras):
    """Integers to vectors, pooled."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((6,)),
            layers.Embedding(10, 4),
            layers.GlobalAveragePooling1D(),
            layers.Dense(2),
        ]
    )
    optimizer = keras.optimizers.Adagrad(0.1, jit_compile=False)
    model.compile(optimizer, "mse")
    return model


def sequence(keras):
    """Masked steps of unequal length, read forwards and backwards."""
    layers = keras.layers
    inputs = keras.Input((6,))
    vectors = layers.Embedding(10, 4, mask_zero=True)(inputs)
    both = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(vectors)
    last = layers.BatchNormalization()(layers.GRU(4)(both))
    model = keras.Model(inputs, layers.Dense(2)(last))
    model.compile(keras.optimizers.Adam(0.01, jit_compile=False), "mse")
    return model


MAKERS = (mlp, cnn, functional, mixed, embedded, sequence)


def own(keras):
    """A model defined by code, with a layer of its author's own."""
    layers = keras.layers

    class Scale(layers.Layer):
        def build(self, input_shape):
            self.scale = self.add_weight(
                "scale",
                (input_shape[-1],),
                initializer="ones",
                regularizer="l2",
            )
            super().build(input_shape)

        def call(self, inputs, training=False):
            return inputs * self.scale * (2.0 if training else 1.0)

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.parts = [layers.Dense(3, activation="tanh"), Scale()]
            self.head = layers.Dense(2)

        def call(self, inputs):
            for part in self.parts:
                inputs = part(inputs)
            return {"first": self.head(inputs), "second": inputs}

    return Own()


def data_of(name):
    """Returns inputs and targets for the model of a name."""
    random = np.random.RandomState(7)
    targets = random.rand(6, 2).astype("float32")
    if name == "cnn":
        return random.rand(6, 8, 8, 3).astype("float32"), targets
    if name in ("embedded", "sequence"):
        return random.randint(0, 10, (6, 6)).astype("float32"), targets
    if name == "functional":
        pair = [random.rand(6, 4).astype("float32") for _ in range(2)]
        return pair, targets
    return random.rand(6, 4).astype("float32"), targets


def write(keras, folder):
    """Trains each model for two steps and writes it in every format.

    Beside it stands what it predicts, and what the next steps gave.
    """
    for make in MAKERS:
        name = make.__name__
        inputs, targets = data_of(name)
        model = make(keras)
        for _ in range(2):
            model.train_on_batch(inputs, targets)
        for suffix in WHOLE:
            model.save(os.path.join(folder, name + suffix))
        for suffix in WEIGHTS:
            model.save_weights(os.path.join(folder, name + suffix))
        np.savez(os.path.join(folder, name + ".npz"), **_behaviour(model, name))
    model = own(keras)
    model(data_of("own")[0])
    model.save(os.path.join(folder, "own.tf"))
    np.savez(os.path.join(folder, "own.npz"), **_outputs(model))


def _outputs(model):
    outputs = model(data_of("own")[0])
    return {
        **{key: np.array(value) for key, value in outputs.items()},
        "losses": np.array([float(loss) for loss in model.losses]),
        "weights": np.sort(np.concatenate(list(map(np.ravel, model.weights)))),
    }


def _behaviour(model, name):
    inputs, targets = data_of(name)
    found = {"predicted": model.predict(inputs, verbose=0)}
    losses = []
    for _ in range(3):
        logs = model.train_on_batch(inputs, targets)
        losses.append(np.ravel(logs)[0])
    return {**found, "losses": np.array(losses)}


def read(keras, folder):
    """Reads all that `write` wrote; returns what differs, line by line."""
    lines = []
    for make in MAKERS:
        name = make.__name__
        expected = dict(np.load(os.path.join(folder, name + ".npz")))
        for suffix in (*WHOLE, *WEIGHTS):
            path = os.path.join(folder, name + suffix)
            try:
                lines += _differences(keras, make, path, suffix, expected)
            except Exception as error:  # Every kind of failure is a finding.
                lines.append(
                    f"{name}{suffix}: {type(error).__name__}: "
                    f"{str(error)[:500]}"
                )
    expected = dict(np.load(os.path.join(folder, "own.npz")))
    # Nobody here knows its class: what was saved of its calls stands in.
    found = _outputs(keras.models.load_model(os.path.join(folder, "own.tf")))
    for key, value in expected.items():
        if not np.allclose(found[key], value, rtol=1e-4):
            lines.append(f"own.tf: {key} {found[key]} is not {value}")
    return lines


def _differences(keras, make, path, suffix, expected):
    if suffix in WHOLE:
        model = keras.models.load_model(path)
    else:
        model = make(keras)
        model.load_weights(path)
    found = _behaviour(model, make.__name__)
    checked = ["predicted"]
    if suffix in WHOLE:
        checked.append("losses")
    return [
        f"{make.__name__}{suffix}: {key} {found[key]} is not {expected[key]}"
        for key in checked
        if not np.allclose(found[key], expected[key], rtol=1e-3, atol=1e-5)
    ]
