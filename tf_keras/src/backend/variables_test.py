"""Tests of variables."""

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import variables
from tf_keras.src.foundation import config


class MakeTest(tf.test.TestCase):
    def test_variable_takes_floatx_name_and_constraint(self):
        made = variables.variable([[1, 2]], name="v", constraint=tf.abs)
        self.assertEqual((made.name, made.dtype), ("v:0", tf.float32))
        self.assertIs(made.constraint, tf.abs)
        self.assertAllEqual(made, [[1.0, 2.0]])
        self.assertEqual(variables.variable(1, dtype="int64").dtype, tf.int64)

    def test_variable_casts_tensors(self):
        made = variables.variable(tf.constant([1, 2]))
        self.assertEqual(made.dtype, tf.float32)

    def test_variable_keeps_sparse_values_sparse(self):
        sparse = tf.sparse.eye(2)
        self.assertIs(variables.variable(sparse), sparse)

        class Matrix:
            row, col = np.array([1, 0]), np.array([0, 2])
            data, shape = np.array([5.0, 7.0]), (2, 3)

            def tocoo(self):
                return self

        made = variables.variable(Matrix())
        self.assertAllEqual(
            tf.sparse.to_dense(made), [[0, 0, 7.0], [5.0, 0, 0]]
        )

    def test_filled_ones_are_variables_unless_empty(self):
        for make, expected in (
            (variables.zeros, np.zeros((2, 3))),
            (variables.ones, np.ones((2, 3))),
        ):
            made = make((2, 3), name="v")
            self.assertIsInstance(made, tf.Variable)
            self.assertEqual(made.name, "v:0")
            self.assertAllEqual(made, expected)
            self.assertIsInstance(make((0, 3)), tf.Tensor)
        self.assertAllEqual(variables.eye(3, dtype="int32"), np.eye(3))

    def test_constant_and_likes(self):
        made = variables.constant([1, 2], shape=(1, 2))
        self.assertEqual((made.dtype, made.shape), (tf.float32, (1, 2)))
        self.assertAllEqual(variables.zeros_like(made), [[0, 0]])
        self.assertEqual(variables.ones_like(made, "int32").dtype, tf.int32)

    def test_floatx_decides(self):
        config.set_floatx("float16")
        self.addCleanup(config.set_floatx, "float32")
        self.assertEqual(variables.zeros((2,)).dtype, tf.float16)

    def test_random_variables_repeat_with_a_seed(self):
        for make in (
            variables.random_normal_variable,
            variables.random_uniform_variable,
        ):
            tf.random.set_seed(1)
            first = make((2, 3), 0.0, 1.0, seed=4, name="v")
            tf.random.set_seed(1)
            second = make((2, 3), 0.0, 1.0, seed=4)
            self.assertAllEqual(first, second)
            self.assertEqual(first.name, "v:0")
            self.assertNotAllEqual(make((2, 3), 0.0, 1.0), first)


class ReadAndWriteTest(tf.test.TestCase):
    def test_reads_values_as_arrays(self):
        made = tf.Variable([1.0, 2.0])
        self.assertAllEqual(variables.get_value(made), [1.0, 2.0])
        self.assertIsInstance(variables.get_value(made), np.ndarray)
        self.assertEqual(variables.get_value(3.0), 3.0)
        self.assertAllEqual(variables.eval(tf.sparse.eye(2)), np.eye(2))
        self.assertAllEqual(
            variables.batch_get_value([made, made * 2.0]),
            [[1.0, 2.0], [2.0, 4.0]],
        )

    def test_writes_values(self):
        one, two = tf.Variable([0.0]), tf.Variable([0])
        variables.set_value(one, [3])
        self.assertAllEqual(one, [3.0])
        variables.batch_set_value([(one, [1.0]), (two, [2])])
        self.assertAllEqual((one[0], float(two[0])), (1.0, 2.0))

    def test_refuses_a_value_of_another_shape(self):
        with self.assertRaisesRegex(ValueError, r"'v:0'.*\(2,\).*\(3,\)"):
            variables.set_value(tf.Variable([1.0, 2.0], name="v"), [1, 2, 3])

    def test_updates(self):
        made = tf.Variable([1.0, 2.0])
        variables.update(made, [2.0, 2.0])
        variables.update_add(made, [1.0, 0.0])
        variables.update_sub(made, [0.0, 1.0])
        self.assertAllEqual(made, [3.0, 1.0])
        variables.moving_average_update(made, [1.0, 3.0], momentum=0.9)
        self.assertAllClose(made, [3.0 * 0.9 + 0.1, 0.9 + 0.3])

    def test_counts_parameters(self):
        self.assertEqual(variables.count_params(tf.ones((2, 3))), 6)

    def test_initializes_variables_of_old_graphs(self):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            made = variables.variable([1.0, 2.0])
            variables.initialize_variables(session)
            self.assertAllEqual(session.run(made), [1.0, 2.0])
            self.assertAllEqual(variables.get_value(made), [1.0, 2.0])


if __name__ == "__main__":
    tf.test.main()
