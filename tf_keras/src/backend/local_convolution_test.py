"""Tests of convolution with other weights at each place."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import local_convolution


def _random(*shape):
    return np.random.RandomState(0).rand(*shape).astype("float32")


class LocalConvolutionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(1, 2)
    def test_series_agree_with_numpy(self, stride):
        x = _random(2, 5, 3)
        places = (5 - 2) // stride + 1
        kernel = _random(places, 6, 4)
        expected = np.stack(
            [
                x[:, p * stride : p * stride + 2].reshape(2, 6) @ kernel[p]
                for p in range(places)
            ],
            axis=1,
        )
        convolved = local_convolution.local_conv1d(
            tf.constant(x), kernel, (2,), (stride,)
        )
        self.assertAllClose(convolved, expected)

    @parameterized.parameters("channels_last", "channels_first")
    def test_images_agree_with_numpy(self, data_format):
        x, kernel = _random(2, 4, 3, 2), _random(4, 12, 5)
        is_first = data_format == "channels_first"
        rows = []
        for place, (row, column) in enumerate(np.ndindex(2, 2)):
            cut = x[:, row : row + 3, column : column + 2]
            if is_first:  # Weights of a window are ordered by channel first.
                cut = cut.transpose(0, 3, 1, 2)
            rows.append(cut.reshape(2, 12) @ kernel[place])
        expected = np.stack(rows, 1).reshape(2, 2, 2, 5)
        if is_first:
            x = x.transpose(0, 3, 1, 2)
            expected = expected.transpose(0, 3, 1, 2)
        convolved = local_convolution.local_conv2d(
            tf.constant(x), kernel, (3, 2), (1, 1), (2, 2), data_format
        )
        self.assertAllClose(convolved, expected)


if __name__ == "__main__":
    tf.test.main()
