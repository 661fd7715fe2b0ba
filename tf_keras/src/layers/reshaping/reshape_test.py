"""Tests of Reshape."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.reshape import Reshape
from tf_keras.src.testing.layer_contract import LayerContract


class ReshapeTest(LayerContract):
    input_shape = (2, 5, 4)

    def make_layer(self):
        return Reshape((-1, 2))

    def test_keeps_the_order_of_values(self):
        x = np.arange(24).reshape(2, 12)
        self.assertAllEqual(Reshape((3, 4))(x), x.reshape(2, 3, 4))
        self.assertAllEqual(Reshape((3, -1))(x), x.reshape(2, 3, 4))
        self.assertAllEqual(Reshape(())(x[:, :1]), x[:, 0])

    def test_works_out_one_size(self):
        layer = Reshape((-1, 2))
        shape = layer.compute_output_shape((None, 3, 4))
        self.assertEqual(shape.as_list(), [None, 6, 2])
        shape = layer.compute_output_shape((None, None, 4))
        self.assertEqual(shape.as_list(), [None, None, 2])

    def test_refuses_numbers_that_differ(self):
        with self.assertRaisesRegex(ValueError, "-1"):
            Reshape((-1, -1))
        for target in ((5, 5), (-1, 5)):
            with self.assertRaisesRegex(ValueError, "12 values"):
                Reshape(target).compute_output_shape((None, 3, 4))
        with self.assertRaises(tf.errors.InvalidArgumentError):
            Reshape((5, 5))(tf.ones((2, 12)))


if __name__ == "__main__":
    tf.test.main()
