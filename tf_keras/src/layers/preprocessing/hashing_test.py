"""Tests of Hashing."""

import tensorflow as tf

from tf_keras.src.layers.preprocessing.hashing import Hashing
from tf_keras.src.testing.hashes import fingerprint64, siphash
from tf_keras.src.testing.layer_contract import LayerContract


class HashingTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "int64"
    has_gradient = False
    jit_compile = "strings have no XLA kernels"

    def make_layer(self):
        return Hashing(num_bins=4)

    def test_computes_in_16_bits_over_float32_weights(self):
        self.skipTest("bins are integers")

    def test_computes_in_64_bits(self):
        self.skipTest("bins are integers")


class HashingValuesTest(tf.test.TestCase):
    def test_bins_are_those_of_the_hash_functions(self):
        texts = ["", "a", "cat", "hats", "elephant", "sixteen letters.", "é"]
        raw = [text.encode() for text in texts]
        self.assertAllEqual(
            Hashing(1009)(texts), [fingerprint64(text) % 1009 for text in raw]
        )
        self.assertAllEqual(
            Hashing(1009, salt=[133, 137])(texts),
            [siphash(text, (133, 137)) % 1009 for text in raw],
        )
        self.assertAllEqual(
            Hashing(1009, mask_value="")(texts[1:]),
            [1 + fingerprint64(text) % 1008 for text in raw[1:]],
        )

    def test_hashes_strings_and_integers_alike(self):
        layer = Hashing(100)
        self.assertAllEqual(layer([1, 22]), layer(["1", "22"]))
        self.assertNotAllEqual(layer([1, 22]), Hashing(100, salt=3)([1, 22]))

    def test_bin_0_is_the_masks(self):
        bins = Hashing(4, mask_value="")([["", "a", "b", "c", "d"]])
        self.assertAllEqual(bins[0] == 0, [True] + [False] * 4)

    def test_bins_are_integers_whatever_the_dtype(self):
        for dtype, expected in (("int32", tf.int32), ("float16", tf.int64)):
            bins = Hashing(5, dtype=dtype)(tf.constant(["a"]))
            self.assertEqual(bins.dtype, expected)

    def test_refuses_fractions(self):
        with self.assertRaisesRegex(ValueError, "texts and integers"):
            Hashing(3)(tf.constant([1.5]))

    def test_refuses_a_mask_of_another_kind(self):
        with self.assertRaisesRegex(TypeError, "mask_value=0"):
            Hashing(4, mask_value=0)([["a"]])


if __name__ == "__main__":
    tf.test.main()
