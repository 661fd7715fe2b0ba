"""Max and average pooling in one, two and three dimensions."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import (
    conv_output_length,
    normalize_data_format,
    normalize_padding,
    normalize_tuple,
    tf_data_format,
)
from tf_keras.src.backend.convolution import (
    channels_to_first,
    channels_to_last,
    needs_channels_last,
)
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer

_KERNELS = {
    ("max", 2): tf.raw_ops.MaxPool,
    ("max", 3): tf.raw_ops.MaxPool3D,
    ("average", 2): tf.raw_ops.AvgPool,
    ("average", 3): tf.raw_ops.AvgPool3D,
}


def _lacks_kernel(volumes):
    """Whether TensorFlow pools volumes of this dtype on GPUs only, or not."""
    return needs_channels_last() and volumes.dtype in (tf.float16, tf.float64)


class Pooling(Layer):
    """What poolings of every rank share.

    Args as of `MaxPooling2D`.
    """

    rank = None  # How many axes the window slides along: 1, 2 or 3.
    mode = None  # "max" or "average".
    # The order of keys in configs.
    _config_keys = ("pool_size", "padding", "strides", "data_format")

    def __init__(self, pool_size, strides, padding, data_format, **kwargs):
        super().__init__(**kwargs)
        rank = self.rank
        self.pool_size = normalize_tuple(pool_size, rank, "pool_size")
        self.strides = normalize_tuple(
            self.pool_size if strides is None else strides, rank, "strides"
        )
        self.padding = normalize_padding(padding)
        if self.padding == "causal":
            raise ValueError(
                f"{type(self).__name__} has no causal padding. Use 'valid' or "
                "'same'."
            )
        self.data_format = normalize_data_format(data_format)
        self.input_spec = InputSpec(ndim=rank + 2)
        self._prepare()

    def _prepare(self):
        """Decides once what each call passes to the kernel."""
        is_first = self.data_format == "channels_first"
        self._turns = is_first and (self.rank == 1 or needs_channels_last())
        sizes, strides = self.pool_size, self.strides
        if self.rank == 1:  # A series is an image of one column.
            sizes, strides = (*sizes, 1), (*strides, 1)
        layout = "channels_last" if self._turns else self.data_format
        is_first = layout == "channels_first"
        self._full_size = (1, 1, *sizes) if is_first else (1, *sizes, 1)
        self._full_strides = (1, 1, *strides) if is_first else (1, *strides, 1)
        self._tf_data_format = tf_data_format(layout, len(sizes) + 2)

    def call(self, inputs):
        input_shape = inputs.shape
        if self._turns:
            inputs = channels_to_last(inputs)
        if self.rank == 1:
            inputs = tf.expand_dims(inputs, 2)
        if self.rank == 3 and _lacks_kernel(inputs):
            outputs = self._pool_plane_by_plane(inputs)
        else:
            outputs = self._run_kernel(
                inputs,
                max(self.rank, 2),
                self._full_size,
                self._full_strides,
                self._tf_data_format,
            )
        if self.rank == 1:
            outputs = tf.squeeze(outputs, 2)
        outputs = channels_to_first(outputs) if self._turns else outputs
        if self.rank == 3 and not tf.executing_eagerly():
            outputs.set_shape(self.compute_output_shape(input_shape))
        return outputs

    def _run_kernel(self, inputs, rank, size, strides, data_format):
        kernel = _KERNELS[self.mode, rank]
        name = "value" if kernel is tf.raw_ops.AvgPool else "input"
        return kernel(
            **{name: inputs},
            ksize=size,
            strides=strides,
            padding=self.padding.upper(),
            data_format=data_format,
        )

    def _pool_plane_by_plane(self, inputs):
        """Pools volumes as images, first the planes and then the depth."""
        size, stride = self.pool_size[0], self.strides[0]
        channels = inputs.shape[-1]
        outer = tf.shape(inputs)[:2]
        planes = self._run_kernel(
            tf.reshape(inputs, tf.concat(([-1], tf.shape(inputs)[2:]), 0)),
            2,
            (1, *self._full_size[2:]),
            (1, *self._full_strides[2:]),
            "NHWC",
        )
        plane = tf.shape(planes)[1:]
        lines = self._run_kernel(
            tf.reshape(planes, tf.concat((outer, [-1, channels]), 0)),
            2,
            (1, size, 1, 1),
            (1, stride, 1, 1),
            "NHWC",
        )
        shape = tf.concat((tf.shape(lines)[:2], plane), 0)
        return tf.reshape(lines, shape)

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        first = 2 if self.data_format == "channels_first" else 1
        for axis in range(self.rank):
            sizes[first + axis] = conv_output_length(
                sizes[first + axis],
                self.pool_size[axis],
                self.padding,
                self.strides[axis],
            )
        return tf.TensorShape(sizes)

    def get_config(self):
        config = super().get_config()
        for key in self._config_keys:
            config.pop(key, None)
            config[key] = getattr(self, key)
        return config


class MaxPooling1D(Pooling):
    """Takes the greatest value of each window of series.

    Args:
        pool_size: Length of the window.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride.
        data_format: `"channels_last"` or `"channels_first"`.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> MaxPooling1D()(tf.ones((2, 8, 3))).shape
    TensorShape([2, 4, 3])
    """

    rank = 1
    mode = "max"
    _config_keys = ("strides", "pool_size", "padding", "data_format")

    def __init__(
        self,
        pool_size=2,
        strides=None,
        padding="valid",
        data_format="channels_last",
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)


class MaxPooling2D(Pooling):
    """Takes the greatest value of each window of images.

    Args:
        pool_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> MaxPooling2D()(tf.ones((2, 8, 6, 3))).shape
    TensorShape([2, 4, 3, 3])
    """

    rank = 2
    mode = "max"

    def __init__(
        self,
        pool_size=(2, 2),
        strides=None,
        padding="valid",
        data_format=None,
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)


class MaxPooling3D(Pooling):
    """Takes the greatest value of each window of volumes.

    Args:
        pool_size: Three sizes of the window; one number for all.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> MaxPooling3D()(tf.ones((2, 4, 8, 6, 3))).shape
    TensorShape([2, 2, 4, 3, 3])
    """

    rank = 3
    mode = "max"

    def __init__(
        self,
        pool_size=(2, 2, 2),
        strides=None,
        padding="valid",
        data_format=None,
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)


class AveragePooling1D(Pooling):
    """Averages each window of series.

    Args:
        pool_size: Length of the window.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride, and only real
            inputs are averaged.
        data_format: `"channels_last"` or `"channels_first"`.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> AveragePooling1D()(tf.ones((2, 8, 3))).shape
    TensorShape([2, 4, 3])
    """

    rank = 1
    mode = "average"
    _config_keys = ("strides", "pool_size", "padding", "data_format")

    def __init__(
        self,
        pool_size=2,
        strides=None,
        padding="valid",
        data_format="channels_last",
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)


class AveragePooling2D(Pooling):
    """Averages each window of images.

    Args:
        pool_size: Height and width of the window; one number for both.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride, and only real
            inputs are averaged.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> AveragePooling2D()(tf.ones((2, 8, 6, 3))).shape
    TensorShape([2, 4, 3, 3])
    """

    rank = 2
    mode = "average"

    def __init__(
        self,
        pool_size=(2, 2),
        strides=None,
        padding="valid",
        data_format=None,
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)


class AveragePooling3D(Pooling):
    """Averages each window of volumes.

    Args:
        pool_size: Three sizes of the window; one number for all.
        strides: How far the window moves at a time; its size by default.
        padding: `"valid"`: windows lie inside of the input; `"same"`: there
            is a window for each stride, and only real
            inputs are averaged.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: For an argument that is out of range.

    Example:

    >>> AveragePooling3D()(tf.ones((2, 4, 8, 6, 3))).shape
    TensorShape([2, 2, 4, 3, 3])
    """

    rank = 3
    mode = "average"

    def __init__(
        self,
        pool_size=(2, 2, 2),
        strides=None,
        padding="valid",
        data_format=None,
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, data_format, **kwargs)
