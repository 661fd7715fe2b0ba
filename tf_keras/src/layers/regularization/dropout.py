"""Dropout: zeroes units at random."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.core.symbolic_call import known_outputs


class Dropout(BaseRandomLayer):
    """Zeroes a share of the inputs in training, and scales up the rest.

    The scale `1 / (1 - rate)` keeps the expected sum. Outside of training it
    does nothing. `trainable=False` makes no difference: it has no weights.

    Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks
    from Overfitting, https://jmlr.org/papers/v15/srivastava14a.html

    Args:
        rate: The share to zero, in [0, 1).
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

    >>> float(tf.reduce_sum(Dropout(0.5)(tf.ones((2, 3)))))
    6.0
    """

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.rate = checked_rate(rate, type(self).__name__)
        self.noise_shape = noise_shape
        self.seed = seed
        self.supports_masking = True

    @known_outputs
    def call(self, inputs, training=None):
        def drop():
            return self._random_generator.dropout(
                inputs, self.rate, noise_shape=self._get_noise_shape(inputs)
            )

        return in_train_phase(drop, inputs, training)

    def _get_noise_shape(self, inputs):
        """The mask's shape; subclasses override it."""
        if self.noise_shape is None:
            return None
        return full_noise_shape(self.noise_shape, inputs)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)


def full_noise_shape(noise_shape, inputs):
    """Returns a mask's shape, the input's size standing for None."""
    sizes = inputs.shape.as_list()
    if all(want or have for want, have in zip(noise_shape, sizes)):
        return [want or have for want, have in zip(noise_shape, sizes)]
    sizes = tf.shape(inputs)
    return tf.stack(
        [sizes[i] if n is None else n for i, n in enumerate(noise_shape)]
    )


def checked_rate(rate, layer):
    """Returns the rate of a layer that drops at random.

    Raises:
        ValueError: If it is a number outside of [0, 1].
    """
    if isinstance(rate, (int, float)) and not 0 <= rate <= 1:
        raise ValueError(
            f"{layer} needs a `rate` in [0, 1]. Received: rate={rate}."
        )
    return rate
