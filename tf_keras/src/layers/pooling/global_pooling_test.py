"""Tests of global pooling."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class GlobalMaxPooling1DTest(LayerContract):
    input_shape = (2, 6, 3)

    def make_layer(self):
        return GlobalMaxPooling1D(keepdims=True)


class GlobalMaxPooling2DTest(LayerContract):
    input_shape = (2, 6, 5, 3)

    def make_layer(self):
        return GlobalMaxPooling2D()


class GlobalMaxPooling3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 2)

    def make_layer(self):
        return GlobalMaxPooling3D(data_format="channels_first")


class GlobalAveragePooling1DTest(LayerContract):
    input_shape = (2, 6, 3)

    def make_layer(self):
        return GlobalAveragePooling1D(keepdims=True)


class GlobalAveragePooling2DTest(LayerContract):
    input_shape = (2, 6, 5, 3)

    def make_layer(self):
        return GlobalAveragePooling2D()


class GlobalAveragePooling3DTest(LayerContract):
    input_shape = (2, 4, 5, 6, 2)

    def make_layer(self):
        return GlobalAveragePooling3D(data_format="channels_first")


class GlobalPoolingTest(tf.test.TestCase):
    def test_reduces_the_whole_extent(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4, 5, 6))
        for rank, most, mean in (
            (1, GlobalMaxPooling1D, GlobalAveragePooling1D),
            (2, GlobalMaxPooling2D, GlobalAveragePooling2D),
            (3, GlobalMaxPooling3D, GlobalAveragePooling3D),
        ):
            y = x[(slice(None),) * (rank + 2) + (0,) * (3 - rank)]
            axes = tuple(range(1, 1 + rank))
            self.assertAllClose(most(dtype="float64")(y), y.max(axes))
            self.assertAllClose(mean(dtype="float64")(y), y.mean(axes))
            layer = mean(keepdims=True, dtype="float64")
            self.assertAllClose(layer(y), y.mean(axes, keepdims=True))
            layer = most(data_format="channels_first", dtype="float64")
            self.assertAllClose(layer(y), y.max(tuple(a + 1 for a in axes)))

    def test_masked_steps_do_not_count(self):
        x = tf.constant([[[1.0], [2.0], [9.0]]])
        mask = tf.constant([[True, True, False]])
        for keepdims, expected in ((False, [[1.5]]), (True, [[[1.5]]])):
            layer = GlobalAveragePooling1D(keepdims=keepdims)
            self.assertAllClose(layer(x, mask=mask), expected)
        x = tf.transpose(x, (0, 2, 1))
        layer = GlobalAveragePooling1D(data_format="channels_first")
        self.assertAllClose(layer(x, mask=mask), [[1.5]])

    def test_ragged_series_are_averaged_over_their_own_length(self):
        x = tf.ragged.constant([[[1.0], [2.0]], [[4.0]]], ragged_rank=1)
        layer = GlobalAveragePooling1D()
        self.assertAllClose(layer(x), [[1.5], [4.0]])
        layer = GlobalAveragePooling1D(keepdims=True)
        self.assertAllClose(layer(x), [[[1.5]], [[4.0]]])
        self.assertAllClose(GlobalMaxPooling1D()(x), [[2.0], [4.0]])
        with self.assertRaisesRegex(ValueError, "ragged"):
            layer(x, mask=tf.constant([[True, True], [True, False]]))


if __name__ == "__main__":
    tf.test.main()
