"""The `axis` argument of normalisations."""

import numpy as np


def checked_axis(axis, layer):
    """Returns an integer, or a list of integers.

    Raises:
        TypeError: If `axis` is anything else.
    """
    if isinstance(axis, (int, np.integer)):
        return int(axis)
    if isinstance(axis, (list, tuple)):
        return list(axis)
    raise TypeError(
        f"{layer} takes an integer or a list of them as `axis`. Received: "
        f"axis={axis!r}."
    )


def positive_axes(axis, input_shape, layer, known=True):
    """Returns the axes as a list, counted from the front.

    Args:
        axis: An integer or a list of integers.
        input_shape: A `tf.TensorShape`.
        layer: The layer's name, for messages.
        known: Whether their sizes must be known.

    Raises:
        ValueError: If an axis is not there, there twice, or of unknown size.
    """
    rank = input_shape.rank
    if rank is None:
        raise ValueError(f"{layer} needs an input of known rank.")
    given = [axis] if isinstance(axis, int) else list(axis)
    axes = [i + rank if i < 0 else i for i in given]
    problem = None
    if not all(0 <= i < rank for i in axes):
        problem = f"has no such axis, its rank is {rank}"
    elif len(set(axes)) < len(axes):
        problem = "would be normalised along one axis twice"
    elif known and any(input_shape[i] is None for i in axes):
        problem = "must be known along it; set it in `Input(shape=...)`"
    if problem:
        raise ValueError(
            f"{layer} got axis={axis}, and the input {problem}. Received: "
            f"input_shape={tuple(input_shape)}."
        )
    return axes
