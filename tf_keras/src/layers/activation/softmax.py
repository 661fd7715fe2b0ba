"""Softmax: scores to probabilities."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.constructor_config import arguments_config


class Softmax(Layer):
    """Turns scores into probabilities that sum to 1 along an axis.

    Args:
        axis: The axis, or the axes that share a sum.
        robust_masking: Whether masked places get the least number of the
            dtype as their score, instead of a large negative number added to
            it, which a very large score could outweigh.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any. `mask` has the shape of the inputs, or broadcasts to it; places
        where it is false get the probability 0.

    Output shape:
        The input's shape.

    Example:

    >>> Softmax()(tf.constant([0.0, 0.0]), mask=tf.constant([True, False]))
    <tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 0.], dtype=float32)>
    """

    def __init__(self, axis=-1, robust_masking=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.robust_masking = robust_masking
        self.supports_masking = True

    def call(self, inputs, mask=None):
        if mask is not None:
            inputs = self._without_masked(inputs, mask)
        if isinstance(self.axis, int):
            return tf.nn.softmax(inputs, axis=self.axis)
        axes = tuple(self.axis)
        if len(axes) == 1:
            return tf.nn.softmax(inputs, axis=axes[0])
        total = tf.reduce_logsumexp(inputs, axis=axes, keepdims=True)
        return tf.exp(inputs - total)

    def _without_masked(self, inputs, mask):
        dtype = inputs.dtype
        least = dtype.min if dtype == tf.float16 else -1e9
        if self.robust_masking:
            least = tf.cast(dtype.min / 2.0, dtype)
            return tf.where(tf.cast(mask, tf.bool), inputs, least)
        return inputs + (1.0 - tf.cast(mask, dtype)) * tf.cast(least, dtype)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)

    def get_config(self):
        config = super().get_config()
        # Published files hold `robust_masking` only where it is set.
        skip = () if self.robust_masking else ("robust_masking",)
        config.update(arguments_config(self, Softmax, skip))
        return config
