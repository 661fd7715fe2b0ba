"""Counts of right and wrong decisions at thresholds, all in one pass."""

import typing

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.kernels import ints, kernels
from tf_keras.src.losses.pairing import drop_last_axis
from tf_keras.src.losses.reduction import align
from tf_keras.src.metrics.reductions import as_numbers

# What predictions become that are not among the `top_k`.
LOWEST = -1e10


class Counts(typing.NamedTuple):
    """Weighted counts at each threshold, `(thresholds,)` or by label."""

    true_positives: tf.Tensor
    false_positives: tf.Tensor
    true_negatives: tf.Tensor
    false_negatives: tf.Tensor


def as_thresholds(thresholds, default=0.5):
    """Returns thresholds as a list.

    Args:
        thresholds: None, a number in [0, 1], or a sequence of them.
        default: What None means.

    Raises:
        ValueError: If one is missing or out of range.
    """
    if thresholds is None:
        return [default]
    if np.ndim(thresholds) == 0:
        thresholds = [thresholds]
    thresholds = list(thresholds)
    wrong = [t for t in thresholds if t is None or not 0 <= t <= 1]
    if wrong:
        raise ValueError(
            "Thresholds must be numbers in [0, 1]. "
            f"Received: {thresholds}, of which {wrong} are not."
        )
    return thresholds


def even_thresholds(count, ends=(0.0, 1.0)):
    """Returns thresholds at equal distances: two ends, and others between."""
    if count == 1:
        return [0.5]
    inner = [(i + 1) * 1.0 / (count - 1) for i in range(count - 2)]
    return [ends[0], *inner, ends[1]]


def count_decisions(
    y_true,
    y_pred,
    thresholds,
    sample_weight=None,
    top_k=None,
    class_id=None,
    by_label=False,
    label_weights=None,
    dtype=tf.float32,
):
    """Returns `Counts` of predictions above each threshold.

    Each prediction is put between two thresholds, and these bins are summed
    up; so the time hardly depends on the number of thresholds.

    Args:
        y_true: Labels 0 or 1, `(...)`; or class numbers `(batch,)` or
            `(batch, 1)` beside predictions `(batch, classes)`.
        y_pred: Predictions of the shape of the labels.
        thresholds: A list of numbers, in any order.
        sample_weight: None, or weights that broadcast to the predictions.
        top_k: If given, only the `top_k` highest of each row can be positive.
        class_id: If given, only this entry of the last axis counts.
        by_label: Whether to count for each label, an entry of the last axis.
        label_weights: None, or a weight for each label.
        dtype: The dtype of the counts.
    """
    y_true, y_pred = as_pair(y_true, y_pred, dtype)
    weights = None
    if sample_weight is not None:
        weights = align(as_numbers(sample_weight, dtype), y_pred)
    if top_k is not None:
        y_pred = _keep_highest(y_pred, top_k)
    if weights is not None:
        weights = tf.broadcast_to(weights, tf.shape(y_pred))
    if label_weights is not None:
        label_weights = tf.broadcast_to(label_weights, tf.shape(y_pred))
        weights = label_weights if weights is None else weights * label_weights
    if class_id is not None:
        y_true, y_pred = y_true[..., class_id], y_pred[..., class_id]
        weights = None if weights is None else weights[..., class_id]
    labels = y_pred.shape[-1] if by_label else None
    places = _places(y_pred, thresholds, labels)
    return _sum_above(places, y_true, weights, thresholds, labels, dtype)


def as_pair(y_true, y_pred, dtype):
    """Returns labels and predictions of one shape.

    Class numbers beside predictions for each class become one-hot labels.
    """
    y_true, y_pred = as_numbers(y_true, dtype), as_numbers(y_pred, dtype)
    y_true, y_pred = drop_last_axis(y_true, y_pred)
    true, pred = y_true.shape, y_pred.shape
    if pred.rank is None or true.rank is None or not pred.rank:
        return y_true, y_pred
    classes = pred[-1]
    if classes != 1 and true.rank == pred.rank and true[-1] == 1:
        y_true = tf.squeeze(y_true, [-1])
    if y_true.shape.rank == pred.rank - 1:
        y_true = tf.one_hot(tf.cast(y_true, tf.int32), classes, dtype=dtype)
    if not y_true.shape.is_compatible_with(pred):
        raise ValueError(
            "Labels and predictions must have one shape, or labels must be "
            f"class numbers. Received: y_true.shape={true}, "
            f"y_pred.shape={pred}."
        )
    return y_true, y_pred


def _keep_highest(y_pred, k):
    """Predictions, with all but the `k` highest of each row made lowest."""
    _, places = tf.math.top_k(y_pred, k, sorted=False)
    kept = tf.one_hot(places, tf.shape(y_pred)[-1], axis=-1)
    is_kept = tf.cast(tf.reduce_sum(kept, axis=-2), y_pred.dtype)
    return y_pred * is_kept + LOWEST * (1.0 - is_kept)


def _places(y_pred, thresholds, labels):
    """How many of the sorted thresholds each prediction is above.

    With labels, the places of a label are apart from those of another.
    """
    steps = tf.constant(np.sort(thresholds)[np.newaxis], y_pred.dtype)
    values = kernels.Reshape(tensor=y_pred, shape=ints([1, -1]))
    places = kernels.LowerBound(
        sorted_inputs=steps, values=values, out_type=tf.int32
    )
    places = kernels.Reshape(tensor=places, shape=ints([-1]))
    if labels is None:
        return places
    return places * labels + tf.range(tf.size(places)) % labels


def _sum_above(places, y_true, weights, thresholds, labels, dtype):
    """`Counts` from the place of each prediction between the thresholds."""
    is_true = kernels.Cast(x=kernels.Cast(x=y_true, DstT=tf.bool), DstT=dtype)
    both = kernels.Pack(values=[is_true, 1.0 - is_true], axis=-1)
    if weights is not None:
        both *= tf.expand_dims(weights, -1)
    bins = len(thresholds) + 1
    sums = kernels.UnsortedSegmentSum(
        data=kernels.Reshape(tensor=both, shape=ints([-1, 2])),
        segment_ids=places,
        num_segments=bins * (labels or 1),
    )
    if labels is not None:
        sums = tf.reshape(sums, [bins, labels, 2])
    # From the last bin to the first: what is above each threshold, then all.
    above = kernels.Cumsum(x=sums, axis=0, reverse=True)
    total, above = kernels.SplitV(
        value=above,
        size_splits=ints([1, len(thresholds)]),
        axis=0,
        num_split=2,
    )
    order = np.argsort(thresholds, kind="stable")
    if (np.diff(order) < 0).any():
        above = tf.gather(above, np.argsort(order))
    right = kernels.Unpack(value=above, num=2, axis=-1)
    wrong = kernels.Unpack(value=total - above, num=2, axis=-1)
    return Counts(right[0], right[1], wrong[1], wrong[0])
