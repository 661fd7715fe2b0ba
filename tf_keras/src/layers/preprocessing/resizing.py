"""Resizing and CenterCrop: images of one size."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import nearest

INTERPOLATIONS = (
    "bilinear",
    "nearest",
    "bicubic",
    "area",
    "lanczos3",
    "lanczos5",
    "gaussian",
    "mitchellcubic",
)


class Resizing(Layer):
    """Resizes images.

    Args:
        height: Rows of the outputs.
        width: Columns of the outputs.
        interpolation: `"bilinear"`, `"nearest"`, `"bicubic"`, `"area"`,
            `"lanczos3"`, `"lanczos5"`, `"gaussian"` or `"mitchellcubic"`.
        crop_to_aspect_ratio: Whether to cut edges off first, so that nothing
            is distorted.
        **kwargs: `name`, `dtype`.

    Input shape:
        `(batch, rows, columns, channels)`, or without the batch; also ragged
        in rows and columns.

    Output shape:
        `(batch, height, width, channels)`.

    Raises:
        NotImplementedError: For an unknown interpolation.

    Example:

    >>> Resizing(2, 3)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 2, 3, 3])
    """

    def __init__(
        self,
        height,
        width,
        interpolation="bilinear",
        crop_to_aspect_ratio=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.height = height
        self.width = width
        self.interpolation = checked_interpolation(interpolation, self)
        self.crop_to_aspect_ratio = crop_to_aspect_ratio

    def call(self, inputs):
        dtype = self.compute_dtype
        if isinstance(inputs, tf.RaggedTensor):
            shape = (self.height, self.width, inputs.shape[-1])
            return tf.map_fn(
                lambda image: self._resized(image.to_tensor()),
                inputs,
                fn_output_signature=tf.TensorSpec(shape, dtype),
            )
        return self._resized(tf.convert_to_tensor(inputs))

    def _resized(self, images):
        if self.crop_to_aspect_ratio:
            images = cropped_to_ratio(images, self.height, self.width)
        return resize(
            images,
            (self.height, self.width),
            self.interpolation,
            self.compute_dtype,
        )

    def compute_output_shape(self, input_shape):
        """Returns the input's shape with the new height and width."""
        return resized_shape(input_shape, self.height, self.width)


class CenterCrop(Layer):
    """Cuts the middle out of images; smaller ones are resized.

    A resized image keeps its proportions: what is too much is cut off.

    Args:
        height: Rows of the outputs.
        width: Columns of the outputs.
        **kwargs: `name`, `dtype`.

    Input shape:
        `(batch, rows, columns, channels)`, or without the batch.

    Output shape:
        `(batch, height, width, channels)`.

    Example:

    >>> image = tf.reshape(tf.range(4.0), (2, 2, 1))
    >>> CenterCrop(1, 2)(image).numpy().ravel()
    array([0., 1.], dtype=float32)
    """

    def __init__(self, height, width, **kwargs):
        super().__init__(**kwargs)
        self.height = height
        self.width = width

    def call(self, inputs):
        images = tf.cast(inputs, self.compute_dtype)
        if images.shape.rank not in (3, 4):
            raise ValueError(
                "CenterCrop takes images of shape (batch, rows, columns, "
                "channels), or one without the batch. Received: shape "
                f"{images.shape}."
            )
        return crop_or_resize(images, self.height, self.width, _middle)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape with the new height and width."""
        return resized_shape(input_shape, self.height, self.width)


def _middle(images, height, width):
    rows, columns = sizes(images)
    top, left = (rows - height) // 2, (columns - width) // 2
    return images[..., top : top + height, left : left + width, :]


def crop_or_resize(images, height, width, crop):
    """Crops images that are large enough, and resizes others.

    Args:
        images: A tensor `(..., rows, columns, channels)`.
        height: Rows of the output.
        width: Columns of the output.
        crop: A function of the three that crops.
    """

    def shrink():
        images_of_ratio = cropped_to_ratio(images, height, width)
        return resize(
            images_of_ratio, (height, width), "bilinear", images.dtype
        )

    rows, columns = sizes(images)
    fits = (rows >= height) & (columns >= width)
    if isinstance(fits, bool):
        outputs = crop(images, height, width) if fits else shrink()
    else:
        outputs = tf.cond(fits, lambda: crop(images, height, width), shrink)
    outputs.set_shape(resized_shape(images.shape, height, width))
    return outputs


def sizes(images):
    """Returns rows and columns of images: integers where they are known."""
    known = images.shape[-3:-1]
    dynamic = tf.shape(images)
    return tuple(
        dynamic[axis] if size is None else size
        for axis, size in zip((-3, -2), known)
    )


def resize(images, size, interpolation, dtype):
    """Returns images of another size, computed in float32."""
    if interpolation != "nearest" or not images.dtype.is_floating:
        images = tf.cast(
            images, dtype if interpolation == "nearest" else tf.float32
        )
    return tf.cast(tf.image.resize(images, size, interpolation), dtype)


def cropped_to_ratio(images, height, width):
    """Cuts edges off, so that images have the proportions of a size."""
    rows, columns = sizes(images)
    kept_rows = _least(rows, columns * height // width)
    kept_columns = _least(columns, rows * width // height)
    return _middle(images, kept_rows, kept_columns)


def _least(one, other):
    if isinstance(one, int) and isinstance(other, int):
        return min(one, other)
    return tf.minimum(one, other)


def resized_shape(input_shape, height, width):
    """Returns a shape of images with another height and width."""
    shape = tf.TensorShape(input_shape)
    return tf.TensorShape([*shape[:-3], height, width, shape[-1]])


def checked_interpolation(name, layer):
    """Returns the name of an interpolation in lower case.

    Raises:
        NotImplementedError: If there is none of that name.
    """
    lower = str(name).lower()
    if lower not in INTERPOLATIONS:
        raise NotImplementedError(
            f"Unknown interpolation {name!r} of {type(layer).__name__}."
            f"{nearest(lower, INTERPOLATIONS)} Expected one of "
            f"{list(INTERPOLATIONS)}."
        )
    return lower
