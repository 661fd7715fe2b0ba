"""What every optimizer of before 2.11 keeps beside what all optimizers do."""

import itertools

import numpy as np
import tensorflow as tf

from tf_keras.src.testing.optimizer_contract import OptimizerContract


class LegacyOptimizerContract(OptimizerContract):
    """Checks an old optimizer. A test inherits it beside `tf.test.TestCase`.

    Beside `make_optimizer` the test writes `sparse_updates(value, gradients,
    touched, learning_rate)`: as `updates`, but `touched` holds, for each
    step, which rows have a gradient. Old optimizers leave other rows alone,
    each in its own way.
    """

    def sparse_updates(self, value, gradients, touched, learning_rate):
        raise NotImplementedError

    def updates(self, value, gradients, learning_rate):
        everything = itertools.repeat(np.array(True))
        return self.sparse_updates(value, gradients, everything, learning_rate)

    def test_sparse_gradients_sum_rows_that_stand_twice(self):
        random = np.random.RandomState(2)
        value = random.normal(size=(5, 2))
        rows = [[1, 1, 3], [0, 3, 0], [4, 1, 1], [2, 2, 2]]
        parts = [random.normal(size=(3, 2)) for _ in rows]
        dense = [np.zeros_like(value) for _ in rows]
        touched = [np.zeros((5, 1), bool) for _ in rows]
        for index, (of_step, part) in enumerate(zip(rows, parts)):
            np.add.at(dense[index], of_step, part)
            touched[index][of_step] = True
        rate = self.learning_rate
        *_, expected = self.sparse_updates(value, dense, touched, rate)
        for run in (lambda f: f, tf.function):
            variable = tf.Variable(value, dtype=tf.float32)
            optimizer = self.make_optimizer()
            optimizer.build([variable])

            @run
            def step(part, of_step):
                slices = tf.IndexedSlices(part, of_step, (5, 2))
                optimizer.apply_gradients([(slices, variable)])

            for part, of_step in zip(parts, rows):
                step(tf.constant(part, tf.float32), tf.constant(of_step))
            self.assertAllClose(variable, expected, rtol=1e-5, atol=1e-6)

    def test_state_has_the_recorded_names(self):
        optimizer = self.make_optimizer(name="opt")
        weight = tf.Variable(np.ones((3, 2)), name="w")
        optimizer.build([weight])
        names = [variable.name for variable in optimizer.weights]
        slots = [f"opt/w/{slot}:0" for slot in self.slots]
        self.assertEqual(names, [*self._counts(), *slots])
        self.assertEqual(optimizer.get_slot_names(), list(self.slots))
        for name in self.slots:
            self.assertEqual(
                optimizer.get_slot(weight, name).name, f"opt/w/{name}:0"
            )

    def _counts(self):
        return ["opt/iter:0"]

    def test_config_makes_the_optimizer_again(self):
        optimizer = self.make_optimizer(clipnorm=1.0)
        config = optimizer.get_config()
        again = type(optimizer).from_config(config)
        self.assertEqual(again.get_config(), config)
        optimizer.build([tf.Variable([1.0])])  # Numbers are variables now.
        again = type(optimizer).from_config(optimizer.get_config())
        self.assertAllClose(
            list(again.get_config().values())[1:],
            list(config.values())[1:],
        )

    def test_checkpoints_bring_slots_back_before_the_first_step(self):
        optimizer = self.make_optimizer()
        variables, _ = self._train(optimizer)
        path = f"{self.get_temp_dir()}/checkpoint"
        saved = tf.train.Checkpoint(variables=variables, optimizer=optimizer)
        path = saved.save(path)
        fresh = [tf.Variable(tf.zeros_like(v), name="v") for v in variables]
        again = self.make_optimizer()
        again.learning_rate = 7.0
        checkpoint = tf.train.Checkpoint(variables=fresh, optimizer=again)
        checkpoint.restore(path).assert_consumed()
        self.assertAllClose(again.learning_rate, self.learning_rate)
        again.build(fresh)
        for value, expected in zip(
            again.get_weights(), optimizer.get_weights(), strict=True
        ):
            self.assertAllClose(value, expected)
