"""Convolution with other weights at each place."""

import itertools

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format


def local_conv1d(inputs, kernel, kernel_size, strides, data_format=None):
    """Returns the convolution of series with other weights at each place.

    Args:
        inputs: A tensor of rank 3.
        kernel: A tensor of shape `(places, window * channels, filters)`.
        kernel_size: One integer in a tuple: the window.
        strides: One integer in a tuple: the stride.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
    """
    places = (kernel.shape[0],)
    return local_conv(inputs, kernel, kernel_size, strides, places, data_format)


def local_conv2d(
    inputs, kernel, kernel_size, strides, output_shape, data_format=None
):
    """Returns the convolution of images with other weights at each place.

    Args:
        inputs: A tensor of rank 4.
        kernel: A tensor of shape
            `(places, height * width * channels, filters)`.
        kernel_size: Two integers: the window.
        strides: Two integers: the strides.
        output_shape: Two integers: rows and columns of the result.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
    """
    return local_conv(
        inputs, kernel, kernel_size, strides, output_shape, data_format
    )


def local_conv(
    inputs, kernel, kernel_size, strides, output_shape, data_format=None
):
    """Returns a convolution with other weights at each place, in any rank.

    Args:
        inputs: A tensor of rank 3 or 4.
        kernel: A tensor of shape `(places, window * channels, filters)`; with
            channels first a window is ordered by channel first.
        kernel_size: Integers: the window.
        strides: Integers: the strides.
        output_shape: Integers: lengths of the result.
        data_format: `"channels_last"` or `"channels_first"`; the default of
            `image_data_format()` if None.
    """
    is_first = normalize_data_format(data_format) == "channels_first"
    rank, filters = len(kernel_size), kernel.shape[-1]
    space = [axis + 1 + is_first for axis in range(rank)]
    # Places lead: at each of them stands a product of matrices.
    by_place = tf.transpose(inputs, (*space, 0, 1 if is_first else rank + 1))
    # Slices, one for each place in the window: their gradients are quick.
    slices = [
        by_place[_every(starts, strides, output_shape)]
        for starts in itertools.product(*map(range, kernel_size))
    ]
    join = tf.stack if is_first else tf.concat
    patches = tf.reshape(
        join(slices, -1), (kernel.shape[0], -1, kernel.shape[1])
    )
    outputs = tf.matmul(patches, kernel)
    if is_first:
        outputs = tf.transpose(outputs, (1, 2, 0))
        return tf.reshape(outputs, (-1, filters, *output_shape))
    outputs = tf.transpose(outputs, (1, 0, 2))
    return tf.reshape(outputs, (-1, *output_shape, filters))


def _every(starts, strides, lengths):
    """What an index takes: every so many values from a start, by axis."""
    return tuple(
        slice(start, start + (length - 1) * stride + 1, stride)
        for start, stride, length in zip(starts, strides, lengths)
    )
