"""Tests of Permute."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.permute import Permute
from tf_keras.src.testing.layer_contract import LayerContract


class PermuteTest(LayerContract):
    input_shape = (2, 5, 3, 4)

    def make_layer(self):
        return Permute((2, 3, 1))

    def test_reorders_axes(self):
        x = np.arange(24).reshape(1, 2, 3, 4)
        self.assertAllEqual(
            Permute([3, 1, 2])(x), np.transpose(x, (0, 3, 1, 2))
        )

    def test_refuses_axes_that_are_missing(self):
        with self.assertRaisesRegex(ValueError, "1 to 2 once"):
            Permute((1, 3))


if __name__ == "__main__":
    tf.test.main()
