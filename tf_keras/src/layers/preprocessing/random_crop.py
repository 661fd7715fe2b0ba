"""RandomCrop: a random window."""

import tensorflow as tf

from tf_keras.src.layers.preprocessing.image_augmentation import (
    RandomImageLayer,
)
from tf_keras.src.layers.preprocessing.resizing import (
    crop_or_resize,
    cropped_to_ratio,
    resize,
    resized_shape,
    sizes,
)


class RandomCrop(RandomImageLayer):
    """Cuts a window out of images, at one place for all of a batch.

    Outside of training, and for images that are too small, an image is
    resized instead, and what does not have its proportions is cut off.

    Args:
        height: Rows of the outputs.
        width: Columns of the outputs.
        seed: An integer for the same places in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Output shape:
        `(batch, height, width, channels)`.

    Example:

    >>> RandomCrop(2, 3)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 2, 3, 3])
    """

    def __init__(self, height, width, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.height = height
        self.width = width

    def augment(self, images):
        return crop_or_resize(images, self.height, self.width, self._crop)

    def _crop(self, images, height, width):
        rows, columns = sizes(images)
        draws = self._random_generator.random_uniform(
            (2,), 0, tf.int32.max, dtype=tf.int32
        )
        top = draws[0] % (rows - height + 1)
        left = draws[1] % (columns - width + 1)
        return images[:, top : top + height, left : left + width]

    def unaugmented(self, images):
        kept = cropped_to_ratio(images, self.height, self.width)
        size = (self.height, self.width)
        return resize(kept, size, "bilinear", images.dtype)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape with the new height and width."""
        return resized_shape(input_shape, self.height, self.width)
