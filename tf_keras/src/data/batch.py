"""x, y and sample_weight: packed into one batch, and unpacked again."""


def pack_x_y_sample_weight(x, y=None, sample_weight=None):
    """Packs a batch the way `Model.train_step` receives it.

    Args:
        x: Inputs: a tensor or any nest of them.
        y: Targets, or None.
        sample_weight: Weights of the samples, or None. Kept only beside `y`.

    Returns:
        `x` itself, or `(x,)` if `x` is a tuple, when there are no targets;
        else `(x, y)` or `(x, y, sample_weight)`.

    Example:

    >>> pack_x_y_sample_weight(1, 2)
    (1, 2)
    """
    if y is None:
        return (x,) if isinstance(x, tuple) else x
    return (x, y) if sample_weight is None else (x, y, sample_weight)


def unpack_x_y_sample_weight(data):
    """Splits a batch into inputs, targets and sample weights.

    Args:
        data: `x`, `(x,)`, `(x, y)` or `(x, y, sample_weight)`.

    Returns:
        The tuple `(x, y, sample_weight)`; what is absent is None.

    Raises:
        ValueError: If `data` is a tuple of another length.

    Example:

    >>> unpack_x_y_sample_weight((1, 2))
    (1, 2, None)
    """
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    if not 1 <= len(data) <= 3:
        raise ValueError(
            "A batch must be `x`, `(x,)`, `(x, y)` or `(x, y, sample_weight)`. "
            f"Received a tuple of {len(data)}: {str(data)[:200]}. "
            "Put several inputs into one list: `([x1, x2], y)`."
        )
    return data + (None,) * (3 - len(data))
