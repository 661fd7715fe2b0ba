"""What is cut from, or added to, the two ends of each axis of space."""

from tf_keras.src.backend.conv_geometry import normalize_tuple


def border_pairs(value, rank, name):
    """Returns `rank` pairs of integers: before and after, for each axis.

    Args:
        value: One number for all; or for each axis a number or a pair. In one
            dimension: a number or a pair.
        rank: How many axes there are.
        name: The argument's name, for messages.

    Raises:
        ValueError: If it is anything else.

    Example:

    >>> border_pairs((1, (2, 3)), 2, "padding")
    ((1, 1), (2, 3))
    """
    if rank == 1:
        value = (value,)
    elif isinstance(value, int):
        value = (value,) * rank
    if not isinstance(value, (list, tuple)) or len(value) != rank:
        raise ValueError(
            f"`{name}` must be an integer, or an integer or a pair of them "
            f"for each of {rank} axes. Received: {name}={value}."
        )
    return tuple(
        normalize_tuple(pair, 2, name, allow_zero=True) for pair in value
    )


def space_axes(data_format, rank):
    """Returns the axes of space of a tensor with a batch and a channel axis."""
    first = 2 if data_format == "channels_first" else 1
    return range(first, first + rank)
