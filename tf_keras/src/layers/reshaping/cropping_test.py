"""Tests of the croppings."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.cropping import (
    Cropping1D,
    Cropping2D,
    Cropping3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class Cropping1DTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return Cropping1D((1, 2))


class Cropping2DTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return Cropping2D(((1, 2), (0, 3)))


class Cropping3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 1)

    def make_layer(self):
        return Cropping3D((1, (0, 2), (2, 0)))

    def test_cuts_borders(self):
        x = np.arange(2 * 4 * 5 * 6).reshape(2, 4, 5, 6)
        self.assertAllEqual(Cropping1D(1)(x[0]), x[0, :, 1:-1])
        self.assertAllEqual(Cropping1D((0, 2))(x[0]), x[0, :, :-2])
        self.assertAllEqual(Cropping2D()(x), x)
        self.assertAllEqual(Cropping2D(1)(x), x[:, 1:-1, 1:-1])
        self.assertAllEqual(Cropping2D((1, 2))(x), x[:, 1:-1, 2:-2])
        self.assertAllEqual(Cropping2D(((1, 0), (0, 2)))(x), x[:, 1:, :-2])
        layer = Cropping2D(((1, 0), (0, 2)), data_format="channels_first")
        self.assertAllEqual(layer(x), x[:, :, 1:, :-2])
        x = x[..., None]
        self.assertAllEqual(Cropping3D(1)(x), x[:, 1:-1, 1:-1, 1:-1])

    def test_refuses_to_cut_all(self):
        for layer, shape in (
            (Cropping1D(3), (1, 6, 2)),
            (Cropping2D(3), (1, 6, 9, 2)),
            (Cropping3D(3), (1, 9, 9, 6, 2)),
        ):
            with self.assertRaisesRegex(ValueError, "cut away all"):
                layer(tf.ones(shape))

    def test_refuses_other_forms(self):
        for value in ((1, 2, 3), "a", -1, ((1, 2), (3,))):
            with self.assertRaisesRegex(ValueError, "cropping"):
                Cropping2D(value)


if __name__ == "__main__":
    tf.test.main()
