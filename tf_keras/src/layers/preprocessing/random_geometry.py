"""Random translation, rotation, zoom, height and width."""

import math

import tensorflow as tf

from tf_keras.src.layers.preprocessing.image_augmentation import (
    RandomImageLayer,
    limits,
)
from tf_keras.src.layers.preprocessing.image_transform import (
    check_modes,
    matrix,
    transform,
)
from tf_keras.src.layers.preprocessing.resizing import (
    checked_interpolation,
    resize,
    sizes,
)


class _Moving(RandomImageLayer):
    """What layers share that move the pixels of an image."""

    def __init__(self, fill_mode, fill_value, interpolation, seed, **kwargs):
        super().__init__(seed=seed, **kwargs)
        check_modes(fill_mode, interpolation, self)
        self.fill_mode = fill_mode
        self.fill_value = fill_value
        self.interpolation = interpolation

    def augment(self, images):
        rows, columns = (tf.cast(size, tf.float32) for size in sizes(images))
        return transform(
            images,
            self._matrices(tf.shape(images)[0], rows, columns),
            self.fill_mode,
            self.fill_value,
            self.interpolation,
        )

    def _matrices(self, count, rows, columns):
        raise NotImplementedError

    def _draw(self, count, bounds):
        low, high = bounds
        return self._random_generator.random_uniform(
            (count,), low, high, dtype=tf.float32
        )


class RandomTranslation(_Moving):
    """Moves each image up or down, and left or right.

    Args:
        height_factor: A number `f`, for ways in `[-f, f]`, or a pair; as
            shares of the height, down being positive.
        width_factor: The same for the width, right being positive.
        fill_mode: What stands outside of the image: `"reflect"`, `"wrap"`,
            `"nearest"`, or `"constant"` for `fill_value`.
        interpolation: `"bilinear"` or `"nearest"`.
        seed: An integer for the same ways in each run.
        fill_value: A number.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: If a factor is out of range.
        NotImplementedError: For an unknown mode or interpolation.

    Example:

    >>> RandomTranslation(0.2, 0.2)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(
        self,
        height_factor,
        width_factor,
        fill_mode="reflect",
        interpolation="bilinear",
        seed=None,
        fill_value=0.0,
        **kwargs,
    ):
        super().__init__(fill_mode, fill_value, interpolation, seed, **kwargs)
        self.height_factor = height_factor
        self.width_factor = width_factor
        self._height = limits(height_factor, self, "height_factor", -1.0, 1.0)
        self._width = limits(width_factor, self, "width_factor", -1.0, 1.0)

    def _matrices(self, count, rows, columns):
        down = self._draw(count, self._height) * rows
        right = self._draw(count, self._width) * columns
        return matrix(1, 0, -right, 0, 1, -down, 0, 0)


class RandomRotation(_Moving):
    """Turns each image about its middle.

    Args:
        factor: A number `f`, for turns in `[-f, f]`, or a pair; as shares of a
            full turn, counter-clockwise being positive.
        fill_mode: As of `RandomTranslation`.
        interpolation: As of `RandomTranslation`.
        seed: An integer for the same turns in each run.
        fill_value: A number.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: If a factor is out of range.
        NotImplementedError: For an unknown mode or interpolation.

    Example:

    >>> RandomRotation(0.1)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(
        self,
        factor,
        fill_mode="reflect",
        interpolation="bilinear",
        seed=None,
        fill_value=0.0,
        **kwargs,
    ):
        super().__init__(fill_mode, fill_value, interpolation, seed, **kwargs)
        self.factor = factor
        self._turn = limits(factor, self)

    def _matrices(self, count, rows, columns):
        angle = self._draw(count, self._turn) * (2 * math.pi)
        sin, cos = tf.sin(angle), tf.cos(angle)
        x, y = (columns - 1) / 2, (rows - 1) / 2
        return matrix(
            cos,
            -sin,
            x - (cos * x - sin * y),
            sin,
            cos,
            y - (sin * x + cos * y),
            0,
            0,
        )


