"""Flatten: all axes but the batch into one."""

import math

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class Flatten(Layer):
    """Joins all axes but the batch into one.

    Args:
        data_format: `"channels_last"` or `"channels_first"`, whose values are
            put in the order of the former; `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, ...)`.

    Output shape:
        `(batch, product of the other sizes)`.

    Example:

    >>> Flatten()(tf.ones((2, 3, 5))).shape
    TensorShape([2, 15])
    """

    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = normalize_data_format(data_format)
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs):
        shape = inputs.shape
        if self.data_format == "channels_first" and (shape.rank or 0) > 2:
            inputs = tf.transpose(inputs, (0, *range(2, shape.rank), 1))
        if shape.rank and None not in shape[1:].as_list():
            size = math.prod(shape[1:])
            rows = -1 if size else tf.shape(inputs)[0]
            return tf.reshape(inputs, (rows, size))
        if shape.rank and shape[0] is not None:
            return tf.reshape(inputs, (shape[0], -1))
        outputs = tf.reshape(inputs, (tf.shape(inputs)[0], -1))
        outputs.set_shape(self.compute_output_shape(shape))
        return outputs

    def compute_output_shape(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        if input_shape.rank is None:
            return tf.TensorShape((None, None))
        if not input_shape[1:].is_fully_defined():
            return tf.TensorShape((input_shape[0], None))
        return tf.TensorShape((input_shape[0], math.prod(input_shape[1:])))
