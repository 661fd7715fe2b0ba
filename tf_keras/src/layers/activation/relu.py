"""ReLU: zero below a threshold, the input above."""

import tensorflow as tf

from tf_keras.src.backend import nn
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.activation.slopes import not_negative


class ReLU(Layer):
    """Passes what is positive, with a slope below and a bound above.

    `negative_slope * (x - threshold)` below the threshold, `x` from there
    on, and `max_value` at most.

    Args:
        max_value: Bound of the outputs; None for none.
        negative_slope: Slope below the threshold.
        threshold: Where the slope changes.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If an argument is negative.

    Example:

    >>> ReLU(max_value=2.0)(tf.constant([-3.0, 1.0, 5.0])).numpy()
    array([0., 1., 2.], dtype=float32)
    """

    def __init__(
        self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs
    ):
        super().__init__(**kwargs)
        if max_value is not None:
            max_value = not_negative(max_value, "max_value", "ReLU")
        self.max_value = max_value
        self.negative_slope = not_negative(
            negative_slope, "negative_slope", "ReLU"
        )
        self.threshold = not_negative(threshold, "threshold", "ReLU")
        self.supports_masking = True

    def call(self, inputs):
        return nn.relu(
            inputs, self.negative_slope, self.max_value, self.threshold
        )

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
