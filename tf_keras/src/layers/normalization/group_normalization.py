"""GroupNormalization: mean 0 and variance 1 over groups of channels."""

import numpy as np
import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.normalization.standardize import standardize


class GroupNormalization(Layer):
    """Normalises each group of channels of a sample, then scales and shifts.

    One group is layer normalisation over all axes; as many groups as channels
    are instance normalisation.

    Wu and He 2018, Group Normalization, https://arxiv.org/abs/1803.08494

    Args:
        groups: How many groups; -1 for as many as there are channels.
        axis: The axis of the channels.
        epsilon: Added to the variance.
        center: Whether to add a learnt offset, beta.
        scale: Whether to multiply by a learnt factor, gamma.
        beta_initializer: First values of beta.
        gamma_initializer: First values of gamma.
        beta_regularizer: Penalty on beta.
        gamma_regularizer: Penalty on gamma.
        beta_constraint: Projection of beta after each update.
        gamma_constraint: Projection of gamma after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, ..., channels)`. Places that a mask leaves out don't count
        in mean and variance.

    Output shape:
        The input's shape.

    Raises:
        ValueError: At the first call, if the channels are unknown or don't
            fit the groups.

    Example:

    >>> x = tf.constant([[1.0, 3.0, 10.0, 30.0]])
    >>> GroupNormalization(groups=2)(x).numpy().round(2)
    array([[-1.,  1., -1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
        groups=32,
        axis=-1,
        epsilon=0.001,
        center=True,
        scale=True,
        beta_initializer="zeros",
        gamma_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.supports_masking = True

    def build(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        channels = known_size(input_shape, self.axis)
        if self.groups == -1:
            self.groups = channels
        if channels % self.groups:
            raise ValueError(
                "GroupNormalization needs as many channels in each group. "
                f"Received: groups={self.groups}, axis={self.axis} and "
                f"input_shape={tuple(input_shape)}, of {channels} channels."
            )
        rank = input_shape.rank
        self.input_spec = InputSpec(ndim=rank, axes={self.axis: channels})
        self._channel_axis = axis = self.axis % rank
        # Once the channels are split in two axes; groups stay apart.
        axes = list(range(1, rank + 1))
        del axes[axis - 1]  # Of axis 0 the last, as Keras always did.
        self._axes = np.array(axes, "int32")
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self.add_weight(
                "gamma",
                shape=(channels,),
                initializer=self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
                experimental_autocast=False,
            )
        if self.center:
            self.beta = self.add_weight(
                "beta",
                shape=(channels,),
                initializer=self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
                experimental_autocast=False,
            )
        super().build(input_shape)

    def call(self, inputs, mask=None):
        weights = None
        if mask is not None:
            weights = self._in_groups(_weights_of(mask, inputs))
        outputs = standardize(
            self._in_groups(inputs),
            self._axes,
            self._wide(self.gamma),
            self._wide(self.beta),
            self.epsilon,
            weights,
        )
        outputs = tf.reshape(outputs, tf.shape(inputs))
        outputs.set_shape(inputs.shape)
        return outputs

    def _in_groups(self, values):
        """Splits the axis of the channels into groups and their members."""
        axis = self._channel_axis
        sizes = tf.shape(values)
        static = values.shape.as_list()
        members = static[axis] // self.groups
        shape = [
            sizes[i] if size is None else size for i, size in enumerate(static)
        ]
        shape[axis : axis + 1] = [self.groups, members]
        return tf.reshape(values, shape)

    def _wide(self, parameter):
        """A parameter in a shape that broadcasts to the groups."""
        if parameter is None:
            return None
        axis = self._channel_axis
        behind = self.input_spec.ndim - axis - 1
        return tf.reshape(parameter, (self.groups, -1, *[1] * behind))

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)


def _weights_of(mask, values):
    """A mask as numbers in the shape of values."""
    dtype = tf.float64 if values.dtype == tf.float64 else tf.float32
    weights = tf.cast(mask, dtype)
    while weights.shape.rank < values.shape.rank:
        weights = tf.expand_dims(weights, -1)
    weights = tf.broadcast_to(weights, tf.shape(values))
    weights.set_shape(values.shape)
    return weights
