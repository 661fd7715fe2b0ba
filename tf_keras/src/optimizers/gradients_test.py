"""Tests of gradients before they are used."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers import gradients


def _slices():
    return tf.IndexedSlices(
        tf.constant([[3.0, 0.0], [3.0, 0.0], [0.0, 4.0]]),
        tf.constant([0, 0, 2]),
        tf.constant([3, 2]),
    )


class GradientsTest(tf.test.TestCase):
    def test_duplicates_are_summed(self):
        summed = gradients.sum_duplicates(_slices())
        self.assertAllEqual(summed.indices, [0, 2])
        self.assertAllEqual(summed.values, [[6.0, 0.0], [0.0, 4.0]])

    def test_slices_become_dense_with_duplicates_summed(self):
        dense = gradients.as_dense(_slices(), tf.zeros((3, 2)))
        self.assertAllEqual(dense, [[6.0, 0.0], [0.0, 0.0], [0.0, 4.0]])
        plain = tf.ones((3, 2))
        self.assertIs(gradients.as_dense(plain, plain), plain)

    def test_arrays_become_tensors_and_the_missing_go(self):
        first, second = tf.Variable(1.0), tf.Variable(2.0)
        with self.assertWarnsRegex(UserWarning, "stay as they are"):
            found, variables = gradients.split_present(
                [(np.float32([1.0]), first), (None, second)]
            )
        self.assertTrue(tf.is_tensor(found[0]))
        self.assertIs(variables[0], first)

    def test_clipping_keeps_slices(self):
        clipped = gradients.clip([_slices()], 1.0, None, None)[0]
        self.assertIsInstance(clipped, tf.IndexedSlices)
        norm = np.sqrt(9 + 9 + 16)
        self.assertAllClose(clipped.values, _slices().values / norm)
        clipped = gradients.clip([_slices()], None, 2.0, None)[0]
        self.assertAllClose(clipped.values, np.minimum(_slices().values, 2))
        clipped = gradients.clip([_slices()], None, None, norm / 2)[0]
        self.assertAllClose(clipped.values, _slices().values / 2)


if __name__ == "__main__":
    tf.test.main()
