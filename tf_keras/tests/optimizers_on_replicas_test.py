"""Tests of optimizers on two replicas."""

import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.legacy.optimizers.adadelta import Adadelta as LegacyAdadelta
from tf_keras.src.legacy.optimizers.adagrad import Adagrad as LegacyAdagrad
from tf_keras.src.legacy.optimizers.adam import Adam as LegacyAdam
from tf_keras.src.legacy.optimizers.adamax import Adamax as LegacyAdamax
from tf_keras.src.legacy.optimizers.ftrl import Ftrl as LegacyFtrl
from tf_keras.src.legacy.optimizers.nadam import Nadam as LegacyNadam
from tf_keras.src.legacy.optimizers.rmsprop import RMSprop as LegacyRMSprop
from tf_keras.src.legacy.optimizers.sgd import SGD as LegacySGD
from tf_keras.src.optimizers import schedules
from tf_keras.src.optimizers.adadelta import Adadelta
from tf_keras.src.optimizers.adafactor import Adafactor
from tf_keras.src.optimizers.adagrad import Adagrad
from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.adamax import Adamax
from tf_keras.src.optimizers.adamw import AdamW
from tf_keras.src.optimizers.ftrl import Ftrl
from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.nadam import Nadam
from tf_keras.src.optimizers.rmsprop import RMSprop
from tf_keras.src.optimizers.sgd import SGD
from tf_keras.src.testing.devices import two_cpus

_ALL = (
    Adadelta,
    Adafactor,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Ftrl,
    Lion,
    Nadam,
    RMSprop,
    SGD,
)
_LEGACY = (
    LegacyAdadelta,
    LegacyAdagrad,
    LegacyAdam,
    LegacyAdamax,
    LegacyFtrl,
    LegacyNadam,
    LegacyRMSprop,
    LegacySGD,
)


class ReplicasTest(tf.test.TestCase, parameterized.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        two_cpus()
        # One for all tests: TensorFlow counts collectives in a process.
        cls.strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])

    @parameterized.parameters(
        *_ALL,
        *_LEGACY,
        lambda rate: LossScaleOptimizer(Adam(rate)),
        lambda rate: LossScaleOptimizer(LegacyNadam(rate)),
    )
    def test_replicas_agree_with_one_device(self, make):
        strategy = self.strategy
        alone = tf.Variable([1.0, 2.0])
        optimizer = make(0.1)
        for _ in range(3):
            optimizer.apply_gradients([(tf.sin(alone), alone)])
        for run in (lambda f: f, tf.function):
            with strategy.scope():
                weight, together = tf.Variable([1.0, 2.0]), make(0.1)

            def replica():
                # Half in each replica: gradients are summed.
                gradient = tf.sin(weight) / 2.0
                together.apply_gradients([(gradient, weight)])

            step = run(lambda: strategy.run(replica))
            for _ in range(3):
                step()
            for part in weight.values:
                self.assertAllClose(part, alone)
            self.assertEqual(int(together.iterations.numpy()), 3)

    def test_options_work_on_replicas(self):
        strategy = self.strategy
        options = {
            "weight_decay": 0.1,
            "clipnorm": 0.5,
            "use_ema": True,
            "ema_overwrite_frequency": 2,
        }
        rate = schedules.ExponentialDecay(0.1, 2, 0.5)
        constraint = tf.abs
        alone = tf.Variable([1.0, 0.1], constraint=constraint)
        optimizer = Adam(rate, **options)
        for _ in range(3):
            optimizer.apply_gradients([(tf.cos(alone), alone)])
        with strategy.scope():
            weight = tf.Variable([1.0, 0.1], constraint=constraint)
            together = Adam(rate, **options)

        def replica():
            together.apply_gradients([(tf.cos(weight) / 2.0, weight)])

        step = tf.function(lambda: strategy.run(replica))
        for _ in range(3):
            step()
        self.assertAllClose(weight.numpy(), alone)


if __name__ == "__main__":
    tf.test.main()
