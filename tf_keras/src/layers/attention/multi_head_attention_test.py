"""Tests of MultiHeadAttention."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.attention.multi_head_attention import (
    MultiHeadAttention,
)
from tf_keras.src.testing.layer_contract import LayerContract


@tf_keras.saving.register_keras_serializable()
class SelfAttention(MultiHeadAttention):
    """Attends to its one input, which is what the contract can give."""

    def call(self, inputs):
        return super().call(inputs, inputs)

    def compute_output_shape(self, input_shape):
        return super().compute_output_shape(input_shape, input_shape)


class MultiHeadAttentionTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return SelfAttention(2, 3, dropout=0.1)


class MultiHeadAttentionValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.query = random.normal(size=(2, 3, 5)).astype("float32")
        self.value = random.normal(size=(2, 4, 6)).astype("float32")

    def expected(self, layer, mask=None):
        """Outputs and weights, in NumPy."""
        wq, bq, wk, bk, wv, bv, wo, bo = layer.get_weights()
        q = np.einsum("btf,fnh->bnth", self.query, wq) + bq[:, None]
        k = np.einsum("bsf,fnh->bnsh", self.value, wk) + bk[:, None]
        v = np.einsum("bsf,fnh->bnsh", self.value, wv) + bv[:, None]
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(wq.shape[-1])
        if mask is not None:
            scores = np.where(mask[:, None], scores, -1e9)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        return np.einsum("bnth,nhf->btf", weights @ v, wo) + bo, weights

    def test_computes_the_equations_for_each_head(self):
        layer = MultiHeadAttention(2, 3, value_dim=4, output_shape=7)
        outputs, scores = layer(
            self.query, self.value, return_attention_scores=True
        )
        expected, weights = self.expected(layer)
        self.assertAllClose(outputs, expected, atol=1e-5)
        self.assertAllClose(scores, weights, atol=1e-5)
        self.assertEqual(outputs.shape, (2, 3, 7))

    def test_joins_masks_of_inputs_of_the_call_and_of_causality(self):
        layer = MultiHeadAttention(2, 3)
        value = tf.constant(self.value)
        value_mask = np.array([[1, 1, 1, 0], [1, 1, 1, 1]], bool)
        value._keras_mask = tf.constant(value_mask)
        given = np.ones((2, 3, 4), bool)
        given[1, 2, 0] = False
        outputs = layer(
            self.query, value, attention_mask=given, use_causal_mask=True
        )
        causal = np.tril(np.ones((3, 4), bool))
        mask = given & causal & value_mask[:, None]
        expected, _ = self.expected(layer, mask)
        self.assertAllClose(outputs, expected, atol=1e-5)

    def test_attends_along_chosen_axes(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4, 5))
        x = x.astype("float32")
        layer = MultiHeadAttention(2, 3, attention_axes=2)
        outputs, scores = layer(x, x, return_attention_scores=True)
        self.assertEqual(scores.shape, (2, 3, 2, 4, 4))
        alone = MultiHeadAttention(2, 3)
        alone(x[:, 0], x[:, 0])
        alone.set_weights(layer.get_weights())
        for row in range(3):
            self.assertAllClose(
                outputs[:, row], alone(x[:, row], x[:, row]), atol=1e-5
            )

    def test_stands_in_a_model_and_in_its_file(self):
        query, value = tf_keras.Input((3, 5)), tf_keras.Input((None, 6))
        outputs = MultiHeadAttention(2, 3)(query, value)
        model = tf_keras.Model([query, value], outputs)
        path = self.get_temp_dir() + "/model.keras"
        model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertAllClose(
            again([self.query, self.value]), model([self.query, self.value])
        )
        self.assertEqual(
            [w.name for w in again.weights], [w.name for w in model.weights]
        )

    def test_refuses_sizes_below_one(self):
        with self.assertRaisesRegex(ValueError, "num_heads=0"):
            MultiHeadAttention(0, 3)

    def test_refuses_key_and_value_of_different_lengths(self):
        with self.assertRaisesRegex(ValueError, "same sizes"):
            MultiHeadAttention(2, 3).compute_output_shape(
                (2, 3, 5), (2, 4, 5), (2, 6, 5)
            )


if __name__ == "__main__":
    tf.test.main()
