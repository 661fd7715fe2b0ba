"""UpSampling: repeats or interpolates in one, two and three dimensions."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import (
    normalize_data_format,
    normalize_tuple,
)
from tf_keras.src.backend.convolution import (
    channels_to_first,
    channels_to_last,
)
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import nearest
from tf_keras.src.layers.reshaping.borders import space_axes

_METHODS = (
    "area",
    "bicubic",
    "bilinear",
    "gaussian",
    "lanczos3",
    "lanczos5",
    "mitchellcubic",
    "nearest",
)


class UpSampling(Layer):
    """What upsamplings of every rank share.

    Args as of `UpSampling3D`.
    """

    rank = None  # How many axes grow: 1, 2 or 3.

    def __init__(self, size, **kwargs):
        data_format = kwargs.pop("data_format", "channels_last")
        super().__init__(**kwargs)
        self.data_format = normalize_data_format(data_format)
        self._factors = normalize_tuple(size, self.rank, "size")
        self.size = self._factors if self.rank > 1 else self._factors[0]
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        axes = space_axes(self.data_format, self.rank)
        for axis, factor in zip(axes, self._factors):
            if factor > 1:
                inputs = tf.repeat(inputs, factor, axis=axis)
        return inputs

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        axes = space_axes(self.data_format, self.rank)
        for axis, factor in zip(axes, self._factors):
            if sizes[axis] is not None:
                sizes[axis] *= factor
        return tf.TensorShape(sizes)


class UpSampling1D(UpSampling):
    """Repeats each step of series.

    Args:
        size: How often.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, features)`.

    Output shape:
        `(batch, steps * size, features)`.

    Raises:
        ValueError: If `size` is no integer above 0.

    Example:

    >>> UpSampling1D(2)(tf.constant([[[1.0], [2.0]]]))[0, :, 0].numpy()
    array([1., 1., 2., 2.], dtype=float32)
    """

    rank = 1

    def __init__(self, size=2, **kwargs):
        super().__init__(int(size), **kwargs)


class UpSampling2D(UpSampling):
    """Enlarges images by whole factors.

    Args:
        size: The factor of rows and of columns, or one for both.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        interpolation: `"nearest"` repeats rows and columns; `"bilinear"`,
            `"bicubic"`, `"area"`, `"lanczos3"`, `"lanczos5"`, `"gaussian"`
            and `"mitchellcubic"` are those of `tf.image.resize`.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with larger rows and columns.

    Raises:
        ValueError: If `size` is no integer above 0 or two of them.
        NotImplementedError: For an unknown interpolation.

    Example:

    >>> UpSampling2D((2, 3))(tf.ones((1, 4, 5, 3))).shape
    TensorShape([1, 8, 15, 3])
    """

    rank = 2

    def __init__(
        self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs
    ):
        super().__init__(size, data_format=data_format, **kwargs)
        self.interpolation = str(interpolation).lower()
        if self.interpolation not in _METHODS:
            raise NotImplementedError(
                f"Unknown `interpolation` {interpolation!r} of UpSampling2D."
                f"{nearest(self.interpolation, _METHODS)} Expected one of "
                f"{_METHODS}."
            )

    def call(self, inputs):
        is_first = self.data_format == "channels_first"
        x = channels_to_last(inputs) if is_first else inputs
        rows, columns = self._factors
        lengths = x.shape[1:3]
        if None in lengths.as_list():
            lengths = tf.shape(x)[1:3]
            size = lengths * (rows, columns)
        else:
            size = (lengths[0] * rows, lengths[1] * columns)
        x = tf.image.resize(x, size, method=self.interpolation)
        x = tf.cast(x, inputs.dtype)
        x = channels_to_first(x) if is_first else x
        x.set_shape(self.compute_output_shape(inputs.shape))
        return x


class UpSampling3D(UpSampling):
    """Enlarges volumes by repeating along three axes.

    Args:
        size: Three factors, or one for all.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The same with larger lengths.

    Raises:
        ValueError: If `size` is no integer above 0 or three of them.

    Example:

    >>> UpSampling3D(2)(tf.ones((1, 2, 3, 4, 5))).shape
    TensorShape([1, 4, 6, 8, 5])
    """

    rank = 3

    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(size, data_format=data_format, **kwargs)
