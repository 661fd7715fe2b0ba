"""Tests of AUC."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics.auc import AUC

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.randint(0, 2, (50, 3))
_PRED = np.clip(0.3 * _TRUE + _RANDOM.uniform(size=(50, 3)), 0, 1)
_PRED = _PRED.astype("float32")
_WEIGHTS = _RANDOM.uniform(size=50)


def _rank_auc(true, pred, weights):
    """The chance that a positive is ranked above a negative."""
    wins = pred[:, None] > pred[None, :]
    ties = pred[:, None] == pred[None, :]
    pairs = np.outer(weights * true, weights * (1 - true))
    return (pairs * (wins + 0.5 * ties)).sum() / pairs.sum()


def _average_precision(true, pred):
    order = np.argsort(-pred)
    hits = true[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return (precision * hits).sum() / hits.sum()


class AUCTest(tf.test.TestCase, parameterized.TestCase):
    def test_many_thresholds_come_near_the_exact_area(self):
        metric = AUC(num_thresholds=5000)
        for rows in (slice(0, 30), slice(30, 50)):
            metric.update_state(_TRUE[rows, 0], _PRED[rows, 0], _WEIGHTS[rows])
        expected = _rank_auc(_TRUE[:, 0], _PRED[:, 0], _WEIGHTS)
        self.assertAllClose(metric.result(), expected, atol=2e-3)

    def test_area_under_precision_recall_comes_near_the_average_precision(self):
        metric = AUC(num_thresholds=5000, curve="PR")
        metric.update_state(_TRUE[:, 0], _PRED[:, 0])
        expected = _average_precision(_TRUE[:, 0], _PRED[:, 0])
        self.assertAllClose(metric.result(), expected, atol=0.02)

    def test_few_thresholds_by_hand(self):
        # At -e, 0.5, 1+e: recall 1, 0.5, 0 and false rate 1, 0, 0.
        true, pred = [0, 0, 1, 1], [0.0, 0.5, 0.3, 0.9]
        for method, expected in (
            ("interpolation", 0.75),
            ("minoring", 0.5),
            ("majoring", 1.0),
        ):
            metric = AUC(num_thresholds=3, summation_method=method)
            self.assertAllClose(metric(true, pred), expected)
        # Precision 0.5, 1, 0 at recall 1, 0.5, 0.
        for method, expected in (("minoring", 0.25), ("majoring", 1.0)):
            metric = AUC(3, curve="PR", summation_method=method)
            self.assertAllClose(metric(true, pred), expected)
        metric = AUC(3, curve="PR")
        # From 1 of 1 to 2 of 4: precision is (1 + x) / (1 + 3x).
        x = np.linspace(0, 1, 100001)
        between = 0.5 * np.trapezoid((1 + x) / (1 + 3 * x), x)
        self.assertAllClose(metric(true, pred), 0.5 + between, atol=1e-4)

    def test_given_thresholds_are_sorted_and_kept(self):
        metric = AUC(thresholds=[0.7, 0.2])
        self.assertAllClose(metric.thresholds, [-1e-7, 0.2, 0.7, 1 + 1e-7])
        config = metric.get_config()
        self.assertEqual(config["thresholds"], [0.2, 0.7])
        self.assertEqual(AUC.from_config(config).get_config(), config)

    def test_labels_are_averaged(self):
        alone = [
            float(AUC()(_TRUE[:, label], _PRED[:, label])) for label in range(3)
        ]
        for count in (None, 3):
            metric = AUC(multi_label=True, num_labels=count)
            self.assertAllClose(metric(_TRUE, _PRED), np.mean(alone))
        weights = [0.2, 0.5, 0.3]
        metric = AUC(multi_label=True, label_weights=weights)
        self.assertAllClose(metric(_TRUE, _PRED), np.dot(alone, weights))
        again = AUC.from_config(metric.get_config())
        self.assertAllClose(again(_TRUE, _PRED), np.dot(alone, weights))

    def test_logits_are_made_probabilities(self):
        logits = np.log(_PRED + 1e-6) - np.log(1 - _PRED + 1e-6)
        self.assertAllClose(
            AUC(from_logits=True)(_TRUE, logits),
            AUC()(_TRUE, _PRED),
            atol=1e-3,
        )

    def test_graphs_and_xla_agree(self):
        expected = AUC()(_TRUE, _PRED, _WEIGHTS)
        for jit_compile in (False, True):
            metric = AUC()
            function = tf.function(metric.update_state, jit_compile=jit_compile)
            function(_TRUE, _PRED, _WEIGHTS)
            self.assertAllClose(metric.result(), expected)

    def test_reset_starts_again(self):
        metric = AUC(multi_label=True)
        self.assertAllEqual(metric.result(), 0.0)
        metric.update_state(1 - _TRUE, _PRED)
        metric.reset_state()
        metric.update_state(_TRUE, _PRED)
        self.assertAllClose(
            metric.result(), AUC(multi_label=True)(_TRUE, _PRED)
        )

    def test_values_that_do_not_fit_are_refused(self):
        with self.assertRaisesRegex(ValueError, "curve='ROCK'"):
            AUC(curve="ROCK")
        with self.assertRaisesRegex(ValueError, "summation_method='x'"):
            AUC(summation_method="x")
        with self.assertRaisesRegex(ValueError, "num_thresholds=1"):
            AUC(num_thresholds=1)
        with self.assertRaisesRegex(ValueError, "multi_label=True"):
            AUC(num_labels=3)
        with self.assertRaisesRegex(ValueError, r"\(batch, labels\)"):
            AUC(multi_label=True).update_state([0, 1], [0.1, 0.2])


if __name__ == "__main__":
    tf.test.main()
