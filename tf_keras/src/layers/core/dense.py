"""Dense: every input to every output."""

import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs


class Dense(Layer):
    """Multiplies by a matrix, adds a bias, applies an activation.

    The last axis is transformed; all other axes stay.

    Args:
        units: Size of the output's last axis.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the matrix.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the matrix.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the matrix after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, ..., features)`; also a `tf.SparseTensor` or a
        `tf.RaggedTensor` whose last axis is uniform.

    Output shape:
        `(batch, ..., units)`.

    Raises:
        ValueError: If `units` is negative or no number; at the first call, if
            `features` is unknown.
        TypeError: At the first call, if the dtype is not floating point.

    Example:

    >>> Dense(4)(tf.ones((2, 3))).shape
    TensorShape([2, 4])
    """

    def __init__(
        self,
        units,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = _checked_units(units)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        if not tf.as_dtype(self.dtype or "float32").is_floating:
            raise TypeError(
                "A Dense layer computes in floating point. Received: "
                f"dtype={self.dtype}."
            )
        features = known_size(input_shape, axis=-1)
        self.input_spec = InputSpec(min_ndim=2, axes={-1: features})
        self.kernel = self.add_weight(
            "kernel",
            shape=(features, self.units),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=(self.units,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        super().build(input_shape)

    @known_outputs
    def call(self, inputs):
        if isinstance(inputs, tf.RaggedTensor):
            return _on_dense_rows(self.call, inputs)
        if not inputs.dtype.is_floating:
            inputs = tf.cast(inputs, self.compute_dtype)
        outputs = product(inputs, self.kernel)
        if self.bias is not None:
            outputs = tf.raw_ops.BiasAdd(value=outputs, bias=self.bias)
        if self.activation is not activations.linear:
            outputs = self.activation(outputs)
        return outputs

    def compute_output_shape(self, input_shape):
        known_size(input_shape, axis=-1)
        return tf.TensorShape(input_shape)[:-1].concatenate(self.units)


def _checked_units(units):
    try:
        count = int(units)
    except (TypeError, ValueError):
        count = -1
    if count < 0:
        raise ValueError(
            "Dense needs a number of `units` that is no less than 0. "
            f"Received: units={units!r}."
        )
    return count


def product(inputs, kernel):
    """Multiplies the last axis of a dense or sparse tensor by a matrix.

    Args:
        inputs: A tensor of rank 2 or more, or a `tf.SparseTensor`.
        kernel: A matrix of the same dtype.
    """
    if isinstance(inputs, tf.SparseTensor):
        return _sparse_product(inputs, kernel)
    if inputs.shape.rank == 2:
        return tf.raw_ops.MatMul(a=inputs, b=kernel)
    outputs = tf.tensordot(inputs, kernel, 1)
    # Under an unknown batch size tensordot forgets what it knew.
    outputs.set_shape((*inputs.shape[:-1], kernel.shape[-1]))
    return outputs


def _sparse_product(inputs, kernel):
    rows = inputs
    if inputs.shape.rank != 2:
        rows = tf.sparse.reshape(inputs, (-1, kernel.shape[0]))
    outputs = tf.sparse.sparse_dense_matmul(rows, kernel)
    if inputs.shape.rank != 2:
        lengths = tf.concat((tf.shape(inputs)[:-1], kernel.shape[-1:]), 0)
        outputs = tf.reshape(outputs, lengths)
    outputs.set_shape((*inputs.shape[:-1], kernel.shape[-1]))
    return outputs


def _on_dense_rows(function, ragged):
    """Applies a function of the last axis to a ragged tensor's values."""
    if ragged.flat_values.shape.rank > 1:
        return tf.ragged.map_flat_values(function, ragged)
    # The last axis is partitioned too, if into parts of one size.
    if ragged.ragged_rank == 1:
        return function(ragged.to_tensor())
    return ragged.with_values(_on_dense_rows(function, ragged.values))
