"""Projective transforms of images."""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest

_FILL_MODES = ("reflect", "wrap", "constant", "nearest")
_INTERPOLATIONS = ("bilinear", "nearest")


def transform(images, matrices, fill_mode, fill_value, interpolation):
    """Moves the pixels of each image as its matrix says.

    Args:
        images: `(batch, rows, columns, channels)`.
        matrices: `(batch, 8)`: for `[a0, a1, a2, b0, b1, b2, c0, c1]` the
            pixel at `(x, y)` comes from
            `((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)` with
            `k = c0 x + c1 y + 1`.
        fill_mode: `"reflect"`, `"wrap"`, `"constant"` or `"nearest"`.
        fill_value: What stands outside of the image, for `"constant"`.
        interpolation: `"bilinear"` or `"nearest"`.
    """
    outputs = tf.raw_ops.ImageProjectiveTransformV3(
        images=tf.cast(images, tf.float32),
        transforms=tf.cast(matrices, tf.float32),
        output_shape=tf.shape(images)[1:3],
        fill_value=tf.cast(fill_value, tf.float32),
        fill_mode=fill_mode.upper(),
        interpolation=interpolation.upper(),
    )
    return tf.cast(outputs, images.dtype)


def matrix(*entries):
    """Joins eight entries, numbers or tensors `(batch,)`, to matrices."""
    batch = next(entry for entry in entries if tf.is_tensor(entry))
    full = [
        entry if tf.is_tensor(entry) else tf.fill(tf.shape(batch), entry)
        for entry in (
            entry if tf.is_tensor(entry) else float(entry) for entry in entries
        )
    ]
    return tf.stack(full, axis=1)


def check_modes(fill_mode, interpolation, layer):
    """Raises NotImplementedError for an unknown mode or interpolation."""
    for argument, value, names in (
        ("fill_mode", fill_mode, _FILL_MODES),
        ("interpolation", interpolation, _INTERPOLATIONS),
    ):
        if value not in names:
            raise NotImplementedError(
                f"Unknown {argument} {value!r} of {type(layer).__name__}."
                f"{nearest(str(value), names)} Expected one of {list(names)}."
            )
