"""ELU: exponential below zero."""

import tensorflow as tf

from tf_keras.src.backend import nn
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.activation.slopes import as_float


class ELU(Layer):
    """Passes what is positive; `alpha * (exp(x) - 1)` below zero.

    Clevert et al. 2015, Fast and Accurate Deep Network Learning by
    Exponential Linear Units, https://arxiv.org/abs/1511.07289

    Args:
        alpha: The negative of the least output.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `alpha` is None.

    Example:

    >>> ELU()(tf.constant([-1.0, 2.0])).numpy().round(2)
    array([-0.63,  2.  ], dtype=float32)
    """

    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = as_float(alpha, "alpha", "ELU")
        self.supports_masking = True

    def call(self, inputs):
        return nn.elu(inputs, self.alpha)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
