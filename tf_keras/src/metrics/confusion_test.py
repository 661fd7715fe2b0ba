"""Tests of precision, recall, and values of one at a value of the other."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics import confusion

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.randint(0, 2, 60)
_PRED = np.clip(_TRUE * 0.3 + _RANDOM.uniform(size=60), 0, 1).astype("float32")
_WEIGHTS = _RANDOM.uniform(size=60).astype("float32")


def _counts(threshold, true=_TRUE, pred=_PRED, weights=_WEIGHTS):
    above = pred > np.float32(threshold)
    return {
        "true_positives": (weights * above * true).sum(),
        "false_positives": (weights * above * (1 - true)).sum(),
        "true_negatives": (weights * ~above * (1 - true)).sum(),
        "false_negatives": (weights * ~above * true).sum(),
    }


def _update(metric):
    for rows in (slice(0, 40), slice(40, 60)):
        metric.update_state(_TRUE[rows], _PRED[rows], _WEIGHTS[rows])
    return metric


def _rates(threshold):
    c = _counts(threshold)
    found = c["true_positives"] + c["false_positives"]
    return {
        "precision": c["true_positives"] / found if found else 0.0,
        "recall": c["true_positives"]
        / (c["true_positives"] + c["false_negatives"]),
        "specificity": c["true_negatives"]
        / (c["true_negatives"] + c["false_positives"]),
    }


class ConfusionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        (confusion.TruePositives, "true_positives"),
        (confusion.FalsePositives, "false_positives"),
        (confusion.TrueNegatives, "true_negatives"),
        (confusion.FalseNegatives, "false_negatives"),
    )
    def test_counts_agree_with_numpy(self, cls, name):
        self.assertAllClose(_update(cls()).result(), _counts(0.5)[name])
        metric = _update(cls(thresholds=[0.3, 0.7]))
        expected = [_counts(t)[name] for t in (0.3, 0.7)]
        self.assertAllClose(metric.result(), expected)
        again = cls.from_config(metric.get_config())
        self.assertEqual(again.get_config(), metric.get_config())

    @parameterized.parameters(
        (confusion.Precision, "precision"), (confusion.Recall, "recall")
    )
    def test_precision_and_recall_agree_with_numpy(self, cls, name):
        self.assertAllClose(_update(cls()).result(), _rates(0.5)[name])
        metric = _update(cls(thresholds=[0.3, 0.7]))
        expected = [_rates(t)[name] for t in (0.3, 0.7)]
        self.assertAllClose(metric.result(), expected)
        metric.reset_state()
        self.assertAllEqual(metric.result(), [0.0, 0.0])

    def test_whole_labels_and_class_numbers_are_taken(self):
        pred = np.array([[0.8, 0.1, 0.1], [0.2, 0.2, 0.6], [0.1, 0.3, 0.6]])
        for true in (
            np.array([0, 2, 1]),
            np.array([[0], [2], [1]]),
            np.eye(3)[[0, 2, 1]],
            np.eye(3, dtype=int)[[0, 2, 1]],
        ):
            self.assertAllClose(confusion.Precision()(true, pred), 2 / 3)
            self.assertAllClose(confusion.Recall()(true, pred), 2 / 3)
            self.assertAllClose(
                confusion.Precision(class_id=2)(true, pred), 0.5
            )
            self.assertAllClose(confusion.Recall(top_k=2)(true, pred), 1.0)

    @parameterized.parameters(
        (confusion.SensitivityAtSpecificity, "specificity", "recall"),
        (confusion.SpecificityAtSensitivity, "recall", "specificity"),
        (confusion.PrecisionAtRecall, "recall", "precision"),
        (confusion.RecallAtPrecision, "precision", "recall"),
    )
    def test_best_values_agree_with_numpy(self, cls, bound, wanted):
        thresholds = np.linspace(0, 1, 21)
        for value in (0.4, 0.7, 0.8):
            metric = _update(cls(value, num_thresholds=21))
            rates = [_rates(threshold) for threshold in thresholds]
            reached = [r[wanted] for r in rates if r[bound] >= value]
            self.assertAllClose(metric.result(), max(reached, default=0.0))
        again = cls.from_config(metric.get_config())
        self.assertEqual(again.get_config(), metric.get_config())

    def test_a_value_never_reached_gives_zero(self):
        metric = confusion.RecallAtPrecision(0.9)
        self.assertAllEqual(metric([0, 0], [0.3, 0.6]), 0.0)

    def test_values_out_of_range_are_refused(self):
        with self.assertRaisesRegex(ValueError, "recall=1.5"):
            confusion.PrecisionAtRecall(1.5)
        with self.assertRaisesRegex(ValueError, "num_thresholds=0"):
            confusion.PrecisionAtRecall(0.5, num_thresholds=0)
        with self.assertRaisesRegex(ValueError, "Thresholds"):
            confusion.Recall(thresholds=2.0)


if __name__ == "__main__":
    tf.test.main()
