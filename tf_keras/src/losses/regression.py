"""Losses of numbers: squared, absolute, relative, logarithmic, Huber."""

import math

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon, floatx
from tf_keras.src.losses.loss import LossFunctionWrapper
from tf_keras.src.losses.pairing import pairs_elements


@pairs_elements
def mean_squared_error(y_true, y_pred):
    """Computes the mean of squared errors over the last axis.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.

    Example:

    >>> float(mean_squared_error([0.0, 1.0], [0.0, 3.0]))
    2.0
    """
    return tf.reduce_mean(tf.math.squared_difference(y_pred, y_true), axis=-1)


@pairs_elements
def mean_absolute_error(y_true, y_pred):
    """Computes the mean of absolute errors over the last axis.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    return tf.reduce_mean(tf.abs(y_pred - y_true), axis=-1)


@pairs_elements
def mean_absolute_percentage_error(y_true, y_pred):
    """Computes the mean absolute error in percent of the targets.

    Targets nearer to zero than `epsilon()` count as `epsilon()`.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses in percent, of shape `(batch, ...)`.
    """
    size = tf.maximum(tf.abs(y_true), epsilon())
    return 100.0 * tf.reduce_mean(tf.abs((y_true - y_pred) / size), axis=-1)


@pairs_elements
def mean_squared_logarithmic_error(y_true, y_pred):
    """Computes the mean of squared differences of `log(1 + y)`.

    Values below `epsilon()` count as `epsilon()`.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    log_pred = tf.math.log(tf.maximum(y_pred, epsilon()) + 1.0)
    log_true = tf.math.log(tf.maximum(y_true, epsilon()) + 1.0)
    return tf.reduce_mean(
        tf.math.squared_difference(log_pred, log_true), axis=-1
    )


@pairs_elements
def huber(y_true, y_pred, delta=1.0):
    """Computes a loss that is squared near the target and linear beyond.

    With the error `x = y_true - y_pred` it is `x**2 / 2` where
    `abs(x) <= delta`, else `delta * abs(x) - delta**2 / 2`. From Huber, 1964,
    "Robust Estimation of a Location Parameter".

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.
        delta: Where the two parts meet, positive.

    Returns:
        Losses of shape `(batch, ...)` and dtype `floatx()`.
    """
    dtype = floatx()
    error = tf.abs(tf.cast(y_pred, dtype) - tf.cast(y_true, dtype))
    delta = tf.cast(delta, dtype)
    return tf.reduce_mean(
        tf.where(
            error <= delta,
            0.5 * tf.square(error),
            delta * error - 0.5 * tf.square(delta),
        ),
        axis=-1,
    )


@pairs_elements
def log_cosh(y_true, y_pred):
    """Computes the mean of `log(cosh(y_pred - y_true))` over the last axis.

    It is about `x**2 / 2` for a small error `x` and `abs(x) - log(2)` for a
    large one.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    error = y_pred - y_true
    # The same function without the overflow of cosh.
    return tf.reduce_mean(
        error + tf.math.softplus(-2.0 * error) - math.log(2.0), axis=-1
    )


class MeanSquaredError(LossFunctionWrapper):
    """The mean of squared errors.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.

    Example:

    >>> float(MeanSquaredError()([[0.0, 1.0]], [[0.0, 3.0]]))
    2.0
    """

    def __init__(self, reduction="auto", name="mean_squared_error"):
        super().__init__(mean_squared_error, reduction=reduction, name=name)


class MeanAbsoluteError(LossFunctionWrapper):
    """The mean of absolute errors.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="mean_absolute_error"):
        super().__init__(mean_absolute_error, reduction=reduction, name=name)


class MeanAbsolutePercentageError(LossFunctionWrapper):
    """The mean absolute error in percent of the targets.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="mean_absolute_percentage_error"):
        super().__init__(
            mean_absolute_percentage_error, reduction=reduction, name=name
        )


class MeanSquaredLogarithmicError(LossFunctionWrapper):
    """The mean of squared differences of `log(1 + y)`.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="mean_squared_logarithmic_error"):
        super().__init__(
            mean_squared_logarithmic_error, reduction=reduction, name=name
        )


class Huber(LossFunctionWrapper):
    """A loss that is squared near the target and linear beyond.

    Args:
        delta: Where the two parts meet, positive. See `huber`.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, delta=1.0, reduction="auto", name="huber_loss"):
        super().__init__(huber, reduction=reduction, name=name, delta=delta)


class LogCosh(LossFunctionWrapper):
    """The logarithm of the hyperbolic cosine of the error.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="log_cosh"):
        super().__init__(log_cosh, reduction=reduction, name=name)
