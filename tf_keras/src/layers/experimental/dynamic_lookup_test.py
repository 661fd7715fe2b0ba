"""Tests of DynamicLookup."""

import os

import tensorflow as tf

from tf_keras.src.layers.experimental.dynamic_lookup import DynamicLookup
from tf_keras.src.testing.layer_contract import LayerContract


class DynamicLookupContractTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "string"
    has_gradient = False
    jit_compile = "strings have no XLA kernels"
    computes_floats = False

    def make_layer(self):
        return DynamicLookup(3, ["a", "b", "e"])


def _table(layer):
    keys = layer.vocabulary_table_keys.numpy().tolist()
    return dict(zip(keys, layer.vocabulary_table_values.numpy().tolist()))


class DynamicLookupTest(tf.test.TestCase):
    def test_looks_up_in_the_first_vocabulary(self):
        layer = DynamicLookup(4, ["a", "b"])
        self.assertAllEqual(layer([["b", "z"], ["a", "b"]]), [[1, 4], [0, 1]])
        ragged = tf.ragged.constant([["a"], ["b", "z"]])
        self.assertAllEqual(layer(ragged), tf.ragged.constant([[0], [1, 4]]))
        numbers = DynamicLookup(2, tf.constant([7, 5]))
        self.assertAllEqual(numbers(tf.constant([5, 6])), [1, 2])

    def test_new_tokens_take_the_place_of_the_rarest(self):
        layer = DynamicLookup(4, ["a", "b", "c", "d"])
        for batch in (["a", "b"], ["y", "x", "x"], ["x", "z", "y"]):
            layer(tf.constant(batch))
        self.assertEqual(_table(layer), {b"b": 1, b"x": 2, b"y": 2, b"z": 1})
        self.assertAllEqual(
            sorted(layer.get_top_vocabulary(2).numpy()), [b"x", b"y"]
        )
        self.assertAllEqual(layer.get_vocabulary(), [b"a", b"b", b"c", b"d"])

    def test_free_places_go_first(self):
        layer = DynamicLookup(5, ["a", "b"])
        layer(tf.constant(["z", "unk"]))
        self.assertEqual(layer.vocabulary_table_keys.shape, (6,))
        table = _table(layer)
        self.assertEqual((table[b"a"], table[b"b"], table[b"z"]), (0, 0, 1))

    def test_counts_only_where_it_should_learn(self):
        layer = DynamicLookup(2, ["a", "b"])
        layer(tf.constant(["a", "z"]), learn_vocab=False)
        self.assertEqual(_table(layer), {b"a": 0, b"b": 0})

    def test_takes_more_new_tokens_than_it_has_places(self):
        layer = DynamicLookup(2, ["a", "b"])
        layer(tf.constant(["w", "x", "y"]))
        self.assertEqual(_table(layer), {b"w": 1, b"x": 1})

    def test_writes_its_vocabulary(self):
        folder = self.get_temp_dir()
        DynamicLookup(2, ["a", "b"]).save_assets(folder)
        with open(os.path.join(folder, "vocabulary.txt")) as file:
            self.assertEqual(file.read(), "a\nb")

    def test_refuses_bad_arguments(self):
        with self.assertRaisesRegex(ValueError, "LRU eviction policy"):
            DynamicLookup(2, ["a"], "LRU")
        for vocabulary in (None, [0.5], [["a"]]):
            with self.assertRaisesRegex(ValueError, "initial_vocabulary"):
                DynamicLookup(2, vocabulary)


if __name__ == "__main__":
    tf.test.main()
