"""Tests of weights, masks and reductions."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.losses.reduction import (
    Reduction,
    compute_weighted_loss,
    reduce_losses,
)

_LOSSES = np.random.RandomState(0).uniform(0, 2, (4, 3)).astype("float32")


class ReductionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ((),), ((4,),), ((4, 1),), ((1, 3),), ((4, 3),), ((4, 3, 1),), ((1,),)
    )
    def test_weights_broadcast_from_the_left(self, shape):
        weights = np.random.RandomState(1).uniform(0, 2, shape)
        if len(shape) == 3:
            full = _LOSSES * weights[..., 0]
        elif shape == (4,):
            full = _LOSSES * weights[:, None]
        else:
            full = _LOSSES * weights
        losses = tf.constant(_LOSSES)
        for reduction, expected in (
            ("none", full),
            ("sum", full.sum()),
            ("auto", full.sum() / 12),
            ("sum_over_batch_size", full.sum() / 12),
        ):
            self.assertAllClose(
                compute_weighted_loss(losses, weights, reduction), expected
            )

    def test_weights_of_samples_reach_over_two_missing_axes(self):
        losses = np.ones((4, 3, 5), "float32")
        weights = np.array([1.0, 2.0, 0.0, 1.0])
        weighted = compute_weighted_loss(losses, weights, "none")
        self.assertAllClose(weighted[:, 0, 0], weights)
        self.assertAllClose(weighted[:, 2, 4], weights)

    def test_weights_that_do_not_fit_are_refused(self):
        with self.assertRaisesRegex(ValueError, r"\(3, 3\).*\(4, 3\)"):
            compute_weighted_loss(tf.constant(_LOSSES), np.ones((3, 3)))

    def test_weighted_mean_divides_by_the_weights(self):
        weights = np.array([1.0, 2.0, 0.0, 1.0])
        expected = (_LOSSES * weights[:, None]).sum() / (4.0 * 3)
        result = compute_weighted_loss(
            tf.constant(_LOSSES), weights, Reduction.WEIGHTED_MEAN
        )
        self.assertAllClose(result, expected)

    def test_means_do_not_count_what_is_masked(self):
        mask = np.array([[1, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 0]], bool)
        weights = np.array([1.0, 2.0, 3.0, 4.0])
        full = _LOSSES * mask * weights[:, None]
        result = reduce_losses(tf.constant(_LOSSES), "auto", weights, mask)
        self.assertAllClose(result, full.sum() / mask.sum())
        self.assertAllClose(
            reduce_losses(tf.constant(_LOSSES), "none", weights, mask), full
        )

    def test_nothing_left_gives_zero_and_not_nan(self):
        losses = tf.constant(_LOSSES)
        mask = np.zeros((4, 3), bool)
        self.assertAllEqual(reduce_losses(losses, "auto", None, mask), 0.0)
        empty = tf.zeros((0, 3))
        self.assertAllEqual(reduce_losses(empty, "auto"), 0.0)
        self.assertAllEqual(reduce_losses(losses, "weighted_mean", 0.0), 0.0)

    def test_sums_of_half_precision_do_not_overflow(self):
        losses = tf.fill((1000,), tf.constant(100.0, tf.float16))
        result = compute_weighted_loss(losses)
        self.assertEqual(result.dtype, tf.float16)
        self.assertAllClose(result, 100.0)

    def test_ragged_losses_take_weights_of_samples_and_of_steps(self):
        losses = tf.ragged.constant([[1.0, 2.0], [4.0]])
        by_sample = reduce_losses(losses, "auto", np.array([2.0, 3.0]))
        self.assertAllClose(by_sample, (2 + 4 + 12) / 3)
        steps = tf.ragged.constant([[1.0, 2.0], [3.0]])
        by_step = reduce_losses(losses, "none", steps)
        self.assertAllEqual(by_step, tf.ragged.constant([[1.0, 4.0], [12.0]]))

    def test_unknown_ranks_work_in_a_graph(self):
        spec = tf.TensorSpec(None, tf.float32)

        @tf.function(input_signature=[spec, spec])
        def reduce(losses, weights):
            return reduce_losses(losses, "sum", weights)

        weights = np.array([1.0, 2.0, 0.0, 1.0], "float32")
        expected = (_LOSSES * weights[:, None]).sum()
        self.assertAllClose(reduce(_LOSSES, weights), expected)
        self.assertAllClose(reduce(_LOSSES, weights[:, None, None]), expected)
        self.assertAllClose(reduce(_LOSSES, np.float32(2)), 2 * _LOSSES.sum())

    def test_unknown_reductions_offer_the_nearest(self):
        with self.assertRaisesRegex(ValueError, "Did you mean 'sum'"):
            Reduction.validate("summ")
        for reduction in Reduction.all():
            Reduction.validate(reduction)


if __name__ == "__main__":
    tf.test.main()
