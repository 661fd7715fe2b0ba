"""Functions of neural networks: relu, softmax, batch normalisation."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    """Returns `x` where it is above `threshold`, else a share of it.

    `alpha * (x - threshold)` below the threshold; `x` above, but at most
    `max_value`.

    Args:
        x: A tensor.
        alpha: Slope below the threshold.
        max_value: Bound of the result; None for none.
        threshold: Where the slope changes.
    """
    if alpha == 0.0 and threshold == 0.0:
        if max_value == 6:
            return tf.nn.relu6(x)
        x = tf.nn.relu(x)
        return x if max_value is None else _at_most(x, max_value)
    if alpha != 0.0 and threshold == 0.0 and max_value is None:
        return tf.nn.leaky_relu(x, alpha=alpha)
    below = tf.nn.relu(threshold - x) if alpha != 0.0 else None
    if threshold != 0.0:
        above = x * tf.cast(tf.greater(x, threshold), x.dtype)
    elif max_value == 6:
        above = tf.nn.relu6(x)
    else:
        above = tf.nn.relu(x)
    if max_value is not None:
        above = _at_most(above, max_value)
    return above if below is None else above - alpha * below


def _at_most(x, max_value):
    return tf.minimum(x, tf.cast(max_value, x.dtype))


def elu(x, alpha=1.0):
    """Returns `x` where positive, else `alpha * (exp(x) - 1)`.

    Clevert et al. 2015, https://arxiv.org/abs/1511.07289

    Args:
        x: A floating-point tensor.
        alpha: The negative of the least value.
    """
    result = tf.nn.elu(x)
    if alpha == 1:
        return result
    return tf.where(tf.greater(x, 0), result, alpha * result)


def softmax(x, axis=-1):
    """Returns numbers above zero that sum to 1 along an axis.

    Args:
        x: A floating-point tensor.
        axis: The axis that sums to 1, or a list of them.
    """
    if isinstance(axis, int):
        return tf.nn.softmax(x, axis=axis)
    exponents = tf.exp(x - tf.reduce_max(x, axis, keepdims=True))
    return exponents / tf.reduce_sum(exponents, axis, keepdims=True)


def softplus(x):
    """Returns `log(exp(x) + 1)`.

    Args:
        x: A floating-point tensor.
    """
    return tf.math.softplus(x)


def softsign(x):
    """Returns `x / (abs(x) + 1)`.

    Args:
        x: A floating-point tensor.
    """
    return tf.math.softsign(x)


def sigmoid(x):
    """Returns `1 / (1 + exp(-x))`.

    Args:
        x: A floating-point tensor.
    """
    return tf.math.sigmoid(x)


def hard_sigmoid(x):
    """Returns `0.2 * x + 0.5`, cut to [0, 1].

    A piecewise linear stand-in for the sigmoid, faster to compute.

    Args:
        x: A floating-point tensor.
    """
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)


def tanh(x):
    """Returns the hyperbolic tangent.

    Args:
        x: A floating-point tensor.
    """
    return tf.math.tanh(x)


def l2_normalize(x, axis=None):
    """Scales `x` to length 1 along an axis.

    Args:
        x: A floating-point tensor.
        axis: The axis or axes of one vector; all by default.
    """
    return tf.math.l2_normalize(x, axis=axis)


def bias_add(x, bias, data_format=None):
    """Adds a bias to each channel.

    Args:
        x: A tensor of rank 2 or more.
        bias: A tensor of shape `(channels,)`; or one value for each place,
            of shape `(..., channels)` and one axis less than `x`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.

    Raises:
        ValueError: For an unknown data format or a bias of another rank.
    """
    data_format = normalize_data_format(data_format)
    rank, bias_rank = len(x.shape), len(bias.shape)
    if bias_rank not in (1, rank - 1):
        raise ValueError(
            f"`bias_add` needs a bias of rank 1 or {rank - 1} for an input of "
            f"rank {rank}. Received: bias.shape={bias.shape}."
        )
    is_first = data_format == "channels_first" and rank > 2
    if bias_rank == 1:
        return tf.nn.bias_add(x, bias, "NCHW" if is_first else "NHWC")
    if is_first:
        bias = tf.reshape(bias, (bias.shape[-1], *bias.shape[:-1]))
    return x + bias


def in_top_k(predictions, targets, k):
    """Whether each target is among the `k` largest predictions.

    Args:
        predictions: Scores of shape `(batch, classes)`.
        targets: Integer classes of shape `(batch,)`.
        k: How many predictions count.

    Returns:
        A boolean tensor of shape `(batch,)`.
    """
    return tf.math.in_top_k(targets, predictions, k)


def batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=1e-3):
    """Returns `gamma * (x - mean) / sqrt(var + epsilon) + beta`.

    Args:
        x: A floating-point tensor.
        mean: Mean to subtract.
        var: Variance to divide by.
        beta: Offset, or None for none.
        gamma: Scale, or None for none.
        axis: The axis of the features.
        epsilon: A small number that keeps the division finite.
    """
    rank = x.shape.rank
    if rank in (4, 5) and axis not in (-1, rank - 1):
        shape = [1] * rank
        shape[axis] = -1
        mean, var, beta, gamma = (
            None if value is None else tf.reshape(value, shape)
            for value in (mean, var, beta, gamma)
        )
    return tf.nn.batch_normalization(x, mean, var, beta, gamma, epsilon)


def normalize_batch_in_training(x, gamma, beta, reduction_axes, epsilon=1e-3):
    """Normalises a batch by its own mean and variance.

    Args:
        x: A floating-point tensor.
        gamma: Scale, or None for none.
        beta: Offset, or None for none.
        reduction_axes: The axes to average over.
        epsilon: A small number that keeps the division finite.

    Returns:
        `(normalised, mean, variance)`. For images with channels last the
        variance is that of the population, estimated from the batch.
    """
    rank = x.shape.rank
    axes = sorted(axis % rank for axis in reduction_axes)
    if rank == 4 and axes == [0, 1, 2]:
        channels = x.shape[-1]
        return tf.compat.v1.nn.fused_batch_norm(
            x,
            tf.ones(channels, x.dtype) if gamma is None else gamma,
            tf.zeros(channels, x.dtype) if beta is None else beta,
            epsilon=epsilon,
        )
    mean, var = tf.nn.moments(x, axes)
    lengths = x.shape.as_list()
    shape = [1 if i in axes else lengths[i] or -1 for i in range(rank)]
    wide = [
        None if value is None else tf.reshape(value, shape)
        for value in (mean, var, beta, gamma)
    ]
    return tf.nn.batch_normalization(x, *wide, epsilon), mean, var
