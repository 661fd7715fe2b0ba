"""Tests of HashedCrossing."""

import tensorflow as tf

from tf_keras.src.layers.preprocessing.hashed_crossing import HashedCrossing


class HashedCrossingTest(tf.test.TestCase):
    def test_crosses_features(self):
        layer = HashedCrossing(1000)
        first = layer((["a", "b", "a"], [1, 1, 2]))
        self.assertEqual(first.shape, (3,))
        self.assertLen(set(first.numpy()), 3)
        self.assertAllEqual(layer((["a"], [2])), first[2:])

    def test_crosses_scalars(self):
        self.assertEqual(HashedCrossing(9)(("a", 1)).shape, ())


if __name__ == "__main__":
    tf.test.main()
