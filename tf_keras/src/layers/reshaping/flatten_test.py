"""Tests of Flatten."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.flatten import Flatten
from tf_keras.src.testing.layer_contract import LayerContract


class FlattenTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return Flatten()

    def test_joins_all_axes_but_the_batch(self):
        x = np.arange(24).reshape(2, 3, 4)
        self.assertAllEqual(Flatten()(x), x.reshape(2, 12))
        self.assertAllEqual(Flatten()(x[:, 0, 0]), x[:, 0, :1])

    def test_puts_channels_last(self):
        x = np.arange(24).reshape(1, 2, 3, 4)
        layer = Flatten(data_format="channels_first")
        expected = np.transpose(x, (0, 2, 3, 1)).reshape(1, 24)
        self.assertAllEqual(layer(x), expected)

    def test_leaves_unknown_what_is_unknown(self):
        self.assertEqual(
            Flatten().compute_output_shape((2, None, 3)).as_list(), [2, None]
        )
        spec = tf.TensorSpec((None, None, 3))
        traced = tf.function(Flatten(), input_signature=[spec])
        self.assertEqual(traced(tf.ones((2, 4, 3))).shape, (2, 12))

    def test_refuses_scalars(self):
        with self.assertRaisesRegex(ValueError, "min_ndim=1"):
            Flatten()(tf.constant(1.0))


if __name__ == "__main__":
    tf.test.main()
