"""RandomContrast and RandomBrightness."""

import tensorflow as tf

from tf_keras.src.layers.preprocessing.image_augmentation import (
    RandomImageLayer,
    limits,
)


class RandomContrast(RandomImageLayer):
    """Changes the contrast of images: how far pixels are from the mean.

    A pixel becomes `(pixel - mean) * factor + mean`, with the mean of its
    image and channel, cut off below 0 and above 255. One factor is drawn for
    a batch.

    Args:
        factor: A number `f`, for factors in `[1 - f, 1 + f]`, or a pair
            `(low, high)`, for factors in `[1 - low, 1 + high]`.
        seed: An integer for the same factors in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: If `factor` is out of range.

    Example:

    >>> RandomContrast(0.5)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(self, factor, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.factor = factor
        is_pair = isinstance(factor, (tuple, list))
        self.lower, self.upper = factor if is_pair else (factor, factor)
        if self.lower < 0 or self.upper < 0 or self.lower > 1:
            raise ValueError(
                "RandomContrast needs a `factor` that is no less than 0, and "
                f"no more than 1 below. Received: factor={factor}."
            )

    def augment(self, images):
        factor = tf.random.stateless_uniform(
            (),
            self._random_generator.make_seed_for_stateless_op(),
            1.0 - self.lower,
            1.0 + self.upper,
        )
        factor = tf.cast(factor, images.dtype)
        mean = tf.reduce_mean(images, axis=(1, 2), keepdims=True)
        return tf.clip_by_value((images - mean) * factor + mean, 0.0, 255.0)


class RandomBrightness(RandomImageLayer):
    """Makes each image brighter or darker.

    Args:
        factor: A number `f`, for changes in `[-f, f]`, or a pair; as shares
            of the range of values.
        value_range: The least and the largest value of a pixel.
        seed: An integer for the same changes in each run.
        **kwargs: `name`, `dtype`.

    Call arguments:
        As of `RandomImageLayer`.

    Raises:
        ValueError: If `factor` or `value_range` is out of range.

    Example:

    >>> RandomBrightness(0.2)(tf.ones((1, 4, 6, 3))).shape
    TensorShape([1, 4, 6, 3])
    """

    def __init__(self, factor, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        if isinstance(factor, (int, float)):
            factor = (-abs(factor), abs(factor))
        low, high = limits(sorted(factor), self, "factor", -1.0, 1.0)
        self.factor = [low, high]
        is_pair = isinstance(value_range, (list, tuple)) and (
            len(value_range) == 2
        )
        if not is_pair or value_range[0] >= value_range[1]:
            raise ValueError(
                "RandomBrightness needs a `value_range` of two numbers, the "
                f"lower first. Received: value_range={value_range}."
            )
        self.value_range = tuple(value_range)

    def augment(self, images):
        low, high = self.value_range
        change = self.uniform(images, *self.factor) * (high - low)
        return tf.clip_by_value(images + change, low, high)
