"""UnitNormalization: brings vectors to unit length."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.normalization.axes import checked_axis


class UnitNormalization(Layer):
    """Divides by the Euclidean length along an axis.

    Args:
        axis: The axis or axes of one vector.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        TypeError: If `axis` is neither an integer nor a list of them.

    Example:

    >>> UnitNormalization()(tf.constant([[3.0, 4.0]])).numpy()
    array([[0.6, 0.8]], dtype=float32)
    """

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = checked_axis(axis, "UnitNormalization")
        self.supports_masking = True

    def call(self, inputs):
        axis = self.axis if isinstance(self.axis, int) else list(self.axis)
        return tf.linalg.l2_normalize(inputs, axis=axis)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
