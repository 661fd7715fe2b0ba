"""ThresholdedReLU: zero up to a threshold."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.activation.slopes import not_negative


class ThresholdedReLU(Layer):
    """Passes what lies above a threshold, and makes the rest zero.

    Konda et al. 2014, Zero-bias Autoencoders and the Benefits of Co-adapting
    Features, https://arxiv.org/abs/1402.3337

    Args:
        theta: The threshold.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `theta` is negative or None.

    Example:

    >>> ThresholdedReLU(1.5)(tf.constant([1.0, 2.0])).numpy()
    array([0., 2.], dtype=float32)
    """

    def __init__(self, theta=1.0, **kwargs):
        super().__init__(**kwargs)
        self.theta = not_negative(theta, "theta", "ThresholdedReLU")
        self.supports_masking = True

    def call(self, inputs):
        return inputs * tf.cast(inputs > self.theta, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
