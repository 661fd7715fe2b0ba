"""Conv1DTranspose to Conv3DTranspose: convolutions run backwards."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import (
    deconv_output_length,
    normalize_tuple,
)
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.layers.convolutional.conv import Conv1D, Conv2D, Conv3D
from tf_keras.src.layers.convolutional.kernels import convolve_transposed


class Transposed:
    """What turns a convolution of any rank into a transposed one."""

    _paddings = ("valid", "same")

    def _keep_output_padding(self, output_padding):
        if output_padding is not None:
            output_padding = normalize_tuple(
                output_padding, self.rank, "output_padding", allow_zero=True
            )
            for stride, padding in zip(self.strides, output_padding):
                if padding >= stride:
                    raise ValueError(
                        f"{type(self).__name__} needs strides above the "
                        f"output padding. Received: strides={self.strides}, "
                        f"output_padding={output_padding}."
                    )
        self.output_padding = output_padding
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def build(self, input_shape):
        channels = self._build_input_spec(input_shape)
        self.input_spec = InputSpec(
            ndim=self.rank + 2, axes={self._channel_axis: channels}
        )
        self.kernel = self._add_kernel(
            (*self.kernel_size, self.filters, channels)
        )
        self._add_bias(self.filters)
        self.built = True

    def convolution_op(self, inputs, kernel):
        """Returns the transposed convolution, without bias and activation.

        Args:
            inputs: A tensor of rank `rank + 2`.
            kernel: The weights.
        """
        lengths = self._lengths_of(inputs.shape)
        if None in lengths:
            first = 1 if self._channel_axis == -1 else 2
            dynamic = tf.shape(inputs)[first : first + self.rank]
            lengths = [
                dynamic[i] if length is None else length
                for i, length in enumerate(lengths)
            ]
        outputs = convolve_transposed(
            inputs,
            kernel,
            self._output_lengths(lengths),
            self.strides,
            self.padding,
            self.data_format,
            self.dilation_rate,
        )
        if not tf.executing_eagerly():
            outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    def _output_lengths(self, lengths):
        paddings = self.output_padding or (None,) * self.rank
        return [
            deconv_output_length(
                length, window, self.padding, padding, stride, dilation
            )
            for length, window, padding, stride, dilation in zip(
                lengths,
                self.kernel_size,
                paddings,
                self.strides,
                self.dilation_rate,
            )
        ]


class Conv1DTranspose(Transposed, Conv1D):
    """Convolves series backwards: from a convolution's output to its input.

    The output is larger than the input by the strides; decoders and
    generators use it.

    Zeiler et al. 2010, Deconvolutional Networks,
    https://www.matthewzeiler.com/mattzeiler/deconvolutionalnetworks.pdf

    Args:
        filters: How many channels the output has.
        kernel_size: Length of the window.
        strides: How far the window moves at a time, in the output.
        padding: `"valid"` or `"same"`.
        output_padding: What to add to the shortest possible output, less than
            the strides; None for the length that a convolution with the same
            arguments would lead back from.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
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

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown.

    Example:

    >>> Conv1DTranspose(4, 3, strides=2)(tf.ones((2, 5, 3))).shape
    TensorShape([2, 11, 4])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        output_padding=None,
        data_format=None,
        dilation_rate=1,
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
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_output_padding(output_padding)


class Conv2DTranspose(Transposed, Conv2D):
    """Convolves images backwards: from a convolution's output to its input.

    The output is larger than the input by the strides; decoders and
    generators use it.

    Zeiler et al. 2010, Deconvolutional Networks,
    https://www.matthewzeiler.com/mattzeiler/deconvolutionalnetworks.pdf

    Args:
        filters: How many channels the output has.
        kernel_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time, in the output.
        padding: `"valid"` or `"same"`.
        output_padding: What to add to the shortest possible output, less than
            the strides; None for the length that a convolution with the same
            arguments would lead back from.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
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

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown.

    Example:

    >>> Conv2DTranspose(4, 3, strides=2)(tf.ones((2, 5, 6, 3))).shape
    TensorShape([2, 11, 13, 4])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        output_padding=None,
        data_format=None,
        dilation_rate=(1, 1),
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
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_output_padding(output_padding)


class Conv3DTranspose(Transposed, Conv3D):
    """Convolves volumes backwards: from a convolution's output to its input.

    The output is larger than the input by the strides; decoders and
    generators use it.

    Zeiler et al. 2010, Deconvolutional Networks,
    https://www.matthewzeiler.com/mattzeiler/deconvolutionalnetworks.pdf

    Args:
        filters: How many channels the output has.
        kernel_size: Three sizes of the window; one number for all.
        strides: How far the window moves at a time, in the output.
        padding: `"valid"` or `"same"`.
        output_padding: What to add to the shortest possible output, less than
            the strides; None for the length that a convolution with the same
            arguments would lead back from.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
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

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown.

    Example:

    >>> Conv3DTranspose(4, 3, strides=2)(tf.ones((2, 2, 5, 6, 3))).shape
    TensorShape([2, 5, 11, 13, 4])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1, 1),
        padding="valid",
        output_padding=None,
        data_format=None,
        dilation_rate=(1, 1, 1),
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
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_output_padding(output_padding)

    def get_config(self):
        config = super().get_config()
        # Published files hold no dilation in three dimensions.
        if max(self.dilation_rate) == 1:
            config.pop("dilation_rate")
        config["output_padding"] = self.output_padding
        return config
