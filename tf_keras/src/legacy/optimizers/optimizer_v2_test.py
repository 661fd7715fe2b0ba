"""Tests of the step of optimizers of before 2.11."""

import tensorflow as tf

from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer
from tf_keras.src.legacy.optimizers.sgd import SGD
from tf_keras.src.optimizers.schedules import ExponentialDecay


class _Oldest(Optimizer):
    """Written before there was `apply_state`, as add-ons were."""

    def _resource_apply_dense(self, grad, var):
        return var.assign_sub(grad)

    def _resource_apply_sparse(self, grad, var, indices):
        return self._resource_scatter_add(var, indices, -grad)


def _moves(optimizer, gradients, steps=1):
    """How far variables of ones have moved after some steps."""
    variables = [tf.Variable(tf.ones_like(each)) for each in gradients]
    for _ in range(steps):
        optimizer.apply_gradients(zip(map(tf.constant, gradients), variables))
    return [(1.0 - variable).numpy() for variable in variables]


class StepTest(tf.test.TestCase):
    def test_clips_in_three_ways(self):
        gradients = [[3.0, 4.0], [0.0, 12.0]]
        for kwargs, expected in (
            ({"clipvalue": 3.5}, [[3.0, 3.5], [0.0, 3.5]]),
            ({"clipnorm": 2.5}, [[1.5, 2.0], [0.0, 2.5]]),
            ({"global_clipnorm": 6.5}, [[1.5, 2.0], [0.0, 6.0]]),
            ({"clipvalue": 3.0, "clipnorm": 1.5}, [[1.06066] * 2, [0.0, 1.5]]),
        ):
            self.assertAllClose(_moves(SGD(1.0, **kwargs), gradients), expected)

    def test_decay_and_schedules_lower_the_rate(self):
        moved = _moves(SGD(1.0, decay=0.5), [[1.0]], steps=3)
        self.assertAllClose(moved, [[1.0 + 1.0 / 1.5 + 1.0 / 2.0]])
        rate = ExponentialDecay(1.0, 1, 0.5)
        moved = _moves(SGD(rate), [[1.0]], steps=3)
        self.assertAllClose(moved, [[1.0 + 0.5 + 0.25]])

    def test_transformers_change_gradients_in_order(self):
        optimizer = SGD(1.0)
        optimizer.gradient_transformers = [
            lambda pairs: [(gradient * 2.0, var) for gradient, var in pairs],
            lambda pairs: [(gradient + 1.0, var) for gradient, var in pairs],
        ]
        self.assertAllClose(_moves(optimizer, [[3.0]]), [[7.0]])

    def test_an_aggregator_takes_the_place_of_the_sum(self):
        optimizer = _Oldest(
            "Oldest",
            lambda pairs: [(gradient * 3.0, v) for gradient, v in pairs],
        )
        self.assertAllClose(_moves(optimizer, [[1.0]]), [[3.0]])
        weight = tf.Variable([1.0])
        pairs = [(tf.constant([1.0]), weight)]
        optimizer.apply_gradients(pairs, experimental_aggregate_gradients=False)
        self.assertAllClose(weight, [0.0])

    def test_subclasses_without_apply_state_work(self):
        optimizer, weight = _Oldest("Oldest"), tf.Variable([1.0, 1.0])
        rows = tf.IndexedSlices(tf.constant([1.0, 2.0]), tf.constant([1, 1]))
        optimizer.apply_gradients([(rows, weight)])
        self.assertAllClose(weight, [1.0, -2.0])

    def test_constraints_hold_after_the_step(self):
        weight = tf.Variable([0.5, 2.0], constraint=tf.nn.relu)
        SGD(1.0).apply_gradients([(tf.ones(2), weight)])
        self.assertAllClose(weight, [0.0, 1.0])

    def test_minimize_takes_functions_and_tapes(self):
        weight = tf.Variable(1.0)
        SGD(0.25).minimize(lambda: weight**2, lambda: [weight])
        self.assertAllClose(weight, 0.5)
        with tf.GradientTape() as tape:
            loss = weight**2
        SGD(0.25).minimize(loss, [weight], tape=tape)
        self.assertAllClose(weight, 0.25)
        with self.assertRaisesRegex(ValueError, "needs the `tape`"):
            SGD().minimize(loss, [weight])

    def test_variables_without_gradients(self):
        one, other = tf.Variable(1.0), tf.Variable(1.0)
        with self.assertRaisesRegex(ValueError, "No gradient for any"):
            SGD().apply_gradients([(None, one)])
        with self.assertWarnsRegex(UserWarning, "No gradient for the"):
            SGD(0.5).apply_gradients([(tf.constant(1.0), one), (None, other)])
        self.assertAllClose([one, other], [0.5, 1.0])
        self.assertEqual(int(SGD().apply_gradients([])), 0)

    def test_updates_in_graphs_and_advice_in_eager_code(self):
        optimizer, weight = SGD(0.25), tf.Variable(1.0)
        tf.function(lambda: optimizer.get_updates(weight**2, [weight]))()
        self.assertAllClose(weight, 0.5)
        with self.assertRaisesRegex(RuntimeError, "GradientTape"):
            optimizer.get_gradients(weight**2, [weight])

    def test_refuses_bad_arguments(self):
        for kwargs, problem in (
            ({"clipnorm": -1.0}, "clipnorm >= 0"),
            ({"decay": -1.0}, "decay >= 0"),
            ({"clipnorm": 1.0, "global_clipnorm": 1.0}, "exclude each other"),
        ):
            with self.assertRaisesRegex(ValueError, problem):
                SGD(**kwargs)
        with self.assertRaisesRegex(TypeError, "SGD.*\\['rho'\\]"):
            SGD(rho=1.0)
        with self.assertWarnsRegex(UserWarning, "learning_rate"):
            self.assertAllClose(SGD(lr=0.5).lr, 0.5)

    def test_a_subclass_must_write_its_update(self):
        with self.assertRaisesRegex(NotImplementedError, "_apply_dense"):
            Optimizer("Nothing").apply_gradients([(1.0, tf.Variable(1.0))])


if __name__ == "__main__":
    tf.test.main()
