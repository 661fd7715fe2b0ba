"""Tests of TextVectorization."""

import os

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.preprocessing.text_vectorization import (
    TextVectorization,
)
from tf_keras.src.testing.layer_contract import LayerContract

TEXTS = np.array(["The fox!", "the dog", "a the"])


class TextVectorizationTest(tf.test.TestCase):
    def test_standardises_splits_and_looks_up(self):
        stream = tf.data.Dataset.from_tensor_slices(TEXTS).batch(2)
        for data in (TEXTS, stream):
            layer = TextVectorization()
            layer.adapt(data)
            self.assertEqual(layer.get_vocabulary()[:3], ["", "[UNK]", "the"])
            self.assertAllEqual(
                layer(["fox THE", "x"]),
                [[layer.get_vocabulary().index("fox"), 2], [1, 0]],
            )

    def test_joins_tokens(self):
        layer = TextVectorization(
            ngrams=2, vocabulary=["a", "a b"], output_mode="count"
        )
        self.assertAllEqual(layer(["a b"]), [[1, 1, 1]])

    def test_cuts_and_pads(self):
        layer = TextVectorization(vocabulary=["a"], output_sequence_length=2)
        self.assertAllEqual(layer(["a a a", "a"]), [[2, 2], [2, 0]])

    def test_returns_ragged_rows(self):
        layer = TextVectorization(vocabulary=["a"], ragged=True)
        self.assertEqual(layer(["a a a", "a"]).to_list(), [[2, 2, 2], [2]])

    def test_own_functions_standardise_and_split(self):
        layer = TextVectorization(
            vocabulary=["a"],
            standardize=lambda x: tf.strings.regex_replace(x, "b", "a"),
            split=lambda x: tf.strings.split(x, "-"),
        )
        self.assertAllEqual(layer(["a-b"]), [[2, 2]])

    def test_what_it_learnt_is_saved_with_a_model(self):
        layer = TextVectorization(output_mode="tf_idf")
        layer.adapt(TEXTS)
        inputs = tf_keras.Input((1,), dtype="string")
        model = tf_keras.Model(inputs, layer(inputs))
        path = self.get_temp_dir() + "/model.keras"
        model.save(path)
        again = tf_keras.models.load_model(path)
        x = tf.constant(TEXTS[:, None])
        self.assertAllClose(again(x), model(x))

    def test_learns_the_same_from_whatever_holds_the_texts(self):
        texts = [
            "It's a dog.",
            "A DOG, a cat;\tten\ncats!",
            "",
            "\u00e9t\u00e9 a",
        ]
        rows = tf.constant(texts)
        held = [
            texts,
            np.array(texts),
            rows[:, None],
            tf.RaggedTensor.from_row_lengths(rows, [2, 0, 2]),
            tf.data.Dataset.from_tensor_slices(texts).batch(3),
            tf.data.Dataset.from_tensor_slices(texts).batch(1),
        ]
        stripped = ["a", "dog", "\u00e9t\u00e9", "ten", "its", "cats", "cat"]
        kept = ["a", "\u00e9t\u00e9", "ten", "it's", "dog.", "dog,", "cats!"]
        for data in held:
            layer = TextVectorization()
            layer.adapt(data)
            self.assertEqual(layer.get_vocabulary()[2:], stripped)
            layer = TextVectorization(standardize="lower")
            layer.adapt(data)
            self.assertEqual(layer.get_vocabulary()[2:9], kept)
            layer = TextVectorization(output_mode="tf_idf")
            layer.adapt(data)
            self.assertEqual(layer.get_vocabulary()[1:], stripped)

    def test_characters_that_end_lines_are_saved(self):
        layer = TextVectorization(split="character", standardize=None)
        layer.adapt(["ab\ncd\n", "a\r\nb"])
        model = tf_keras.Sequential(
            [tf_keras.Input((1,), dtype=tf.string), layer]
        )
        for name in ("m.keras", "m.h5", "m"):
            path = os.path.join(self.get_temp_dir(), name)
            model.save(path)
            loaded = tf_keras.models.load_model(path).layers[-1]
            self.assertEqual(loaded.get_vocabulary(), layer.get_vocabulary())

    def test_refuses_lengths_in_other_modes(self):
        with self.assertRaisesRegex(ValueError, "output_sequence_length"):
            TextVectorization(output_mode="count", output_sequence_length=3)

    def test_refuses_texts_before_it_has_a_vocabulary(self):
        layer = TextVectorization()
        with self.assertRaisesRegex(
            tf.errors.FailedPreconditionError, "no vocabulary yet"
        ):
            layer(TEXTS)
        with self.assertRaisesRegex(tf.errors.OpError, "no vocabulary yet"):
            tf.function(layer)(tf.constant(TEXTS))

    def test_asks_for_a_vocabulary_where_it_sizes_the_output(self):
        layer = TextVectorization(output_mode="count")
        shape = layer.compute_output_shape((2, 1))
        self.assertEqual(shape.as_list(), [2, None])
        with self.assertRaisesRegex(RuntimeError, "no vocabulary"):
            layer(TEXTS)
        layer.adapt(TEXTS)
        self.assertEqual(layer.get_build_config(), {"input_shape": (None,)})
        self.assertEqual(layer(TEXTS).shape, (3, 5))


class TextVectorizationContractTest(LayerContract):
    input_shape = (3, 1)
    input_dtype = "string"
    has_gradient = False
    jit_compile = "strings have no XLA kernels"
    computes_floats = False

    def make_layer(self):
        return TextVectorization(vocabulary=["a", "c"])


if __name__ == "__main__":
    tf.test.main()
