"""PReLU: a learnt slope below zero."""

import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class PReLU(Layer):
    """Passes what is positive, and a learnt share of what is negative.

    He et al. 2015, Delving Deep into Rectifiers,
    https://arxiv.org/abs/1502.01852

    Args:
        alpha_initializer: First values of the slopes.
        alpha_regularizer: Penalty on the slopes.
        alpha_constraint: Projection of the slopes after each update.
        shared_axes: Axes along which all places share a slope: `[1, 2]` for
            one slope a channel of images.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, ...)`; the sizes of axes that are not shared must be known.

    Output shape:
        The input's shape.

    Example:

    >>> PReLU(alpha_initializer="ones")(tf.constant([[-2.0, 3.0]])).numpy()
    array([[-2.,  3.]], dtype=float32)
    """

    def __init__(
        self,
        alpha_initializer="zeros",
        alpha_regularizer=None,
        alpha_constraint=None,
        shared_axes=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.alpha_initializer = initializers.get(alpha_initializer)
        self.alpha_regularizer = regularizers.get(alpha_regularizer)
        self.alpha_constraint = constraints.get(alpha_constraint)
        if shared_axes is not None:
            is_one = isinstance(shared_axes, int)
            shared_axes = [shared_axes] if is_one else list(shared_axes)
        self.shared_axes = shared_axes
        self.supports_masking = True

    def build(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        given = self.shared_axes or ()
        if not all(-len(sizes) <= axis < len(sizes) for axis in given):
            raise ValueError(
                f"PReLU got shared_axes={given} for an input of rank "
                f"{len(sizes)}. Received: input_shape={tuple(input_shape)}."
            )
        shared = {axis % len(sizes) for axis in given}
        shape = [1 if i in shared else n for i, n in enumerate(sizes)][1:]
        if None in shape:
            raise ValueError(
                "PReLU needs to know each size but those of the batch and of "
                f"`shared_axes`. Received: input_shape={tuple(input_shape)}, "
                f"shared_axes={self.shared_axes}."
            )
        self.alpha = self.add_weight(
            "alpha",
            shape=shape,
            initializer=self.alpha_initializer,
            regularizer=self.alpha_regularizer,
            constraint=self.alpha_constraint,
        )
        axes = {i: n for i, n in enumerate(sizes) if i and i not in shared}
        self.input_spec = InputSpec(ndim=len(sizes), axes=axes)
        super().build(input_shape)

    def call(self, inputs):
        return tf.nn.relu(inputs) - self.alpha * tf.nn.relu(-inputs)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
