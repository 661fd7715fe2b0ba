"""Tests of reading rows."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data.blocks import rows, rows_in_xla

X = np.arange(24, dtype="float32").reshape(12, 2)
ORDER = np.array([7, 3, 11, 0, 5, 2], dtype="int64")


class RowsTest(tf.test.TestCase):
    def test_rows_lie_side_by_side_or_in_an_order(self):
        for read in (rows, rows_in_xla):
            first = tf.constant(2, tf.int64)
            (plain,) = read([tf.constant(X)], None, first, 3)
            self.assertAllEqual(plain, X[2:5])
            (chosen,) = read([tf.constant(X)], tf.constant(ORDER), first, 3)
            self.assertAllEqual(chosen, X[[11, 0, 5]])

    def test_ragged_and_sparse_rows(self):
        ragged = tf.ragged.constant([[1], [2, 3], [], [4, 5, 6]])
        sparse = tf.sparse.from_dense(X)
        ragged_rows, sparse_rows = rows([ragged, sparse], None, 1, 2)
        self.assertAllEqual(ragged_rows, tf.ragged.constant([[2, 3], []]))
        self.assertAllEqual(tf.sparse.to_dense(sparse_rows), X[1:3])

    def test_xla_compiles_once_for_all_places(self):
        x = tf.constant(X)

        def first_is_an_argument(read):
            function = tf.function(
                lambda first: read([x], tf.constant(ORDER), first, 2),
                jit_compile=True,
            )
            first = tf.constant(1, tf.int64)
            ir = function.experimental_get_compiler_ir(first)("hlo")
            return "s64[] parameter(0)" in ir

        self.assertTrue(first_is_an_argument(rows_in_xla))
        self.assertFalse(first_is_an_argument(rows))


if __name__ == "__main__":
    tf.test.main()
