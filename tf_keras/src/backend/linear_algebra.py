"""Products of tensors: dot and batch_dot."""

import string

import numpy as np
import tensorflow as tf

from tf_keras.src.backend.sparse_ragged import is_sparse
from tf_keras.src.foundation.tf_internals import dispatchable


@dispatchable
def dot(x, y):
    """Multiplies two tensors over the last axis of one.

    The last axis of `x` meets the last but one of `y` (its only one, for a
    vector), as for matrices.

    Args:
        x: A tensor, which may be a sparse matrix.
        y: A tensor.

    Returns:
        A tensor of the other axes of `x`, then those of `y`.

    Example:

    >>> dot(tf.ones((2, 3)), tf.ones((5, 3, 4))).shape
    TensorShape([2, 5, 4])
    """
    if is_sparse(x):
        return tf.sparse.sparse_dense_matmul(x, y)
    x_rank, y_rank = x.shape.rank, y.shape.rank
    if x_rank == 2 and y_rank == 2:
        return tf.matmul(x, y)
    if x_rank is None or y_rank is None:
        return tf.matmul(x, y)
    y_axis = y_rank - 2 if y_rank > 1 else 0
    return tf.tensordot(x, y, axes=[[x_rank - 1], [y_axis]])


def batch_dot(x, y, axes=None):
    """Multiplies two batches, sample by sample, over one axis of each.

    Args:
        x: A tensor of rank 2 or more.
        y: A tensor of rank 2 or more, with the same first axis.
        axes: The axis of each to sum over: an integer or two. By default the
            last of `x` and the last but one of `y`, as for matrices.

    Returns:
        A tensor of the batch axis, the other axes of `x`, then those of `y`;
        of shape `(batch, 1)` if none is left.

    Raises:
        ValueError: If ranks, batches or axes don't fit.

    Example:

    >>> batch_dot(tf.ones((32, 20, 4)), tf.ones((32, 30, 4)), axes=2).shape
    TensorShape([32, 20, 30])
    """
    x, y = (tf.constant(v) if type(v) is np.ndarray else v for v in (x, y))
    axes = _checked_axes(x, y, axes)
    x_names = string.ascii_lowercase[1 : x.shape.rank]
    y_names = string.ascii_uppercase[1 : y.shape.rank]
    summed = x_names[axes[0] - 1]
    x_rest = x_names.replace(summed, "")
    y_rest = y_names[: axes[1] - 1] + y_names[axes[1] :]
    y_names = y_names[: axes[1] - 1] + summed + y_names[axes[1] :]
    product = tf.einsum(f"a{x_names},a{y_names}->a{x_rest}{y_rest}", x, y)
    return product if x_rest or y_rest else tf.expand_dims(product, 1)


def _checked_axes(x, y, axes):
    """The two axes, counted from the front, of tensors that fit."""
    shapes = f"Received shapes {tuple(x.shape)} and {tuple(y.shape)}"
    ranks = x.shape.rank, y.shape.rank
    if min(ranks) < 2:
        raise ValueError(
            f"`batch_dot` needs tensors of rank 2 or more. {shapes}."
        )
    if not x.shape[:1].is_compatible_with(y.shape[:1]):
        raise ValueError(
            f"`batch_dot` needs two batches of one size. {shapes}."
        )
    if axes is None:
        axes = (ranks[0] - 1, max(ranks[1] - 2, 1))
    elif isinstance(axes, int):
        axes = (axes, axes)
    elif not isinstance(axes, (list, tuple)):
        axes = (axes,)
    if len(axes) != 2 or not all(isinstance(axis, int) for axis in axes):
        raise ValueError(
            "`axes` of `batch_dot` must be an integer or two of them. "
            f"Received: axes={axes}."
        )
    for axis, rank in zip(axes, ranks):
        if not -rank <= axis < rank or axis % rank == 0:
            raise ValueError(
                "`batch_dot` sums over axes from 1 on; axis 0 is the batch. "
                f"{shapes} and axes={axes}. If the inputs have no batch "
                "axis, add one with `expand_dims(x, 0)`."
            )
    axes = tuple(axis % rank for axis, rank in zip(axes, ranks))
    sizes = x.shape[axes[0]], y.shape[axes[1]]
    if None not in sizes and sizes[0] != sizes[1]:
        raise ValueError(
            f"`batch_dot` can't sum over axes of lengths {sizes[0]} and "
            f"{sizes[1]}. {shapes} and axes={axes}."
        )
    return axes
