"""Cropping: cuts borders in one, two and three dimensions."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.reshaping.borders import border_pairs, space_axes


class Cropping(Layer):
    """What croppings of every rank share.

    Args as of `Cropping2D`.
    """

    rank = None  # How many axes are cut: 1, 2 or 3.

    def __init__(self, cropping, **kwargs):
        data_format = kwargs.pop("data_format", "channels_last")
        super().__init__(**kwargs)
        self.data_format = normalize_data_format(data_format)
        pairs = border_pairs(cropping, self.rank, "cropping")
        self.cropping = pairs if self.rank > 1 else pairs[0]
        self._pairs = pairs
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        self.compute_output_shape(inputs.shape)  # Refuses too small inputs.
        slices = [slice(None)] * (self.rank + 2)
        axes = space_axes(self.data_format, self.rank)
        for axis, (before, after) in zip(axes, self._pairs):
            slices[axis] = slice(before, -after if after else None)
        return inputs[tuple(slices)]

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        axes = space_axes(self.data_format, self.rank)
        for axis, pair in zip(axes, self._pairs):
            if sizes[axis] is None:
                continue
            if sizes[axis] <= sum(pair):
                raise ValueError(
                    f"{type(self).__name__} {self.name!r} would cut away all "
                    f"of axis {axis}. Received: cropping={self.cropping}, "
                    f"input_shape={tuple(input_shape)}."
                )
            sizes[axis] -= sum(pair)
        return tf.TensorShape(sizes)


class Cropping1D(Cropping):
    """Cuts borders from series.

    Args:
        cropping: How many steps at each end, or a pair: at the start and at
            the end.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, features)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `cropping` has another form; at a call, if nothing
            would be left.

    Example:

    >>> Cropping1D(1)(tf.ones((1, 6, 3))).shape
    TensorShape([1, 4, 3])
    """

    rank = 1

    def __init__(self, cropping=(1, 1), **kwargs):
        super().__init__(cropping, **kwargs)


class Cropping2D(Cropping):
    """Cuts borders from images.

    Args:
        cropping: How much at each end of both axes; or for each axis a
            number or a pair.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `cropping` has another form; at a call, if nothing
            would be left.

    Example:

    >>> Cropping2D(1)(tf.ones((1, 6, 7, 3))).shape
    TensorShape([1, 4, 5, 3])
    """

    rank = 2

    def __init__(self, cropping=((0, 0), (0, 0)), data_format=None, **kwargs):
        super().__init__(cropping, data_format=data_format, **kwargs)


class Cropping3D(Cropping):
    """Cuts borders from volumes.

    Args:
        cropping: How much at each end of the three axes; or for each axis a
            number or a pair.
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The same with new lengths.

    Raises:
        ValueError: If `cropping` has another form; at a call, if nothing
            would be left.

    Example:

    >>> Cropping3D(1)(tf.ones((1, 6, 7, 8, 3))).shape
    TensorShape([1, 4, 5, 6, 3])
    """

    rank = 3

    def __init__(
        self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs
    ):
        super().__init__(cropping, data_format=data_format, **kwargs)
