"""Tests of means of cross-entropies and divergences."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.losses import crossentropy, similarity
from tf_keras.src.metrics import probabilistic

_RANDOM = np.random.RandomState(0)
_LOGITS = _RANDOM.normal(size=(6, 3)).astype("float32")
_POWERS = np.exp(_LOGITS)
_PROBABILITIES = _POWERS / _POWERS.sum(-1, keepdims=True)
_CLASSES = np.array([0, 2, 1, 1, 0, 2])
_ONE_HOT = np.eye(3, dtype="float32")[_CLASSES]
_WEIGHTS = np.array([1.0, 0.0, 2.0, 1.0, 3.0, 0.5])


class ProbabilisticTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        (
            probabilistic.BinaryCrossentropy(label_smoothing=0.1),
            lambda t, p: crossentropy.binary_crossentropy(
                t, p, label_smoothing=0.1
            ),
        ),
        (
            probabilistic.CategoricalCrossentropy(),
            lambda t, p: -np.log(p)[np.arange(6), _CLASSES],
        ),
        (probabilistic.KLDivergence(), similarity.kl_divergence),
        (probabilistic.Poisson(), similarity.poisson),
    )
    def test_weighted_means_over_batches(self, metric, function):
        metric.reset_state()
        for rows in (slice(0, 4), slice(4, 6)):
            metric.update_state(
                _ONE_HOT[rows], _PROBABILITIES[rows], _WEIGHTS[rows]
            )
        values = np.asarray(function(_ONE_HOT, _PROBABILITIES))
        self.assertAllClose(metric.result(), values @ _WEIGHTS / 7.5)

    def test_sparse_labels_agree_with_one_hot_ones(self):
        for y_pred, from_logits in ((_PROBABILITIES, False), (_LOGITS, True)):
            sparse = probabilistic.SparseCategoricalCrossentropy(
                from_logits=from_logits
            )
            dense = probabilistic.CategoricalCrossentropy(
                from_logits=from_logits
            )
            self.assertAllClose(
                sparse(_CLASSES, y_pred), dense(_ONE_HOT, y_pred)
            )

    def test_configs_have_every_argument(self):
        metric = probabilistic.SparseCategoricalCrossentropy(ignore_class=1)
        config = metric.get_config()
        self.assertEqual(
            list(config),
            ["name", "dtype", "from_logits", "ignore_class", "axis"],
        )
        again = type(metric).from_config(config)
        self.assertAllClose(
            again(_CLASSES, _PROBABILITIES), metric(_CLASSES, _PROBABILITIES)
        )


if __name__ == "__main__":
    tf.test.main()
