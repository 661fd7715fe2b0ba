"""Tests of what all optimizers share."""

import sys
import warnings

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.optimizers import schedules
from tf_keras.src.optimizers.adadelta import Adadelta
from tf_keras.src.optimizers.adafactor import Adafactor
from tf_keras.src.optimizers.adagrad import Adagrad
from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.adamax import Adamax
from tf_keras.src.optimizers.adamw import AdamW
from tf_keras.src.optimizers.ftrl import Ftrl
from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.optimizers.nadam import Nadam
from tf_keras.src.optimizers.optimizer import Optimizer
from tf_keras.src.optimizers.rmsprop import RMSprop
from tf_keras.src.optimizers.sgd import SGD

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


class _Heavy(Optimizer):
    """A user's optimizer, written as the documentation says."""

    def __init__(self, learning_rate=0.1, name="Heavy", **kwargs):
        super().__init__(name=name, **kwargs)
        self._learning_rate = self._build_learning_rate(learning_rate)

    def build(self, var_list):
        super().build(var_list)
        if hasattr(self, "_built") and self._built:
            return
        self._built = True
        self.speeds = []
        for variable in var_list:
            self.speeds.append(
                self.add_variable_from_reference(variable, "speed")
            )

    def update_step(self, gradient, variable):
        speed = self.speeds[self._index_dict[self._var_key(variable)]]
        if isinstance(gradient, tf.IndexedSlices):
            speed.scatter_add(gradient)
        else:
            speed.assign_add(gradient)
        rate = tf.cast(self.learning_rate, variable.dtype)
        variable.assign_sub(rate * speed)

    def get_config(self):
        config = super().get_config()
        config["learning_rate"] = self._serialize_hyperparameter(
            self._learning_rate
        )
        return config


