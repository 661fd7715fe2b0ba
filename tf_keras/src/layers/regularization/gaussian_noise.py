"""GaussianNoise: adds noise around zero."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer


class GaussianNoise(BaseRandomLayer):
    """Adds normal noise with mean 0, in training.

    Args:
        stddev: Standard deviation of the noise.
        seed: An integer for the same noise in each run.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `stddev` is negative.

    Example:

    >>> float(tf.reduce_sum(GaussianNoise(0.5)(tf.ones((2, 3)))))
    6.0
    """

    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        if stddev < 0:
            raise ValueError(
                "GaussianNoise needs a `stddev` of 0 or more. Received: "
                f"stddev={stddev}."
            )
        self.stddev = stddev
        self.seed = seed
        self.supports_masking = True

    def call(self, inputs, training=None):
        return in_train_phase(lambda: self._disturb(inputs), inputs, training)

    def _disturb(self, inputs):
        return inputs + self._random_generator.random_normal(
            tf.shape(inputs), stddev=self.stddev, dtype=inputs.dtype
        )

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
