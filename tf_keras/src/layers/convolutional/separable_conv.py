"""SeparableConv1D, SeparableConv2D: depthwise, then pointwise."""

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.layers.convolutional.conv import Conv
from tf_keras.src.layers.convolutional.kernels import (
    convolve,
    convolve_depthwise,
)


class SeparableConv(Conv):
    """What separable convolutions of every rank share.

    Args as of `SeparableConv2D`.
    """

    def _keep_parts(
        self, depth_multiplier, initializers_, regularizers_, constraints_
    ):
        """Keeps the multiplier, and pairs: depthwise and pointwise."""
        if int(depth_multiplier) < 1:
            raise ValueError(
                f"{type(self).__name__} needs a positive `depth_multiplier`. "
                f"Received: depth_multiplier={depth_multiplier}."
            )
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer, self.pointwise_initializer = map(
            initializers.get, initializers_
        )
        self.depthwise_regularizer, self.pointwise_regularizer = map(
            regularizers.get, regularizers_
        )
        self.depthwise_constraint, self.pointwise_constraint = map(
            constraints.get, constraints_
        )

    def build(self, input_shape):
        channels = self._build_input_spec(input_shape)
        self.compute_output_shape(input_shape)  # Refuses too small inputs.
        self.depthwise_kernel = self.add_weight(
            "depthwise_kernel",
            shape=(*self.kernel_size, channels, self.depth_multiplier),
            initializer=self.depthwise_initializer,
            regularizer=self.depthwise_regularizer,
            constraint=self.depthwise_constraint,
        )
        ones = (1,) * self.rank
        self.pointwise_kernel = self.add_weight(
            "pointwise_kernel",
            shape=(*ones, channels * self.depth_multiplier, self.filters),
            initializer=self.pointwise_initializer,
            regularizer=self.pointwise_regularizer,
            constraint=self.pointwise_constraint,
        )
        self._add_bias(self.filters)
        self.built = True

    def _convolve(self, inputs):
        ones = (1,) * self.rank
        layout = self.data_format
        spread = convolve_depthwise(
            inputs,
            self.depthwise_kernel,
            self.strides,
            self.padding,
            layout,
            self.dilation_rate,
        )
        return convolve(
            spread, self.pointwise_kernel, ones, "valid", layout, ones, 1
        )


class SeparableConv1D(SeparableConv):
    """Convolves each channel of series by its own filters, then mixes them.

    It has far fewer weights than a convolution of the same window.

    Chollet 2017, Xception: Deep Learning with Depthwise Separable
    Convolutions, https://arxiv.org/abs/1610.02357

    Args:
        filters: How many channels the output has.
        kernel_size: Length of the window.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides;
            `"causal"`: zeros in front only.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
        depth_multiplier: How many channels each channel has between the two
            steps.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        depthwise_initializer: First values of the first kernel.
        pointwise_initializer: First values of the second kernel.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the first kernel.
        pointwise_regularizer: Penalty on the second kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        depthwise_constraint: Projection of the first kernel after each
            update.
        pointwise_constraint: Projection of the second kernel after each
            update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or the input is smaller than the
            window.

    Example:

    >>> SeparableConv1D(4, 3)(tf.ones((2, 8, 3))).shape
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
        data_format=None,
        dilation_rate=1,
        depth_multiplier=1,
        activation=None,
        use_bias=True,
        depthwise_initializer="glorot_uniform",
        pointwise_initializer="glorot_uniform",
        bias_initializer="zeros",
        depthwise_regularizer=None,
        pointwise_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        depthwise_constraint=None,
        pointwise_constraint=None,
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
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_parts(
            depth_multiplier,
            (depthwise_initializer, pointwise_initializer),
            (depthwise_regularizer, pointwise_regularizer),
            (depthwise_constraint, pointwise_constraint),
        )


class SeparableConv2D(SeparableConv):
    """Convolves each channel of images by its own filters, then mixes them.

    It has far fewer weights than a convolution of the same window.

    Chollet 2017, Xception: Deep Learning with Depthwise Separable
    Convolutions, https://arxiv.org/abs/1610.02357

    Args:
        filters: How many channels the output has.
        kernel_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time.
        padding: `"valid"`: no padding; `"same"`: zeros on all sides.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        dilation_rate: Distances between neighbours in the window. Not with
            strides above 1.
        depth_multiplier: How many channels each channel has between the two
            steps.
        activation: What to apply to the outputs: a function, a name or None.
        use_bias: Whether to add a bias to each output channel.
        depthwise_initializer: First values of the first kernel.
        pointwise_initializer: First values of the second kernel.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the first kernel.
        pointwise_regularizer: Penalty on the second kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        depthwise_constraint: Projection of the first kernel after each
            update.
        pointwise_constraint: Projection of the second kernel after each
            update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with `filters` channels and new lengths.

    Raises:
        ValueError: For an argument that is out of range; at the first call,
            if the channels are unknown or the input is smaller than the
            window.

    Example:

    >>> SeparableConv2D(4, 3)(tf.ones((2, 8, 9, 3))).shape
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
        depth_multiplier=1,
        activation=None,
        use_bias=True,
        depthwise_initializer="glorot_uniform",
        pointwise_initializer="glorot_uniform",
        bias_initializer="zeros",
        depthwise_regularizer=None,
        pointwise_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        depthwise_constraint=None,
        pointwise_constraint=None,
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
            bias_initializer=bias_initializer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            bias_constraint=bias_constraint,
            **kwargs,
        )
        self._keep_parts(
            depth_multiplier,
            (depthwise_initializer, pointwise_initializer),
            (depthwise_regularizer, pointwise_regularizer),
            (depthwise_constraint, pointwise_constraint),
        )
