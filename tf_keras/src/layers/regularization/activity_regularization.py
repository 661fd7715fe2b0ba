"""ActivityRegularization: penalises its input."""

import tensorflow as tf

from tf_keras.src import regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.constructor_config import arguments_config


class ActivityRegularization(Layer):
    """Returns its input, and adds a penalty on it to the loss.

    Args:
        l1: Factor of the sum of absolute values.
        l2: Factor of the sum of squares.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Example:

    >>> layer = ActivityRegularization(l2=0.5)
    >>> outputs = layer(tf.constant([[3.0]]))
    >>> float(layer.losses[0])
    4.5
    """

    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(
            activity_regularizer=regularizers.L1L2(l1=l1, l2=l2), **kwargs
        )
        self.l1 = l1
        self.l2 = l2
        self.supports_masking = True

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)

    def get_config(self):
        # The penalty itself is no argument.
        config = super().get_config()
        config.update(arguments_config(self, ActivityRegularization))
        return config
