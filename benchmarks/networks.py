"""Networks, for any package that has the layers, and for TensorFlow alone.

Each takes `layers`, which is `keras.layers` or a `raw.Layers`, and the input.
"""

import numpy as np

FEATURES = 20


def mlp(layers, x):
    """Three dense layers for rows of numbers."""
    x = layers.Dense(32, activation="relu")(x)
    x = layers.Dense(32, activation="relu")(x)
    return layers.Dense(1)(x)


def _bottleneck(layers, x, filters, stride, is_first):
    def convolved(x, filters, size, stride=1, is_active=True):
        x = layers.Conv2D(filters, size, strides=stride, padding="same")(x)
        x = layers.BatchNormalization()(x)
        return layers.Activation("relu")(x) if is_active else x

    shortcut = x
    if is_first:
        shortcut = convolved(x, 4 * filters, 1, stride, is_active=False)
    x = convolved(x, filters, 1, stride)
    x = convolved(x, filters, 3)
    x = convolved(x, 4 * filters, 1, is_active=False)
    return layers.Activation("relu")(layers.Add()([shortcut, x]))


def resnet50(layers, x):
    """ResNet50 (He et al. 2015), for images of 224 x 224 x 3."""
    x = layers.Conv2D(64, 7, strides=2, padding="same")(x)
    x = layers.Activation("relu")(layers.BatchNormalization()(x))
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    for stage, blocks in enumerate((3, 4, 6, 3)):
        for block in range(blocks):
            stride = 2 if stage and not block else 1
            filters = 64 * 2**stage
            x = _bottleneck(layers, x, filters, stride, is_first=not block)
    return layers.Dense(1000)(layers.GlobalAveragePooling2D()(x))


def transformer(layers, x, depth=12, width=128, heads=4):
    """A Transformer's encoder, for 32 words out of 1000."""
    x = layers.Embedding(1000, width)(x)
    for _ in range(depth):
        seen = layers.MultiHeadAttention(heads, width // heads)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, seen]))
        hidden = layers.Dense(4 * width, activation="relu")(x)
        hidden = layers.Dense(width)(hidden)
        x = layers.LayerNormalization()(layers.Add()([x, hidden]))
    return layers.Dense(10)(layers.GlobalAveragePooling1D()(x))


def small_transformer(layers, x):
    """The same, two deep."""
    return transformer(layers, x, depth=2)


def convolution(layers, x):
    """Two convolutions for images of 28 x 28."""
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    return layers.Dense(10)(layers.Flatten()(x))


def lstm(layers, x):
    """An LSTM over 32 steps."""
    return layers.Dense(10)(layers.LSTM(64)(x))


def gru(layers, x):
    """A GRU over 32 steps."""
    return layers.Dense(10)(layers.GRU(64)(x))


# Shape of a sample, and how many words there are or None for numbers.
INPUTS = {
    mlp: ((FEATURES,), None),
    resnet50: ((224, 224, 3), None),
    transformer: ((32,), 1000),
    small_transformer: ((32,), 1000),
    convolution: ((28, 28, 1), None),
    lstm: ((32, 16), None),
    gru: ((32, 16), None),
}


def model(keras, network):
    """The network as a model, not compiled."""
    shape, words = INPUTS[network]
    x = keras.Input(shape, dtype="int32" if words else "float32")
    return keras.Model(x, network(keras.layers, x))


def data(network, samples):
    """Inputs, and classes in [0, 10), the same for all contenders."""
    shape, words = INPUTS[network]
    random = np.random.RandomState(0)
    if words:
        x = random.randint(0, words, (samples, *shape)).astype("int32")
    else:
        x = random.rand(samples, *shape).astype("float32")
    return x, random.randint(0, 10, samples).astype("int32")


def seed(variables):
    """Gives matrices the same values in all contenders."""
    random = np.random.RandomState(1)
    for variable in variables:
        shape = tuple(variable.shape)
        if len(shape) > 1:
            limit = np.sqrt(6 / (np.prod(shape[:-1]) + shape[-1]))
            variable.assign(random.uniform(-limit, limit, shape))