class OptimizerTest(tf.test.TestCase, parameterized.TestCase):
    def test_minimize_takes_functions_and_tapes(self):
        weight = tf.Variable(1.0)
        optimizer = SGD(0.1)
        optimizer.minimize(lambda: weight**2, [weight])
        self.assertAllClose(weight, 0.8)
        with tf.GradientTape() as tape:
            loss = weight**2
        optimizer.minimize(loss, lambda: [weight], tape=tape)
        self.assertAllClose(weight, 0.64)
        with self.assertRaisesRegex(ValueError, "needs the `tape`"):
            optimizer.minimize(loss, [weight])

    def test_missing_gradients_warn_and_none_at_all_is_an_error(self):
        used, unused = tf.Variable(1.0, name="a"), tf.Variable(1.0, name="b")
        optimizer = SGD(0.1)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            optimizer.apply_gradients(
                [(tf.constant(1.0), used), (None, unused)]
            )
        self.assertIn("b:0", str(caught[0].message))
        with self.assertRaisesRegex(ValueError, "No gradient.*a:0"):
            optimizer.apply_gradients([(None, used)])

    def test_nothing_to_apply_is_no_step(self):
        optimizer = SGD(0.1)
        self.assertEqual(int(optimizer.apply_gradients([])), 0)

    def test_unknown_arguments_are_refused(self):
        with self.assertRaisesRegex(TypeError, "bogus"):
            Adam(bogus=1)
        with self.assertRaisesRegex(TypeError, "bogus"):
            Adam().apply_gradients([], bogus=1)
        with self.assertRaisesRegex(ValueError, "InverseTimeDecay"):
            Adam(decay=0.1)
        with self.assertRaisesRegex(ValueError, "exclude each other"):
            Adam(clipnorm=1.0, global_clipnorm=1.0)
        with self.assertRaisesRegex(ValueError, "ema_momentum=2"):
            Adam(use_ema=True, ema_momentum=2)
        with self.assertRaisesRegex(ValueError, "frequency=-2"):
            Adam(use_ema=True, ema_overwrite_frequency=-2)

    def test_the_base_class_says_what_to_write(self):
        optimizer = Optimizer("own")
        with self.assertRaisesRegex(NotImplementedError, "update_step"):
            optimizer.apply_gradients([(tf.constant(1.0), tf.Variable(1.0))])
        with self.assertRaisesRegex(ValueError, "_build_learning_rate"):
            optimizer.learning_rate

    # Learning rate -----------------------------------------------------------

    def test_the_learning_rate_can_be_many_things(self):
        number = SGD(0.5).learning_rate
        self.assertAllClose(number, 0.5)
        self.assertEqual(number.name, "learning_rate:0")
        self.assertAllClose(SGD(tf.Variable(0.5)).learning_rate, 0.5)
        self.assertAllClose(SGD(np.float64(0.5)).learning_rate, 0.5)
        self.assertAllClose(SGD(lambda: 0.5).learning_rate, 0.5)

    def test_a_function_is_asked_at_each_step(self):
        rate, weight = tf.Variable(1.0), tf.Variable(0.0)
        optimizer = SGD(lambda: rate * 0.1)
        step = tf.function(
            lambda: optimizer.apply_gradients([(tf.constant(1.0), weight)])
        )
        step()
        rate.assign(2.0)
        step()
        self.assertAllClose(weight, -0.3)
        optimizer.learning_rate = 0.5
        self.assertAllClose(optimizer.learning_rate, 0.5)

    def test_a_schedule_sets_the_rate_of_each_step(self):
        weight = tf.Variable(0.0)
        optimizer = SGD(schedules.ExponentialDecay(0.1, 1, 0.5))
        self.assertAllClose(optimizer.learning_rate, 0.1)
        for _ in range(3):
            optimizer.apply_gradients([(tf.constant(1.0), weight)])
        self.assertAllClose(weight, -0.1 - 0.05 - 0.025)
        self.assertAllClose(optimizer.learning_rate, 0.025)
        with self.assertRaisesRegex(TypeError, "LearningRateSchedule"):
            optimizer.learning_rate = 0.1
        optimizer.learning_rate = schedules.ExponentialDecay(0.8, 1, 0.5)
        self.assertAllClose(optimizer.learning_rate, 0.1)

    def test_lr_is_the_older_name(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            optimizer = SGD(lr=0.5)
        self.assertIn("learning_rate", str(caught[0].message))
        self.assertAllClose(optimizer.lr, 0.5)
        optimizer.lr = 0.25
        self.assertAllClose(optimizer.learning_rate, 0.25)

    # Options of a step -------------------------------------------------------

    def test_clipping_makes_gradients_smaller(self):
        gradients = [
            np.array([3.0, 4.0], "float32"),
            np.array([12.0], "float32"),
        ]
        for option, expected in (
            ({"clipnorm": 1.0}, [[0.6, 0.8], [1.0]]),
            ({"clipvalue": 3.5}, [[3.0, 3.5], [3.5]]),
            ({"global_clipnorm": 1.3}, [[0.3, 0.4], [1.2]]),
        ):
            variables = [tf.Variable(np.zeros_like(g)) for g in gradients]
            SGD(1.0, **option).apply_gradients(zip(gradients, variables))
            for variable, value in zip(variables, expected):
                self.assertAllClose(variable, -np.array(value))

    @parameterized.parameters(*_ALL)
    def test_weight_decay_comes_before_the_step(self, cls):
        gradient = tf.constant([0.5, -0.5])
        decayed, plain = tf.Variable([1.0, 2.0]), tf.Variable([0.96, 1.92])
        cls(0.1, weight_decay=0.4).apply_gradients([(gradient, decayed)])
        kwargs = {"weight_decay": 0.0} if cls is AdamW else {}
        cls(0.1, **kwargs).apply_gradients([(gradient, plain)])
        self.assertAllClose(decayed, plain)

    def test_averages_replace_variables_now_and_then(self):
        weight = tf.Variable(1.0)
        optimizer = SGD(
            0.1, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2
        )
        value = average = 1.0
        for step in (1, 2, 3):
            optimizer.apply_gradients([(tf.constant(1.0), weight)])
            value -= 0.1
            average = 0.8 * average + 0.2 * value
            if step == 2:
                value = average
            self.assertAllClose(weight, value)
        optimizer.finalize_variable_values([weight])
        self.assertAllClose(weight, average)

    def test_constraints_hold_after_each_step(self):
        weight = tf.Variable(
            [1.0, 2.0], constraint=lambda x: tf.clip_by_value(x, 0.0, 1.5)
        )
        for run in (lambda f: f, tf.function):
            optimizer = SGD(0.1)
            run(lambda: optimizer.apply_gradients([(tf.ones(2), weight)]))()
        self.assertAllClose(weight, [0.8, 1.4])

    def test_decay_can_leave_variables_out_until_the_first_step(self):
        first, second = tf.Variable(1.0), tf.Variable(1.0)
        optimizer = SGD(0.1, weight_decay=0.5)
        optimizer.exclude_from_weight_decay([first])
        zero = tf.constant(0.0)
        optimizer.apply_gradients([(zero, first), (zero, second)])
        self.assertAllClose([first, second], [1.0, 0.95])
        with self.assertRaisesRegex(ValueError, "before the"):
            optimizer.exclude_from_weight_decay([second])

    # Users' optimizers -------------------------------------------------------

    def test_a_users_optimizer_meets_variables_late(self):
        first, second = tf.Variable(1.0, name="a"), tf.Variable(1.0, name="b")
        one = tf.constant(1.0)
        optimizer = _Heavy(0.1)
        optimizer.apply_gradients([(one, first)])
        optimizer.apply_gradients([(one, first), (one, second)])
        self.assertAllClose(first, 1.0 - 0.1 - 0.2)
        self.assertAllClose(second, 1.0 - 0.1)
        names = [variable.name for variable in optimizer.variables]
        self.assertEqual(
            names, ["iteration:0", "Heavy/speed/a:0", "Heavy/speed/b:0"]
        )

    def test_a_users_optimizer_gets_each_index_once(self):
        weight = tf.Variable([[1.0], [1.0], [1.0]])
        slices = tf.IndexedSlices(
            tf.constant([[1.0], [2.0]]), tf.constant([2, 2]), (3, 1)
        )
        seen = []

        class Watching(_Heavy):
            def update_step(self, gradient, variable):
                seen.append(gradient.indices.numpy())
                super().update_step(gradient, variable)

        Watching(0.1).apply_gradients([(slices, weight)])
        self.assertAllEqual(seen, [[2]])
        self.assertAllClose(weight, [[1.0], [1.0], [0.7]])

    def test_a_step_of_ours_can_be_extended(self):
        class Halved(Adam):
            def update_step(self, gradient, variable):
                super().update_step(gradient * 0.5, variable)

        weight, twin = tf.Variable(1.0), tf.Variable(1.0)
        Halved(0.1).apply_gradients([(tf.constant(1.0), weight)])
        Adam(0.1).apply_gradients([(tf.constant(0.5), twin)])
        self.assertAllClose(weight, twin)

    def test_one_update_step_works_alone(self):
        weight = tf.Variable(1.0)
        optimizer = SGD(0.1)
        optimizer.build([weight])
        optimizer.update_step(tf.constant(1.0), weight)
        self.assertAllClose(weight, 0.9)

    @parameterized.parameters(*_ALL)
    def test_state_made_while_a_step_is_traced_takes_the_same_kernels(
        self, cls
    ):
        def operations(builds_first):
            weight = tf.Variable([[1.0, 2.0]])
            optimizer = cls(0.1)
            if builds_first:
                optimizer.build([weight])

            @tf.function
            def step(gradient):
                optimizer.apply_gradients([(gradient, weight)])

            step(tf.ones((1, 2)))
            graph = step.get_concrete_function(tf.ones((1, 2))).graph
            return sorted(op.type for op in graph.get_operations())

        self.assertEqual(operations(True), operations(False))

    def test_a_step_is_few_python_calls(self):
        variables = [
            tf.Variable(tf.ones(s)) for s in ((8, 4), (4,), (4, 1), (1,))
        ]
        gradients = [tf.ones_like(variable) for variable in variables]
        optimizer = Adam()
        optimizer.apply_gradients(zip(gradients, variables))
        calls = []

        def watch(frame, event, argument):
            if event == "call":
                calls.append(frame)

        sys.setprofile(watch)
        try:
            optimizer.apply_gradients(zip(gradients, variables))
        finally:
            sys.setprofile(None)
        self.assertLess(len(calls), 110)


if __name__ == "__main__":
    tf.test.main()
