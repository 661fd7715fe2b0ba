"""Masking: masks time steps of one value."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer


class Masking(Layer):
    """Masks the time steps at which every feature has one value.

    The masked steps are set to zero, and layers behind that support masks
    skip them.

    Args:
        mask_value: The value that means "no data".
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, features)`.

    Output shape:
        The input's shape.

    Example:

    >>> Masking()(tf.constant([[[1.0, 2.0], [0.0, 0.0]]]))._keras_mask.numpy()
    array([[ True, False]])
    """

    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value
        self.supports_masking = True

    def call(self, inputs):
        mask = self.compute_mask(inputs)
        kept = tf.cast(tf.expand_dims(mask, -1), inputs.dtype)
        outputs = inputs * kept
        outputs._keras_mask = mask
        return outputs

    def compute_mask(self, inputs, mask=None):
        return tf.reduce_any(tf.not_equal(inputs, self.mask_value), axis=-1)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
