"""Concatenate: joins tensors along an axis."""

import tensorflow as tf

from tf_keras.src.layers.merging.merge import (
    Merge,
    checked_masks,
    checked_shapes,
)


class Concatenate(Merge):
    """Joins a list of tensors along an axis.

    Args:
        axis: The axis; the shapes agree on all others.
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors of equal rank.

    Output shape:
        The inputs' shape, with the sum of sizes on the axis.

    Raises:
        ValueError: At the first call, if the shapes don't fit.

    Example:

    >>> Concatenate()([tf.ones((2, 3)), tf.ones((2, 5))]).shape
    TensorShape([2, 8])
    """

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, input_shape):
        shapes = checked_shapes(input_shape, "Concatenate")
        self._joined_shape(shapes)
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                "Concatenate takes a list of tensors. Received: "
                f"inputs={inputs}."
            )
        return tf.concat(inputs, axis=self.axis)

    def compute_output_shape(self, input_shape):
        return self._joined_shape(checked_shapes(input_shape, "Concatenate"))

    def _joined_shape(self, shapes):
        known = [shape for shape in shapes if shape.rank is not None]
        if not known:
            return tf.TensorShape(None)
        rank = known[0].rank
        if not -rank <= self.axis < rank:
            raise ValueError(
                f"Concatenate can't join along axis={self.axis} tensors of "
                f"rank {rank}. Received shapes: {_plain(shapes)}."
            )
        axis = self.axis % rank
        merged = tf.TensorShape([None] * rank)
        total = 0
        for shape in known:
            sizes = shape.as_list() if shape.rank == rank else None
            size = sizes[axis] if sizes else None
            if sizes:
                sizes[axis] = None
            if sizes is None or not merged.is_compatible_with(sizes):
                raise ValueError(
                    "Concatenate needs shapes that agree on all axes but "
                    f"axis={self.axis}. Received shapes: {_plain(shapes)}."
                )
            merged = merged.merge_with(sizes)
            total = None if None in (total, size) else total + size
        if len(known) < len(shapes):
            total = None
        return tf.TensorShape([*merged[:axis], total, *merged[axis + 1 :]])

    def compute_mask(self, inputs, mask=None):
        if not checked_masks(inputs, mask):
            return None
        # A tensor without a mask counts in full.
        has_all = all(one is not None for one in mask)
        masks = [
            _like_input(x, one, is_full=not has_all)
            for x, one in zip(inputs, mask)
        ]
        return tf.reduce_all(tf.concat(masks, axis=self.axis), axis=-1)


def _like_input(x, mask, is_full):
    """A mask with the input's rank, or with its shape if `is_full`."""
    if mask is None:
        return tf.ones_like(x, dtype=tf.bool)
    while mask.shape.rank < x.shape.rank:
        mask = tf.expand_dims(mask, -1)
    if is_full:
        return tf.logical_and(tf.ones_like(x, dtype=tf.bool), mask)
    return mask


def _plain(shapes):
    return [
        tuple(shape) if shape.rank is not None else None for shape in shapes
    ]


def concatenate(inputs, axis=-1, **kwargs):
    """Joins a list of tensors along an axis.

    Args:
        inputs: A list of tensors of equal rank.
        axis: The axis; the shapes agree on all others.
        **kwargs: Arguments of the layer `Concatenate`.
    """
    return Concatenate(axis=axis, **kwargs)(inputs)
