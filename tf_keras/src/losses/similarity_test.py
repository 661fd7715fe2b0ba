"""Tests of cosine similarity, KL divergence and Poisson."""

import numpy as np
import tensorflow as tf

from tf_keras.src.losses import similarity

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.uniform(0.1, 1.0, (4, 3)).astype("float32")
_PRED = _RANDOM.uniform(0.1, 1.0, (4, 3)).astype("float32")


class SimilarityTest(tf.test.TestCase):
    def test_cosine_agrees_with_numpy_along_an_axis(self):
        for axis in (-1, 0):
            norms = np.linalg.norm(_TRUE, axis=axis)
            norms = norms * np.linalg.norm(_PRED, axis=axis)
            expected = -(_TRUE * _PRED).sum(axis) / norms
            result = similarity.cosine_similarity(_TRUE, _PRED, axis=axis)
            self.assertAllClose(result, expected)
            loss = similarity.CosineSimilarity(axis=axis)
            self.assertAllClose(loss(_TRUE, _PRED), expected.mean())

    def test_cosine_of_zeros_is_zero(self):
        result = similarity.cosine_similarity([[0.0, 0.0]], [[0.3, 0.7]])
        self.assertAllClose(result, [0.0])

    def test_divergence_agrees_with_numpy(self):
        expected = (_TRUE * np.log(_TRUE / _PRED)).sum(-1)
        self.assertAllClose(similarity.kl_divergence(_TRUE, _PRED), expected)
        loss = similarity.KLDivergence(reduction="sum")
        self.assertAllClose(loss(_TRUE, _PRED), expected.sum())

    def test_divergence_is_finite_at_zero(self):
        result = similarity.kl_divergence([[0.0, 1.0]], [[1.0, 0.0]])
        self.assertAllClose(result, [-np.log(1e-7)], rtol=1e-4)

    def test_poisson_agrees_with_numpy(self):
        expected = (_PRED - _TRUE * np.log(_PRED + 1e-7)).mean(-1)
        self.assertAllClose(similarity.poisson(_TRUE, _PRED), expected)
        self.assertAllClose(similarity.Poisson()(_TRUE, _PRED), expected.mean())


if __name__ == "__main__":
    tf.test.main()
