"""Tests of counts of decisions at thresholds."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics import confusion_counts

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.randint(0, 2, (5, 4))
# With ties, and values that are thresholds themselves.
_PRED = (_RANDOM.randint(0, 11, (5, 4)) / 10).astype("float32")
_WEIGHTS = _RANDOM.uniform(size=(5, 4)).astype("float32")


def _count(true, pred, thresholds, weights, axis=None):
    rows = []
    for threshold in np.float32(thresholds):
        above = pred > threshold
        rows.append(
            [
                (weights * found * label).sum(axis)
                for found, label in (
                    (above, true),
                    (above, 1 - true),
                    (1 - above, 1 - true),
                    (1 - above, true),
                )
            ]
        )
    return [np.stack(column) for column in zip(*rows)]


class ConfusionCountsTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ([0.5],), ([0.2, 0.5, 0.8],), ([0.8, 0.2, 0.5],), ([0.0, 1.0],)
    )
    def test_counts_agree_with_numpy(self, thresholds):
        for by_label, axis in ((False, None), (True, 0)):
            for run in (lambda f: f, tf.function):
                counts = run(confusion_counts.count_decisions)(
                    _TRUE, _PRED, thresholds, _WEIGHTS, by_label=by_label
                )
                expected = _count(_TRUE, _PRED, thresholds, _WEIGHTS, axis)
                for count, value in zip(counts, expected):
                    self.assertAllClose(count, value)

    def test_weights_of_samples_and_labels_multiply(self):
        samples, labels = _WEIGHTS[:, 0], _WEIGHTS[0]
        counts = confusion_counts.count_decisions(
            _TRUE, _PRED, [0.5], samples, label_weights=labels
        )
        expected = _count(_TRUE, _PRED, [0.5], samples[:, None] * labels)
        for count, value in zip(counts, expected):
            self.assertAllClose(count, value)

    def test_only_the_highest_can_be_positive(self):
        pred = np.array([[0.9, 0.8, 0.1], [0.1, 0.2, 0.3]], "float32")
        true = np.array([[1, 0, 0], [1, 1, 0]])
        counts = confusion_counts.count_decisions(
            true, pred, [confusion_counts.LOWEST], top_k=2
        )
        self.assertAllEqual([count[0] for count in counts], [2, 2, 1, 1])
        one = confusion_counts.count_decisions(
            true, pred, [confusion_counts.LOWEST], top_k=2, class_id=1
        )
        self.assertAllEqual([count[0] for count in one], [1, 1, 0, 0])

    @parameterized.parameters(((3,),), ((3, 1),))
    def test_class_numbers_become_one_hot_labels(self, shape):
        pred = np.array([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], "float32")
        classes = np.array([0, 1, 1])
        counts = confusion_counts.count_decisions(
            classes.reshape(shape), pred, [0.5]
        )
        expected = confusion_counts.count_decisions(
            np.eye(2)[classes], pred, [0.5]
        )
        self.assertAllEqual(counts, expected)

    def test_shapes_that_differ_are_refused(self):
        with self.assertRaisesRegex(ValueError, r"\(3, 2\).*\(3, 4\)"):
            confusion_counts.as_pair(
                np.ones((3, 2)), np.ones((3, 4)), tf.float32
            )

    def test_thresholds_must_be_probabilities(self):
        self.assertEqual(confusion_counts.as_thresholds(None), [0.5])
        self.assertEqual(confusion_counts.as_thresholds((0.1, 1)), [0.1, 1])
        for wrong in (-0.1, [0.5, 1.1], [None]):
            with self.assertRaisesRegex(ValueError, r"in \[0, 1\]"):
                confusion_counts.as_thresholds(wrong)

    def test_even_thresholds_have_equal_distances(self):
        self.assertEqual(confusion_counts.even_thresholds(1), [0.5])
        self.assertAllClose(
            confusion_counts.even_thresholds(5), [0, 0.25, 0.5, 0.75, 1]
        )


if __name__ == "__main__":
    tf.test.main()
