"""Conv1D, Conv2D, Conv3D: a window of weights slides over space."""

import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.backend.conv_geometry import (
    conv_output_length,
    normalize_data_format,
    normalize_padding,
    normalize_tuple,
    tf_data_format,
)
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs
from tf_keras.src.layers.convolutional.kernels import convolve


class Conv(Layer):
    """What convolutions of every rank share.

    Args as of `Conv2D`.
    """

    rank = None  # How many axes the window slides along: 1, 2 or 3.
    _paddings = ("valid", "same")

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        dilation_rate=1,
        groups=1,
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
        rank = self.rank
        self.filters = int(filters) if filters is not None else None
        self.kernel_size = normalize_tuple(kernel_size, rank, "kernel_size")
        self.strides = normalize_tuple(strides, rank, "strides")
        self.padding = normalize_padding(padding)
        self.data_format = normalize_data_format(data_format)
        self.dilation_rate = normalize_tuple(
            dilation_rate, rank, "dilation_rate"
        )
        self.groups = groups or 1
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self._check_arguments()
        self.input_spec = InputSpec(min_ndim=rank + 2)
        is_first = self.data_format == "channels_first"
        self._channel_axis = -1 - rank if is_first else -1
        self._tf_data_format = tf_data_format(self.data_format, rank + 2)

    def _check_arguments(self):
        name = type(self).__name__
        if self.filters is not None and self.filters <= 0:
            raise ValueError(
                f"{name} needs a positive number of `filters`. Received: "
                f"filters={self.filters}."
            )
        if self.groups < 1:
            raise ValueError(
                f"{name} needs a positive number of `groups`. Received: "
                f"groups={self.groups}."
            )
        if self.filters is not None and self.filters % self.groups:
            raise ValueError(
                f"{name} needs as many filters in each group. Received: "
                f"filters={self.filters}, groups={self.groups}."
            )
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                f"{name} can't have strides and dilation at once. Received: "
                f"strides={self.strides}, dilation_rate={self.dilation_rate}."
            )
        if self.padding not in self._paddings:
            raise ValueError(
                f"{name} has no padding {self.padding!r}. Use one of "
                f"{self._paddings}."
            )

    def build(self, input_shape):
        channels = self._build_input_spec(input_shape)
        if channels % self.groups:
            raise ValueError(
                f"{type(self).__name__} needs as many channels in each group."
                f" Received: groups={self.groups} and "
                f"input_shape={tuple(input_shape)}, of {channels} channels."
            )
        self.compute_output_shape(input_shape)  # Refuses too small inputs.
        self.kernel = self._add_kernel(
            (*self.kernel_size, channels // self.groups, self.filters)
        )
        self._add_bias(self.filters)
        super().build(input_shape)

    def _build_input_spec(self, input_shape):
        """Demands the number of channels of this shape, and returns it."""
        axis = self._channel_axis
        channels = known_size(input_shape, axis)
        self.input_spec = InputSpec(
            min_ndim=self.rank + 2, axes={axis: channels}
        )
        return channels

    def _add_kernel(self, shape):
        return self.add_weight(
            "kernel",
            shape=shape,
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )

    def _add_bias(self, channels):
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=(channels,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def convolution_op(self, inputs, kernel):
        """Returns the convolution, without bias and activation.

        Subclasses override it, to do something to the kernel first.

        Args:
            inputs: A tensor of rank `rank + 2`.
            kernel: The weights.
        """
        return convolve(
            inputs,
            kernel,
            self.strides,
            self.padding,
            self.data_format,
            self.dilation_rate,
            self.groups,
        )

    @known_outputs
    def call(self, inputs):
        if inputs.shape.rank != self.rank + 2:
            return self._call_on_more_axes(inputs)
        outputs = self._convolve(inputs)
        if self.bias is not None:
            outputs = tf.raw_ops.BiasAdd(
                value=outputs,
                bias=self.bias,
                data_format="NCHW" if self._channel_axis != -1 else "NHWC",
            )
        if self.activation is not activations.linear:
            outputs = self.activation(outputs)
        return outputs

    def _convolve(self, inputs):
        """The convolution by the layer's own weights."""
        return self.convolution_op(inputs, self.kernel)

    def _call_on_more_axes(self, inputs):
        """Takes all axes before space for one batch axis."""
        count = inputs.shape.rank - self.rank - 1
        inner = tf.concat(([-1], tf.shape(inputs)[count:]), 0)
        flat = tf.reshape(inputs, inner)
        flat.set_shape((None, *inputs.shape[count:]))
        outputs = self.call(flat)
        full = tf.concat((tf.shape(inputs)[:count], tf.shape(outputs)[1:]), 0)
        outputs = tf.reshape(outputs, full)
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def compute_output_shape(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        batch = input_shape[: input_shape.rank - self.rank - 1]
        lengths = self._output_lengths(self._lengths_of(input_shape))
        filters = self._output_channels(input_shape)
        if self._channel_axis == -1:
            return batch.concatenate((*lengths, filters))
        return batch.concatenate((filters, *lengths))

    def _output_channels(self, input_shape):
        return self.filters

    def _lengths_of(self, shape):
        """The sizes of the axes that the window slides along."""
        sizes = tf.TensorShape(shape).as_list()
        sizes = sizes[:-1] if self._channel_axis == -1 else sizes
        return sizes[-self.rank :]

    def _output_lengths(self, lengths):
        outputs = [
            conv_output_length(length, window, self.padding, stride, dilation)
            for length, window, stride, dilation in zip(
                lengths, self.kernel_size, self.strides, self.dilation_rate
            )
        ]
        if any(length is not None and length <= 0 for length in outputs):
            raise ValueError(
                f"The input of {type(self).__name__} {self.name!r} is smaller "
                f"than its window: the output would have sizes {outputs}. "
                f"Received: sizes {lengths}, kernel_size={self.kernel_size}, "
                f"dilation_rate={self.dilation_rate}. Use padding='same' or "
                "larger inputs."
            )
        return outputs


class Conv1D(Conv):
    """Convolves series: a window slides along time.

    A convolution mixes the channels of each window by one kernel; it is
    what mathematics calls a cross-correlation: the kernel is not flipped.

    Args:
        filters: How many channels the output has.
        kernel_size: Length of the window.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on both sides, so that
            an output of stride 1 is as long as the input; `"causal"`: zeros
            in front only, so that no output sees a later input.
        data_format: `"channels_last"` or `"channels_first"`. On a
            processor the latter is computed by way of the former.
        dilation_rate: Distance between neighbours in the window.
            Not with strides above 1.
        groups: In how many groups to split the channels; each makes
            `filters / groups` outputs of its own part of the inputs.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.
        More axes may stand in front.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or don't fit the groups, or if the
            input is smaller than the window.

    Example:

    >>> Conv1D(4, 3)(tf.ones((2, 8, 3))).shape
    TensorShape([2, 6, 4])
    """

    rank = 1
    _paddings = ("valid", "same", "causal")

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format="channels_last",
        dilation_rate=1,
        groups=1,
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
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            groups,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )


class Conv2D(Conv):
    """Convolves images: a window slides over rows and columns.

    A convolution mixes the channels of each window by one kernel; it is
    what mathematics calls a cross-correlation: the kernel is not flipped.

    Args:
        filters: How many channels the output has.
        kernel_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides, so that an
            output of stride 1 is as large as the input.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default. On a
            processor the latter is computed by way of the former.
        dilation_rate: Distances between neighbours in the window.
            Not with strides above 1.
        groups: In how many groups to split the channels; each makes
            `filters / groups` outputs of its own part of the inputs.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.
        More axes may stand in front.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or don't fit the groups, or if the
            input is smaller than the window.

    Example:

    >>> Conv2D(4, 3)(tf.ones((2, 8, 9, 3))).shape
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
        dilation_rate=(1, 1),
        groups=1,
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
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            groups,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )


class Conv3D(Conv):
    """Convolves volumes: a window slides over three axes.

    A convolution mixes the channels of each window by one kernel; it is
    what mathematics calls a cross-correlation: the kernel is not flipped.

    Args:
        filters: How many channels the output has.
        kernel_size: Three sizes of the window; one number for all.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides, so that an
            output of stride 1 is as large as the input.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default. On a
            processor the latter is computed by way of the former.
        dilation_rate: Distances between neighbours in the window.
            Not with strides above 1.
        groups: In how many groups to split the channels; each makes
            `filters / groups` outputs of its own part of the inputs.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.
        More axes may stand in front.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or don't fit the groups, or if the
            input is smaller than the window.

    Example:

    >>> Conv3D(4, 3)(tf.ones((2, 5, 8, 9, 3))).shape
    TensorShape([2, 3, 6, 7, 4])
    """

    rank = 3

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1, 1),
        padding="valid",
        data_format=None,
        dilation_rate=(1, 1, 1),
        groups=1,
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
        super().__init__(
            filters,
            kernel_size,
            strides,
            padding,
            data_format,
            dilation_rate,
            groups,
            activation,
            use_bias,
            kernel_initializer,
            bias_initializer,
            kernel_regularizer,
            bias_regularizer,
            activity_regularizer,
            kernel_constraint,
            bias_constraint,
            **kwargs,
        )
