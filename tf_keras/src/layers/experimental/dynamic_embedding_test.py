"""Tests of DynamicEmbedding."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.experimental.dynamic_embedding import (
    DynamicEmbedding,
)
from tf_keras.src.testing.layer_contract import LayerContract


class DynamicEmbeddingContractTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "string"
    has_gradient = False
    jit_compile = "strings have no XLA kernels"

    def make_layer(self):
        return DynamicEmbedding(3, 2, ["a", "b", "e"])


class DynamicEmbeddingTest(tf.test.TestCase):
    def test_tokens_that_stay_keep_their_vectors(self):
        layer = DynamicEmbedding(
            3, 2, ["a", "b", "c"], embedding_initializer="ones"
        )
        table = np.arange(8.0).reshape(4, 2)
        layer(tf.constant(["a"]))
        layer.embedding_layer.set_weights([table])
        self.assertAllClose(
            layer([["b", "z"]], learn_vocab=False), [table[[1, 3]]]
        )
        for _ in range(3):
            layer(tf.constant(["z", "c"]))
        layer.update_embeddings(tf.distribute.get_strategy())
        words = layer.get_vocabulary().numpy().tolist()
        self.assertEqual(set(words[:2]), {b"z", b"c"})
        self.assertAllClose(layer(tf.constant(["c"])), table[[2]])
        self.assertAllClose(layer(tf.constant(["z"])), [[1.0, 1.0]])

    def test_sums_up_the_counts_of_replicas(self):
        layer = DynamicEmbedding(2, 2, ["a", "b"])
        keys, counts = layer.aggregate_lookup_table(
            [["a", "b"], ["a", "c"]], [[1, 2], [3, 4]]
        )
        self.assertAllEqual(keys, [b"a", b"b", b"c"])
        self.assertAllEqual(counts, [4, 2, 4])
        self.assertAllEqual(
            layer.get_top_vocabulary(keys, counts, 2), [b"a", b"c"]
        )

    def test_trains_and_tells_its_config(self):
        layer = DynamicEmbedding(3, 2, ["a", "b"], num_oov_indices=2)
        self.assertEqual(layer.get_config()["input_dim"], 5)
        model = tf_keras.Sequential([layer, tf_keras.layers.Flatten()])
        model.compile("sgd", "mse")
        model.fit(np.array([["a", "z"]] * 4), np.ones((4, 4)), verbose=0)
        self.assertEqual(layer.weights[0].shape, (5, 2))


if __name__ == "__main__":
    tf.test.main()
