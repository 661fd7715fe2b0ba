"""Concatenate: joins tensors along an axis."""

import functools

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
        if isinstance(inputs[0], tf.SparseTensor):
            return tf.sparse.concat(self.axis, inputs)
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
        masks = checked_masks(inputs, mask)
        if not masks:
            return None
        rank = inputs[0].shape.rank
        depth = max(len(one.shape) for one in masks)
        masks = [_of_rank(depth, one, x) for x, one in zip(inputs, mask)]
        if self.axis % rank < depth:
            joined = tf.concat(masks, self.axis % rank)
        else:
            joined = functools.reduce(tf.logical_and, masks)
        return joined if depth < rank else tf.reduce_all(joined, -1)


def _of_rank(rank, mask, x):
    """A mask for the first axes of a tensor; without one it counts in full."""
    if mask is None:
        return tf.ones(tf.shape(x)[:rank], tf.bool)
    if len(mask.shape) == rank:
        return mask
    while len(mask.shape) < rank:
        mask = tf.expand_dims(mask, -1)
    return tf.broadcast_to(mask, tf.shape(x)[:rank])


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
