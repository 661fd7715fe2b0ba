"""Tests of the upsamplings."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.reshaping.up_sampling import (
    UpSampling1D,
    UpSampling2D,
    UpSampling3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class UpSampling1DTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return UpSampling1D(3)


class UpSampling2DTest(LayerContract):
    input_shape = (2, 4, 5, 3)

    def make_layer(self):
        return UpSampling2D((2, 3))


class BilinearUpSampling2DTest(LayerContract):
    input_shape = (2, 4, 5, 3)

    def make_layer(self):
        # Not by 3: XLA's kernel then takes neighbours at some places.
        return UpSampling2D((2, 4), interpolation="bilinear")


class UpSampling3DTest(LayerContract):
    input_shape = (2, 2, 3, 4, 1)

    def make_layer(self):
        return UpSampling3D((1, 2, 3))

    def test_repeats(self):
        x = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
        self.assertAllEqual(UpSampling1D(2)(x[0]), x[0].repeat(2, 1))
        expected = x.repeat(2, 1).repeat(3, 2)
        self.assertAllEqual(UpSampling2D((2, 3))(x), expected)
        layer = UpSampling2D((2, 3), data_format="channels_first")
        self.assertAllEqual(layer(x), x.repeat(2, 2).repeat(3, 3))
        expected = x[..., None].repeat(2, 1).repeat(2, 2).repeat(2, 3)
        self.assertAllEqual(UpSampling3D()(x[..., None]), expected)

    def test_interpolates(self):
        layer = UpSampling2D((1, 2), interpolation="bilinear")
        outputs = layer(tf.constant([[[[0.0], [4.0]]]]))
        self.assertAllClose(outputs[0, 0, :, 0], [0.0, 1.0, 3.0, 4.0])

    def test_every_interpolation_leaves_a_flat_image_flat(self):
        for interpolation in ("area", "bicubic", "gaussian", "lanczos3"):
            layer = UpSampling2D(2, interpolation=interpolation)
            outputs = layer(tf.ones((1, 3, 4, 2)))
            self.assertAllClose(outputs, tf.ones((1, 6, 8, 2)))

    def test_refuses_unknown_interpolations(self):
        with self.assertRaisesRegex(NotImplementedError, "bilinaer.*bilinear"):
            UpSampling2D(interpolation="bilinaer")

    def test_refuses_other_sizes(self):
        with self.assertRaisesRegex(ValueError, "size"):
            UpSampling2D((2,))


if __name__ == "__main__":
    tf.test.main()
