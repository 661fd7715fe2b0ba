"""Layers that learn from data: `adapt`."""

import collections
import re

import numpy as np
import tensorflow as tf

_WORDS = np.array([f"word{number}" for number in range(5000)])


def _numbers():
    return np.random.RandomState(0).rand(100_000, 16).astype("float32")


def _tokens():
    places = np.random.RandomState(0).randint(0, len(_WORDS), 200_000)
    return _WORDS[places].reshape(-1, 1)


def _texts():
    places = np.random.RandomState(0).randint(0, len(_WORDS), (10_000, 16))
    return np.array([" ".join(_WORDS[row]) + "." for row in places])


def adapt_normalization(keras):
    layer, data = keras.layers.Normalization(), _numbers()
    return lambda: (layer.adapt(data), np.asarray(layer.mean).flat[0])[1]


def _words(make, data):
    def run():
        layer = make()
        layer.adapt(data)
        return layer.vocabulary_size()

    return run


def adapt_string_lookup(keras):
    return _words(keras.layers.StringLookup, _tokens())


def adapt_text_vectorization(keras):
    return _words(keras.layers.TextVectorization, _texts())


def _raw_normalization(_):
    data = _numbers()

    def run():
        mean, _ = tf.nn.moments(tf.constant(data), [0])
        return float(mean[0])

    return run


def _vocabulary(tokens):
    counts = collections.Counter(tokens)
    return sorted(counts, key=lambda token: (counts[token], token))[::-1]


def _raw_string_lookup(_):
    data = _tokens()
    return lambda: len(_vocabulary(data[:, 0].tolist())) + 1


def _raw_text_vectorization(_):
    data, marks = (
        _texts(),
        re.compile(r'[!"#$%&()\*\+,-\./:;<=>?@\[\\\]^_`{|}~\']'),
    )

    def run():
        texts = marks.sub("", "\n".join(data.tolist()).lower())
        return len(_vocabulary(texts.split())) + 2

    return run


ROWS = {
    function.__name__: function
    for function in (
        adapt_normalization,
        adapt_string_lookup,
        adapt_text_vectorization,
    )
}
RAW_ROWS = {
    "adapt_normalization": _raw_normalization,
    "adapt_string_lookup": _raw_string_lookup,
    "adapt_text_vectorization": _raw_text_vectorization,
}
