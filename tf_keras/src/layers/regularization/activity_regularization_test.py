"""Tests of ActivityRegularization."""

import tensorflow as tf

from tf_keras.src.layers.regularization.activity_regularization import (
    ActivityRegularization,
)
from tf_keras.src.testing.layer_contract import LayerContract


class ActivityRegularizationTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return ActivityRegularization(l1=0.01, l2=0.1)

    def test_penalises_a_mean_over_the_batch(self):
        layer = ActivityRegularization(l1=0.5, l2=0.25)
        layer(tf.constant([[1.0, -2.0], [0.0, 3.0]]))
        self.assertAllClose(layer.losses, [(0.5 * 6 + 0.25 * 14) / 2])


if __name__ == "__main__":
    tf.test.main()
