"""GaussianDropout: multiplies by noise around one."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.layers.regularization.dropout import checked_rate


class GaussianDropout(BaseRandomLayer):
    """Multiplies by normal noise with mean 1, in training.

    The noise has the variance of dropout's: `rate / (1 - rate)`.

    Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks
    from Overfitting, https://jmlr.org/papers/v15/srivastava14a.html

    Args:
        rate: The rate of the dropout with the same variance, in [0, 1).
        seed: An integer for the same noise in each run.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `rate` lies outside of [0, 1].

    Example:

    >>> float(tf.reduce_sum(GaussianDropout(0.5)(tf.ones((2, 3)))))
    6.0
    """

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.rate = checked_rate(rate, "GaussianDropout")
        self.seed = seed
        self.supports_masking = True

    def call(self, inputs, training=None):
        if not 0 < self.rate < 1:
            return inputs
        return in_train_phase(lambda: self._disturb(inputs), inputs, training)

    def _disturb(self, inputs):
        return inputs * self._random_generator.random_normal(
            tf.shape(inputs),
            mean=1.0,
            stddev=(self.rate / (1.0 - self.rate)) ** 0.5,
            dtype=inputs.dtype,
        )

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
