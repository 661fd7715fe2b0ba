"""Elementwise functions, reductions and comparisons of tensors."""

import tensorflow as tf

from tf_keras.src.foundation import config

# Reductions ------------------------------------------------------------------


def _as_tensor(x):
    is_tensor = isinstance(getattr(x, "shape", None), tf.TensorShape)
    return x if is_tensor else tf.convert_to_tensor(x)


def _as_number(x):
    """Booleans as numbers of `floatx()`, others as they are."""
    x = _as_tensor(x)
    return tf.cast(x, config.floatx()) if x.dtype == tf.bool else x


def max(x, axis=None, keepdims=False):
    """Returns the greatest value.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_max(x, axis, keepdims)


def min(x, axis=None, keepdims=False):
    """Returns the least value.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_min(x, axis, keepdims)


def sum(x, axis=None, keepdims=False):
    """Returns the sum of the values.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_sum(x, axis, keepdims)


def prod(x, axis=None, keepdims=False):
    """Returns the product of the values.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_prod(x, axis, keepdims)


def mean(x, axis=None, keepdims=False):
    """Returns the mean of the values; of booleans, the share that is true.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_mean(_as_number(x), axis, keepdims)


def var(x, axis=None, keepdims=False):
    """Returns the variance of the values.

    Args:
        x: A floating-point or boolean tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.math.reduce_variance(_as_number(x), axis, keepdims)


def std(x, axis=None, keepdims=False):
    """Returns the standard deviation of the values.

    Args:
        x: A floating-point or boolean tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.math.reduce_std(_as_number(x), axis, keepdims)


def any(x, axis=None, keepdims=False):
    """Whether any value is true, or not zero.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_any(tf.cast(x, tf.bool), axis, keepdims)


def all(x, axis=None, keepdims=False):
    """Whether all values are true, or not zero.

    Args:
        x: A tensor.
        axis: The axis or axes to reduce; all by default.
        keepdims: Whether reduced axes stay, with length 1.
    """
    return tf.reduce_all(tf.cast(x, tf.bool), axis, keepdims)


def argmax(x, axis=-1):
    """Returns where the greatest value is, as int64.

    Args:
        x: A tensor.
        axis: The axis to search.
    """
    return tf.argmax(x, axis)


def argmin(x, axis=-1):
    """Returns where the least value is, as int64.

    Args:
        x: A tensor.
        axis: The axis to search.
    """
    return tf.argmin(x, axis)


def cumsum(x, axis=0):
    """Returns the sums of all values up to each place.

    Args:
        x: A tensor.
        axis: The axis to sum along.
    """
    return tf.cumsum(x, axis=axis)


def cumprod(x, axis=0):
    """Returns the products of all values up to each place.

    Args:
        x: A tensor.
        axis: The axis to multiply along.
    """
    return tf.math.cumprod(x, axis=axis)


# Elementwise -----------------------------------------------------------------


def square(x):
    """Returns `x * x`.

    Args:
        x: A tensor.
    """
    return tf.square(x)


def abs(x):
    """Returns the absolute value.

    Args:
        x: A tensor.
    """
    return tf.abs(x)


def sqrt(x):
    """Returns the square root; of negative values, 0.

    Args:
        x: A floating-point tensor.
    """
    x = _as_tensor(x)
    return tf.sqrt(tf.maximum(x, tf.zeros((), x.dtype)))


def exp(x):
    """Returns `e ** x`.

    Args:
        x: A tensor.
    """
    return tf.exp(x)


def log(x):
    """Returns the natural logarithm.

    Args:
        x: A floating-point tensor.
    """
    return tf.math.log(x)


def round(x):
    """Returns the nearest whole number; the even one of two.

    Args:
        x: A tensor.
    """
    return tf.round(x)


def sign(x):
    """Returns -1, 0 or 1.

    Args:
        x: A tensor.
    """
    return tf.sign(x)


def pow(x, a):
    """Returns `x ** a`.

    Args:
        x: A tensor.
        a: The exponent.
    """
    return tf.pow(x, a)


def sin(x):
    """Returns the sine of an angle in radians.

    Args:
        x: A tensor.
    """
    return tf.sin(x)


def cos(x):
    """Returns the cosine of an angle in radians.

    Args:
        x: A tensor.
    """
    return tf.cos(x)


def clip(x, min_value, max_value):
    """Returns `x` kept between two bounds.

    Args:
        x: A tensor.
        min_value: The least value; None for no bound.
        max_value: The greatest value; None for no bound. A number below
            `min_value` counts as `min_value`.
    """
    if max_value is None:
        return x if min_value is None else tf.maximum(x, min_value)
    if min_value is None:
        return tf.minimum(x, max_value)
    if isinstance(min_value, (int, float)) and (
        isinstance(max_value, (int, float)) and max_value < min_value
    ):
        max_value = min_value
    return tf.clip_by_value(x, min_value, max_value)


def maximum(x, y):
    """Returns the greater of two values, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.maximum(x, y)


def minimum(x, y):
    """Returns the lesser of two values, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.minimum(x, y)


# Comparisons -----------------------------------------------------------------


def equal(x, y):
    """Whether `x` equals `y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.equal(x, y)


def not_equal(x, y):
    """Whether `x` differs from `y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.not_equal(x, y)


def greater(x, y):
    """Whether `x > y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.greater(x, y)


def greater_equal(x, y):
    """Whether `x >= y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.greater_equal(x, y)


def less(x, y):
    """Whether `x < y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.less(x, y)


def less_equal(x, y):
    """Whether `x <= y`, at each place.

    Args:
        x: A tensor.
        y: A tensor.
    """
    return tf.less_equal(x, y)


# Gradients -------------------------------------------------------------------


def gradients(loss, variables):
    """Returns the gradients of a loss, inside a graph.

    Args:
        loss: A scalar tensor.
        variables: A list of variables or tensors.

    Raises:
        RuntimeError: Outside a graph, where `tf.GradientTape` does this.
    """
    if tf.executing_eagerly():
        raise RuntimeError(
            "`backend.gradients` works inside a `tf.function` or graph only. "
            "In eager code compute the loss under `with tf.GradientTape() as "
            "tape:` and call `tape.gradient(loss, variables)`."
        )
    return tf.gradients(loss, variables)


def stop_gradient(variables):
    """Returns its input as a constant for gradients.

    Args:
        variables: A tensor, or a list of them.

    Returns:
        A tensor, or a list of them.
    """
    if isinstance(variables, (list, tuple)):
        return [tf.stop_gradient(variable) for variable in variables]
    return tf.stop_gradient(variables)
