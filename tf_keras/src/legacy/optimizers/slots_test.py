"""Tests of what optimizers of before 2.11 keep."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.adam import Adam
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer
from tf_keras.src.legacy.optimizers.sgd import SGD
from tf_keras.src.optimizers.schedules import ExponentialDecay

_GRADIENT = [0.5, -0.25]


class _Keeper(Optimizer):
    """Keeps slots of all kinds, and adds a number to each variable."""

    def __init__(self, amount=1.0, name="Keeper", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("amount", amount)

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "ones", "ones")
            self.add_slot(var, "count", shape=[], initializer="zeros")
            self.add_slot(
                var, "filled", lambda shape, dtype: tf.fill(shape, 3.0)
            )

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return var.assign_add(
            self._get_hyper("amount", var.dtype) * tf.ones_like(var)
        )


def _stepped(optimizer, *names):
    variables = [tf.Variable([1.0, 2.0], name=name) for name in names or "w"]
    pairs = [(tf.constant(_GRADIENT), variable) for variable in variables]
    optimizer.apply_gradients(pairs)
    return variables[0] if len(variables) == 1 else variables


class HyperparameterTest(tf.test.TestCase):
    def test_numbers_read_as_attributes_and_can_be_set(self):
        optimizer = Adam(0.25, beta_1=0.5)
        self.assertEqual(float(optimizer.learning_rate), 0.25)
        self.assertEqual(float(optimizer.lr), 0.25)
        self.assertEqual(float(optimizer.beta_1), 0.5)
        self.assertEqual(float(optimizer.decay), 0.0)
        optimizer.lr = 0.125
        self.assertEqual(optimizer.get_config()["learning_rate"], 0.125)
        self.assertIn("lr", dir(optimizer))
        self.assertIn("beta_2", dir(optimizer))

    def test_an_unknown_attribute_is_named(self):
        with self.assertRaisesRegex(AttributeError, "'Adam'.*'nothing'"):
            _ = Adam().nothing

    def test_a_number_set_in_between_needs_no_new_trace(self):
        optimizer, weight = SGD(1.0), tf.Variable([1.0, 2.0])
        optimizer.build([weight])

        @tf.function
        def step():
            optimizer.apply_gradients([(tf.constant(_GRADIENT), weight)])

        step()
        optimizer.learning_rate = 2.0
        step()
        self.assertAllClose(weight, [1.0 - 3 * 0.5, 2.0 + 3 * 0.25])
        self.assertEqual(step.experimental_get_tracing_count(), 1)

    def test_functions_and_schedules_are_asked_in_each_step(self):
        rate = [1.0]
        optimizer, weight = SGD(lambda: rate[0]), tf.Variable([1.0, 2.0])
        for rate[0] in (1.0, 2.0):
            optimizer.apply_gradients([(tf.constant(_GRADIENT), weight)])
        self.assertAllClose(weight, [1.0 - 3 * 0.5, 2.0 + 3 * 0.25])
        optimizer.learning_rate = ExponentialDecay(4.0, 1, 0.5)
        optimizer.apply_gradients([(tf.constant(_GRADIENT), weight)])
        self.assertAllClose(weight, [1.0 - 4 * 0.5, 2.0 + 4 * 0.25])

    def test_subclasses_have_their_own(self):
        optimizer = _Keeper(2.0)
        self.assertAllClose(_stepped(optimizer), [3.0, 4.0])
        optimizer.amount = 5.0
        self.assertAllClose(_stepped(optimizer), [6.0, 7.0])


class SlotTest(tf.test.TestCase):
    def test_slots_have_values_shapes_and_names_as_asked(self):
        optimizer = _Keeper()
        weight = _stepped(optimizer)
        self.assertAllClose(optimizer.get_slot(weight, "ones"), [1.0, 1.0])
        self.assertAllClose(optimizer.get_slot(weight, "count"), 0.0)
        self.assertAllClose(optimizer.get_slot(weight, "filled"), [3.0, 3.0])
        self.assertEqual(
            [variable.name for variable in optimizer.variables()],
            [
                "Keeper/iter:0",
                "Keeper/w/ones:0",
                "Keeper/w/count:0",
                "Keeper/w/filled:0",
            ],
        )
        with self.assertRaises(KeyError):
            optimizer.get_slot(weight, "nothing")

    def test_names_do_not_depend_on_the_scope_of_the_first_step(self):
        optimizer = Adam()

        @tf.function
        def step(weight):
            with tf.name_scope("elsewhere"):
                gradient = tf.constant(_GRADIENT)
                optimizer.apply_gradients([(gradient, weight)])

        weight = tf.Variable([1.0, 2.0], name="w")
        step(weight)
        self.assertEqual(
            [variable.name for variable in optimizer.weights],
            ["Adam/iter:0", "Adam/w/m:0", "Adam/w/v:0"],
        )

    def test_variables_of_partly_known_shape_have_slots(self):
        weight = tf.Variable([[1.0, 2.0]], shape=[None, 2])
        optimizer = Adam()
        optimizer.build([weight])
        self.assertAllEqual(optimizer.get_slot(weight, "m"), [[0.0, 0.0]])

    def test_weights_go_out_and_in(self):
        optimizer, again = Adam(), Adam()
        weight = _stepped(optimizer)
        again.build([weight])
        again.set_weights(optimizer.get_weights())
        self.assertEqual(int(again.iterations), 1)
        self.assertAllClose(
            again.get_slot(weight, "m"), 0.1 * np.array(_GRADIENT)
        )
        with self.assertRaisesRegex(ValueError, "3 weights.*list of 1"):
            again.set_weights([1])
        with self.assertRaisesRegex(ValueError, "Adam/w/m:0.*shape"):
            again.set_weights([1, np.zeros(3), np.zeros(2)])

    def test_iterations_can_be_another_variable_at_first_only(self):
        optimizer, steps = SGD(), tf.Variable(5, dtype=tf.int64)
        optimizer.iterations = steps
        _stepped(optimizer)
        self.assertEqual(int(steps), 6)
        with self.assertRaisesRegex(RuntimeError, "assign"):
            optimizer.iterations = tf.Variable(0, dtype=tf.int64)


class CheckpointTest(tf.test.TestCase):
    def test_entries_have_the_recorded_names(self):
        optimizer = Adam()
        saved = tf.train.Checkpoint(w=_stepped(optimizer), optimizer=optimizer)
        path = saved.save(f"{self.get_temp_dir()}/names")
        end = "/.ATTRIBUTES/VARIABLE_VALUE"
        names = [
            name.removesuffix(end) for name, _ in tf.train.list_variables(path)
        ]
        self.assertEqual(
            names,
            [
                "_CHECKPOINTABLE_OBJECT_GRAPH",
                "optimizer/beta_1",
                "optimizer/beta_2",
                "optimizer/decay",
                "optimizer/iter",
                "optimizer/learning_rate",
                "save_counter",
                "w",
                "w/.OPTIMIZER_SLOT/optimizer/m",
                "w/.OPTIMIZER_SLOT/optimizer/v",
            ],
        )

    def test_restored_slots_stand_in_the_order_of_a_step(self):
        optimizer = Adam()
        variables = _stepped(optimizer, "a", "b")
        holder = tf.train.Checkpoint(v=variables, optimizer=optimizer)
        path = holder.save(f"{self.get_temp_dir()}/order")
        again = Adam()
        tf.train.Checkpoint(v=variables, optimizer=again).restore(path)
        again.build(variables)
        self.assertEqual(
            [variable.name for variable in again.weights],
            [variable.name for variable in optimizer.weights],
        )

    def test_variables_that_come_after_restoring_get_their_slots(self):
        optimizer = Adam()
        holder = tf.train.Checkpoint(w=_stepped(optimizer), optimizer=optimizer)
        path = holder.save(f"{self.get_temp_dir()}/late")
        again, late = Adam(), tf.Variable([0.0, 0.0])
        holder = tf.train.Checkpoint(optimizer=again)
        holder.restore(path)
        holder.w = late
        self.assertAllClose(
            again.get_slot(late, "m"), 0.1 * np.array(_GRADIENT)
        )

    def test_saved_models_bring_the_state_back(self):
        module, path = tf.Module(), f"{self.get_temp_dir()}/saved"
        module.optimizer = Adam(0.25)
        module.w = _stepped(module.optimizer)
        tf.saved_model.save(module, path)
        revived = tf.saved_model.load(path)
        optimizer = revived.optimizer
        self.assertEqual(float(optimizer.learning_rate), 0.25)
        self.assertEqual(int(optimizer.iterations), 1)
        self.assertAllClose(
            optimizer.get_slot(revived.w, "m"), 0.1 * np.array(_GRADIENT)
        )
        with self.assertRaisesRegex(NotImplementedError, "load_model"):
            optimizer.get_config()


if __name__ == "__main__":
    tf.test.main()
