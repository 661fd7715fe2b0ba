"""Reduction: weights, masks and the one number that a loss gives."""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest


class Reduction:
    """How the losses of a batch become one number.

    - `AUTO`: `SUM_OVER_BATCH_SIZE`, wherever that is possible.
    - `NONE`: They don't: the weighted losses come out, one for each sample
      (or for each step of it).
    - `SUM`: The sum of the weighted losses.
    - `SUM_OVER_BATCH_SIZE`: The sum of the weighted losses over their count.
      Losses that a mask hides are not counted.
    - `WEIGHTED_MEAN`: The sum of the weighted losses over the sum of the
      weights. Not in published `tf_keras`.

    Under a `tf.distribute.Strategy` outside `fit`, the two means are not
    defined: each replica would divide by its own count. Use `SUM` or `NONE`
    there and divide by the global batch size.
    """

    AUTO = "auto"
    NONE = "none"
    SUM = "sum"
    SUM_OVER_BATCH_SIZE = "sum_over_batch_size"
    WEIGHTED_MEAN = "weighted_mean"

    @classmethod
    def all(cls):
        """Returns every reduction, as a tuple of strings."""
        return (
            cls.AUTO,
            cls.NONE,
            cls.SUM,
            cls.SUM_OVER_BATCH_SIZE,
            cls.WEIGHTED_MEAN,
        )

    @classmethod
    def validate(cls, key):
        """Raises ValueError if `key` is no reduction."""
        if key not in cls.all():
            raise ValueError(
                f"Unknown reduction {key!r}.{nearest(key, cls.all())} "
                f"Expected one of {cls.all()}."
            )


def compute_weighted_loss(
    losses, sample_weight=None, reduction="sum_over_batch_size", name=None
):
    """Weights losses and reduces them.

    Args:
        losses: A tensor of any shape.
        sample_weight: A tensor that broadcasts to `losses`: a scalar, one
            weight for each sample, or more axes of `losses` from the left.
        reduction: One of `Reduction`.
        name: A scope for the operations.

    Returns:
        A tensor of the dtype of `losses`.

    Raises:
        ValueError: For an unknown reduction, or for weights whose shape
            does not fit.

    Example:

    >>> float(compute_weighted_loss(tf.constant([1.0, 2.0]), [1.0, 0.5]))
    1.0
    """
    Reduction.validate(reduction)
    losses = tf.convert_to_tensor(losses)
    with tf.name_scope(name or "weighted_loss"):
        return reduce_losses(losses, reduction, sample_weight)


def reduce_losses(losses, reduction, sample_weight=None, mask=None):
    """Weights, masks and reduces the losses of a batch.

    Args:
        losses: A tensor, dense or ragged.
        reduction: One of `Reduction`; trusted.
        sample_weight: None, or weights that broadcast to `losses`.
        mask: None, or a boolean tensor that broadcasts to `losses`; False
            hides a loss and takes it out of the count.
    """
    if isinstance(losses, tf.RaggedTensor):
        return _reduce_ragged(losses, reduction, sample_weight, mask)
    dtype = losses.dtype
    # Sums of many 16-bit numbers overflow, whole numbers take no weights.
    if dtype.size < 4 or not dtype.is_floating:
        result = reduce_losses(
            tf.cast(losses, tf.float32), reduction, sample_weight, mask
        )
        return tf.cast(result, dtype)
    weights = None
    if sample_weight is not None:
        weights = align(tf.cast(sample_weight, dtype), losses, "sample_weight")
    if mask is not None:
        mask = align(tf.cast(mask, dtype), losses, "mask")
        weights = mask if weights is None else weights * mask
    if weights is not None:
        losses = losses * weights
    if reduction == Reduction.NONE:
        return losses
    if reduction == Reduction.SUM:
        return tf.reduce_sum(losses)
    if reduction == Reduction.WEIGHTED_MEAN and weights is not None:
        weights = tf.broadcast_to(weights, tf.shape(losses))
        return _ratio(tf.reduce_sum(losses), tf.reduce_sum(weights))
    if mask is not None:
        mask = tf.broadcast_to(mask, tf.shape(losses))
        return _ratio(tf.reduce_sum(losses), tf.reduce_sum(mask))
    return mean(losses)


def mean(values):
    """The mean of all values; 0 where there are none."""
    if values.shape.num_elements():
        return tf.reduce_mean(values)
    count = tf.cast(tf.size(values), values.dtype)
    return _ratio(tf.reduce_sum(values), count)


_ratio = tf.math.divide_no_nan


def align(weights, losses, kind="sample_weight"):
    """Brings weights to the rank of losses, axis by axis from the left.

    A last axis of size 1 too many is dropped; missing axes are added at the
    end. So one weight for each sample weighs all that the sample gives.

    Raises:
        ValueError: If the static shapes don't broadcast then.
    """
    rank, target = weights.shape.rank, losses.shape.rank
    if rank is None or target is None:
        return _align_unknown(weights, losses)
    if rank and target and rank != target:
        if rank == target + 1:
            if weights.shape[-1] not in (1, None):
                raise _misfit(weights, losses, kind)
            weights = tf.squeeze(weights, [-1])
        elif rank < target and (
            rank == target - 1 or _fits_left(weights.shape, losses.shape)
        ):
            shape = tf.concat(
                [tf.shape(weights), tf.ones(target - rank, tf.int32)], 0
            )
            static = weights.shape.concatenate([1] * (target - rank))
            weights = tf.ensure_shape(tf.reshape(weights, shape), static)
    try:
        tf.broadcast_static_shape(weights.shape, losses.shape)
    except ValueError:
        raise _misfit(weights, losses, kind) from None
    return weights


def _fits_left(shape, target):
    pairs = zip(shape.as_list(), target.as_list())
    return all(a == b or 1 in (a, b) or None in (a, b) for a, b in pairs)


def _align_unknown(weights, losses):
    """`align` where a rank is known only when the graph runs."""
    target = tf.rank(losses)
    missing = tf.maximum(target - tf.rank(weights), 0)
    shape = tf.concat(
        [tf.shape(weights)[:target], tf.ones([missing], tf.int32)], 0
    )
    is_scalar = tf.logical_or(tf.equal(tf.size(shape), 0), target < 1)
    shape = tf.cond(is_scalar, lambda: tf.shape(weights), lambda: shape)
    return tf.reshape(weights, shape)


def _misfit(weights, losses, kind):
    return ValueError(
        f"The shape of `{kind}` does not fit the losses. Expected a scalar, "
        "one value for each sample, or a shape that broadcasts to the "
        f"losses. Received: {kind}.shape={weights.shape}, "
        f"losses.shape={losses.shape}."
    )


def _reduce_ragged(losses, reduction, sample_weight, mask):
    """`reduce_losses` of ragged losses, which have one value a step."""
    result = reduce_losses(
        losses.flat_values,
        reduction,
        _flat_weights(sample_weight, losses),
        _flat_weights(mask, losses),
    )
    if reduction == Reduction.NONE:
        return losses.with_flat_values(result)
    return result


def _flat_weights(weights, losses):
    """Weights of a sample, or ragged ones of its steps, a value a step."""
    if weights is None:
        return None
    if isinstance(weights, tf.RaggedTensor):
        return weights.flat_values
    weights = tf.convert_to_tensor(weights)
    if weights.shape.rank == 0:
        return weights
    for level in losses.nested_value_rowids():
        if weights.shape.rank > 1 and weights.shape[1] == 1:
            weights = tf.squeeze(weights, [1])
        weights = tf.gather(weights, level)
    return weights
