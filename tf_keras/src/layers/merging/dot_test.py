"""Tests of Dot."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.merging.dot import Dot, dot
from tf_keras.src.testing.layer_contract import LayerContract


class DotTest(LayerContract):
    input_shape = [(2, 5, 3), (2, 3, 4)]
    passes_mask = False

    def make_layer(self):
        return Dot(axes=(2, 1))

    def test_sums_over_an_axis_of_each(self):
        random = np.random.RandomState(0)
        x, y = random.normal(size=(2, 5, 3)), random.normal(size=(2, 4, 3))
        expected = np.einsum("bij,bkj->bik", x, y)
        self.assertAllClose(Dot(axes=2, dtype="float64")([x, y]), expected)
        self.assertAllClose(dot([x, y], axes=-1), expected, rtol=1e-5)

    def test_vectors_give_one_number(self):
        x, y = np.array([[3.0, 4.0]]), np.array([[1.0, 0.0]])
        self.assertAllClose(Dot(axes=1)([x, y]), [[3.0]])
        self.assertAllClose(Dot(axes=1, normalize=True)([x, y]), [[0.6]])
        shape = Dot(axes=1).compute_output_shape([(None, 2), (None, 2)])
        self.assertEqual(shape.as_list(), [None, 1])

    def test_refuses_axes_that_do_not_fit(self):
        with self.assertRaisesRegex(TypeError, "axes='a'"):
            Dot(axes="a")
        with self.assertRaisesRegex(ValueError, "two `axes`"):
            Dot(axes=(1, 2, 3))
        x = tf.ones((2, 3))
        with self.assertRaisesRegex(ValueError, "size 3.*size 4"):
            Dot(axes=1)([x, tf.ones((2, 4))])
        with self.assertRaisesRegex(ValueError, "exactly 2"):
            Dot(axes=1)([x, x, x])


if __name__ == "__main__":
    tf.test.main()
