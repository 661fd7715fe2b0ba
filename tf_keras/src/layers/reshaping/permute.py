"""Permute: reorders axes."""

import tensorflow as tf

from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class Permute(Layer):
    """Reorders the axes behind the batch axis.

    Args:
        dims: The axes in their new order; the first one behind the batch
            axis is 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, ...)` with as many axes as there are `dims`.

    Output shape:
        The same sizes in the new order.

    Raises:
        ValueError: If `dims` are not 1, 2, 3... in some order.

    Example:

    >>> Permute((2, 1))(tf.ones((5, 3, 4))).shape
    TensorShape([5, 4, 3])
    """

    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise ValueError(
                f"Permute needs each of the axes 1 to {len(self.dims)} once. "
                f"Received: dims={dims}."
            )
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def call(self, inputs):
        return tf.transpose(inputs, (0, *self.dims))

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        return tf.TensorShape([sizes[axis] for axis in (0, *self.dims)])
