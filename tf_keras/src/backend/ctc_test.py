"""Tests of connectionist temporal classification."""

import itertools

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import ctc


def _probabilities(batch, steps, classes, seed=0):
    logits = np.random.RandomState(seed).normal(size=(batch, steps, classes))
    exponents = np.exp(2 * logits)
    values = exponents / exponents.sum(-1, keepdims=True)
    return values.astype("float32")


def _collapse(path, blank):
    merged = [key for key, _ in itertools.groupby(path)]
    return tuple(key for key in merged if key != blank)


def _likelihood(probabilities, labels):
    """The sum over all paths that read as `labels`."""
    steps, classes = probabilities.shape
    return sum(
        np.prod([probabilities[t, c] for t, c in enumerate(path)])
        for path in itertools.product(range(classes), repeat=steps)
        if _collapse(path, classes - 1) == tuple(labels)
    )


class CtcTest(tf.test.TestCase):
    def test_dense_labels_become_sparse(self):
        sparse = ctc.ctc_label_dense_to_sparse(
            tf.constant([[1, 2, 0], [3, 0, 0]]), tf.constant([2, 1])
        )
        self.assertAllEqual(sparse.indices, [[0, 0], [0, 1], [1, 0]])
        self.assertAllEqual(sparse.values, [1, 2, 3])
        self.assertAllEqual(sparse.dense_shape, [2, 3])

    def test_cost_is_minus_the_log_of_all_paths(self):
        probabilities = _probabilities(2, 4, 3)
        cost = ctc.ctc_batch_cost(
            tf.constant([[0, 1], [1, 0]]),
            tf.constant(probabilities),
            tf.constant([[4], [3]]),
            tf.constant([[2], [1]]),
        )
        expected = [
            [-np.log(_likelihood(probabilities[0], [0, 1]))],
            [-np.log(_likelihood(probabilities[1, :3], [1]))],
        ]
        self.assertAllClose(cost, expected, rtol=1e-4)

    def test_greedy_takes_the_best_class_of_each_step(self):
        probabilities = _probabilities(2, 5, 4)
        labels, scores = ctc.ctc_decode(
            tf.constant(probabilities), tf.constant([5, 3])
        )
        for row, steps, length in zip(labels[0].numpy(), probabilities, (5, 3)):
            best = _collapse(steps[:length].argmax(-1), blank=3)
            padded = list(best) + [-1] * (5 - len(best))
            self.assertAllEqual(row, padded)
        self.assertEqual(scores.shape, (2, 1))
        self.assertAllClose(
            scores[0, 0], -np.log(probabilities[0].max(-1)).sum(), rtol=1e-4
        )

    def test_beam_finds_the_most_likely_labels(self):
        probabilities = _probabilities(1, 3, 3, seed=3)
        labels, scores = ctc.ctc_decode(
            tf.constant(probabilities),
            tf.constant([3]),
            greedy=False,
            beam_width=50,
            top_paths=2,
        )
        self.assertLen(labels, 2)
        self.assertEqual(scores.shape, (1, 2))
        candidates = {
            _collapse(path, blank=2)
            for path in itertools.product(range(3), repeat=3)
        }
        best = max(
            candidates, key=lambda found: _likelihood(probabilities[0], found)
        )
        found = tuple(int(k) for k in labels[0][0].numpy() if k >= 0)
        self.assertEqual(found, best)


if __name__ == "__main__":
    tf.test.main()
