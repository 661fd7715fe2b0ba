"""Convolution and pooling in one, two and three dimensions.

TensorFlow's kernels for the processor take images with their channels last.
Where there is no GPU, inputs with channels first are turned around and back.
"""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import (
    normalize_data_format,
    normalize_tuple,
    tf_data_format,
)


def _padding(padding, allowed=("valid", "same")):
    if padding not in allowed:
        raise ValueError(
            f"Unknown `padding` {padding!r}. Expected one of {allowed}."
        )
    return "VALID" if padding == "causal" else padding.upper()


def needs_channels_last():
    """Whether kernels here take images with channels last only."""
    return not tf.config.list_logical_devices("GPU")


def channels_to_last(x):
    """Returns `(batch, channels, ...)` as `(batch, ..., channels)`.

    Args:
        x: A tensor of rank 3, 4 or 5.
    """
    return tf.transpose(x, (0, *range(2, len(x.shape)), 1))


def channels_to_first(x):
    """Returns `(batch, ..., channels)` as `(batch, channels, ...)`.

    Args:
        x: A tensor of rank 3, 4 or 5.
    """
    return tf.transpose(x, (0, len(x.shape) - 1, *range(1, len(x.shape) - 1)))


def _in_layout(function, x, data_format):
    """Calls `function(x, data_format)`, turning channels where needed."""
    data_format = normalize_data_format(data_format)
    if data_format == "channels_first" and needs_channels_last():
        return channels_to_first(function(channels_to_last(x), "channels_last"))
    return function(x, data_format)


# Convolution -----------------------------------------------------------------


def _conv(x, kernel, strides, padding, data_format, dilation_rate, rank):
    strides = normalize_tuple(strides, rank, "strides")
    dilations = normalize_tuple(dilation_rate, rank, "dilation_rate")
    padding = _padding(padding)

    def convolve(x, data_format):
        return tf.nn.convolution(
            x,
            kernel,
            strides=strides,
            padding=padding,
            data_format=tf_data_format(data_format, rank + 2),
            dilations=dilations,
        )

    return _in_layout(convolve, x, data_format)


def conv1d(
    x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1
):
    """Returns the convolution of series.

    Args:
        x: A tensor of rank 3.
        kernel: A tensor of shape `(window, channels, filters)`.
        strides: The stride.
        padding: `"valid"`, `"same"` or `"causal"`; causal outputs depend on
            no later input.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distance between neighbours in the window.

    Raises:
        ValueError: For an unknown padding or data format.
    """
    _padding(padding, ("valid", "same", "causal"))
    if padding == "causal":
        reach = dilation_rate * (kernel.shape[0] - 1)
        is_first = normalize_data_format(data_format) == "channels_first"
        before = (reach, 0)
        pad = ((0, 0), (0, 0), before) if is_first else ((0, 0), before, (0, 0))
        x, padding = tf.pad(x, pad), "valid"
    return _conv(x, kernel, strides, padding, data_format, dilation_rate, 1)


def conv2d(
    x,
    kernel,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1),
):
    """Returns the convolution of images.

    Args:
        x: A tensor of rank 4.
        kernel: A tensor of shape `(height, width, channels, filters)`.
        strides: The strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distances between neighbours in the window.

    Raises:
        ValueError: For an unknown padding or data format.
    """
    return _conv(x, kernel, strides, padding, data_format, dilation_rate, 2)


def conv3d(
    x,
    kernel,
    strides=(1, 1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1, 1),
):
    """Returns the convolution of volumes.

    Args:
        x: A tensor of rank 5.
        kernel: A tensor of shape `(depth, height, width, channels, filters)`.
        strides: The strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distances between neighbours in the window.

    Raises:
        ValueError: For an unknown padding or data format.
    """
    return _conv(x, kernel, strides, padding, data_format, dilation_rate, 3)


def conv2d_transpose(
    x,
    kernel,
    output_shape,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1),
):
    """Returns the gradient of a convolution: from outputs back to images.

    Args:
        x: A tensor of rank 4.
        kernel: A tensor of shape `(height, width, filters, channels)`.
        output_shape: Shape of the result, in its data format; the batch may
            be None.
        strides: The strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distances between neighbours in the window, which must
            be equal.

    Raises:
        ValueError: For an unknown padding or data format, and for unequal
            dilation rates.
    """
    strides = normalize_tuple(strides, 2, "strides")
    dilation, other = normalize_tuple(dilation_rate, 2, "dilation_rate")
    if dilation != other:
        raise ValueError(
            "`conv2d_transpose` needs equal dilation rates. "
            f"Received: dilation_rate={dilation_rate}."
        )
    padding = _padding(padding)
    is_first = normalize_data_format(data_format) == "channels_first"
    if isinstance(output_shape, (tuple, list)):
        batch, *rest = output_shape
        output_shape = [tf.shape(x)[0] if batch is None else batch, *rest]
    turns = is_first and (needs_channels_last() or dilation > 1)
    if turns:
        x = channels_to_last(x)
        batch, channels, *space = (output_shape[i] for i in range(4))
        output_shape = [batch, *space, channels]
    if not isinstance(output_shape, tf.Tensor):
        output_shape = tf.stack(output_shape)
    if dilation > 1:
        y = tf.nn.atrous_conv2d_transpose(
            x, kernel, output_shape, rate=dilation, padding=padding
        )
    else:
        y = tf.nn.conv2d_transpose(
            x,
            kernel,
            output_shape,
            strides,
            padding=padding,
            data_format="NCHW" if is_first and not turns else "NHWC",
        )
    return channels_to_first(y) if turns else y


