"""Convolution with other weights at each place."""

import math

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.backend.convolution import channels_to_first, channels_to_last


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
    if is_first:
        inputs = channels_to_last(inputs)
    channels = inputs.shape[-1]
    is_series = len(kernel_size) == 1
    if is_series:
        inputs = tf.expand_dims(inputs, 1)
    ones = (1,) if is_series else ()
    patches = tf.image.extract_patches(
        inputs,
        sizes=(1, *ones, *kernel_size, 1),
        strides=(1, *ones, *strides, 1),
        rates=(1, 1, 1, 1),
        padding="VALID",
    )
    places, window = math.prod(output_shape), math.prod(kernel_size)
    if is_first:
        patches = tf.reshape(patches, (-1, places, window, channels))
        patches = tf.transpose(patches, (0, 1, 3, 2))
    patches = tf.reshape(patches, (-1, places, window * channels))
    outputs = tf.einsum("bpi,pif->bpf", patches, kernel)
    outputs = tf.reshape(outputs, (-1, *output_shape, kernel.shape[-1]))
    return channels_to_first(outputs) if is_first else outputs
