"""Tests of the spatial dropouts."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.regularization.spatial_dropout import (
    SpatialDropout1D,
    SpatialDropout2D,
    SpatialDropout3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class SpatialDropout1DTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return SpatialDropout1D(0.5, seed=3)


class SpatialDropout2DTest(LayerContract):
    input_shape = (2, 4, 5, 3)
    passes_mask = True

    def make_layer(self):
        return SpatialDropout2D(0.5)


class SpatialDropout3DTest(LayerContract):
    input_shape = (2, 2, 3, 4, 3)
    passes_mask = True

    def make_layer(self):
        return SpatialDropout3D(0.5)

    def check_channels(self, layer, shape, channel_axis):
        outputs = layer(tf.ones(shape), training=True).numpy()
        flat = np.moveaxis(outputs, channel_axis, 1)
        flat = flat.reshape(shape[0] * shape[channel_axis], -1)
        self.assertAllEqual(flat, np.broadcast_to(flat[:, :1], flat.shape))
        self.assertAllEqual(sorted(set(flat.flatten())), [0.0, 2.0])

    def test_whole_channels_go(self):
        first = "channels_first"
        self.check_channels(SpatialDropout1D(0.5), (8, 5, 6), 2)
        self.check_channels(SpatialDropout2D(0.5), (8, 4, 5, 6), 3)
        self.check_channels(SpatialDropout2D(0.5, first), (8, 6, 4, 5), 1)
        self.check_channels(SpatialDropout3D(0.5), (8, 2, 3, 4, 6), 4)
        self.check_channels(SpatialDropout3D(0.5, first), (8, 6, 2, 3, 4), 1)

    def test_configs_are_those_of_dropout(self):
        config = SpatialDropout2D(0.5, seed=3).get_config()
        self.assertEqual(list(config)[3:], ["rate", "noise_shape", "seed"])


if __name__ == "__main__":
    tf.test.main()
