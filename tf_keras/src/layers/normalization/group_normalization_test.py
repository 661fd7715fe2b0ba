"""Tests of GroupNormalization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.normalization.group_normalization import (
    GroupNormalization,
)
from tf_keras.src.testing.layer_contract import LayerContract


class GroupNormalizationTest(LayerContract):
    input_shape = (2, 5, 3, 4)
    passes_mask = True

    def make_layer(self):
        return GroupNormalization(groups=2)


class ChannelsFirstTest(LayerContract):
    input_shape = (2, 4, 5)
    passes_mask = True

    def make_layer(self):
        return GroupNormalization(groups=2, axis=1)

    def check_values(self, groups, axis, shape):
        random = np.random.RandomState(0)
        x = random.normal(2, 3, size=shape).astype("float32")
        layer = GroupNormalization(groups, axis=axis, epsilon=0.01)
        layer(x)
        channels = shape[axis]
        gamma, beta = random.normal(size=(2, channels))
        layer.set_weights([gamma, beta])
        last = np.moveaxis(x, axis, -1)
        parts = np.split(last, channels if groups == -1 else groups, -1)
        normal = []
        for part in parts:
            axes = tuple(range(1, part.ndim))
            mean = part.mean(axes, keepdims=True)
            variance = part.var(axes, keepdims=True)
            normal.append((part - mean) / np.sqrt(variance + 0.01))
        expected = np.concatenate(normal, -1) * gamma + beta
        expected = np.moveaxis(expected, -1, axis)
        self.assertAllClose(layer(x), expected, rtol=1e-5, atol=1e-5)

    def test_normalises_each_group(self):
        self.check_values(2, -1, (2, 3, 5, 4))
        self.check_values(1, -1, (2, 3, 4))
        self.check_values(-1, -1, (2, 3, 4))
        self.check_values(2, 1, (2, 4, 3, 5))
        self.check_values(3, -1, (2, 6))

    def test_masked_places_do_not_count(self):
        x = np.random.RandomState(0).normal(size=(1, 4, 6)).astype("float32")
        mask = np.array([[True, True, False, False]])
        layer = GroupNormalization(2)
        outputs = layer(x, mask=tf.constant(mask))
        self.assertAllClose(outputs[:, :2], layer(x[:, :2]))

    def test_refuses_groups_that_do_not_fit(self):
        for groups in (4, 32):
            with self.assertRaisesRegex(ValueError, "6 channels"):
                GroupNormalization(groups)(tf.ones((2, 3, 6)))
        with self.assertRaisesRegex(ValueError, "must be known"):
            GroupNormalization(2).build((2, 3, None))

    def test_refuses_an_axis_that_is_not_there(self):
        with self.assertRaisesRegex(ValueError, "no axis 3"):
            GroupNormalization(2, axis=3)(tf.ones((2, 3, 6)))


if __name__ == "__main__":
    tf.test.main()
