"""Tests of the short ways to TensorFlow's kernels."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.kernels import (
    add_to,
    apply_adam,
    move_mean,
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

    def test_moves_means_as_exactly_as_numbers_allow(self):
        for dtype, kept in (
            ("float32", 0.999),
            ("float32", 0.9999),  # Too near to 1 for one kernel.
            ("float32", 0.0),
            ("float64", 0.9),
            ("float16", 0.5),
            ("float32", tf.constant(0.9)),
        ):
            mean = tf.Variable([1.0, -2.0], dtype=dtype)
            value = tf.constant([3.0, 5.0], dtype)
            for run in (lambda f: f, tf.function, _compiled):
                mean.assign([1.0, -2.0])
                run(lambda: move_mean(mean.handle, value, kept))()
                expected = value + (np.array([1, -2]) - value) * float(kept)
                self.assertAllClose(mean, expected)

    def test_adam_may_keep_nothing_of_its_means(self):
        ones, gradient = tf.ones((20, 32)), tf.fill((20, 32), 3.0)
        for beta in (0.0, tf.constant(0.0)):
            var, m, v = (tf.Variable(ones) for _ in range(3))

            @tf.function
            def apply(beta=beta, handles=(var.handle, m.handle, v.handle)):
                shrunk = 1.0 - 1.0 / 1e-12 if tf.is_tensor(beta) else None
                apply_adam(
                    0.1,
                    (shrunk, shrunk),
                    **dict(zip(("var", "m", "v"), handles)),
                    beta1_power=0.0,
                    beta2_power=0.0,
                    lr=0.1,
                    beta1=beta,
                    beta2=beta,
                    epsilon=0.0,
                    grad=gradient,
                )

            apply()
            self.assertAllClose(m, gradient)
            self.assertAllClose(v, gradient**2)
            self.assertAllClose(var, ones * 0.9)

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
