"""Tests of the separable convolutions."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.depthwise_conv import DepthwiseConv2D
from tf_keras.src.layers.convolutional.separable_conv import (
    SeparableConv1D,
    SeparableConv2D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class SeparableConv1DTest(LayerContract):
    input_shape = (2, 7, 3)

    def make_layer(self):
        return SeparableConv1D(4, 3, padding="causal", dilation_rate=2)


class SeparableConv2DTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return SeparableConv2D(4, (2, 3), depth_multiplier=2, strides=2)


class ChannelsFirstSeparableConv2DTest(LayerContract):
    input_shape = (2, 3, 5, 6)

    def make_layer(self):
        return SeparableConv2D(4, 2, data_format="channels_first")

    def test_mixes_what_a_depthwise_convolution_gives(self):
        x = np.random.RandomState(0).normal(size=(2, 6, 6, 3)).astype("f")
        layer = SeparableConv2D(4, 2, depth_multiplier=2, activation="relu")
        outputs = layer(x)
        depthwise, pointwise, bias = layer.get_weights()
        first = DepthwiseConv2D(2, depth_multiplier=2, use_bias=False)
        first.build(x.shape)
        first.set_weights([depthwise])
        expected = np.maximum(first(x) @ pointwise[0, 0] + bias, 0)
        self.assertAllClose(outputs, expected, rtol=1e-5, atol=1e-5)

    def test_causal_outputs_see_no_later_input(self):
        layer = SeparableConv1D(4, 3, padding="causal")
        x = np.random.RandomState(0).normal(size=(1, 6, 3)).astype("f")
        before = layer(x)
        x[:, 4:] = 0
        self.assertAllClose(layer(x)[:, :4], before[:, :4])
        self.assertEqual(before.shape, (1, 6, 4))


if __name__ == "__main__":
    tf.test.main()
