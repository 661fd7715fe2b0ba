"""RandomImageLayer: what random image layers share."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer

_IMAGES = "images"
# The arguments of all of these layers, in the order of their configs.
_ORDER = (
    "mode",
    "factor",
    "height_factor",
    "width_factor",
    "height",
    "width",
    "value_range",
    "fill_mode",
    "fill_value",
    "interpolation",
    "seed",
)


class RandomImageLayer(BaseRandomLayer):
    """The base class of layers that change images at random, each its own way.

    A subclass writes `augment(images)`, for a batch. Outside of training
    images pass unchanged, or as `unaugmented(images)` returns them.

    Args:
        seed: An integer for the same numbers in each run.
        **kwargs: Arguments of `BaseRandomLayer`.

    Call arguments:
        inputs: Images `(batch, rows, columns, channels)`, or one without the
            batch; or a dict with them under `"images"`, whose other entries,
            such as `"labels"`, pass unchanged.
        training: Whether to change images; by default yes.

    Raises:
        ValueError: At a call, for other ranks, and for bounding boxes, which
            no layer here moves along.
    """

    def __init__(self, seed=None, **kwargs):
        kwargs.pop("force_generator", None)
        super().__init__(seed=seed, force_generator=True, **kwargs)
        self.seed = seed

    def call(self, inputs, training=True):
        if not isinstance(inputs, dict):
            return self._images(inputs, training)
        if "bounding_boxes" in inputs or _IMAGES not in inputs:
            raise ValueError(
                f"{type(self).__name__} takes a dict with 'images' and without"
                f" 'bounding_boxes'. Received: keys {list(inputs)}."
            )
        return {**inputs, _IMAGES: self._images(inputs[_IMAGES], training)}

    def _images(self, inputs, training):
        images = tf.cast(inputs, self.compute_dtype)
        rank = images.shape.rank
        if rank not in (3, 4):
            raise ValueError(
                f"{type(self).__name__} takes images of shape (batch, rows, "
                "columns, channels), or one without the batch. Received: "
                f"shape {images.shape}."
            )
        if rank == 3:
            images = tf.expand_dims(images, 0)
        outputs = in_train_phase(
            lambda: self.augment(images),
            lambda: self.unaugmented(images),
            training,
        )
        if isinstance(outputs, tf.Tensor):
            outputs.set_shape(self.compute_output_shape(images.shape))
        return tf.squeeze(outputs, 0) if rank == 3 else outputs

    def augment(self, images):
        """Changes a batch of images."""
        raise NotImplementedError

    def unaugmented(self, images):
        """Returns what a batch of images becomes outside of training."""
        return images

    def uniform(self, images, low=0.0, high=1.0):
        """Draws a number for each image, `(batch, 1, 1, 1)`."""
        shape = (tf.shape(images)[0], 1, 1, 1)
        # The same numbers whatever the images' dtype.
        draws = self._random_generator.random_uniform(
            shape, low, high, dtype=tf.float32
        )
        return tf.cast(draws, images.dtype)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape."""
        return tf.TensorShape(input_shape)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        own = {name: config.pop(name) for name in _ORDER if name in config}
        return {**config, **own}


def limits(factor, layer, name="factor", least=None, most=None):
    """Returns the least and largest value that a factor stands for.

    Args:
        factor: A number, for both directions, or a pair.
        layer: The layer, for messages.
        name: The argument's name.
        least: The least value allowed.
        most: The largest value allowed.

    Raises:
        ValueError: If they are out of order or out of range.
    """
    if isinstance(factor, (tuple, list)):
        low, high = factor
    else:
        low, high = -factor, factor
    if (
        low > high
        or (least is not None and low < least)
        or (most is not None and high > most)
    ):
        raise ValueError(
            f"{type(layer).__name__} needs a `{name}` that is a number no less"
            f" than 0 or a pair (low, high), in [{least}, {most}]. Received: "
            f"{name}={factor}."
        )
    return low, high
