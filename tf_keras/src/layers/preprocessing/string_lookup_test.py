"""Tests of StringLookup."""

import copy
import os
import pickle

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.preprocessing.string_lookup import StringLookup
from tf_keras.src.testing.layer_contract import LayerContract

WORDS = np.array(["b", "a", "c", "a", "c", "c"])


class StringLookupTest(tf.test.TestCase):
    def test_learns_the_most_frequent_first_from_arrays_and_streams(self):
        stream = tf.data.Dataset.from_tensor_slices(WORDS).batch(2)
        for data in (WORDS, stream, WORDS.tolist()):
            layer = StringLookup()
            layer.adapt(data)
            self.assertEqual(layer.get_vocabulary(), ["[UNK]", "c", "a", "b"])
            self.assertAllEqual(layer([["a", "z", "c"]]), [[2, 0, 1]])

    def test_adapting_again_forgets_what_was_before(self):
        layer = StringLookup()
        layer.adapt(WORDS)
        layer.adapt(np.array(["x"]))
        self.assertEqual(layer.get_vocabulary(), ["[UNK]", "x"])

    def test_keeps_to_the_largest_number_of_tokens(self):
        layer = StringLookup(max_tokens=3, mask_token="")
        layer.adapt(WORDS)
        self.assertEqual(layer.get_vocabulary(), ["", "[UNK]", "c"])

    def test_reads_utf_8_where_no_encoding_is_named(self):
        layer = StringLookup(encoding=None)
        layer.adapt(np.array(["ä", "ä", "b"]))
        self.assertEqual(layer.get_vocabulary(), ["[UNK]", "ä", "b"])

    def test_indices_have_the_dtype_of_the_layer(self):
        layer = StringLookup(vocabulary=["a"], dtype="int32")
        self.assertEqual(layer(tf.constant(["a"])).dtype, tf.int32)

    def test_inverts_several_unknown_indices(self):
        layer = StringLookup(
            vocabulary=["a"], invert=True, num_oov_indices=2, mask_token=""
        )
        self.assertAllEqual(
            layer(tf.range(5, dtype=tf.int64)),
            [b"", b"[UNK]", b"[UNK]", b"a", b"[UNK]"],
        )

    def test_learns_from_texts_what_it_inverts_to(self):
        layer = StringLookup(invert=True)
        layer.adapt(tf.constant(["b", "a", "b"]))
        self.assertAllEqual(layer([1, 2, 0]), [b"b", b"a", b"[UNK]"])

    def test_inverts(self):
        layer = StringLookup(vocabulary=["a", "b"], invert=True)
        self.assertAllEqual(
            layer([[2, 0, 1, 9]]), [[b"b", b"[UNK]", b"a", b"[UNK]"]]
        )

    def test_masked_tokens_leave_no_trace_in_vectors(self):
        layer = StringLookup(
            vocabulary=["a", "b"], mask_token="m", output_mode="multi_hot"
        )
        outputs = layer(np.array([["a", "m"], ["q", "b"]]))
        self.assertAllEqual(outputs, [[0, 1, 0], [1, 0, 1]])

    def test_weighs_tokens_by_how_few_documents_have_them(self):
        layer = StringLookup(output_mode="tf_idf")
        layer.adapt(np.array([["a", "b"], ["c", "d"], ["a", "d"]]))
        self.assertEqual(layer.get_vocabulary(), ["[UNK]", "d", "a", "c", "b"])
        weights = [np.log(1 + 3 / (1 + n)) for n in (2, 2, 1, 1)]
        expected = [np.mean(weights), *weights]
        outputs = layer(np.array([["a", "m"], ["q", "b"]]))
        self.assertAllClose(outputs[0], np.multiply(expected, [1, 0, 1, 0, 0]))
        self.assertAllClose(outputs[1], np.multiply(expected, [1, 0, 0, 0, 1]))

    def test_reads_a_vocabulary_file(self):
        path = os.path.join(self.get_temp_dir(), "words.txt")
        with open(path, "w") as file:
            file.write("a\nb\n")
        self.assertAllEqual(StringLookup(vocabulary=path)(["b", "x"]), [2, 0])

    def test_refuses_repeated_tokens(self):
        with self.assertRaisesRegex(ValueError, "repeated"):
            StringLookup(vocabulary=["a", "a"])

    def test_refuses_unknown_tokens_without_an_index_for_them(self):
        layer = StringLookup(vocabulary=["a"], num_oov_indices=0)
        with self.assertRaises(tf.errors.InvalidArgumentError):
            layer(["b"])

    def test_copies_and_files_keep_the_vocabulary(self):
        layer = StringLookup()
        layer.adapt(WORDS)
        x = np.array([["a"], ["z"], ["c"]])
        for copied in (
            copy.deepcopy(layer),
            pickle.loads(pickle.dumps(layer)),
        ):
            self.assertAllEqual(copied(x), layer(x))
        inputs = tf_keras.Input((1,), dtype="string")
        model = tf_keras.Model(inputs, layer(inputs))
        path = self.get_temp_dir() + "/model.keras"
        model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertAllEqual(again(tf.constant(x)), layer(x))

    def test_runs_in_a_dataset_and_in_a_function(self):
        layer = StringLookup(vocabulary=["a", "b"])
        mapped = tf.data.Dataset.from_tensors(WORDS).map(layer)
        self.assertAllEqual(next(iter(mapped)), layer(WORDS))
        self.assertAllEqual(tf.function(layer)(WORDS), layer(WORDS))

    def test_takes_the_vocabulary_of_a_layer_with_other_special_tokens(self):
        layer = StringLookup(vocabulary=["", "[UNK]", "a"])
        self.assertAllEqual(layer(["a", "", "[UNK]", "z"]), [3, 1, 2, 0])
        with self.assertRaisesRegex(ValueError, "another place"):
            StringLookup(vocabulary=["a", "[UNK]"], invert=True)

    def test_refuses_weights_of_tokens_that_it_would_not_use(self):
        with self.assertRaisesRegex(ValueError, "tf_idf"):
            StringLookup(idf_weights=[0.5])


class StringLookupContractTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "string"
    has_gradient = False
    jit_compile = "hash tables have no XLA kernels"
    computes_floats = False

    def make_layer(self):
        return StringLookup(vocabulary=["b", "a"])

    def test_a_config_names_no_file_to_read(self):
        path = os.path.join(self.get_temp_dir(), "tokens.txt")
        with open(path, "w") as file:
            file.write("a\nb\n")
        for cls in (StringLookup, tf_keras.layers.TextVectorization):
            config = {"name": "v", "vocabulary": path}
            with self.assertRaisesRegex(ValueError, "'v'.*safe_mode=False"):
                cls.from_config(config)
            layer = cls(vocabulary=path)
            self.assertEqual(layer.get_config()["vocabulary"], path)
            copy = cls.from_config(layer.get_config())
            self.assertEqual(copy.get_vocabulary(), layer.get_vocabulary())
            data = tf_keras.layers.serialize(layer)
            self.assertEqual(list(data["config"]["vocabulary"]), ["a", "b"])
            copy = tf_keras.layers.deserialize(data)
            self.assertEqual(copy.get_vocabulary(), layer.get_vocabulary())


if __name__ == "__main__":
    tf.test.main()
