"""Tests of HashedCrossing."""

import tensorflow as tf

from tf_keras.src.layers.preprocessing.hashed_crossing import HashedCrossing
from tf_keras.src.testing.hashes import concatenated, fingerprint64
from tf_keras.src.testing.layer_contract import LayerContract


class HashedCrossingTest(tf.test.TestCase):
    def test_crosses_features(self):
        layer = HashedCrossing(1000)
        first = layer((["a", "b", "a"], [1, 1, 2]))
        self.assertEqual(first.shape, (3,))
        self.assertLen(set(first.numpy()), 3)
        self.assertAllEqual(layer((["a"], [2])), first[2:])

    def test_bins_are_those_of_the_hash_function(self):
        words, numbers = ["a", "cat", "elephant"], [0, 7, 2**40]
        expected = []
        for word, number in zip(words, numbers):
            found = concatenated(0xDECAFCAFFE, fingerprint64(word.encode()))
            expected.append(concatenated(found, number) % 1009)
        features = (tf.constant(words), tf.constant(numbers, tf.int64))
        self.assertAllEqual(HashedCrossing(1009)(features), expected)

    def test_refuses_fractions(self):
        with self.assertRaisesRegex(ValueError, "texts and integers"):
            HashedCrossing(3)([tf.constant([1.5]), tf.constant(["a"])])

    def test_crosses_scalars(self):
        self.assertEqual(HashedCrossing(9)(("a", 1)).shape, ())


class HashedCrossingContractTest(LayerContract):
    input_shape = [(3, 1), (3, 1)]
    input_dtype = "int64"
    has_gradient = False
    jit_compile = "strings have no XLA kernels"
    computes_floats = False

    def make_layer(self):
        return HashedCrossing(7)


if __name__ == "__main__":
    tf.test.main()
