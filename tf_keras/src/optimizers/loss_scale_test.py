"""Tests of the scale of a loss."""

import tensorflow as tf

from tf_keras.src.optimizers.loss_scale import (
    DynamicLossScale,
    FixedLossScale,
    are_all_finite,
)


class LossScaleTest(tf.test.TestCase):
    def test_doubles_after_good_steps_and_halves_after_a_bad_one(self):
        scale = DynamicLossScale(4.0, growth_steps=2)
        seen = []
        for is_finite in (True, True, True, False, True):
            scale.update(tf.constant(is_finite))
            seen.append((float(scale()), int(scale.good_steps)))
        self.assertEqual(
            seen, [(4.0, 1), (8.0, 0), (8.0, 1), (4.0, 0), (4.0, 1)]
        )

    def test_stays_between_one_and_infinity(self):
        low = DynamicLossScale(1.0, growth_steps=1)
        low.update(tf.constant(False))
        self.assertEqual(float(low()), 1.0)
        high = DynamicLossScale(2.0**127, growth_steps=1)
        high.update(tf.constant(True))
        self.assertEqual(float(high()), 2.0**127)

    def test_a_fixed_scale_stays(self):
        self.assertEqual(float(FixedLossScale(8)()), 8.0)

    def test_finds_what_is_not_finite(self):
        good = tf.constant([1.0, 2.0])
        slices = tf.IndexedSlices(good[:, None], tf.constant([0, 1]))
        bad = tf.IndexedSlices(tf.constant([[float("inf")]]), tf.constant([0]))
        self.assertTrue(bool(are_all_finite([good, None, slices])))
        self.assertFalse(bool(are_all_finite([good, bad])))
        self.assertFalse(bool(are_all_finite([good, good / 0.0 * 0.0])))


if __name__ == "__main__":
    tf.test.main()
