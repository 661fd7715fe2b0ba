"""RepeatVector: repeats a vector over time."""

import tensorflow as tf

from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class RepeatVector(Layer):
    """Makes a series of one vector, the same at each step.

    Args:
        n: How many steps.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, features)`.

    Output shape:
        `(batch, n, features)`.

    Raises:
        TypeError: If `n` is no integer.

    Example:

    >>> RepeatVector(4)(tf.ones((2, 3))).shape
    TensorShape([2, 4, 3])
    """

    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(n, int):
            raise TypeError(
                f"RepeatVector takes an integer. Received: n={n!r} of type "
                f"{type(n).__name__}."
            )
        self.n = n
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs):
        return tf.tile(tf.expand_dims(inputs, 1), (1, self.n, 1))

    def compute_output_shape(self, input_shape):
        shape = tf.TensorShape(input_shape).with_rank(2)
        batch_size, features = shape
        return tf.TensorShape((batch_size, self.n, features))
