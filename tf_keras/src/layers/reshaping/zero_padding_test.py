"""Tests of the paddings."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.zero_padding import (
    ZeroPadding1D,
    ZeroPadding2D,
    ZeroPadding3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class ZeroPadding1DTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return ZeroPadding1D((1, 2))


class ZeroPadding2DTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return ZeroPadding2D(((1, 2), (0, 3)))


class ZeroPadding3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 1)

    def make_layer(self):
        return ZeroPadding3D((1, (0, 2), (2, 0)))

    def test_adds_borders_of_zeros(self):
        x = np.arange(2 * 4 * 5 * 6).reshape(2, 4, 5, 6)
        self.assertAllEqual(
            ZeroPadding1D((1, 2))(x[0]), np.pad(x[0], ((0, 0), (1, 2), (0, 0)))
        )
        self.assertAllEqual(
            ZeroPadding2D((1, 2))(x),
            np.pad(x, ((0, 0), (1, 1), (2, 2), (0, 0))),
        )
        layer = ZeroPadding2D(((1, 0), (0, 2)), data_format="channels_first")
        self.assertAllEqual(
            layer(x), np.pad(x, ((0, 0), (0, 0), (1, 0), (0, 2)))
        )
        x = x[..., None]
        self.assertAllEqual(
            ZeroPadding3D(1)(x), np.pad(x, ((0, 0), *[(1, 1)] * 3, (0, 0)))
        )

    def test_refuses_other_forms(self):
        for value in ((1, 2, 3), "a", -1, ((1, 2), (3,))):
            with self.assertRaisesRegex(ValueError, "padding"):
                ZeroPadding2D(value)


if __name__ == "__main__":
    tf.test.main()
