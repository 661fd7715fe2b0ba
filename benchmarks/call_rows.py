"""Eager calls, outside of any function."""

import functools

import numpy as np
import tensorflow as tf
from networks import mlp, seed
from raw import BATCH, Layers
from training_rows import arrays, compiled

# A layer, and the shape of its input; words are in [0, 1000).
_LAYERS = {
    "dense": (lambda of: of.Dense(32), (BATCH, 20)),
    "conv": (lambda of: of.Conv2D(8, 3), (BATCH, 16, 16, 3)),
    "batch_norm": (lambda of: of.BatchNormalization(), (BATCH, 8, 8, 8)),
    "embedding": (lambda of: of.Embedding(1000, 32), (BATCH, 16)),
    "layer_norm": (lambda of: of.LayerNormalization(), (BATCH, 64)),
    # The published wheel takes its time by the step, the kernel by the call.
    "lstm": (lambda of: of.LSTM(32), (BATCH, 100, 20)),
    "lstm_short": (lambda of: of.LSTM(32), (BATCH, 16, 20)),
}


def _input(name):
    random, shape = np.random.RandomState(0), _LAYERS[name][1]
    if name == "embedding":
        return tf.constant(random.randint(0, 1000, shape), tf.int32)
    return tf.constant(random.normal(size=shape), tf.float32)


def _model(keras):
    made, (x, _) = compiled(keras), arrays(BATCH)
    x = tf.constant(x)
    return lambda: np.asarray(made(x))[0, 0]


def _layer(keras, name):
    layer, x = _LAYERS[name][0](keras.layers), _input(name)
    layer(x)
    seed(layer.trainable_weights)
    return lambda: np.asarray(layer(x)).flat[0]


def _raw(_, network, x):
    layers = Layers()
    layers.run(network, x, training=False)
    seed(layers.trainable)
    return lambda: layers.run(network, x, training=False).numpy().flat[0]


def _raw_layer(_, name):
    make, x = _LAYERS[name][0], _input(name)
    return _raw(_, lambda layers, x: make(layers)(x), x)


ROWS = {"call_model": _model} | {
    f"call_{name}": functools.partial(_layer, name=name) for name in _LAYERS
}
RAW_ROWS = {
    "call_model": lambda _: _raw(_, mlp, tf.constant(arrays(BATCH)[0]))
} | {
    f"call_{name}": functools.partial(_raw_layer, name=name) for name in _LAYERS
}
