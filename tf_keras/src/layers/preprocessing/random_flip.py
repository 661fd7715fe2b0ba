"""RandomFlip: mirror images at random."""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest
from tf_keras.src.layers.preprocessing.image_augmentation import (
    RandomImageLayer,
)

_MODES = ("horizontal", "vertical", "horizontal_and_vertical")


class RandomFlip(RandomImageLayer):
    """Mirrors each image or not, with equal chances.

    Args:
        mode: `"horizontal"` for left and right, `"vertical"` for top and
            bottom, or `"horizontal_and_vertical"` for both, each by itself.
        seed: An integer for the same choices in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: For another mode.

    Example:

    >>> RandomFlip("vertical")(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(self, mode="horizontal_and_vertical", seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        if mode not in _MODES:
            raise ValueError(
                f"Unknown mode {mode!r} of RandomFlip."
                f"{nearest(str(mode), _MODES)} Expected one of {list(_MODES)}."
            )
        self.mode = mode

    def augment(self, images):
        for axis, name in ((2, "horizontal"), (1, "vertical")):
            if name in self.mode:
                flips = tf.reshape(self.uniform(images) < 0.5, (-1,))
                # `tf.where` takes longer: it broadcasts its condition.
                images = tf.raw_ops.Select(
                    condition=flips, x=tf.reverse(images, [axis]), y=images
                )
        return images
