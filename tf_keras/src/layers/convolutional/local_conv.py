"""LocallyConnected1D, LocallyConnected2D: weights of its own at each place."""

import math

import numpy as np
import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.backend.conv_geometry import (
    conv_connections,
    conv_output_length,
    normalize_data_format,
    normalize_padding,
    normalize_tuple,
)
from tf_keras.src.backend.local_convolution import local_conv
from tf_keras.src.backend.nn import bias_add
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class LocallyConnected(Layer):
    """What locally connected layers of both ranks share.

    Args as of `LocallyConnected2D`.
    """

    rank = None  # How many axes the window slides along: 1 or 2.

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        implementation=1,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.kernel_size = normalize_tuple(
            kernel_size, self.rank, "kernel_size"
        )
        self.strides = normalize_tuple(strides, self.rank, "strides")
        self.padding = normalize_padding(padding)
        self.data_format = normalize_data_format(data_format)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.implementation = implementation
        self.input_spec = InputSpec(ndim=self.rank + 2)
        self._is_first = self.data_format == "channels_first"
        self._check_arguments()

    def _check_arguments(self):
        name = type(self).__name__
        if self.implementation not in (1, 2, 3):
            raise ValueError(
                f"{name} has the implementations 1, 2 and 3. Received: "
                f"implementation={self.implementation}."
            )
        paddings = ("valid", "same") if self.implementation > 1 else ("valid",)
        if self.padding not in paddings:
            raise ValueError(
                f"{name} with implementation={self.implementation} has the "
                f"paddings {paddings}. Received: padding={self.padding!r}."
            )

    def build(self, input_shape):
        channels, lengths = self._split(tf.TensorShape(input_shape))
        if None in (channels, *lengths):
            raise ValueError(
                f"{type(self).__name__} needs to know all sizes but that of "
                f"the batch. Received: input_shape={tuple(input_shape)}."
            )
        self._lengths = tuple(lengths)
        self._places = tuple(self._output_lengths(lengths))
        self.input_spec = InputSpec(
            ndim=self.rank + 2, axes={1 if self._is_first else -1: channels}
        )
        self.kernel = self.add_weight(
            "kernel",
            shape=self._kernel_shape(channels),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=(*self._places, self.filters),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        super().build(input_shape)

    def _split(self, shape):
        """The channels of a shape, and its lengths in space."""
        _, *sizes = shape.as_list()
        if self._is_first:
            return sizes[0], sizes[1:]
        return sizes[-1], sizes[:-1]

    def _kernel_shape(self, channels):
        """The kernel's shape; notes which inputs reach which outputs."""
        if self.implementation == 1:
            window = math.prod(self.kernel_size) * channels
            return (math.prod(self._places), window, self.filters)
        connections = self._connections(channels)
        if self.implementation == 3:
            self._connected = np.argwhere(connections.T)
            return (len(self._connected),)
        self._connected = connections
        return (
            *self._joined(channels, self._lengths),
            *self._joined(self.filters, self._places),
        )

    def _joined(self, channels, lengths):
        """The sizes of an image, in the layer's data format."""
        return (channels, *lengths) if self._is_first else (*lengths, channels)

    def _connections(self, channels):
        """A matrix of booleans: input values by output values."""
        places = np.zeros((*self._lengths, *self._places), bool)
        for output, inputs in conv_connections(
            self._lengths, self.kernel_size, self.strides, self.padding
        ):
            for position in inputs:
                places[(*position, *output)] = True
        flat = places.reshape(math.prod(self._lengths), -1)
        full = np.ones((channels, self.filters), bool)
        pair = (full, flat) if self._is_first else (flat, full)
        return np.kron(*pair)

    def call(self, inputs):
        if self.implementation == 1:
            outputs = local_conv(
                inputs,
                self.kernel,
                self.kernel_size,
                self.strides,
                self._places,
                self.data_format,
            )
        else:
            outputs = self._multiply(inputs)
        if self.bias is not None:
            outputs = bias_add(outputs, self.bias, self.data_format)
        if self.activation is not activations.linear:
            outputs = self.activation(outputs)
        return outputs

    def _multiply(self, inputs):
        """The same as one product of matrices, dense or sparse."""
        shape = self._joined(self.filters, self._places)
        flat = tf.reshape(inputs, (-1, math.prod(inputs.shape[1:])))
        kernel = tf.convert_to_tensor(self.kernel)
        if self.implementation == 2:
            kernel = tf.reshape(kernel, self._connected.shape)
            kernel = kernel * tf.cast(self._connected, kernel.dtype)
            outputs = tf.matmul(flat, kernel)
        else:
            outputs = _sparse_product(
                flat, kernel, self._connected, math.prod(shape)
            )
        return tf.reshape(outputs, (-1, *shape))

    def _output_lengths(self, lengths):
        return [
            conv_output_length(length, window, self.padding, stride)
            for length, window, stride in zip(
                lengths, self.kernel_size, self.strides
            )
        ]

    def compute_output_shape(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        _, lengths = self._split(input_shape)
        sizes = self._joined(self.filters, self._output_lengths(lengths))
        return tf.TensorShape((input_shape[0], *sizes))


def _sparse_product(rows, values, places, size):
    """Multiplies rows by a matrix of these values at these places."""
    dtype = rows.dtype
    if dtype in (tf.float16, tf.bfloat16):  # TensorFlow has no such kernel.
        rows, values = tf.cast(rows, tf.float32), tf.cast(values, tf.float32)
    matrix = tf.SparseTensor(places, values, (size, rows.shape[1]))
    product = tf.sparse.sparse_dense_matmul(matrix, rows, adjoint_b=True)
    return tf.cast(tf.transpose(product), dtype)


class LocallyConnected1D(LocallyConnected):
    """Convolves series with other weights at each place.

    Args:
        filters: How many channels the output has.
        kernel_size: Length of the window.
        strides: How far the window moves at a time.
        padding: `"valid"`; also `"same"` with implementations 2 and 3.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias, one for each place and channel.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        implementation: How weights are kept. 1: one row a place, the
            leanest. 2: a full matrix, mostly masked, fast where the input is
            small. 3: a sparse matrix, for large inputs and few connections.
            They differ in the shape of the kernel.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`; only the batch may be unknown.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if a size is unknown.

    Example:

    >>> LocallyConnected1D(4, 3)(tf.ones((2, 8, 3))).shape
    TensorShape([2, 6, 4])
    """

    rank = 1

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        implementation=1,
        **kwargs,
    ):
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            implementation,
            **kwargs,
        )


class LocallyConnected2D(LocallyConnected):
    """Convolves images with other weights at each place.

    Args:
        filters: How many channels the output has.
        kernel_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time.
        padding: `"valid"`; also `"same"` with implementations 2 and 3.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias, one for each place and channel.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        implementation: How weights are kept. 1: one row a place, the
            leanest. 2: a full matrix, mostly masked, fast where the input is
            small. 3: a sparse matrix, for large inputs and few connections.
            They differ in the shape of the kernel.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`; only the batch may be unknown.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if a size is unknown.

    Example:

    >>> LocallyConnected2D(4, 3)(tf.ones((2, 8, 9, 3))).shape
    TensorShape([2, 6, 7, 4])
    """

    rank = 2

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        data_format=None,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        implementation=1,
        **kwargs,
    ):
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            implementation,
            **kwargs,
        )
