"""Tests of the transposed convolutions."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.conv import Conv1D, Conv2D, Conv3D
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv1DTranspose,
    Conv2DTranspose,
    Conv3DTranspose,
)
from tf_keras.src.testing.layer_contract import LayerContract


class Conv1DTransposeTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return Conv1DTranspose(4, 3, strides=2, padding="same")


class Conv2DTransposeTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return Conv2DTranspose(4, (2, 3), strides=(2, 3), output_padding=(1, 0))


class ChannelsFirstConv2DTransposeTest(LayerContract):
    input_shape = (2, 3, 5, 6)

    def make_layer(self):
        return Conv2DTranspose(4, 2, data_format="channels_first")


class Conv3DTransposeTest(LayerContract):
    input_shape = (2, 3, 4, 5, 2)

    def make_layer(self):
        return Conv3DTranspose(4, 2, strides=2)


class TransposedTest(tf.test.TestCase):
    def check_is_gradient_of(self, convolution, layer, shape):
        """Whether a layer is the gradient of a convolution of one kernel."""
        random = np.random.RandomState(0)
        x = tf.constant(random.normal(size=shape).astype("float32"))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = convolution(x)
            upstream = tf.constant(random.normal(size=y.shape).astype("f"))
            loss = tf.reduce_sum(y * upstream)
        layer(upstream)
        layer.set_weights(convolution.get_weights())
        self.assertAllClose(
            layer(upstream), tape.gradient(loss, x), rtol=1e-4, atol=1e-4
        )

    def test_is_the_gradient_of_a_convolution(self):
        for convolution, transposed, shape in (
            (Conv1D, Conv1DTranspose, (2, 7, 3)),
            (Conv2D, Conv2DTranspose, (2, 7, 7, 3)),
            (Conv3D, Conv3DTranspose, (2, 7, 7, 7, 3)),
        ):
            for arguments in (
                {},
                {"strides": 2},
                {"padding": "same"},
                {"dilation_rate": 2},
            ):
                if convolution is Conv3D and "dilation_rate" in arguments:
                    continue  # No gradient of it on processors.
                self.check_is_gradient_of(
                    convolution(4, 3, use_bias=False, **arguments),
                    transposed(3, 3, use_bias=False, **arguments),
                    shape,
                )

    def test_volumes_are_dilated_like_images(self):
        x = np.random.RandomState(0).normal(size=(2, 1, 4, 5, 3)).astype("f")
        image = Conv2DTranspose(4, 2, dilation_rate=(3, 3))
        volume = Conv3DTranspose(4, (1, 2, 2), dilation_rate=(1, 3, 3))
        expected = image(x[:, 0])
        volume(x)
        kernel, bias = image.get_weights()
        volume.set_weights([kernel[None], bias])
        self.assertAllClose(volume(x)[:, 0], expected, rtol=1e-5, atol=1e-5)
        config = volume.get_config()
        self.assertEqual(config["dilation_rate"], (1, 3, 3))
        self.assertNotIn("dilation_rate", Conv3DTranspose(4, 2).get_config())

    def test_output_padding_makes_outputs_longer(self):
        for padding, length in ((0, 13), (1, 14), (2, 15)):
            layer = Conv1DTranspose(4, 4, strides=3, output_padding=padding)
            self.assertEqual(layer(tf.ones((1, 4, 3))).shape[1], length)

    def test_lengths_may_be_unknown(self):
        layer = Conv2DTranspose(4, 3, strides=2, padding="same")
        spec = tf.TensorSpec((None, None, None, 3))
        traced = tf.function(layer, input_signature=[spec])
        self.assertEqual(traced(tf.ones((2, 5, 6, 3))).shape, (2, 10, 12, 4))

    def test_refuses_arguments_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "strides above"):
            Conv2DTranspose(4, 3, strides=2, output_padding=2)
        with self.assertRaisesRegex(ValueError, "no padding 'causal'"):
            Conv1DTranspose(4, 3, padding="causal")
        with self.assertRaisesRegex(ValueError, "ndim=4"):
            Conv2DTranspose(4, 3)(tf.ones((2, 5, 3)))

    def test_each_value_lays_the_kernel_down(self):
        random = np.random.RandomState(0)
        x = random.normal(size=(2, 4, 5, 3)).astype("float32")
        layer = Conv2DTranspose(2, (2, 3), strides=(1, 2))
        layer.build(x.shape)
        kernel = random.normal(size=(2, 3, 2, 3)).astype("float32")
        layer.set_weights([kernel, [0.5, -1.0]])
        expected = np.zeros((2, 5, 11, 2)) + [0.5, -1.0]
        for row in range(4):
            for column in range(5):
                expected[:, row : row + 2, 2 * column : 2 * column + 3] += (
                    np.einsum("bi,hwoi->bhwo", x[:, row, column], kernel)
                )
        self.assertAllClose(layer(x), expected, 1e-5, 1e-5)


if __name__ == "__main__":
    tf.test.main()