def _four(pair, data_format):
    """Strides of two axes as TensorFlow's strides of four."""
    if data_format == "channels_first":
        return (1, 1, *pair)
    return (1, *pair, 1)


def depthwise_conv2d(
    x,
    depthwise_kernel,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1),
):
    """Returns the convolution of each channel with its own filters.

    Args:
        x: A tensor of rank 4.
        depthwise_kernel: A tensor of shape
            `(height, width, channels, multiplier)`.
        strides: The strides, which must be equal.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distances between neighbours in the window.

    Raises:
        ValueError: For an unknown padding or data format.
    """
    strides = normalize_tuple(strides, 2, "strides")
    dilations = normalize_tuple(dilation_rate, 2, "dilation_rate")
    padding = _padding(padding)

    def convolve(x, data_format):
        return tf.nn.depthwise_conv2d(
            x,
            depthwise_kernel,
            strides=_four(strides, data_format),
            padding=padding,
            data_format=tf_data_format(data_format, 4),
            dilations=dilations,
        )

    return _in_layout(convolve, x, data_format)


def separable_conv2d(
    x,
    depthwise_kernel,
    pointwise_kernel,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    dilation_rate=(1, 1),
):
    """Returns a depthwise convolution, mixed by a convolution of size 1.

    Args:
        x: A tensor of rank 4.
        depthwise_kernel: A tensor of shape
            `(height, width, channels, multiplier)`.
        pointwise_kernel: A tensor of shape
            `(1, 1, channels * multiplier, filters)`.
        strides: The strides, which must be equal.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        dilation_rate: Distances between neighbours in the window.

    Raises:
        ValueError: For an unknown padding or data format.
    """
    strides = normalize_tuple(strides, 2, "strides")
    dilations = normalize_tuple(dilation_rate, 2, "dilation_rate")
    padding = _padding(padding)

    def convolve(x, data_format):
        return tf.nn.separable_conv2d(
            x,
            depthwise_kernel,
            pointwise_kernel,
            strides=_four(strides, data_format),
            padding=padding,
            data_format=tf_data_format(data_format, 4),
            dilations=dilations,
        )

    return _in_layout(convolve, x, data_format)


# Pooling ---------------------------------------------------------------------


def _pool(x, pool_size, strides, padding, data_format, pool_mode, rank):
    pool_size = normalize_tuple(pool_size, rank, "pool_size")
    strides = normalize_tuple(strides, rank, "strides")
    padding = _padding(padding)
    if pool_mode not in ("max", "avg"):
        raise ValueError(
            f"Unknown `pool_mode` {pool_mode!r}. Expected 'max' or 'avg'."
        )

    def pool(x, data_format):
        return tf.nn.pool(
            x,
            pool_size,
            pool_mode.upper(),
            strides=strides,
            padding=padding,
            data_format=tf_data_format(data_format, rank + 2),
        )

    return _in_layout(pool, x, data_format)


def pool2d(
    x,
    pool_size,
    strides=(1, 1),
    padding="valid",
    data_format=None,
    pool_mode="max",
):
    """Returns the greatest or mean value in windows of images.

    Args:
        x: A tensor of rank 4.
        pool_size: Height and width of the window.
        strides: The strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        pool_mode: `"max"` or `"avg"`.

    Raises:
        ValueError: For an unknown padding, data format or mode.
    """
    return _pool(x, pool_size, strides, padding, data_format, pool_mode, 2)


def pool3d(
    x,
    pool_size,
    strides=(1, 1, 1),
    padding="valid",
    data_format=None,
    pool_mode="max",
):
    """Returns the greatest or mean value in windows of volumes.

    Args:
        x: A tensor of rank 5.
        pool_size: Depth, height and width of the window.
        strides: The strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
        pool_mode: `"max"` or `"avg"`.

    Raises:
        ValueError: For an unknown padding, data format or mode.
    """
    return _pool(x, pool_size, strides, padding, data_format, pool_mode, 3)
