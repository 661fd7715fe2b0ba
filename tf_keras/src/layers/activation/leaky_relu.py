"""LeakyReLU: a small slope below zero."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.activation.slopes import as_float


class LeakyReLU(Layer):
    """Passes what is positive, and a share of what is negative.

    Maas et al. 2013, Rectifier Nonlinearities Improve Neural Network Acoustic
    Models, https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf

    Args:
        alpha: Slope below zero.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `alpha` is None.

    Example:

    >>> LeakyReLU(0.5)(tf.constant([-2.0, 3.0])).numpy()
    array([-1.,  3.], dtype=float32)
    """

    def __init__(self, alpha=0.3, **kwargs):
        super().__init__(**kwargs)
        self.alpha = as_float(alpha, "alpha", "LeakyReLU")
        self.supports_masking = True

    def call(self, inputs):
        return tf.raw_ops.LeakyRelu(features=inputs, alpha=self.alpha)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
