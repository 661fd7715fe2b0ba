"""Shapes and types: ask, cast, reshape, join, repeat, pad, resize."""

import math

import numpy as np
import tensorflow as tf

from tf_keras.src.backend.conv_geometry import (
    normalize_data_format,
    normalize_tuple,
)
from tf_keras.src.backend.sparse_ragged import is_ragged, is_sparse, to_dense
from tf_keras.src.foundation import config

# Ask -------------------------------------------------------------------------


def shape(x):
    """Returns the shape as a tensor of integers.

    Args:
        x: A tensor or variable.
    """
    return tf.shape(x)


def size(x, name=None):
    """Returns the number of values, as a tensor.

    Args:
        x: A tensor or variable.
        name: A name for the operation.
    """
    return tf.size(x, name=name)


def int_shape(x):
    """Returns the shape as a tuple; None for an unknown length or rank.

    Args:
        x: A tensor, variable or array.

    Example:

    >>> int_shape(tf.ones((2, 3)))
    (2, 3)
    """
    if isinstance(x.shape, tf.TensorShape):
        return None if x.shape.rank is None else tuple(x.shape.as_list())
    return tuple(x.shape)


def ndim(x):
    """Returns the number of axes; None if unknown.

    Args:
        x: A tensor, variable or array.
    """
    return tf.TensorShape(x.shape).rank


def dtype(x):
    """Returns the name of the type of `x`, such as `"float32"`.

    Args:
        x: A tensor, variable or array.
    """
    return tf.as_dtype(x.dtype).base_dtype.name


# Cast ------------------------------------------------------------------------


def cast(x, dtype):
    """Returns `x` in another type.

    Args:
        x: A tensor or variable.
        dtype: The type, such as `"float16"`.
    """
    return tf.cast(x, dtype)


def cast_to_floatx(x):
    """Returns `x` in the default float type: a tensor, or for an array, one.

    Args:
        x: A tensor, variable, array or list.
    """
    if isinstance(x, (np.ndarray, np.generic, list, tuple, int, float)):
        return np.asarray(x, dtype=tf.as_dtype(config.floatx()).as_numpy_dtype)
    return tf.cast(x, config.floatx())


# Reorder ---------------------------------------------------------------------


def reshape(x, shape):
    """Returns the values of `x` in another shape.

    Args:
        x: A tensor.
        shape: The shape; -1 stands for what is left.
    """
    return tf.reshape(x, shape)


def permute_dimensions(x, pattern):
    """Returns `x` with its axes in another order.

    Args:
        x: A tensor.
        pattern: The axes in their new order.
    """
    return tf.transpose(x, perm=pattern)


def transpose(x):
    """Returns `x` with its axes in reverse order.

    Args:
        x: A tensor.
    """
    return tf.transpose(x)


def flatten(x):
    """Returns all values in one axis.

    Args:
        x: A tensor.
    """
    return tf.reshape(x, [-1])


def batch_flatten(x):
    """Returns all axes but the first as one.

    Args:
        x: A tensor of shape `(batch, ...)`.
    """
    lengths = tf.TensorShape(x.shape)[1:]
    if lengths.is_fully_defined():
        return tf.reshape(x, [-1, math.prod(lengths)])
    return tf.reshape(x, tf.stack([-1, tf.reduce_prod(tf.shape(x)[1:])]))


def expand_dims(x, axis=-1):
    """Adds an axis of length 1.

    Args:
        x: A tensor.
        axis: Where it goes.
    """
    return tf.expand_dims(x, axis)


def squeeze(x, axis):
    """Takes away an axis of length 1.

    Args:
        x: A tensor.
        axis: The axis.
    """
    return tf.squeeze(x, [axis])


def reverse(x, axes):
    """Returns `x` with some axes run backwards.

    Args:
        x: A tensor.
        axes: The axis or axes.
    """
    return tf.reverse(x, [axes] if isinstance(axes, int) else axes)


def gather(reference, indices):
    """Returns the slices of a tensor at these indices of its first axis.

    Args:
        reference: A tensor.
        indices: An integer tensor.
    """
    return tf.gather(reference, indices)


def one_hot(indices, num_classes):
    """Returns a one at each index and zeros elsewhere.

    Args:
        indices: An integer tensor.
        num_classes: Length of the new last axis.
    """
    return tf.one_hot(indices, depth=num_classes, axis=-1)


# Join and repeat -------------------------------------------------------------


def concatenate(tensors, axis=-1):
    """Joins tensors along an axis.

    Args:
        tensors: A list. If all are sparse or all ragged, so is the result;
            sparse ones among dense ones are made dense.
        axis: The axis.
    """
    if all(is_sparse(x) for x in tensors):
        return tf.sparse.concat(axis, tensors)
    if all(is_ragged(x) for x in tensors):
        return tf.concat(tensors, axis)
    return tf.concat([to_dense(x) for x in tensors], axis)


def stack(x, axis=0):
    """Joins tensors along a new axis.

    Args:
        x: A list of tensors of one shape.
        axis: Where the new axis goes.
    """
    return tf.stack(x, axis=axis)


