"""Tests of means of the hinge losses."""

import numpy as np
import tensorflow as tf

from tf_keras.src.metrics import hinge

_PRED = np.array([[0.3, -0.7, 2.0], [-0.3, 0.1, 0.4]], "float32")
_SIGNS = np.array([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]], "float32")


class HingeTest(tf.test.TestCase):
    def test_means_agree_with_numpy(self):
        margins = np.maximum(1 - _SIGNS * _PRED, 0)
        weights = np.array([1.0, 3.0])
        metric = hinge.Hinge()
        metric.update_state(_SIGNS, _PRED, weights)
        self.assertAllClose(metric.result(), margins.mean(-1) @ weights / 4)
        squared = hinge.SquaredHinge()
        squared.update_state(_SIGNS, _PRED)
        self.assertAllClose(squared.result(), (margins**2).mean())

    def test_categorical_margin_is_to_the_best_wrong_class(self):
        metric = hinge.CategoricalHinge()
        metric.update_state(np.array([[0.0, 1.0, 0.0]]), _PRED[:1])
        self.assertAllClose(metric.result(), 2.0 - -0.7 + 1)


if __name__ == "__main__":
    tf.test.main()
