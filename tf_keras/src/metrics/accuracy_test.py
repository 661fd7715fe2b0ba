"""Tests of accuracies."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics import accuracy

_PRED = np.array(
    [[0.1, 0.6, 0.3], [0.5, 0.2, 0.3], [0.2, 0.3, 0.5], [0.3, 0.4, 0.3]],
    "float32",
)
_CLASSES = np.array([1, 2, 2, 0])
_ONE_HOT = np.eye(3)[_CLASSES]


class AccuracyTest(tf.test.TestCase, parameterized.TestCase):
    def test_exact_values_must_be_equal(self):
        self.assertAllEqual(accuracy.accuracy([1, 2, 3], [1, 0, 3]), [1, 0, 1])
        metric = accuracy.Accuracy()
        metric.update_state([1, 2, 3], [1, 0, 3], [1.0, 3.0, 0.0])
        self.assertAllClose(metric.result(), 0.25)
        with self.assertRaises(ValueError):
            accuracy.accuracy([1, 2, 3], [1, 2])

    def test_binary_predictions_are_cut_at_the_threshold(self):
        true = np.array([[1, 0, 1], [0, 0, 1]])
        pred = np.array([[0.6, 0.4, 0.3], [0.2, 0.6, 0.35]])
        for threshold, rows in ((0.5, [2 / 3, 1 / 3]), (0.32, [1 / 3, 2 / 3])):
            self.assertAllClose(
                accuracy.binary_accuracy(true, pred, threshold), rows
            )
            metric = accuracy.BinaryAccuracy(threshold=threshold)
            metric.update_state(true, pred, [1.0, 0.0])
            self.assertAllClose(metric.result(), rows[0])

    def test_weights_may_be_given_to_single_predictions(self):
        metric = accuracy.BinaryAccuracy()
        metric.update_state([[1, 0]], [[0.6, 0.7]], [[1.0, 3.0]])
        self.assertAllClose(metric.result(), 0.25)

    @parameterized.parameters(((4,),), ((4, 1),))
    def test_sparse_and_one_hot_agree_with_numpy(self, shape):
        expected = (_PRED.argmax(-1) == _CLASSES).astype("float32")
        classes = _CLASSES.reshape(shape)
        self.assertAllEqual(
            accuracy.categorical_accuracy(_ONE_HOT, _PRED), expected
        )
        self.assertAllEqual(
            accuracy.sparse_categorical_accuracy(classes, _PRED), expected
        )
        for metric, true in (
            (accuracy.CategoricalAccuracy(), _ONE_HOT),
            (accuracy.SparseCategoricalAccuracy(), classes),
        ):
            metric.update_state(true, _PRED)
            self.assertAllClose(metric.result(), expected.mean())

    @parameterized.parameters(1, 2, 3)
    def test_top_k_agrees_with_numpy(self, k):
        best = np.argsort(-_PRED, axis=-1, kind="stable")[:, :k]
        # TensorFlow counts classes that tie with the k-th as among them.
        least = np.take_along_axis(_PRED, best[:, -1:], -1)
        chosen = _PRED[np.arange(4), _CLASSES]
        expected = (chosen >= least[:, 0]).astype("float32")
        self.assertAllEqual(
            accuracy.top_k_categorical_accuracy(_ONE_HOT, _PRED, k), expected
        )
        self.assertAllEqual(
            accuracy.sparse_top_k_categorical_accuracy(_CLASSES, _PRED, k),
            expected,
        )
        for metric, true in (
            (accuracy.TopKCategoricalAccuracy(k), _ONE_HOT),
            (accuracy.SparseTopKCategoricalAccuracy(k), _CLASSES),
        ):
            self.assertAllClose(metric(true, _PRED), expected.mean())

    def test_steps_have_an_accuracy_each(self):
        true, pred = _CLASSES.reshape(2, 2), _PRED.reshape(2, 2, 3)
        expected = (_PRED.argmax(-1) == _CLASSES).reshape(2, 2)
        for function in (
            accuracy.sparse_categorical_accuracy,
            lambda t, p: accuracy.sparse_top_k_categorical_accuracy(t, p, 1),
        ):
            self.assertAllEqual(tf.function(function)(true, pred)[0], [1, 0])
            self.assertAllEqual(function(true, pred)[0], expected[0])


if __name__ == "__main__":
    tf.test.main()
