"""AlphaDropout: dropout that keeps mean and variance, for SELU."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.layers.regularization.dropout import (
    checked_rate,
    full_noise_shape,
)
from tf_keras.src.serialization.constructor_config import arguments_config

# What SELU goes to far below zero: minus its scale times its alpha.
_LEAST = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717


class AlphaDropout(BaseRandomLayer):
    """Sets a share of the inputs to SELU's least value, in training.

    The rest is scaled and shifted so that a mean of 0 and a variance of 1
    stay what they are.

    Klambauer et al. 2017, Self-Normalizing Neural Networks,
    https://arxiv.org/abs/1706.02515

    Args:
        rate: The share to set, in [0, 1).
        noise_shape: Shape of the random mask, with 1 on axes along which all
            entries share a fate, and None for the input's size.
        seed: An integer for the same masks in each run.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `rate` lies outside of [0, 1].

    Example:

    >>> float(tf.reduce_sum(AlphaDropout(0.5)(tf.ones((2, 3)))))
    6.0
    """

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.rate = checked_rate(rate, "AlphaDropout")
        self.noise_shape = noise_shape
        self.seed = seed
        self.supports_masking = True

    def call(self, inputs, training=None):
        if not 0.0 < self.rate < 1.0:
            return inputs
        return in_train_phase(lambda: self._drop(inputs), inputs, training)

    def _drop(self, inputs):
        rate, least = self.rate, _LEAST
        shape = tf.shape(inputs)
        if self.noise_shape is not None:
            shape = full_noise_shape(self.noise_shape, inputs)
        draws = self._random_generator.random_uniform(shape)
        kept = tf.cast(draws >= rate, inputs.dtype)
        factor = ((1 - rate) * (1 + rate * least**2)) ** -0.5
        shift = -factor * least * rate
        return factor * (inputs * kept + least * (1 - kept)) + shift

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)

    def get_config(self):
        config = super().get_config()
        # Published files hold no `noise_shape`.
        config.update(
            arguments_config(self, AlphaDropout, skip=("noise_shape",))
        )
        return config
