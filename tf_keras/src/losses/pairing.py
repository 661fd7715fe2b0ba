"""What every loss function does first: bring targets to the predictions."""

import functools

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.config import floatx

_PLAIN = (np.ndarray, np.generic, list, tuple, int, float)
_SPREAD = (tf.RaggedTensor, tf.SparseTensor)


def pairs_elements(function):
    """Lets a loss of equal shapes take anything that holds numbers.

    A decorator. The function gets two dense floating-point tensors of one
    dtype, that of the predictions. Ragged tensors give one loss for each
    row, or ragged losses where the last axis is of one size. Sparse targets
    are made dense.
    """
    taking = takes_tensors(function)
    taking.pairs_elements = True
    return taking


def keeps_targets(function):
    """`pairs_elements` for targets of another shape and dtype.

    A decorator.
    """
    return takes_tensors(function, cast_targets=False)


def takes_tensors(function, cast_targets=True):
    """`pairs_elements` for a loss whose targets may have another shape.

    A decorator.

    Args:
        function: Computes the losses of two dense tensors.
        cast_targets: Whether targets get the dtype of the predictions.
    """

    @functools.wraps(function)
    def loss(y_true, y_pred, *args, **kwargs):
        if type(y_pred) in _SPREAD or type(y_true) in _SPREAD:
            return _of_spread(loss, y_true, y_pred, args, kwargs)
        if isinstance(y_pred, _PLAIN):
            y_pred = tf.convert_to_tensor(y_pred)
        dtype = y_pred.dtype
        if not dtype.is_floating:
            y_pred = tf.cast(y_pred, floatx())
            dtype = y_pred.dtype
        if isinstance(y_true, _PLAIN):
            y_true = tf.convert_to_tensor(y_true)
        if cast_targets and y_true.dtype is not dtype:
            if y_true.dtype is tf.string:
                raise ValueError(
                    f"The targets `y` are strings, and {function.__name__} "
                    f"compares them with {dtype.name} predictions. Turn them "
                    "into numbers first, as `layers.StringLookup` does."
                )
            y_true = tf.cast(y_true, dtype)
        return function(y_true, y_pred, *args, **kwargs)

    return loss


def _of_spread(loss, y_true, y_pred, args, kwargs):
    """The loss of ragged or sparse tensors."""
    y_true, y_pred = _undo_sparse(y_true), _undo_sparse(y_pred)
    are_ragged = [isinstance(y, tf.RaggedTensor) for y in (y_true, y_pred)]
    if not all(are_ragged):
        y_true, y_pred = (
            y.to_tensor() if is_ragged else y
            for y, is_ragged in zip((y_true, y_pred), are_ragged)
        )
        return loss(y_true, y_pred, *args, **kwargs)
    if y_pred.values.shape.rank == 1:
        return _of_rows(loss, y_true, y_pred, args, kwargs)
    losses = loss(y_true.values, y_pred.values, *args, **kwargs)
    return y_pred.with_values(losses)


def _of_rows(loss, y_true, y_pred, args, kwargs):
    """The loss of ragged rows of numbers: one for each row."""
    return tf.map_fn(
        lambda pair: loss(*pair, *args, **kwargs),
        (y_true, y_pred),
        fn_output_signature=tf.TensorSpec([], y_pred.dtype),
    )


def _undo_sparse(value):
    return (
        tf.sparse.to_dense(value) if type(value) is tf.SparseTensor else value
    )


def drop_last_axis(y_true, y_pred):
    """Makes ranks equal where one tensor has a last axis of size 1 more."""
    rank_true, rank_pred = y_true.shape.rank, y_pred.shape.rank
    if rank_true == rank_pred or rank_true is None or rank_pred is None:
        return y_true, y_pred
    if rank_true == rank_pred + 1 and y_true.shape[-1] == 1:
        y_true = tf.squeeze(y_true, [-1])
    elif rank_pred == rank_true + 1 and y_pred.shape[-1] == 1:
        y_pred = tf.squeeze(y_pred, [-1])
    return y_true, y_pred


def check_shapes(kind, name, true_shape, pred_shape):
    """Raises ValueError if targets and predictions can't be broadcast.

    Args:
        kind: What compares them, `"Loss"` or `"Metric"`.
        name: Its name.
        true_shape: The static shape of the targets.
        pred_shape: The static shape of the predictions.
    """
    try:
        tf.broadcast_static_shape(
            tf.TensorShape(true_shape), tf.TensorShape(pred_shape)
        )
    except ValueError:
        raise ValueError(
            f"{kind} {name!r} got targets and predictions whose shapes don't "
            f"fit: y_true.shape={true_shape}, y_pred.shape={pred_shape}. Both "
            "should be the same; look at the last layer of the model and at "
            "the targets."
        ) from None
