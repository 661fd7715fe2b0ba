"""Each family of layers: forward, and forward and backward, in both modes."""

import functools

import numpy as np
import tensorflow as tf
from targets import FAMILIES

_ROWS, _IMAGES = (32, 64), (8, 16, 16, 8)
_SERIES, _VOLUMES = (16, 20, 16), (2, 8, 8, 8, 4)


def _words(layers):
    return layers.TextVectorization(vocabulary=["a", "b", "c"])


# For each family its layer, and shapes of inputs or a constant input.
_LAYERS = {
    "dense": (lambda of: of.Dense(64), _ROWS),
    "einsum_dense": (lambda of: of.EinsumDense("ab,bc->ac", 64), _ROWS),
    "embedding": (lambda of: of.Embedding(9, 32), np.ones((32, 16), "int32")),
    "activation": (lambda of: of.Activation("relu"), _ROWS),
    "conv1d": (lambda of: of.Conv1D(16, 3), _SERIES),
    "conv2d": (lambda of: of.Conv2D(16, 3), _IMAGES),
    "conv3d": (lambda of: of.Conv3D(8, 3), _VOLUMES),
    "conv2d_transpose": (lambda of: of.Conv2DTranspose(8, 3), _IMAGES),
    "depthwise_conv2d": (lambda of: of.DepthwiseConv2D(3), _IMAGES),
    "separable_conv2d": (lambda of: of.SeparableConv2D(16, 3), _IMAGES),
    "locally_connected1d": (lambda of: of.LocallyConnected1D(8, 3), _SERIES),
    "max_pooling2d": (lambda of: of.MaxPooling2D(2), _IMAGES),
    "average_pooling2d": (lambda of: of.AveragePooling2D(2), _IMAGES),
    "global_average_pooling2d": (
        lambda of: of.GlobalAveragePooling2D(),
        _IMAGES,
    ),
    "simple_rnn": (lambda of: of.SimpleRNN(32), _SERIES),
    "gru": (lambda of: of.GRU(32), _SERIES),
    "lstm": (lambda of: of.LSTM(32), _SERIES),
    "conv_lstm2d": (lambda of: of.ConvLSTM2D(4, 3), (2, 4, 8, 8, 3)),
    "rnn_of_cells": (
        lambda of: of.RNN([of.LSTMCell(16), of.GRUCell(16)]),
        _SERIES,
    ),
    "bidirectional": (lambda of: of.Bidirectional(of.LSTM(32)), _SERIES),
    "time_distributed": (lambda of: of.TimeDistributed(of.Dense(16)), _SERIES),
    "attention": (lambda of: of.Attention(), [_SERIES, _SERIES]),
    "additive_attention": (
        lambda of: of.AdditiveAttention(),
        [_SERIES, _SERIES],
    ),
    "multi_head_attention": (
        lambda of: of.MultiHeadAttention(2, 8),
        (_SERIES, _SERIES),
    ),
    "batch_normalization": (lambda of: of.BatchNormalization(), _IMAGES),
    "layer_normalization": (lambda of: of.LayerNormalization(), _ROWS),
    "group_normalization": (lambda of: of.GroupNormalization(4), _IMAGES),
    "unit_normalization": (lambda of: of.UnitNormalization(), _ROWS),
    "spectral_normalization": (
        lambda of: of.SpectralNormalization(of.Dense(16)),
        _ROWS,
    ),
    "add": (lambda of: of.Add(), [_ROWS, _ROWS]),
    "concatenate": (lambda of: of.Concatenate(), [_ROWS, _ROWS]),
    "dot": (lambda of: of.Dot(1), [_ROWS, _ROWS]),
    "reshape": (lambda of: of.Reshape((8, 8)), _ROWS),
    "permute": (lambda of: of.Permute((2, 1)), _SERIES),
    "zero_padding2d": (lambda of: of.ZeroPadding2D(), _IMAGES),
    "up_sampling2d": (lambda of: of.UpSampling2D(), _IMAGES),
    "cropping2d": (lambda of: of.Cropping2D(1), _IMAGES),
    "prelu": (lambda of: of.PReLU(), _ROWS),
    "softmax": (lambda of: of.Softmax(), _ROWS),
    "dropout": (lambda of: of.Dropout(0.5), _ROWS),
    "gaussian_noise": (lambda of: of.GaussianNoise(0.1), _ROWS),
    "normalization": (
        lambda of: of.Normalization(mean=0.5, variance=2.0),
        _ROWS,
    ),
    "rescaling": (lambda of: of.Rescaling(0.5), _IMAGES),
    "resizing": (lambda of: of.Resizing(8, 8), _IMAGES),
    "random_flip": (lambda of: of.RandomFlip(), _IMAGES),
    "random_rotation": (lambda of: of.RandomRotation(0.1), _IMAGES),
    "category_encoding": (
        lambda of: of.CategoryEncoding(9, "one_hot"),
        np.ones((32,), "int64"),
    ),
    "discretization": (lambda of: of.Discretization([0.0, 0.5, 1.0]), _ROWS),
    "hashing": (lambda of: of.Hashing(9), np.array([["a"], ["b"]] * 32)),
    "string_lookup": (
        lambda of: of.StringLookup(vocabulary=["a", "b"]),
        np.array([["a"], ["b"]] * 32),
    ),
    "text_vectorization": (_words, np.array(["a b", "b c a"] * 16)),
}
_TRAINS = {"dropout", "gaussian_noise", "random_flip", "random_rotation"}


def _inputs(given):
    if isinstance(given, np.ndarray):
        return tf.constant(given)
    if isinstance(given, list):
        return [_inputs(shape) for shape in given]
    values = np.random.RandomState(0).normal(size=given)
    return tf.constant(values, tf.float32)


def _floating(x):
    return [v for v in tf.nest.flatten(x) if v.dtype.is_floating]


def _row(keras, family, backward, traced):
    make, given = _LAYERS[family]
    layer = make(keras.layers)
    if family == "multi_head_attention":
        x, more = _inputs(given[0]), (_inputs(given[1]),)
    else:
        x, more = _inputs(given), ()
    options = {"training": True} if family in _TRAINS else {}
    layer(x, *more, **options)
    weights = layer.trainable_weights
    if backward and not (weights or _floating(x)):
        raise NotImplementedError("nothing to differentiate")

    def forward(x):
        return layer(x, *more, **options)

    def both(x):
        inputs = _floating(x)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = forward(x)
        return tape.gradient(outputs, weights + inputs)

    run = both if backward else forward
    if traced:
        # As a model calls it: with the signature that it was traced with.
        run = tf.function(run).get_concrete_function(x)
        run = functools.partial(_call, run, tf.nest.flatten(x))
    else:
        run = functools.partial(run, x)

    def run_and_read():
        leaves = tf.nest.flatten(run(), expand_composites=True)
        return next(leaf for leaf in leaves if leaf is not None).numpy().size

    return run_and_read


def _call(function, leaves):
    return function(*leaves)


ROWS = {
    f"layer_{family}_{direction}_{mode}": functools.partial(
        _row,
        family=family,
        backward=direction == "backward",
        traced=mode == "traced",
    )
    for family in FAMILIES
    for direction in ("forward", "backward")
    for mode in ("eager", "traced")
}
RAW_ROWS = {}
