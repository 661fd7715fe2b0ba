"""DepthwiseConv1D, DepthwiseConv2D: each channel by its own filters."""

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.layers.convolutional.conv import Conv
from tf_keras.src.layers.convolutional.kernels import convolve_depthwise

_NOT_IN_CONFIG = (
    "filters",
    "kernel_initializer",
    "kernel_regularizer",
    "kernel_constraint",
)


class DepthwiseConv(Conv):
    """What depthwise convolutions of every rank share.

    Args as of `DepthwiseConv2D`.
    """

    def _keep_depthwise(
        self, depth_multiplier, initializer, regularizer, constraint
    ):
        if int(depth_multiplier) < 1:
            raise ValueError(
                f"{type(self).__name__} needs a positive `depth_multiplier`. "
                f"Received: depth_multiplier={depth_multiplier}."
            )
        self.depth_multiplier = int(depth_multiplier)
        self.depthwise_initializer = initializers.get(initializer)
        self.depthwise_regularizer = regularizers.get(regularizer)
        self.depthwise_constraint = constraints.get(constraint)

    def build(self, input_shape):
        channels = self._build_input_spec(input_shape)
        self._output_lengths(self._lengths_of(input_shape))
        self.depthwise_kernel = self._add_depthwise_kernel(channels)
        self._add_bias(channels * self.depth_multiplier)
        self.built = True

    def _add_depthwise_kernel(self, channels):
        return self.add_weight(
            "depthwise_kernel",
            shape=(*self.kernel_size, channels, self.depth_multiplier),
            initializer=self.depthwise_initializer,
            regularizer=self.depthwise_regularizer,
            constraint=self.depthwise_constraint,
        )

    def _convolve(self, inputs):
        return convolve_depthwise(
            inputs,
            self.depthwise_kernel,
            self.strides,
            self.padding,
            self.data_format,
            self.dilation_rate,
        )

    def _output_channels(self, input_shape):
        channels = input_shape[self._channel_axis]
        return None if channels is None else channels * self.depth_multiplier

    def get_config(self):
        config = super().get_config()
        for key in _NOT_IN_CONFIG:
            config.pop(key)
        return config


class DepthwiseConv1D(DepthwiseConv):
    """Convolves each channel of series by its own filters; mixes none.

    Args:
        kernel_size: Length of the window.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides.
        depth_multiplier: How many output channels each channel has.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        depthwise_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        depthwise_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        The same with `channels * depth_multiplier` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or the input is smaller than the
            window.

    Example:

    >>> DepthwiseConv1D(3)(tf.ones((2, 8, 3))).shape
    TensorShape([2, 6, 3])
    """

    rank = 1

    def __init__(
        self,
        kernel_size,
        strides=1,
        padding="valid",
        depth_multiplier=1,
        data_format=None,
        dilation_rate=1,
        activation=None,
        use_bias=True,
        depthwise_initializer="glorot_uniform",
        bias_initializer="zeros",
        depthwise_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        depthwise_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        super().__init__(
            None,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_depthwise(
            depth_multiplier,
            depthwise_initializer,
            depthwise_regularizer,
            depthwise_constraint,
        )


class DepthwiseConv2D(DepthwiseConv):
    """Convolves each channel of images by its own filters; mixes none.

    Args:
        kernel_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides.
        depth_multiplier: How many output channels each channel has.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        depthwise_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        depthwise_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with `channels * depth_multiplier` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or the input is smaller than the
            window.

    Example:

    >>> DepthwiseConv2D(3)(tf.ones((2, 8, 9, 3))).shape
    TensorShape([2, 6, 7, 3])
    """

    rank = 2

    def __init__(
        self,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        depth_multiplier=1,
        data_format=None,
        dilation_rate=(1, 1),
        activation=None,
        use_bias=True,
        depthwise_initializer="glorot_uniform",
        bias_initializer="zeros",
        depthwise_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        depthwise_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        super().__init__(
            None,
            kernel_size,
            strides=strides,
            padding=padding,
            data_format=data_format,
            dilation_rate=dilation_rate,
            activation=activation,
            use_bias=use_bias,
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_depthwise(
            depth_multiplier,
            depthwise_initializer,
            depthwise_regularizer,
            depthwise_constraint,
        )
