"""Tests of the short ways to TensorFlow's kernels."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.kernels import (
    add_to,
    apply_adam,
    read,
    sum_all,
    zeros,
)


def _compiled(function):
    return tf.function(function, jit_compile=True)


class KernelsTest(tf.test.TestCase):
    def test_reads_and_adds_in_both_modes(self):
        variable = tf.Variable([1.0, 2.0])
        for run in (lambda f: f, tf.function):
            run(lambda: add_to(variable, tf.ones(2)))()
        self.assertAllEqual(read(variable), [3.0, 4.0])
        self.assertAllEqual(tf.function(lambda: read(variable))(), [3.0, 4.0])

    def test_works_on_variables_of_replicas(self):
        strategy = tf.distribute.MirroredStrategy(["CPU:0"])
        with strategy.scope():
            variable = tf.Variable(
                1.0, aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA
            )
            add_to(variable, 2.0)
            self.assertAllEqual(read(variable), 3.0)

    def test_zeros_of_all_sizes_may_be_changed(self):
        for dtype in (tf.float32, tf.bfloat16, tf.int64):
            for size in (3, 20_000):
                make = lambda: zeros(tf.TensorShape([size, 2]), dtype)  # noqa
                self.assertEqual(make().dtype, dtype)
                self.assertAllEqual(tf.function(make)(), make())
                variable = tf.Variable(make())
                self.assertAllEqual(variable, np.zeros((size, 2)))
                variable[1].assign([1, 2])
                add_to(variable, tf.ones((size, 2), dtype))
                self.assertAllEqual(variable[:3], [[1, 1], [2, 3], [1, 1]])

    def test_adam_computes_the_same_on_all_sizes(self):
        random = np.random.RandomState(0)
        for shape in ((3,), (20, 32), (600,), (70, 80)):
            start, gradient = random.rand(2, *shape).astype("float32")
            var, m, v = (tf.Variable(x) for x in (start, start / 2, start / 3))

            def apply(power_1, power_2, gradient, handles=(var, m, v)):
                apply_adam(
                    0.1 * tf.sqrt(1.0 - power_2) / (1.0 - power_1),
                    **{k: x.handle for k, x in zip(("var", "m", "v"), handles)},
                    beta1_power=power_1,
                    beta2_power=power_2,
                    lr=0.1,
                    beta1=0.9,
                    beta2=0.99,
                    epsilon=1e-3,
                    grad=gradient,
                )

            one = start / 2 * 0.9 + gradient * 0.1
            two = start / 3 * 0.99 + gradient**2 * 0.01
            rate = 0.1 * np.sqrt(1 - 0.99**3) / (1 - 0.9**3)
            expected = start - rate * one / (np.sqrt(two) + 1e-3)
            for run in (lambda f: f, tf.function, _compiled):
                for variable, x in zip((var, m, v), (1, 1 / 2, 1 / 3)):
                    variable.assign(start * np.float32(x))
                powers = tf.constant([0.9**3, 0.99**3])
                run(apply)(powers[0], powers[1], tf.constant(gradient))
                self.assertAllClose(m, one)
                self.assertAllClose(v, two)
                self.assertAllClose(var, expected)

    def test_sums_any_rank(self):
        for shape in ((), (4,), (2, 3, 4)):
            values = np.random.RandomState(0).rand(*shape)
            self.assertAllClose(sum_all(tf.constant(values)), np.sum(values))

        @tf.function(input_signature=[tf.TensorSpec(None, tf.float64)])
        def total(values):
            return sum_all(values)

        self.assertAllClose(total(np.ones((2, 3))), 6.0)


if __name__ == "__main__":
    tf.test.main()
