"""Activation: applies an activation function."""

import tensorflow as tf

from tf_keras.src import activations
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs


class Activation(Layer):
    """Applies an activation function to its input.

    Args:
        activation: A function or a name, such as `"relu"` or `tf.nn.relu`.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any.

    Output shape:
        The input's shape.

    Raises:
        ValueError: For an unknown name.

    Example:

    >>> Activation("relu")(tf.constant([-1.0, 2.0])).numpy()
    array([0., 2.], dtype=float32)
    """

    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.activation = activations.get(activation)
        self.supports_masking = True

    @known_outputs
    def call(self, inputs):
        return self.activation(inputs)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
