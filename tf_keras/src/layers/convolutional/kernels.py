"""The convolution itself: which kernel of TensorFlow runs it, and where.

On a processor TensorFlow lacks three things that GPUs have: kernels for
channels first, gradients of dilated convolutions, and gradients and fusion of
grouped ones. Each is reached by another way here, chosen when the program
runs, so that files written on one machine work on the other.
"""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import tf_data_format
from tf_keras.src.backend.convolution import (
    channels_to_first,
    channels_to_last,
    needs_channels_last,
)


def convolve(x, kernel, strides, padding, data_format, dilations, groups):
    """Returns a convolution in one, two or three dimensions.

    Args:
        x: A tensor of rank 3, 4 or 5.
        kernel: The weights: window, channels of a group, filters.
        strides: A tuple of strides.
        padding: `"valid"`, `"same"` or `"causal"`.
        data_format: `"channels_last"` or `"channels_first"`.
        dilations: A tuple of distances between neighbours in the window.
        groups: How many groups the channels are split in.
    """
    if padding == "causal":
        x = pad_causally(x, kernel.shape[0], dilations[0], data_format)
        padding = "valid"
    options = (strides, padding.upper(), dilations, groups)
    if data_format == "channels_last":
        return _convolve(x, kernel, *options, data_format)
    if not needs_channels_last():
        return _convolve(x, kernel, *options, data_format)
    x = channels_to_last(x)
    return channels_to_first(_convolve(x, kernel, *options, "channels_last"))


def pad_causally(x, window, dilation, data_format):
    """Returns a series with zeros in front, for outputs that look back only.

    Args:
        x: A tensor of rank 3.
        window: Length of the window.
        dilation: Distance between neighbours in the window.
        data_format: `"channels_last"` or `"channels_first"`.
    """
    before = (dilation * (window - 1), 0)
    if data_format == "channels_last":
        return tf.pad(x, ((0, 0), before, (0, 0)))
    return tf.pad(x, ((0, 0), (0, 0), before))


def _convolve(x, kernel, strides, padding, dilations, groups, data_format):
    rank = len(strides)
    is_last = data_format == "channels_last"
    if max(dilations) > 1 and needs_channels_last():
        return _convolve_groups(
            x,
            kernel,
            groups,
            lambda x, kernel: tf.nn.convolution(
                x, kernel, strides, padding, dilations=dilations
            ),
        )
    if rank == 1:
        axis = 1 if is_last else 2
        x = tf.expand_dims(x, axis)
        kernel = tf.expand_dims(kernel, 0)
        strides, dilations = (1, *strides), (1, *dilations)
    full_strides = _with_outer_axes(strides, is_last)
    full_dilations = _with_outer_axes(dilations, is_last)
    layout = tf_data_format(data_format, len(strides) + 2)

    def run(x, kernel):
        run_kernel = tf.raw_ops.Conv3D if rank == 3 else tf.raw_ops.Conv2D
        return run_kernel(
            input=x,
            filter=kernel,
            strides=full_strides,
            padding=padding,
            data_format=layout,
            dilations=full_dilations,
        )

    if needs_channels_last():
        y = _convolve_groups(x, kernel, groups, run)
    else:
        y = run(x, kernel)
    return tf.squeeze(y, axis) if rank == 1 else y


def _with_outer_axes(sizes, is_last):
    return [1, *sizes, 1] if is_last else [1, 1, *sizes]


def _convolve_groups(x, kernel, groups, run):
    """One convolution a group, channels last."""
    if groups == 1:
        return run(x, kernel)
    parts = zip(tf.split(x, groups, -1), tf.split(kernel, groups, -1))
    return tf.concat([run(*part) for part in parts], axis=-1)


# Transposed ------------------------------------------------------------------


def convolve_transposed(
    x, kernel, lengths, strides, padding, data_format, dilations
):
    """Returns the gradient of a convolution: from its outputs to its inputs.

    Args:
        x: A tensor of rank 3, 4 or 5.
        kernel: The weights: window, filters, channels.
        lengths: Sizes of the output's axes of space, integers or tensors.
        strides: A tuple of strides.
        padding: `"valid"` or `"same"`.
        data_format: `"channels_last"` or `"channels_first"`.
        dilations: A tuple of distances between neighbours in the window.
    """
    rank = len(strides)
    is_first = data_format == "channels_first"
    if is_first:
        x = channels_to_last(x)
    filters = kernel.shape[-2]
    for axis, dilation in enumerate(dilations):
        if dilation > 1:
            kernel = _spread(kernel, axis, dilation)
    if rank == 1:
        x, kernel = tf.expand_dims(x, 1), tf.expand_dims(kernel, 0)
        lengths, strides = (1, *lengths), (1, *strides)
    batch_size = x.shape[0] if x.shape[0] is not None else tf.shape(x)[0]
    run = (
        tf.raw_ops.Conv3DBackpropInputV2
        if rank == 3
        else tf.raw_ops.Conv2DBackpropInput
    )
    y = run(
        input_sizes=tf.stack((batch_size, *lengths, filters)),
        filter=kernel,
        out_backprop=x,
        strides=[1, *strides, 1],
        padding=padding.upper(),
    )
    y = tf.squeeze(y, 1) if rank == 1 else y
    return channels_to_first(y) if is_first else y


def _spread(kernel, axis, dilation):
    """Puts zeros between neighbours of a window: dilation by hand."""
    shape = kernel.shape.as_list()
    spread = tf.expand_dims(kernel, axis + 1)
    paddings = [(0, 0)] * (len(shape) + 1)
    paddings[axis + 1] = (0, dilation - 1)
    spread = tf.pad(spread, paddings)
    length = shape[axis]
    shape[axis] = length * dilation
    spread = tf.reshape(spread, shape)
    size = (length - 1) * dilation + 1
    return tf.gather(spread, tf.range(size), axis=axis)


# Depthwise -------------------------------------------------------------------


def convolve_depthwise(x, kernel, strides, padding, data_format, dilations):
    """Returns a convolution of each channel with its own filters.

    Args:
        x: A tensor of rank 3 or 4.
        kernel: The weights: window, channels, multiplier.
        strides: A tuple of strides.
        padding: `"valid"`, `"same"` or `"causal"`.
        data_format: `"channels_last"` or `"channels_first"`.
        dilations: A tuple of distances between neighbours in the window.
    """
    if padding == "causal":
        x = pad_causally(x, kernel.shape[0], dilations[0], data_format)
        padding = "valid"
    is_first = data_format == "channels_first"
    if is_first:
        x = channels_to_last(x)
    is_series = len(strides) == 1
    if is_series:
        x, kernel = tf.expand_dims(x, 1), tf.expand_dims(kernel, 0)
        # The kernel wants equal strides; there is one row only.
        strides, dilations = strides * 2, (1, *dilations)
    if max(dilations) > 1:
        y = tf.nn.depthwise_conv2d(
            x, kernel, (1, 1, 1, 1), padding.upper(), dilations=dilations
        )
    else:
        y = tf.raw_ops.DepthwiseConv2dNative(
            input=x,
            filter=kernel,
            strides=[1, *strides, 1],
            padding=padding.upper(),
        )
    y = tf.squeeze(y, 1) if is_series else y
    return channels_to_first(y) if is_first else y
