"""Tests of the way back to optimizers of before 2.11."""

import tensorflow as tf

from tf_keras.src.legacy.optimizers import rmsprop as legacy_rmsprop
from tf_keras.src.legacy.optimizers.conversion import (
    convert_to_legacy_optimizer,
)
from tf_keras.src.legacy.optimizers.sgd import SGD as LegacySGD
from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.rmsprop import RMSprop
from tf_keras.src.optimizers.schedules import ExponentialDecay
from tf_keras.src.optimizers.sgd import SGD


class ConversionTest(tf.test.TestCase):
    def test_numbers_stay_and_what_is_new_goes(self):
        new = SGD(0.5, momentum=0.25, clipnorm=2.0, weight_decay=0.1)
        old = convert_to_legacy_optimizer(new)
        self.assertIsInstance(old, LegacySGD)
        self.assertEqual(
            old.get_config(),
            {
                "name": "SGD",
                "clipnorm": 2.0,
                "learning_rate": 0.5,
                "decay": 0.0,
                "momentum": 0.25,
                "nesterov": False,
            },
        )

    def test_schedules_stay(self):
        rate = ExponentialDecay(0.1, 2, 0.5)
        old = convert_to_legacy_optimizer(RMSprop(rate))
        self.assertIsInstance(old, legacy_rmsprop.RMSprop)
        self.assertIs(old.learning_rate, rate)

    def test_goes_into_a_loss_scale_optimizer(self):
        new = LossScaleOptimizer(SGD(0.5), initial_scale=4.0)
        old = convert_to_legacy_optimizer(new)
        self.assertIsInstance(old.inner_optimizer, LegacySGD)
        self.assertEqual(old.initial_scale, 4.0)

    def test_refuses_what_has_no_older_form(self):
        with self.assertRaisesRegex(ValueError, "Lion"):
            convert_to_legacy_optimizer(Lion())
        for wrong in (LegacySGD(), "adam"):
            with self.assertRaisesRegex(ValueError, "Expected an optimizer"):
                convert_to_legacy_optimizer(wrong)


if __name__ == "__main__":
    tf.test.main()
