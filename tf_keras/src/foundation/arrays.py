"""Helpers for NumPy arrays: classes to rows, unit length, equal length."""

import numpy as np


def _classes(y, num_classes):
    """Integer classes without a last axis of 1, and how many there are."""
    y = np.asarray(y, dtype="int64")
    if y.ndim > 1 and y.shape[-1] == 1:
        y = y[..., 0]
    return y, num_classes or int(np.max(y)) + 1


def to_categorical(y, num_classes=None, dtype="float32"):
    """Turns integer classes into rows with a single one.

    Args:
        y: Integer classes from 0 on, of any shape. A last axis of length 1 is
            dropped.
        num_classes: Length of a row; the greatest class plus one by default.
        dtype: Type of the result.

    Returns:
        An array of the shape of `y` and a last axis of length `num_classes`.

    Raises:
        IndexError: If a class is negative, or not below `num_classes`.

    Example:

    >>> to_categorical([0, 2, 1])
    array([[1., 0., 0.],
           [0., 0., 1.],
           [0., 1., 0.]], dtype=float32)
    """
    y, num_classes = _classes(y, num_classes)
    if y.size and not 0 <= y.min() <= y.max() < num_classes:
        raise IndexError(
            f"`to_categorical` expected classes in [0, {num_classes}). "
            f"Received classes from {y.min()} to {y.max()}."
        )
    rows = np.zeros((y.size, num_classes), dtype=dtype)
    rows[np.arange(y.size), y.ravel()] = 1
    return rows.reshape((*y.shape, num_classes))


def to_ordinal(y, num_classes=None, dtype="float32"):
    """Turns integer classes into rows with as many ones as the class says.

    For ordinal regression: place `k` says whether the class is above `k`.

    Args:
        y: Integer classes from 0 on, of any shape. A last axis of length 1 is
            dropped.
        num_classes: Number of classes; the greatest plus one by default.
        dtype: Type of the result.

    Returns:
        An array of the shape of `y` and a last axis of length
        `num_classes - 1`.

    Example:

    >>> to_ordinal([0, 2, 1])
    array([[0., 0.],
           [1., 1.],
           [1., 0.]], dtype=float32)
    """
    y, num_classes = _classes(y, num_classes)
    return (np.arange(num_classes - 1) < y[..., None]).astype(dtype)


def normalize(x, axis=-1, order=2):
    """Scales an array to length 1 along an axis.

    Args:
        x: An array.
        axis: The axis of one vector.
        order: Order of the norm, such as 2 for the Euclidean one.

    Returns:
        An array of the same shape, of one vector a matrix with one row;
        vectors of zeros stay zeros.

    Example:

    >>> normalize([[3, 4]])
    array([[0.6, 0.8]])
    """
    norms = np.linalg.norm(x, order, axis, keepdims=True)
    return np.atleast_2d(x / np.where(norms == 0, 1, norms))


def pad_sequences(
    sequences,
    maxlen=None,
    dtype="int32",
    padding="pre",
    truncating="pre",
    value=0.0,
):
    """Brings sequences to one length.

    Args:
        sequences: A list of sequences; elements may be arrays of one shape.
        maxlen: The length; that of the longest by default.
        dtype: Type of the result; `object` for strings of any length.
        padding: Where to add to short sequences: `"pre"` before, `"post"`
            after.
        truncating: Where to cut long ones: `"pre"` at the start, `"post"` at
            the end.
        value: What to add.

    Returns:
        An array of shape `(len(sequences), maxlen, ...)`.

    Raises:
        ValueError: If something is no sequence, if elements have different
            shapes, or for another `padding` or `truncating`.

    Example:

    >>> pad_sequences([[1], [2, 3]])
    array([[0, 1],
           [2, 3]], dtype=int32)
    """
    _check_places(padding=padding, truncating=truncating)
    lengths = _lengths(sequences)
    maxlen = max(lengths, default=0) if maxlen is None else maxlen
    element_shape = next(
        (np.shape(s)[1:] for s, length in zip(sequences, lengths) if length), ()
    )
    if isinstance(value, str) and np.dtype(dtype).kind not in "OUS":
        raise ValueError(
            f"`value` {value!r} is a string and does not fit dtype={dtype}. "
            "Set `dtype=object` for strings of any length."
        )
    shape = (len(lengths), maxlen, *element_shape)
    result = np.full(shape, value, dtype=dtype)
    for place, sequence in enumerate(sequences):
        if not lengths[place] or not maxlen:
            continue
        kept = sequence[-maxlen:] if truncating == "pre" else sequence[:maxlen]
        kept = np.asarray(kept, dtype=dtype)
        if kept.shape[1:] != element_shape:
            raise ValueError(
                f"Sequence {place} has elements of shape {kept.shape[1:]}; "
                f"those before it have the shape {element_shape}."
            )
        row = result[place]
        if padding == "post":
            row[: len(kept)] = kept
        else:
            row[-len(kept) :] = kept
    return result


def _check_places(**places):
    for name, place in places.items():
        if place not in ("pre", "post"):
            raise ValueError(
                f"`{name}` must be 'pre' or 'post'. Received: {place!r}."
            )


def _lengths(sequences):
    if not hasattr(sequences, "__len__"):
        raise ValueError(
            "`sequences` must be a list of sequences. "
            f"Received: {sequences!r} of type {type(sequences).__name__}."
        )
    for place, sequence in enumerate(sequences):
        if not hasattr(sequence, "__len__"):
            raise ValueError(
                "`sequences` must be a list of sequences. "
                f"Element {place} is {sequence!r}, which has no length."
            )
    return [len(sequence) for sequence in sequences]
