"""Brings values to mean 0 and variance 1, in few operations."""

import tensorflow as tf

_HALF = (tf.float16, tf.bfloat16)


def standardize(values, axes, gamma, beta, epsilon, weights=None):
    """Returns values with mean 0 and variance 1, scaled and shifted.

    Computes in float32 what comes in 16 bits. Its operations are raw ones,
    which cost half as much to call as TensorFlow's wrappers.

    Args:
        values: A floating point tensor.
        axes: An integer array: the axes to average over.
        gamma: A factor that broadcasts to the values, or None.
        beta: A summand that broadcasts to the values, or None.
        epsilon: Added to the variance.
        weights: How much each value counts, in the shape of the values; all
            count alike if None.
    """
    dtype = values.dtype
    if dtype in _HALF:  # Moments of 16 bits are too coarse.
        values = tf.cast(values, tf.float32)
    mean = _mean(values, axes, weights)
    centered = tf.raw_ops.Sub(x=values, y=mean)
    variance = _mean(tf.raw_ops.Square(x=centered), axes, weights)
    factor = tf.raw_ops.Rsqrt(x=tf.raw_ops.AddV2(x=variance, y=epsilon))
    if gamma is not None:
        factor = tf.raw_ops.Mul(x=factor, y=_like(gamma, values))
    outputs = tf.raw_ops.Mul(x=centered, y=factor)
    if beta is not None:
        outputs = tf.raw_ops.AddV2(x=outputs, y=_like(beta, values))
    return outputs if dtype not in _HALF else tf.cast(outputs, dtype)


def _like(parameter, values):
    """A parameter in the dtype of values: layers of 16 bits keep it in 16."""
    if parameter.dtype != values.dtype:
        return tf.cast(parameter, values.dtype)
    return parameter


def _mean(values, axes, weights):
    if weights is None:
        return tf.raw_ops.Mean(input=values, axis=axes, keep_dims=True)
    total = tf.reduce_sum(values * weights, axes, keepdims=True)
    return tf.math.divide_no_nan(
        total, tf.reduce_sum(weights, axes, keepdims=True)
    )
