"""Tests of the short ways to TensorFlow's kernels."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.kernels import add_to, read, sum_all


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
