"""LayerNormalization: mean 0 and variance 1 over features."""

import numpy as np
import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs
from tf_keras.src.layers.normalization.axes import checked_axis, positive_axes
from tf_keras.src.layers.normalization.standardize import standardize


class LayerNormalization(Layer):
    """Normalises each sample over its features, then scales and shifts it.

    Unlike batch normalisation it does the same in training and outside.

    Ba et al. 2016, Layer Normalization, https://arxiv.org/abs/1607.06450

    Args:
        axis: The axis or axes to normalise over.
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
        Any; the sizes of `axis` must be known if there are weights.

    Output shape:
        The input's shape.

    Raises:
        TypeError: If `axis` is neither an integer nor a list of them.
        ValueError: At the first call, for an axis that is not there.

    Example:

    >>> x = tf.constant([[1.0, 3.0]])
    >>> LayerNormalization()(x).numpy().round(2)
    array([[-1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
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
        self.axis = checked_axis(axis, "LayerNormalization")
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
        axes = positive_axes(
            self.axis,
            input_shape,
            "LayerNormalization",
            known=self.center or self.scale,
        )
        self.axis = list(axes)
        self._axes = np.array(axes, "int32")
        rank = input_shape.rank
        shape = [input_shape[axis] for axis in axes]
        # What makes a parameter broadcast; None where it does already.
        self._wide_shape = None
        if axes != list(range(rank - len(axes), rank)):
            self._wide_shape = tuple(
                input_shape[i] if i in axes else 1 for i in range(rank)
            )
        self.gamma = self.beta = None
        if self.scale:
            self.gamma = self.add_weight(
                "gamma",
                shape=shape,
                initializer=self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
                experimental_autocast=False,
            )
        if self.center:
            self.beta = self.add_weight(
                "beta",
                shape=shape,
                initializer=self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
                experimental_autocast=False,
            )
        super().build(input_shape)

    @known_outputs
    def call(self, inputs):
        return standardize(
            inputs,
            self._axes,
            self._wide(self.gamma),
            self._wide(self.beta),
            self.epsilon,
        )

    def _wide(self, parameter):
        """A parameter in a shape that broadcasts to the inputs."""
        if parameter is None or self._wide_shape is None:
            return parameter
        return tf.reshape(parameter, self._wide_shape)

    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape)
