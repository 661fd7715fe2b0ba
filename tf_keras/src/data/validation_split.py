"""Cuts the tail off arrays, to validate with."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data import array_leaves


def train_validation_split(arrays, validation_split):
    """Splits arrays into a first part to train and a last one to validate.

    Nothing is copied where slices are views.

    Args:
        arrays: Nest of arrays and tensors; None stays None.
        validation_split: Which fraction to validate with, in (0, 1).

    Returns:
        Two nests of the structure of `arrays`.

    Raises:
        ValueError: If the data can't be cut, or a part would be empty.
    """
    if not 0 < validation_split < 1:
        raise ValueError(
            "validation_split must lie between 0 and 1. Received "
            f"{validation_split}."
        )
    names = ("x", "y", "sample_weight")
    if isinstance(arrays, tuple):
        arrays = tuple(
            _to_leaves(part, names[min(place, 2)])
            for place, part in enumerate(arrays)
        )
    else:
        arrays = _to_leaves(arrays, "x")
    leaves = [leaf for leaf in tf.nest.flatten(arrays) if leaf is not None]
    if not leaves:
        raise ValueError("validation_split needs data, but there is none.")
    # The arrays' lengths are compared later; each is cut at the same place.
    row_count = array_leaves.row_count(leaves[0])
    split_at = int(row_count * (1 - validation_split))
    if split_at in (0, row_count):
        raise ValueError(
            f"validation_split={validation_split} of {row_count} rows leaves "
            f"{split_at} to train and {row_count - split_at} to validate. Use "
            "more data, or another validation_split."
        )
    return (
        _cut(arrays, slice(0, split_at)),
        _cut(arrays, slice(split_at, None)),
    )


def _to_leaves(part, name):
    kinds = (tf.data.Dataset,)
    if isinstance(part, kinds) or hasattr(part, "__next__"):
        raise ValueError(
            "validation_split works with arrays and tensors only. Received "
            f"{name} of type {type(part)}. Pass `validation_data` instead."
        )
    return array_leaves.to_leaves(part, name)


def _cut(arrays, rows):
    def cut(leaf):
        if leaf is None:
            return None
        if isinstance(leaf, tf.SparseTensor):
            start, stop, _ = rows.indices(int(leaf.shape[0]))
            begin = [start] + [0] * (leaf.shape.rank - 1)
            size = [stop - start, *leaf.shape[1:]]
            return tf.sparse.slice(leaf, begin, size)
        if array_leaves.is_read_by_slices(leaf) and not isinstance(
            leaf, np.ndarray
        ):
            return RowRange(leaf, rows)
        return leaf[rows]

    return tf.nest.map_structure(cut, arrays)


class RowRange:
    """Some rows of an array that is larger than memory, read when needed."""

    def __init__(self, array, rows):
        self._array = array
        self._start, stop, _ = rows.indices(len(array))
        self.shape = (stop - self._start, *array.shape[1:])
        self.dtype = array.dtype

    def __len__(self):
        return self.shape[0]

    def __getitem__(self, chosen):
        if isinstance(chosen, slice):
            start, stop, step = chosen.indices(len(self))
            return self._array[self._start + start : self._start + stop : step]
        return self._array[np.asarray(chosen) + self._start]
