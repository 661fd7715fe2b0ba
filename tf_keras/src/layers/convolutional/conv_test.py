"""Tests of Conv1D, Conv2D and Conv3D."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.conv import Conv1D, Conv2D, Conv3D
from tf_keras.src.testing.layer_contract import LayerContract


class Conv1DTest(LayerContract):
    input_shape = (2, 7, 3)

    def make_layer(self):
        return Conv1D(4, 3, padding="causal", dilation_rate=2)


class Conv2DTest(LayerContract):
    input_shape = (2, 5, 6, 3)

    def make_layer(self):
        return Conv2D(4, (2, 3), strides=(2, 1), activation="relu")


class GroupedConv2DTest(LayerContract):
    input_shape = (2, 5, 6, 4)

    def make_layer(self):
        return Conv2D(6, 3, padding="same", groups=2)


class ChannelsFirstConv2DTest(LayerContract):
    input_shape = (2, 3, 5, 6)

    def make_layer(self):
        return Conv2D(4, 2, data_format="channels_first")


class DilatedConv2DTest(LayerContract):
    input_shape = (2, 7, 6, 3)

    def make_layer(self):
        return Conv2D(4, 2, dilation_rate=(2, 1), padding="same")


class Conv3DTest(LayerContract):
    input_shape = (2, 3, 4, 5, 2)

    def make_layer(self):
        return Conv3D(4, 2, groups=2)


def _convolution(x, kernel, strides, dilations):
    """By definition: a sum over the window, without padding."""
    rank = len(strides)
    reaches = [
        (size - 1) * dilation + 1
        for size, dilation in zip(kernel.shape, dilations)
    ]
    views = np.lib.stride_tricks.sliding_window_view(
        x, reaches, axis=tuple(range(1, 1 + rank))
    )
    steps = [slice(None, None, stride) for stride in strides]
    inner = [slice(None, None, dilation) for dilation in dilations]
    views = views[(slice(None), *steps, slice(None), *inner)]
    window = list(range(views.ndim - rank, views.ndim))
    return np.tensordot(
        views, kernel, axes=([*window, rank + 1], list(range(rank + 1)))
    )


class ValuesTest(tf.test.TestCase):
    def check_values(self, layer, x, **arguments):
        """Outputs against the definition; returns them."""
        layer(x)
        random = np.random.RandomState(1)
        kernel, bias = (
            random.normal(size=w.shape).astype("float32")
            for w in layer.get_weights()
        )
        layer.set_weights([kernel, bias])
        expected = _convolution(
            arguments.pop("padded", x),
            kernel,
            layer.strides,
            layer.dilation_rate,
        )
        self.assertAllClose(layer(x), expected + bias, rtol=1e-4, atol=1e-4)

    def inputs(self, *shape):
        return np.random.RandomState(0).normal(size=shape).astype("float32")

    def test_sums_over_windows(self):
        x = self.inputs(2, 6, 7, 5, 3)
        self.check_values(Conv1D(4, 3), x[:, 0, 0])
        self.check_values(Conv1D(4, 3, strides=2), x[:, 0, 0])
        self.check_values(Conv1D(4, 2, dilation_rate=2), x[:, 0, 0])
        self.check_values(Conv2D(4, (2, 3)), x[:, 0])
        self.check_values(Conv2D(4, 2, strides=(1, 2)), x[:, 0])
        self.check_values(Conv2D(4, 2, dilation_rate=(3, 2)), x[:, 0])
        self.check_values(Conv3D(4, (2, 3, 1)), x)
        self.check_values(Conv3D(4, 2, strides=(2, 1, 2)), x)

    def test_pads_with_zeros(self):
        x = self.inputs(2, 5, 3)
        padded = np.pad(x, ((0, 0), (1, 1), (0, 0)))
        self.check_values(Conv1D(4, 3, padding="same"), x, padded=padded)
        padded = np.pad(x, ((0, 0), (4, 0), (0, 0)))
        layer = Conv1D(4, 3, padding="causal", dilation_rate=2)
        self.check_values(layer, x, padded=padded)

    def test_groups_see_their_own_channels(self):
        x = self.inputs(2, 5, 6, 4)
        for cls, inputs in ((Conv1D, x[:, 0]), (Conv2D, x), (Conv3D, x[None])):
            layer = cls(6, 2, groups=2, use_bias=False)
            outputs = layer(inputs)
            kernel = layer.get_weights()[0]
            ones = (1,) * cls.rank
            expected = np.concatenate(
                [
                    _convolution(part, weights, ones, ones)
                    for part, weights in zip(
                        np.split(inputs, 2, -1), np.split(kernel, 2, -1)
                    )
                ],
                -1,
            )
            self.assertAllClose(outputs, expected, rtol=1e-4, atol=1e-4)

    def test_gradients_of_groups_are_those_of_their_parts(self):
        x = tf.constant(self.inputs(2, 5, 6, 4))
        layer = Conv2D(6, 2, groups=2, use_bias=False)
        layer(x)

        def gradients(function):
            with tf.GradientTape() as outer:
                outer.watch(x)
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    loss = tf.reduce_sum(function(x) ** 3)
                first = tape.gradient(loss, (x, layer.kernel))
                total = tf.reduce_sum(first[0] ** 2)
            return *first, outer.gradient(total, layer.kernel)

        def by_parts(x):
            parts = zip(tf.split(x, 2, -1), tf.split(layer.kernel, 2, -1))
            return tf.concat(
                [tf.nn.conv2d(*part, 1, "VALID") for part in parts], -1
            )

        for one, other in zip(gradients(layer), gradients(by_parts)):
            self.assertAllClose(one, other, rtol=1e-4, atol=1e-3)

    def test_channels_may_come_first(self):
        x = self.inputs(2, 6, 5, 4, 3)
        for cls, inputs in (
            (Conv1D, x[:, 0, 0]),
            (Conv2D, x[:, 0]),
            (Conv3D, x),
        ):
            last = cls(4, 2)
            expected = last(inputs)
            first = cls(4, 2, data_format="channels_first")
            turned = np.moveaxis(inputs, -1, 1)
            first(turned)
            first.set_weights(last.get_weights())
            self.assertAllClose(
                np.moveaxis(first(turned), 1, -1), expected, atol=1e-5
            )

    def test_more_axes_may_stand_in_front(self):
        x = self.inputs(2, 3, 5, 6, 3)
        layer = Conv2D(4, 2)
        outputs = layer(x)
        self.assertAllClose(outputs[:, 1], layer(x[:, 1]), atol=1e-5)
        shape = layer.compute_output_shape((None, None, 5, 6, 3))
        self.assertEqual(shape.as_list(), [None, None, 4, 5, 4])

    def test_subclasses_may_change_the_kernel(self):
        class Positive(Conv2D):
            def convolution_op(self, inputs, kernel):
                return super().convolution_op(inputs, tf.abs(kernel))

        layer = Positive(4, 2)
        outputs = layer(tf.ones((1, 4, 4, 3)))
        self.assertAllGreater(outputs, 0.0)


class RefusalTest(tf.test.TestCase):
    def test_refuses_arguments_out_of_range(self):
        for pattern, arguments in (
            ("filters=0", {"filters": 0}),
            ("filters=3, groups=2", {"filters": 3, "groups": 2}),
            ("kernel_size", {"kernel_size": 0}),
            ("kernel_size", {"kernel_size": (3, 3, 3)}),
            ("strides", {"strides": 0}),
            ("padding", {"padding": "full"}),
            ("no padding 'causal'", {"padding": "causal"}),
            ("strides=.*dilation_rate=", {"strides": 2, "dilation_rate": 2}),
            ("data_format", {"data_format": "last"}),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                Conv2D(**{"filters": 4, "kernel_size": 3, **arguments})

    def test_refuses_groups_below_one(self):
        with self.assertRaisesRegex(ValueError, "groups=-1"):
            Conv2D(4, 3, groups=-1)

    def test_refuses_inputs_that_do_not_fit(self):
        for layer, shape, pattern in (
            (Conv2D(4, 3), (5, 2), "min_ndim=4"),
            (Conv2D(4, 3, groups=2), (1, 5, 5, 3), "each group"),
            (Conv2D(4, 9), (1, 5, 5, 3), "smaller than its window"),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                layer(tf.ones(shape))
        with self.assertRaisesRegex(ValueError, "must be known"):
            Conv2D(4, 3).build((None, 5, 5, None))


if __name__ == "__main__":
    tf.test.main()
