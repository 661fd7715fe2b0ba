"""Tests of sparse and ragged."""

import tensorflow as tf

from tf_keras.src.backend.sparse_ragged import is_ragged, is_sparse, to_dense


class _Symbolic:
    """Stands for a tensor by its specification, as symbolic ones do."""

    def __init__(self, type_spec):
        self.type_spec = type_spec


class SparseRaggedTest(tf.test.TestCase):
    def test_tells_sparse_from_others(self):
        self.assertTrue(is_sparse(tf.sparse.eye(2)))
        self.assertTrue(is_sparse(_Symbolic(tf.SparseTensorSpec((2, 2)))))
        self.assertFalse(is_sparse(tf.eye(2)))
        self.assertFalse(is_sparse(_Symbolic(tf.TensorSpec((2, 2)))))
        self.assertFalse(is_sparse(tf.ragged.constant([[1]])))

    def test_tells_ragged_from_others(self):
        self.assertTrue(is_ragged(tf.ragged.constant([[1]])))
        self.assertTrue(is_ragged(_Symbolic(tf.RaggedTensorSpec((2, None)))))
        self.assertFalse(is_ragged(tf.eye(2)))

    def test_makes_sparse_dense_and_leaves_others(self):
        self.assertAllEqual(to_dense(tf.sparse.eye(2)), tf.eye(2))
        for other in (tf.eye(2), tf.ragged.constant([[1]])):
            self.assertIs(to_dense(other), other)


if __name__ == "__main__":
    tf.test.main()
