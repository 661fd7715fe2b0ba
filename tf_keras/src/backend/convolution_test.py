"""Tests of convolution and pooling."""

import itertools

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import convolution


def _random(*shape):
    return np.random.RandomState(0).rand(*shape).astype("float32")


def _windows(x, window, strides, dilations):
    """Yields `(place, values)` of each window of `(batch, ..., channels)`."""
    reach = [(w - 1) * d for w, d in zip(window, dilations)]
    counts = [
        (size - r - 1) // s + 1
        for size, r, s in zip(x.shape[1:-1], reach, strides)
    ]
    for place in itertools.product(*map(range, counts)):
        cut = tuple(
            slice(p * s, p * s + r + 1, d)
            for p, s, r, d in zip(place, strides, reach, dilations)
        )
        yield place, x[(slice(None), *cut)]


def _convolve(x, kernel, strides=None, dilations=None):
    rank = kernel.ndim - 2
    strides, dilations = strides or (1,) * rank, dilations or (1,) * rank
    places, values = [], []
    axes = list(range(1, rank + 2))
    for place, cut in _windows(x, kernel.shape[:-2], strides, dilations):
        places.append(place)
        values.append(np.tensordot(cut, kernel, [axes, list(range(rank + 1))]))
    shape = np.array(places).max(0) + 1
    return np.stack(values, 1).reshape(len(x), *shape, -1)


class ConvolutionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters((1, 1), (2, 1), (1, 2))
    def test_conv1d_agrees_with_numpy(self, stride, dilation):
        x, kernel = _random(2, 7, 3), _random(3, 3, 4)
        expected = _convolve(x, kernel, (stride,), (dilation,))
        convolved = convolution.conv1d(
            tf.constant(x), kernel, stride, dilation_rate=dilation
        )
        self.assertAllClose(convolved, expected)

    @parameterized.parameters("channels_last", "channels_first")
    def test_causal_sees_no_later_step(self, data_format):
        x, kernel = _random(2, 7, 3), _random(3, 3, 4)
        padded = np.pad(x, ((0, 0), (4, 0), (0, 0)))
        expected = _convolve(padded, kernel, dilations=(2,))
        if data_format == "channels_first":
            x, expected = x.swapaxes(1, 2), expected.swapaxes(1, 2)
        convolved = convolution.conv1d(
            tf.constant(x), kernel, 1, "causal", data_format, dilation_rate=2
        )
        self.assertAllClose(convolved, expected)

    @parameterized.parameters(((1, 1), (1, 1)), ((2, 2), (1, 1)), (1, (2, 1)))
    def test_conv2d_agrees_with_numpy_in_both_formats(self, strides, dilations):
        x, kernel = _random(2, 6, 5, 3), _random(3, 2, 3, 4)
        pair = (strides,) * 2 if isinstance(strides, int) else strides
        expected = _convolve(x, kernel, pair, dilations)
        last = convolution.conv2d(
            tf.constant(x), kernel, strides, dilation_rate=dilations
        )
        self.assertAllClose(last, expected)
        first = convolution.conv2d(
            x.transpose(0, 3, 1, 2),
            kernel,
            strides,
            data_format="channels_first",
            dilation_rate=dilations,
        )
        self.assertAllClose(first, expected.transpose(0, 3, 1, 2))

    def test_conv3d_agrees_with_numpy(self):
        x, kernel = _random(1, 3, 4, 5, 2), _random(2, 2, 3, 2, 4)
        convolved = convolution.conv3d(tf.constant(x), kernel, (1, 2, 1))
        self.assertAllClose(convolved, _convolve(x, kernel, (1, 2, 1)))

    def test_depthwise_keeps_channels_apart(self):
        x, kernel = _random(2, 5, 5, 3), _random(2, 2, 3, 2)
        expected = np.concatenate(
            [
                _convolve(x[..., c : c + 1], kernel[:, :, c : c + 1])
                for c in range(3)
            ],
            axis=-1,
        )
        convolved = convolution.depthwise_conv2d(tf.constant(x), kernel)
        self.assertAllClose(convolved, expected)
        first = convolution.depthwise_conv2d(
            tf.constant(x.transpose(0, 3, 1, 2)),
            kernel,
            data_format="channels_first",
        )
        self.assertAllClose(first, expected.transpose(0, 3, 1, 2))
        pointwise = _random(1, 1, 6, 4)
        separable = convolution.separable_conv2d(
            tf.constant(x), kernel, pointwise
        )
        self.assertAllClose(separable, expected @ pointwise[0, 0])

    @parameterized.product(
        strides=((1, 1), (2, 2)),
        data_format=("channels_last", "channels_first"),
        batch=(2, None),
    )
    def test_transposed_is_the_gradient(self, strides, data_format, batch):
        image, kernel = tf.constant(_random(2, 7, 6, 3)), _random(3, 2, 3, 4)
        with tf.GradientTape() as tape:
            tape.watch(image)
            y = convolution.conv2d(image, kernel, strides)
        upstream = _random(*y.shape)
        expected = tape.gradient(y, image, upstream)
        shape = (batch, 7, 6, 3)
        if data_format == "channels_first":
            upstream = upstream.transpose(0, 3, 1, 2)
            expected = tf.transpose(expected, (0, 3, 1, 2))
            shape = (batch, 3, 7, 6)
        transposed = convolution.conv2d_transpose(
            tf.constant(upstream), kernel, shape, strides, "valid", data_format
        )
        self.assertAllClose(transposed, expected)

    def test_transposed_takes_dilations(self):
        x, kernel = tf.ones((1, 3, 3, 2)), _random(2, 2, 4, 2)
        y = convolution.conv2d_transpose(
            x, kernel, (1, 5, 5, 4), dilation_rate=2
        )
        # Every other place of the window: the corner meets one weight.
        self.assertAllClose(y[0, 0, 0], kernel[0, 0].sum(-1))
        with self.assertRaisesRegex(ValueError, "equal dilation rates"):
            convolution.conv2d_transpose(
                x, kernel, (1, 5, 5, 4), dilation_rate=(1, 2)
            )

    def test_refuses_unknown_words(self):
        x, kernel = tf.ones((1, 3, 3, 2)), tf.ones((2, 2, 2, 1))
        with self.assertRaisesRegex(ValueError, "`padding` 'causal'"):
            convolution.conv2d(x, kernel, padding="causal")
        with self.assertRaisesRegex(ValueError, "data_format"):
            convolution.conv2d(x, kernel, data_format="x")


class PoolingTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(("max", np.max), ("avg", np.mean))
    def test_agrees_with_numpy_in_both_formats(self, mode, reduce):
        x = _random(2, 5, 6, 3)
        values = [
            reduce(cut, axis=(1, 2))
            for _, cut in _windows(x, (2, 3), (1, 2), (1, 1))
        ]
        expected = np.stack(values, 1).reshape(2, 4, 2, 3)
        pooled = convolution.pool2d(
            tf.constant(x), (2, 3), (1, 2), pool_mode=mode
        )
        self.assertAllClose(pooled, expected)
        first = convolution.pool2d(
            tf.constant(x.transpose(0, 3, 1, 2)),
            (2, 3),
            (1, 2),
            data_format="channels_first",
            pool_mode=mode,
        )
        self.assertAllClose(first, expected.transpose(0, 3, 1, 2))

    def test_of_volumes(self):
        x = _random(1, 2, 4, 4, 3)
        pooled = convolution.pool3d(tf.constant(x), (2, 4, 2), (1, 1, 2))
        expected = x.reshape(1, 1, 2, 4, 2, 2, 3).max((2, 3, 5))
        self.assertAllClose(pooled, expected[:, :, None])

    def test_same_padding_ignores_what_is_outside(self):
        pooled = convolution.pool2d(
            tf.ones((1, 3, 3, 1)), (2, 2), padding="same", pool_mode="avg"
        )
        self.assertAllClose(pooled, np.ones((1, 3, 3, 1)))

    def test_refuses_unknown_modes(self):
        with self.assertRaisesRegex(ValueError, "'max' or 'avg'"):
            convolution.pool2d(tf.ones((1, 3, 3, 1)), (2, 2), pool_mode="x")


if __name__ == "__main__":
    tf.test.main()
