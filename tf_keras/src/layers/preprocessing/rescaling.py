"""Rescaling: multiplies and adds constants."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer


class Rescaling(Layer):
    """Multiplies by a scale and adds an offset.

    `Rescaling(1 / 255)` brings images to [0, 1], `Rescaling(1 / 127.5, -1)`
    to [-1, 1].

    Args:
        scale: A number, or a list of one for each channel.
        offset: A number, or a list of one for each channel.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any; numbers of any kind.

    Output shape:
        The input's shape, in the layer's compute dtype.

    Example:

    >>> Rescaling(0.5, offset=1.0)(tf.constant([2, 4])).numpy()
    array([2., 3.], dtype=float32)
    """

    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale
        self.offset = offset

    def call(self, inputs):
        dtype = self.compute_dtype
        scale = tf.cast(self.scale, dtype)
        offset = tf.cast(self.offset, dtype)
        return tf.cast(inputs, dtype) * scale + offset

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
