"""Tests of the hinge losses."""

import numpy as np
import tensorflow as tf

from tf_keras.src.losses import hinge

_PRED = np.array([[0.3, -0.7, 2.0], [-0.3, 0.1, 0.4]], "float32")
_SIGNS = np.array([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]], "float32")


class HingeTest(tf.test.TestCase):
    def test_margins_agree_with_numpy(self):
        margins = np.maximum(1 - _SIGNS * _PRED, 0)
        self.assertAllClose(hinge.hinge(_SIGNS, _PRED), margins.mean(-1))
        self.assertAllClose(
            hinge.squared_hinge(_SIGNS, _PRED), (margins**2).mean(-1)
        )
        self.assertAllClose(hinge.Hinge()(_SIGNS, _PRED), margins.mean())
        self.assertAllClose(
            hinge.SquaredHinge()(_SIGNS, _PRED), (margins**2).mean()
        )

    def test_labels_of_zero_and_one_are_read_as_signs(self):
        labels = (_SIGNS + 1) / 2
        self.assertAllClose(
            hinge.hinge(labels, _PRED), hinge.hinge(_SIGNS, _PRED)
        )

    def test_mixed_labels_stay_as_they_are(self):
        result = hinge.hinge([[0.0, -1.0]], [[0.3, 0.7]])
        self.assertAllClose(result, [(1.0 + 1.7) / 2])

    def test_categorical_margin_is_to_the_best_wrong_class(self):
        labels = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
        wrong = [max(0.3, 2.0), max(0.1, 0.4)]
        right = [-0.7, -0.3]
        expected = [w - r + 1 for w, r in zip(wrong, right)]
        result = hinge.categorical_hinge(labels, _PRED)
        self.assertAllClose(result, expected)
        self.assertAllClose(
            hinge.CategoricalHinge()(labels, _PRED), np.mean(expected)
        )


if __name__ == "__main__":
    tf.test.main()