def repeat_elements(x, rep, axis):
    """Repeats each value along an axis.

    Args:
        x: A tensor.
        rep: How often.
        axis: The axis.

    Example:

    >>> repeat_elements(tf.constant([1, 2]), 2, axis=0).numpy()
    array([1, 1, 2, 2], dtype=int32)
    """
    return tf.repeat(x, rep, axis=axis)


def repeat(x, n):
    """Repeats each row over a new axis in the middle.

    Args:
        x: A tensor of shape `(batch, features)`.
        n: How often.

    Returns:
        A tensor of shape `(batch, n, features)`.

    Raises:
        ValueError: If `x` is not of rank 2.
    """
    if x.shape.rank != 2:
        raise ValueError(
            "`repeat` needs a tensor of rank 2. For others use "
            f"`repeat_elements` or `tile`. Received: shape={x.shape}."
        )
    return tf.tile(tf.expand_dims(x, 1), [1, n, 1])


def tile(x, n):
    """Returns copies of `x` side by side.

    Args:
        x: A tensor.
        n: How many along each axis.
    """
    return tf.tile(x, [n] if isinstance(n, int) else n)


def arange(start, stop=None, step=1, dtype="int32"):
    """Returns the numbers from `start` up to before `stop`.

    Args:
        start: The first number; the end if `stop` is None, and 0 the start.
        stop: The end, excluded.
        step: The distance between numbers.
        dtype: Type of the result; `"int32"` leaves floats as they are.

    Example:

    >>> arange(2, 8, step=2).numpy()
    array([2, 4, 6], dtype=int32)
    """
    if stop is None:
        is_negative = isinstance(start, (int, float)) and start < 0
        start, stop = 0, 0 if is_negative else start
    numbers = tf.range(start, stop, step)
    return numbers if dtype == "int32" else tf.cast(numbers, dtype)


# Pad and resize --------------------------------------------------------------


def temporal_padding(x, padding=(1, 1)):
    """Adds zeros before and after the steps of a series.

    Args:
        x: A tensor of shape `(batch, steps, features)`.
        padding: How many, before and after.
    """
    return _pad(x, (padding,), "channels_last")


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    """Adds zeros around images.

    Args:
        x: A tensor of rank 4.
        padding: How many: `((top, bottom), (left, right))`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
    """
    return _pad(x, padding, data_format)


def spatial_3d_padding(x, padding=((1, 1), (1, 1), (1, 1)), data_format=None):
    """Adds zeros around volumes.

    Args:
        x: A tensor of rank 5.
        padding: How many before and after, for each of three axes.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
    """
    return _pad(x, padding, data_format)


def _pad(x, padding, data_format):
    pairs = [
        normalize_tuple(pair, 2, "padding", allow_zero=True) for pair in padding
    ]
    if normalize_data_format(data_format) == "channels_first":
        return tf.pad(x, [(0, 0), (0, 0), *pairs])
    return tf.pad(x, [(0, 0), *pairs, (0, 0)])


_INTERPOLATIONS = (
    "area",
    "bicubic",
    "bilinear",
    "gaussian",
    "lanczos3",
    "lanczos5",
    "mitchellcubic",
    "nearest",
)


def resize_images(
    x, height_factor, width_factor, data_format, interpolation="nearest"
):
    """Makes images larger by whole factors.

    Args:
        x: A tensor of rank 4.
        height_factor: What to multiply the height by.
        width_factor: What to multiply the width by.
        data_format: `"channels_last"` or `"channels_first"`.
        interpolation: `"nearest"`, `"bilinear"`, `"bicubic"`, `"area"`,
            `"gaussian"`, `"lanczos3"`, `"lanczos5"` or `"mitchellcubic"`.

    Raises:
        ValueError: For an unknown data format or interpolation.
    """
    is_first = normalize_data_format(data_format) == "channels_first"
    if interpolation not in _INTERPOLATIONS:
        raise ValueError(
            f"Unknown `interpolation` {interpolation!r}. "
            f"Expected one of {_INTERPOLATIONS}."
        )
    lengths = x.shape[2:4] if is_first else x.shape[1:3]
    if lengths.is_fully_defined():
        size = [
            int(lengths[0] * height_factor),
            int(lengths[1] * width_factor),
        ]
    else:
        dynamic = tf.shape(x)[2:4] if is_first else tf.shape(x)[1:3]
        size = dynamic * tf.constant([height_factor, width_factor])
    if is_first:
        x = tf.transpose(x, (0, 2, 3, 1))
    x = tf.image.resize(x, size, method=interpolation)
    return tf.transpose(x, (0, 3, 1, 2)) if is_first else x


def resize_volumes(x, depth_factor, height_factor, width_factor, data_format):
    """Makes volumes larger by whole factors, repeating values.

    Args:
        x: A tensor of rank 5.
        depth_factor: What to multiply the depth by.
        height_factor: What to multiply the height by.
        width_factor: What to multiply the width by.
        data_format: `"channels_last"` or `"channels_first"`.

    Raises:
        ValueError: For an unknown data format.
    """
    is_first = normalize_data_format(data_format) == "channels_first"
    factors = (depth_factor, height_factor, width_factor)
    for axis, factor in enumerate(factors, start=2 if is_first else 1):
        x = tf.repeat(x, factor, axis=axis)
    return x
