"""Tests of max and average pooling."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.pooling.pooling import (
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class MaxPooling1DTest(LayerContract):
    input_shape = (2, 6, 3)

    def make_layer(self):
        return MaxPooling1D(3, strides=2, padding="same")


class MaxPooling2DTest(LayerContract):
    input_shape = (2, 6, 5, 3)

    def make_layer(self):
        return MaxPooling2D((2, 3), strides=1)


class MaxPooling3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 2)

    def make_layer(self):
        return MaxPooling3D(2, padding="same")


class AveragePooling1DTest(LayerContract):
    input_shape = (2, 6, 3)

    def make_layer(self):
        return AveragePooling1D(3, strides=2, padding="same")


class AveragePooling2DTest(LayerContract):
    input_shape = (2, 6, 5, 3)

    def make_layer(self):
        return AveragePooling2D((2, 3), strides=1)


class AveragePooling3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 2)

    def make_layer(self):
        return AveragePooling3D(2, padding="same")


def _windows(x, sizes, strides):
    """The windows of each place, without padding: (..., places, window)."""
    views = np.lib.stride_tricks.sliding_window_view(
        x, sizes, axis=tuple(range(1, 1 + len(sizes)))
    )
    steps = tuple(slice(None, None, stride) for stride in strides)
    return views[(slice(None), *steps)].reshape(
        *views[(slice(None), *steps)].shape[: x.ndim], -1
    )


class PoolingTest(tf.test.TestCase):
    def test_windows_are_reduced(self):
        random = np.random.RandomState(0)
        for rank, most, mean, sizes, strides in (
            (1, MaxPooling1D, AveragePooling1D, (3,), (2,)),
            (2, MaxPooling2D, AveragePooling2D, (2, 3), (1, 2)),
            (3, MaxPooling3D, AveragePooling3D, (2, 1, 3), (2, 1, 1)),
        ):
            x = random.normal(size=(2, 6, 5, 7, 2)[: rank + 1] + (3,))
            windows = _windows(x, sizes, strides)
            for layer, expected in (
                (most(sizes, strides), windows.max(-1)),
                (mean(sizes, strides), windows.mean(-1)),
            ):
                outputs = layer(x.astype("float32"))
                self.assertAllClose(outputs, expected, rtol=1e-5)

    def test_channels_may_come_first(self):
        random = np.random.RandomState(0)
        for rank, layers in (
            (1, (MaxPooling1D, AveragePooling1D)),
            (2, (MaxPooling2D, AveragePooling2D)),
            (3, (MaxPooling3D, AveragePooling3D)),
        ):
            x = random.normal(size=(2, 6, 5, 4)[: rank + 1] + (3,))
            x = x.astype("float32")
            for cls in layers:
                last = cls(2)(x)
                layer = cls(2, data_format="channels_first")
                first = layer(np.moveaxis(x, -1, 1))
                self.assertAllClose(np.moveaxis(first, 1, -1), last)
                shape = layer.compute_output_shape(
                    (None, *x.shape[1:])[:1] + (3, *x.shape[1:-1])
                )
                self.assertEqual(shape.as_list()[1:], list(first.shape[1:]))

    def test_padding_does_not_count_in_means(self):
        layer = AveragePooling1D(2, padding="same")
        outputs = layer(tf.constant([[[1.0], [3.0], [5.0]]]))
        self.assertAllClose(outputs[0, :, 0], [2.0, 5.0])

    def test_refuses_other_arguments(self):
        for arguments in (
            {"pool_size": 0},
            {"pool_size": (2, 2, 2)},
            {"strides": "a"},
            {"padding": "full"},
            {"padding": "causal"},
            {"data_format": "last"},
        ):
            with self.assertRaisesRegex(ValueError, next(iter(arguments))):
                MaxPooling2D(**arguments)


if __name__ == "__main__":
    tf.test.main()