class RandomZoom(_Moving):
    """Zooms in or out of each image.

    Args:
        height_factor: A number `f`, for zooms in `[-f, f]`, or a pair; out
            being positive: at 0.2 a fifth more rows are seen.
        width_factor: The same for columns; by default the zoom of the height,
            which keeps proportions.
        fill_mode: As of `RandomTranslation`.
        interpolation: As of `RandomTranslation`.
        seed: An integer for the same zooms in each run.
        fill_value: A number.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: If a factor is out of range.
        NotImplementedError: For an unknown mode or interpolation.

    Example:

    >>> RandomZoom(0.2)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(
        self,
        height_factor,
        width_factor=None,
        fill_mode="reflect",
        interpolation="bilinear",
        seed=None,
        fill_value=0.0,
        **kwargs,
    ):
        super().__init__(fill_mode, fill_value, interpolation, seed, **kwargs)
        self.height_factor = height_factor
        self.width_factor = width_factor
        self._height = limits(height_factor, self, "height_factor", -1.0)
        self._width = None
        if width_factor is not None:
            self._width = limits(width_factor, self, "width_factor", -1.0)

    def _matrices(self, count, rows, columns):
        zoom_y = zoom_x = 1 + self._draw(count, self._height)
        if self._width is not None:
            zoom_x = 1 + self._draw(count, self._width)
        x, y = (columns - 1) / 2, (rows - 1) / 2
        return matrix(
            zoom_x, 0, x * (1 - zoom_x), 0, zoom_y, y * (1 - zoom_y), 0, 0
        )


class _Stretching(RandomImageLayer):
    """What layers share that change one size of a whole batch."""

    _axis = None

    def __init__(self, factor, interpolation, seed, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.factor = factor
        self._bounds = limits(factor, self, least=-1.0)
        self.interpolation = checked_interpolation(interpolation, self)

    def call(self, inputs, training=True):
        if training is not None and not tf.is_tensor(training) and not training:
            return inputs  # Integers stay integers.
        return super().call(inputs, training)

    def augment(self, images):
        low, high = self._bounds
        share = self._random_generator.random_uniform((), 1 + low, 1 + high)
        size = list(sizes(images))
        old = tf.cast(size[self._axis - 1], tf.float32)
        size[self._axis - 1] = tf.cast(share * old, tf.int32)
        return resize(images, tf.stack(size), self.interpolation, images.dtype)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape with one size unknown."""
        shape = tf.TensorShape(input_shape).as_list()
        shape[self._axis - 4] = None
        return tf.TensorShape(shape)


class RandomHeight(_Stretching):
    """Changes the height of a batch of images.

    Args:
        factor: A number `f`, for changes in `[-f, f]`, or a pair; as shares of
            the height.
        interpolation: As of `Resizing`.
        seed: An integer for the same changes in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Output shape:
        `(batch, new_rows, columns, channels)`.

    Raises:
        ValueError: If `factor` is out of range.
        NotImplementedError: For an unknown interpolation.

    Example:

    >>> RandomHeight((0.5, 0.5))(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 6, 6, 3])
    """

    _axis = 1

    def __init__(self, factor, interpolation="bilinear", seed=None, **kwargs):
        super().__init__(factor, interpolation, seed, **kwargs)


class RandomWidth(_Stretching):
    """Changes the width of a batch of images.

    Args:
        factor: A number `f`, for changes in `[-f, f]`, or a pair; as shares of
            the width.
        interpolation: As of `Resizing`.
        seed: An integer for the same changes in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Output shape:
        `(batch, rows, new_columns, channels)`.

    Raises:
        ValueError: If `factor` is out of range.
        NotImplementedError: For an unknown interpolation.

    Example:

    >>> RandomWidth((0.5, 0.5))(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 9, 3])
    """

    _axis = 2

    def __init__(self, factor, interpolation="bilinear", seed=None, **kwargs):
        super().__init__(factor, interpolation, seed, **kwargs)
