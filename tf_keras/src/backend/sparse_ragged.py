"""Dense, sparse and ragged tensors: ask and convert."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import dispatchable


def is_sparse(tensor):
    """Whether `tensor` is a sparse tensor.

    Args:
        tensor: A tensor, also a symbolic one.
    """
    return isinstance(_spec_or_tensor(tensor), _SPARSE)


def is_ragged(tensor):
    """Whether `tensor` is a ragged tensor.

    Args:
        tensor: A tensor, also a symbolic one.
    """
    return isinstance(_spec_or_tensor(tensor), _RAGGED)


_SPARSE = (
    tf.SparseTensor,
    tf.compat.v1.SparseTensorValue,
    tf.SparseTensorSpec,
)
_RAGGED = (
    tf.RaggedTensor,
    tf.compat.v1.ragged.RaggedTensorValue,
    tf.RaggedTensorSpec,
)


def _spec_or_tensor(tensor):
    # Symbolic tensors say by `type_spec` what they stand for.
    spec = getattr(tensor, "type_spec", None)
    return spec if spec is not None else tensor


@dispatchable
def to_dense(tensor):
    """Returns a sparse tensor as a dense one, and others as they are.

    Args:
        tensor: A tensor, also a symbolic one.

    Example:

    >>> to_dense(tf.sparse.eye(2)).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    return tf.sparse.to_dense(tensor) if is_sparse(tensor) else tensor
