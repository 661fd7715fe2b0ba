"""Accuracies: exact, binary, categorical, sparse, top-k."""

import tensorflow as tf

from tf_keras.src.foundation.config import floatx
from tf_keras.src.losses.pairing import keeps_targets, takes_tensors
from tf_keras.src.metrics.reductions import MeanMetricWrapper


def _hits(is_right):
    return tf.cast(is_right, floatx())


def accuracy(y_true, y_pred):
    """Computes where predictions equal the targets.

    Args:
        y_true: Targets.
        y_pred: Predictions of the same shape.

    Returns:
        1 where both are equal, else 0.

    Raises:
        ValueError: If the shapes differ.
    """
    y_true, y_pred = tf.convert_to_tensor(y_true), tf.convert_to_tensor(y_pred)
    y_true.shape.assert_is_compatible_with(y_pred.shape)
    if y_true.dtype != y_pred.dtype:
        y_pred = tf.cast(y_pred, y_true.dtype)
    return _hits(tf.equal(y_true, y_pred))


@takes_tensors
def binary_accuracy(y_true, y_pred, threshold=0.5):
    """Computes how often yes-or-no predictions are right.

    Args:
        y_true: Labels 0 or 1, `(batch, ..., labels)`.
        y_pred: Predictions of the same shape.
        threshold: Predictions above it are read as 1.

    Returns:
        The part that is right, of shape `(batch, ...)`.

    Example:

    >>> float(binary_accuracy([1.0, 0.0], [0.6, 0.7]))
    0.5
    """
    return tf.reduce_mean(_binary_hits(y_true, y_pred, threshold), axis=-1)


@takes_tensors
def _binary_hits(y_true, y_pred, threshold):
    """1 for each prediction that is right, else 0."""
    is_one = tf.cast(y_pred > tf.cast(threshold, y_pred.dtype), y_true.dtype)
    return _hits(tf.equal(y_true, is_one))


@takes_tensors
def categorical_accuracy(y_true, y_pred):
    """Computes whether the class predicted most likely is the right one.

    Args:
        y_true: One-hot labels, `(batch, ..., classes)`.
        y_pred: Predictions of the same shape.

    Returns:
        1 or 0, of shape `(batch, ...)`.

    Example:

    >>> categorical_accuracy([[0, 1], [1, 0]], [[0.1, 0.9], [0.4, 0.6]]).numpy()
    array([1., 0.], dtype=float32)
    """
    is_right = tf.equal(tf.argmax(y_true, -1), tf.argmax(y_pred, -1))
    return _hits(is_right)


def _class_numbers(y_true, y_pred):
    """Class numbers without the last axis of size 1 they may have."""
    rank_true, rank_pred = y_true.shape.rank, y_pred.shape.rank
    if rank_true is not None and rank_true == rank_pred:
        if y_true.shape[-1] in (1, None):
            return tf.squeeze(y_true, [-1])
    return y_true


@keeps_targets
def sparse_categorical_accuracy(y_true, y_pred):
    """Computes whether the class predicted most likely is the right one.

    Args:
        y_true: Class numbers, `(batch, ...)` or `(batch, ..., 1)`.
        y_pred: Predictions, `(batch, ..., classes)`.

    Returns:
        1 or 0, of shape `(batch, ...)`.

    Example:

    >>> sparse_categorical_accuracy([1, 0], [[0.1, 0.9], [0.4, 0.6]]).numpy()
    array([1., 0.], dtype=float32)
    """
    y_true = _class_numbers(y_true, y_pred)
    found = tf.cast(tf.argmax(y_pred, -1), y_true.dtype)
    return _hits(tf.equal(y_true, found))


def _sparse_top_k(y_true, y_pred, k):
    # The kernel takes one row of predictions a target.
    rows = tf.reshape(y_pred, [-1, tf.shape(y_pred)[-1]])
    targets = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
    is_right = tf.math.in_top_k(targets, tf.cast(rows, tf.float32), k)
    hits = tf.reshape(_hits(is_right), tf.shape(y_true))
    return tf.ensure_shape(hits, y_true.shape)


@keeps_targets
def sparse_top_k_categorical_accuracy(y_true, y_pred, k=5):
    """Computes whether the right class is among the `k` most likely.

    Args:
        y_true: Class numbers, `(batch, ...)` or `(batch, ..., 1)`.
        y_pred: Predictions, `(batch, ..., classes)`.
        k: How many classes count.

    Returns:
        1 or 0, of the shape of `y_true`.
    """
    return _sparse_top_k(y_true, y_pred, k)


@takes_tensors
def top_k_categorical_accuracy(y_true, y_pred, k=5):
    """Computes whether the right class is among the `k` most likely.

    Args:
        y_true: One-hot labels, `(batch, ..., classes)`.
        y_pred: Predictions of the same shape.
        k: How many classes count.

    Returns:
        1 or 0, of shape `(batch, ...)`.
    """
    return _sparse_top_k(tf.argmax(y_true, -1), y_pred, k)


class Accuracy(MeanMetricWrapper):
    """How often predictions equal the targets.

    Args:
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> float(Accuracy()([1, 2, 3, 4], [0, 2, 3, 4]))
    0.75
    """

    def __init__(self, name="accuracy", dtype=None):
        super().__init__(accuracy, name, dtype=dtype)


class BinaryAccuracy(MeanMetricWrapper):
    """How often yes-or-no predictions are right.

    Args:
        name: A name.
        dtype: The dtype of the result.
        threshold: Predictions above it are read as 1.
    """

    def __init__(self, name="binary_accuracy", dtype=None, threshold=0.5):
        # Of the single predictions, so that a weight can be given to each.
        super().__init__(_binary_hits, name, dtype=dtype, threshold=threshold)


class CategoricalAccuracy(MeanMetricWrapper):
    """How often the most likely class is right, for one-hot labels.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="categorical_accuracy", dtype=None):
        super().__init__(categorical_accuracy, name, dtype=dtype)


class SparseCategoricalAccuracy(MeanMetricWrapper):
    """How often the most likely class is right, for class numbers.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="sparse_categorical_accuracy", dtype=None):
        super().__init__(sparse_categorical_accuracy, name, dtype=dtype)


class TopKCategoricalAccuracy(MeanMetricWrapper):
    """How often the right class is among the `k` most likely, one-hot.

    Args:
        k: How many classes count.
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, k=5, name="top_k_categorical_accuracy", dtype=None):
        super().__init__(top_k_categorical_accuracy, name, dtype=dtype, k=k)


class SparseTopKCategoricalAccuracy(MeanMetricWrapper):
    """How often the right class is among the `k` most likely, by number.

    Args:
        k: How many classes count.
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(
        self, k=5, name="sparse_top_k_categorical_accuracy", dtype=None
    ):
        super().__init__(
            sparse_top_k_categorical_accuracy, name, dtype=dtype, k=k
        )
