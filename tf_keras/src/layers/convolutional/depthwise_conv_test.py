"""Tests of the depthwise convolutions."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.conv import Conv1D, Conv2D
from tf_keras.src.layers.convolutional.depthwise_conv import (
    DepthwiseConv1D,
    DepthwiseConv2D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class DepthwiseConv1DTest(LayerContract):
    input_shape = (2, 7, 3)

    def make_layer(self):
        return DepthwiseConv1D(3, strides=2, depth_multiplier=2)


class DepthwiseConv2DTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return DepthwiseConv2D(
            (2, 3), depth_multiplier=2, padding="same", activation="tanh"
        )


class ChannelsFirstDepthwiseConv2DTest(LayerContract):
    input_shape = (2, 3, 5, 6)

    def make_layer(self):
        return DepthwiseConv2D(2, data_format="channels_first")


class DilatedDepthwiseConv2DTest(LayerContract):
    input_shape = (2, 7, 6, 3)

    def make_layer(self):
        return DepthwiseConv2D(2, dilation_rate=2)

    def test_each_channel_has_its_own_filters(self):
        x = np.random.RandomState(0).normal(size=(2, 6, 6, 3)).astype("f")
        for depthwise, full, inputs in (
            (DepthwiseConv1D, Conv1D, x[:, 0]),
            (DepthwiseConv2D, Conv2D, x),
        ):
            for arguments in (
                {},
                {"strides": 2},
                {"padding": "same"},
                {"dilation_rate": 2},
            ):
                layer = depthwise(2, depth_multiplier=2, **arguments)
                outputs = layer(inputs)
                kernel = layer.get_weights()[0]
                for channel in range(3):
                    one = full(2, 2, use_bias=False, **arguments)
                    one.build((None, *inputs.shape[1:-1], 1))
                    one.set_weights([kernel[..., channel : channel + 1, :]])
                    self.assertAllClose(
                        outputs[..., 2 * channel : 2 * channel + 2],
                        one(inputs[..., channel : channel + 1]),
                        rtol=1e-5,
                        atol=1e-5,
                    )

    def test_refuses_arguments_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "depth_multiplier=0"):
            DepthwiseConv2D(3, depth_multiplier=0)
        with self.assertRaisesRegex(ValueError, "no padding 'causal'"):
            DepthwiseConv1D(3, padding="causal")
        with self.assertRaisesRegex(ValueError, "must be known"):
            DepthwiseConv2D(3).build((None, 5, 5, None))

    def test_sums_over_a_window_of_each_channel(self):
        random = np.random.RandomState(0)
        x = random.normal(size=(2, 4, 5, 3)).astype("float32")
        layer = DepthwiseConv2D((2, 3), depth_multiplier=2)
        layer.build(x.shape)
        kernel = random.normal(size=(2, 3, 3, 2)).astype("float32")
        layer.set_weights([kernel, np.arange(6.0)])
        windows = np.lib.stride_tricks.sliding_window_view(x, (2, 3), (1, 2))
        expected = np.einsum("bxychw,hwcm->bxycm", windows, kernel)
        expected = expected.reshape(2, 3, 3, 6) + np.arange(6.0)
        self.assertAllClose(layer(x), expected, 1e-5, 1e-5)


if __name__ == "__main__":
    tf.test.main()
