"""Tests of F-scores."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics.f_score import F1Score, FBetaScore

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.randint(0, 2, (20, 3))
_PRED = np.clip(0.4 * _TRUE + _RANDOM.uniform(size=(20, 3)), 0, 1)
_WEIGHTS = _RANDOM.uniform(size=20)


def _scores(found, average, beta):
    weights = _WEIGHTS[:, None]
    axis = None if average == "micro" else 0
    right = (weights * found * _TRUE).sum(axis)
    precision = right / (weights * found).sum(axis)
    recall = right / (weights * _TRUE).sum(axis)
    square = beta**2
    scores = (1 + square) * precision * recall / (square * precision + recall)
    if average == "weighted":
        support = (weights * _TRUE).sum(0)
        return (scores * support).sum() / support.sum()
    return scores.mean() if average == "macro" else scores


class FScoreTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.product(
        average=(None, "micro", "macro", "weighted"), beta=(0.5, 2.0)
    )
    def test_scores_over_batches_agree_with_numpy(self, average, beta):
        highest = (_PRED == _PRED.max(-1, keepdims=True)).astype(int)
        for threshold, found in ((0.6, _PRED > 0.6), (None, highest)):
            metric = FBetaScore(average, beta, threshold)
            for rows in (slice(0, 12), slice(12, 20)):
                metric.update_state(_TRUE[rows], _PRED[rows], _WEIGHTS[rows])
            expected = _scores(found, average, beta)
            self.assertAllClose(metric.result(), expected)

    def test_f1_is_beta_one(self):
        f1, beta = F1Score("macro", 0.5), FBetaScore("macro", 1.0, 0.5)
        self.assertAllClose(f1(_TRUE, _PRED), beta(_TRUE, _PRED))
        self.assertNotIn("beta", f1.get_config())
        again = F1Score.from_config(f1.get_config())
        self.assertEqual(again.get_config(), f1.get_config())

    def test_class_numbers_and_single_labels_are_taken(self):
        pred = np.array([[0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
        expected = F1Score()(np.eye(2)[[0, 1, 1]], pred)
        self.assertAllClose(F1Score()(np.array([0, 1, 1]), pred), expected)
        flat = F1Score(threshold=0.5)(np.array([0, 1, 1]), pred[:, 1])
        column = F1Score(threshold=0.5)(np.array([[0], [1], [1]]), pred[:, 1:])
        self.assertAllClose(flat, column)
        self.assertAllClose(flat, [2 / 3])

    def test_reset_starts_again(self):
        metric = F1Score("macro")
        self.assertAllEqual(metric.result(), 0.0)
        metric.update_state(1 - _TRUE, _PRED)
        metric.reset_state()
        metric.update_state(_TRUE, _PRED)
        self.assertAllClose(metric.result(), F1Score("macro")(_TRUE, _PRED))

    def test_values_that_do_not_fit_are_refused(self):
        for arguments, message in (
            ({"average": "mean"}, "average='mean'"),
            ({"beta": -1.0}, "beta=-1.0"),
            ({"threshold": 1.5}, "threshold=1.5"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                FBetaScore(**arguments)
        with self.assertRaisesRegex(ValueError, r"\(batch, classes\)"):
            F1Score().update_state(np.ones((2, 3, 4)), np.ones((2, 3, 4)))


if __name__ == "__main__":
    tf.test.main()
