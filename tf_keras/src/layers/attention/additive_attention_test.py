"""Tests of AdditiveAttention."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.attention.additive_attention import AdditiveAttention
from tf_keras.src.testing.layer_contract import LayerContract


class AdditiveAttentionTest(LayerContract):
    input_shape = [(2, 3, 4), (2, 5, 4), (2, 5, 4)]
    passes_mask = None

    def make_layer(self):
        return AdditiveAttention()


class AdditiveAttentionValuesTest(tf.test.TestCase):
    def test_weighs_values_by_sums(self):
        random = np.random.RandomState(0)
        query = random.normal(size=(2, 3, 4)).astype("float32")
        value = random.normal(size=(2, 5, 4)).astype("float32")
        layer = AdditiveAttention()
        outputs = layer([query, value])
        sums = np.tanh(query[:, :, None] + value[:, None])
        scores = (sums * layer.get_weights()[0]).sum(-1)
        weights = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
        self.assertAllClose(outputs, weights @ value, atol=1e-5)


if __name__ == "__main__":
    tf.test.main()
