"""Tests of Attention."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.attention.attention import Attention
from tf_keras.src.testing.layer_contract import LayerContract


def softmax(scores):
    exp = np.exp(scores - scores.max(-1, keepdims=True))
    return exp / exp.sum(-1, keepdims=True)


class AttentionTest(LayerContract):
    input_shape = [(2, 3, 4), (2, 5, 4), (2, 5, 4)]
    passes_mask = None

    def make_layer(self):
        return Attention(use_scale=True, dropout=0.1)


class ConcatAttentionTest(LayerContract):
    input_shape = [(2, 3, 4), (2, 5, 4), (2, 5, 4)]
    passes_mask = None

    def make_layer(self):
        return Attention(score_mode="concat", use_scale=True)


class AttentionValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.query = random.normal(size=(2, 3, 4)).astype("float32")
        self.value = random.normal(size=(2, 5, 4)).astype("float32")

    def test_weighs_values_by_products(self):
        weights = softmax(self.query @ self.value.transpose(0, 2, 1))
        outputs, scores = Attention()(
            [self.query, self.value], return_attention_scores=True
        )
        self.assertAllClose(scores, weights, atol=1e-6)
        self.assertAllClose(outputs, weights @ self.value, atol=1e-5)

    def test_masked_values_have_no_weight_and_masked_queries_no_output(self):
        value_mask = np.array([[1, 1, 0, 0, 0], [1, 0, 1, 0, 1]], bool)
        query_mask = np.array([[1, 0, 1], [1, 1, 1]], bool)
        masks = [tf.constant(query_mask), tf.constant(value_mask)]
        outputs, scores = Attention()(
            [self.query, self.value], mask=masks, return_attention_scores=True
        )
        products = self.query @ self.value.transpose(0, 2, 1)
        weights = softmax(np.where(value_mask[:, None], products, -1e9))
        self.assertAllClose(scores, weights, atol=1e-6)
        expected = (weights @ self.value) * query_mask[..., None]
        self.assertAllClose(outputs, expected, atol=1e-5)
        self.assertAllEqual(outputs._keras_mask, query_mask)

    def test_causal_mask_hides_later_values(self):
        _, scores = Attention()(
            [self.query, self.value],
            return_attention_scores=True,
            use_causal_mask=True,
        )
        self.assertAllClose(np.triu(scores[0], 1), np.zeros((3, 5)))

    def test_refuses_a_lone_input(self):
        with self.assertRaisesRegex(ValueError, "list of query, value"):
            Attention()(self.query)

    def test_refuses_an_unknown_mode(self):
        with self.assertRaisesRegex(ValueError, "score_mode='sum'"):
            Attention(score_mode="sum")


if __name__ == "__main__":
    tf.test.main()
