"""Merge: what all layers share that make one tensor of several."""

import functools

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.core.symbolic_call import known_outputs


class Merge(Layer):
    """Combines a list of tensors of shapes that broadcast.

    Tensors of fewer axes get axes of size 1 behind the batch axis.

    Args:
        **kwargs: `name`, `dtype`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        shapes = checked_shapes(input_shape, type(self).__name__)
        _check_batch_sizes(shapes)
        _broadcast_shape(shapes)
        ranks = {shape.rank for shape in shapes}
        self._needs_alignment = len(ranks) > 1 or None in ranks
        super().build(input_shape)

    @known_outputs
    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"{type(self).__name__} takes a list of tensors. Received: "
                f"inputs={inputs}."
            )
        if self._needs_alignment:
            inputs = _align(inputs)
        return self._merge_function(inputs)

    def _merge_function(self, inputs):
        """Combines tensors of equal rank."""
        raise NotImplementedError

    def compute_output_shape(self, input_shape):
        shapes = checked_shapes(input_shape, type(self).__name__)
        if any(shape.rank is None for shape in shapes):
            return tf.TensorShape(None)
        batch_sizes = {shape[0] for shape in shapes if shape.rank} - {None}
        batch_size = batch_sizes.pop() if len(batch_sizes) == 1 else None
        return tf.TensorShape((batch_size, *_broadcast_shape(shapes)))

    def compute_mask(self, inputs, mask=None):
        masks = checked_masks(inputs, mask)
        if not masks:
            return None
        return functools.reduce(tf.logical_and, masks)


def checked_shapes(input_shape, layer, at_least=1):
    """Returns the shapes of a list of inputs.

    Raises:
        ValueError: If it is one shape, or if there are too few.
    """
    if (
        isinstance(input_shape, tf.TensorShape)
        or not isinstance(input_shape, (list, tuple))
        or not all(
            isinstance(shape, (list, tuple, tf.TensorShape))
            for shape in input_shape
        )
        or len(input_shape) < at_least
    ):
        raise ValueError(
            f"{layer} should be called on a list of {at_least} or more "
            f"tensors. Received: input_shape={input_shape}."
        )
    return [tf.TensorShape(shape) for shape in input_shape]


def _check_batch_sizes(shapes):
    sizes = {shape[0] for shape in shapes if shape.rank} - {None}
    if len(sizes) > 1:
        raise ValueError(
            "Tensors with different batch sizes can't be merged. Received "
            f"shapes: {[tuple(shape) for shape in shapes]}."
        )


def _broadcast_shape(shapes):
    """The sizes of the merged tensor, without the batch axis."""
    known = [shape[1:] for shape in shapes if shape.rank is not None]
    return functools.reduce(_broadcast_two, known) if known else ()


def _broadcast_two(first, second):
    first, second = list(first), list(second)
    longer, shorter = sorted((first, second), key=len, reverse=True)
    shorter = [1] * (len(longer) - len(shorter)) + shorter
    return tuple(
        _broadcast_size(a, b, first, second) for a, b in zip(longer, shorter)
    )


def _broadcast_size(a, b, first, second):
    if a == b or b == 1:
        return a
    if a == 1:
        return b
    if a is None or b is None:
        return None
    raise ValueError(
        "Tensors of these shapes, given without the batch axis, can't be "
        f"merged: {tuple(first)} and {tuple(second)}."
    )


def _align(inputs):
    """Gives all tensors one rank, by axes of size 1 behind the batch axis."""
    ranks = [x.shape.rank for x in inputs]
    if None in ranks:
        return _align_unknown(inputs)
    aligned = []
    for x, rank in zip(inputs, ranks):
        for _ in range(max(ranks) - rank):
            x = tf.expand_dims(x, 1)
        aligned.append(x)
    return aligned


def _align_unknown(inputs):
    ranks = [tf.rank(x) for x in inputs]
    full = functools.reduce(tf.maximum, ranks)
    return [
        tf.reshape(
            x,
            tf.concat(
                (
                    tf.shape(x)[:1],
                    tf.ones((full - rank,), tf.int32),
                    tf.shape(x)[1:],
                ),
                axis=0,
            ),
        )
        for x, rank in zip(inputs, ranks)
    ]


def checked_masks(inputs, mask):
    """Returns the masks that are not None, of a list of inputs.

    Raises:
        ValueError: If inputs and masks are no lists of one length.
    """
    if mask is None:
        return []
    if not isinstance(mask, (list, tuple)):
        raise ValueError(f"`mask` should be a list. Received: mask={mask}")
    if not isinstance(inputs, (list, tuple)):
        raise ValueError(
            f"`inputs` should be a list. Received: inputs={inputs}"
        )
    if len(mask) != len(inputs):
        raise ValueError(
            "The lists `inputs` and `mask` should have the same length. "
            f"Received: {len(inputs)} inputs and {len(mask)} masks."
        )
    return [one for one in mask if one is not None]
