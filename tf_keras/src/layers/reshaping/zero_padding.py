"""ZeroPadding: adds borders of zeros in one, two and three dimensions."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.reshaping.borders import border_pairs, space_axes


class ZeroPadding(Layer):
    """What paddings of every rank share.

    Args as of `ZeroPadding2D`.
    """

    rank = None  # How many axes grow: 1, 2 or 3.

    def __init__(self, padding, **kwargs):
        data_format = kwargs.pop("data_format", "channels_last")
        super().__init__(**kwargs)
        self.data_format = normalize_data_format(data_format)
        pairs = border_pairs(padding, self.rank, "padding")
        self.padding = pairs if self.rank > 1 else pairs[0]
        axes = space_axes(self.data_format, self.rank)
        by_axis = dict(zip(axes, pairs))
        self._pairs = tuple(
            by_axis.get(axis, (0, 0)) for axis in range(self.rank + 2)
        )
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        return tf.pad(inputs, self._pairs)

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        return tf.TensorShape(
            [
                None if size is None else size + sum(pair)
                for size, pair in zip(sizes, self._pairs)
            ]
        )


class ZeroPadding1D(ZeroPadding):
    """Adds borders of zeros to series.

    Args:
        padding: How many steps at each end, or a pair: at the start and at
            the end.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, features)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `padding` has another form.

    Example:

    >>> ZeroPadding1D(1)(tf.ones((1, 6, 3))).shape
    TensorShape([1, 8, 3])
    """

    rank = 1

    def __init__(self, padding=1, **kwargs):
        super().__init__(padding, **kwargs)


class ZeroPadding2D(ZeroPadding):
    """Adds borders of zeros to images.

    Args:
        padding: How much at each end of both axes; or for each axis a
            number or a pair.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `padding` has another form.

    Example:

    >>> ZeroPadding2D(1)(tf.ones((1, 6, 7, 3))).shape
    TensorShape([1, 8, 9, 3])
    """

    rank = 2

    def __init__(self, padding=(1, 1), data_format=None, **kwargs):
        super().__init__(padding, data_format=data_format, **kwargs)


class ZeroPadding3D(ZeroPadding):
    """Adds borders of zeros to volumes.

    Args:
        padding: How much at each end of the three axes; or for each axis a
            number or a pair.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `padding` has another form.

    Example:

    >>> ZeroPadding3D(1)(tf.ones((1, 6, 7, 8, 3))).shape
    TensorShape([1, 8, 9, 10, 3])
    """

    rank = 3

    def __init__(self, padding=(1, 1, 1), data_format=None, **kwargs):
        super().__init__(padding, data_format=data_format, **kwargs)
