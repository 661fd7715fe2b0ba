"""Tests that vocabularies come back from HDF5 files."""

import os

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras import layers

TEXTS = np.array([["b b a"], ["c c b c"]])


def _model():
    text = layers.TextVectorization()
    words = layers.StringLookup()
    numbers = layers.IntegerLookup(output_mode="multi_hot", max_tokens=5)
    idf = layers.TextVectorization(output_mode="tf_idf", max_tokens=6)
    text.adapt(TEXTS)
    idf.adapt(TEXTS)
    words.adapt(np.array(["ä", "ö", "ö"]))
    numbers.adapt(np.array([[7], [9], [7], [-3]]))
    inputs = [
        tf_keras.Input((1,), dtype="string"),
        tf_keras.Input((1,), dtype="string"),
        tf_keras.Input((1,), dtype="int64"),
    ]
    texts, word, number = inputs
    outputs = [text(texts), idf(texts), words(word), numbers(number)]
    return tf_keras.Model(inputs, outputs)


DATA = [TEXTS, np.array([["ö"], ["z"]]), np.array([[9], [7]])]


class HDF5AssetsTest(tf.test.TestCase):
    def check_same(self, model, other):
        for one, two in zip(model(DATA), other(DATA)):
            self.assertAllClose(one, two)

    def test_whole_models_keep_vocabularies(self):
        model = _model()
        path = os.path.join(self.get_temp_dir(), "model.h5")
        model.save(path)
        self.check_same(tf_keras.models.load_model(path), model)

    def test_learnt_bins_come_back(self):
        bins = layers.Discretization(num_bins=3)
        bins.adapt(np.arange(10.0).reshape(-1, 1))
        model = tf_keras.Sequential([tf_keras.Input((1,)), bins])
        path = os.path.join(self.get_temp_dir(), "bins.h5")
        model.save(path)
        data = np.array([[1.0], [4.0], [9.0]])
        loaded = tf_keras.models.load_model(path)
        self.assertAllEqual(loaded(data), [[0], [1], [2]])
        model.save_weights(path)
        loaded.layers[0].adapt(np.zeros((3, 1)))
        loaded.load_weights(path)
        self.assertAllEqual(loaded(data), [[0], [1], [2]])

    def test_weights_replace_another_vocabulary(self):
        first = tf_keras.Sequential([layers.StringLookup(vocabulary=None)])
        first.layers[0].adapt(np.array(["a", "b", "b"]))
        second = tf_keras.Sequential([layers.StringLookup()])
        second.layers[0].adapt(np.array(["c"]))
        words = np.array([["a"], ["b"], ["c"]])
        self.assertAllEqual(first(words), [[2], [1], [0]])
        self.assertAllEqual(second(words), [[0], [0], [1]])
        for name in ("a.h5", "a.weights.h5"):
            path = os.path.join(self.get_temp_dir(), name)
            first.save_weights(path)
            second.layers[0].adapt(np.array(["c"]))
            second.load_weights(path)
            self.assertAllEqual(second(words), [[2], [1], [0]])


if __name__ == "__main__":
    tf.test.main()
