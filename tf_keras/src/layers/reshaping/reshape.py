"""Reshape: another shape, the same values."""

import math

import tensorflow as tf

from tf_keras.src.core.layer import Layer


class Reshape(Layer):
    """Puts the values of each sample in another shape, in the same order.

    Args:
        target_shape: The new sizes without the batch axis; -1 in one place
            stands for what is left.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, ...)`.

    Output shape:
        `(batch, *target_shape)`.

    Raises:
        ValueError: If -1 stands in two places, or if the numbers of values
            differ where they are known before a call.
        tf.errors.InvalidArgumentError: If they differ at a call.

    Example:

    >>> Reshape((3, -1))(tf.ones((2, 12))).shape
    TensorShape([2, 3, 4])
    """

    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        self.target_shape = tuple(target_shape)
        if self.target_shape.count(-1) > 1:
            raise ValueError(
                "Reshape can work out one size only. Received more than one "
                f"-1: target_shape={target_shape}."
            )

    def call(self, inputs):
        batch_size = inputs.shape[0]
        if batch_size is None:
            batch_size = tf.shape(inputs)[0]
        outputs = tf.reshape(inputs, (batch_size, *self.target_shape))
        if not tf.executing_eagerly():
            outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def compute_output_shape(self, input_shape):
        batch_size, *sizes = tf.TensorShape(input_shape).as_list()
        target = self.target_shape
        if None in sizes:
            known = (None if size == -1 else size for size in target)
            return tf.TensorShape((batch_size, *known))
        count = math.prod(sizes)
        given = math.prod(size for size in target if size != -1)
        fits = count % given == 0 if -1 in target and given else count == given
        if not fits:
            raise ValueError(
                f"Reshape {self.name!r} can't put the {count} values of a "
                f"sample of shape {tuple(sizes)} in "
                f"target_shape={target}."
            )
        return tf.TensorShape(
            (
                batch_size,
                *(count // given if size == -1 else size for size in target),
            )
        )
