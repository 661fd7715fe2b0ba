"""What a user calls an array, made into leaves that have rows.

A leaf is a NumPy array, a tensor (dense, ragged or sparse), or an object that
is read slice by slice because it may be larger than memory.
"""

import functools

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation import config
from tf_keras.src.foundation.tf_internals import tensor_of_array

_TENSORS = (tf.Tensor, tf.RaggedTensor, tf.SparseTensor)
_SCALARS = (int, float, str, bytes, complex, np.generic)


def to_leaves(value, argument):
    """Gives a nest of leaves: lists become tuples, lists of numbers arrays.

    Args:
        value: What the user passed.
        argument: Its name, for messages.

    Raises:
        ValueError: If a part of it is not an array.
    """
    if value is None or type(value) is np.ndarray:
        return value
    if isinstance(value, (list, tuple)):
        if _is_list_of_scalars(value):
            return np.array(value)
        parts = [to_leaves(part, argument) for part in value]
        if hasattr(value, "_fields"):  # A named tuple keeps its class.
            return type(value)(*parts)
        return tuple(parts)
    if isinstance(value, dict):
        return {key: to_leaves(part, argument) for key, part in value.items()}
    return _to_leaf(value, argument)


def _is_list_of_scalars(value):
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return isinstance(value, _SCALARS)


def _to_leaf(value, argument):
    if isinstance(value, (np.ndarray, *_TENSORS)):
        return value
    if isinstance(value, tf.Variable):
        return value.value()
    if hasattr(value, "iloc") and hasattr(value, "to_numpy"):  # pandas
        array = value.to_numpy()
        return array[:, None] if array.ndim == 1 else array
    if hasattr(value, "tocoo") and hasattr(value, "shape"):  # SciPy
        return _sparse_tensor(value.tocoo())
    if is_read_by_slices(value):
        return value
    raise ValueError(
        f"No data adapter can read `{argument}` of type {type(value)}. Pass "
        "arrays, tensors, lists or dicts of these, a tf.data.Dataset, a "
        "generator or a `tf_keras.utils.Sequence`."
    )


def _sparse_tensor(matrix):
    values = matrix.data
    if values.dtype.kind == "f":
        values = values.astype(config.floatx())
    indices = np.stack([matrix.row, matrix.col], 1).astype("int64")
    return tf.sparse.reorder(tf.SparseTensor(indices, values, matrix.shape))


def is_read_by_slices(leaf):
    """Whether a leaf may be larger than memory: a memmap, an h5py data set."""
    if isinstance(leaf, np.memmap):
        return True
    if isinstance(leaf, (np.ndarray, *_TENSORS)):
        return False
    return all(
        hasattr(leaf, name) for name in ("shape", "dtype", "__getitem__")
    )


def row_count(leaf):
    """How many rows a leaf has."""
    if isinstance(leaf, tf.RaggedTensor):
        return int(leaf.nrows())
    return int(leaf.shape[0])


def check_row_counts(x, y, weights):
    """Returns how many rows all arrays have.

    Args:
        x, y, weights: Nests of leaves.

    Raises:
        ValueError: If there are none, or their counts differ.
    """
    parts = [part for part in (x, y, weights) if part is not None]
    if all(type(part) is np.ndarray and part.ndim for part in parts):
        found = set(map(len, parts))
        if len(found) == 1 and x is not None and 0 not in found:
            return found.pop()
    named = {"x": x, "y": y, "sample_weight": weights}
    counts = {
        name: [
            _rows_of(leaf, name)
            for leaf in tf.nest.flatten(part)
            if leaf is not None
        ]
        for name, part in named.items()
    }
    if not counts["x"]:
        raise ValueError(
            f"There is no data: `x` holds no array. Received x={x!r}."
        )
    found = {count for part in counts.values() for count in part}
    if len(found) > 1:
        raise ValueError(
            "Data cardinality is ambiguous: all arrays must have the same "
            "number of rows. Received "
            + "; ".join(
                f"{name} with {', '.join(map(str, part))}"
                for name, part in counts.items()
                if part
            )
            + " rows."
        )
    (count,) = found
    if not count:
        raise ValueError(
            "Expected data that is not empty. Received arrays with 0 rows in "
            "`x`."
        )
    return count


def _rows_of(leaf, name):
    if not len(leaf.shape):
        raise ValueError(
            f"Each array of `{name}` needs a batch axis. Received a scalar: "
            f"{leaf!r}."
        )
    return row_count(leaf)


def row_bytes(leaf):
    """Bytes of one row of a dense leaf, once it is a tensor."""
    dtype = _tensor_dtype(leaf.dtype)
    return int(np.prod(leaf.shape[1:], dtype="int64")) * getattr(
        dtype, "size", np.dtype(dtype).itemsize
    )


def take_rows(leaf, chosen):
    """Reads some rows of a dense leaf; `chosen` is a slice or row numbers."""
    if isinstance(leaf, (np.ndarray, tf.Tensor)):
        if isinstance(leaf, tf.Tensor) and not isinstance(chosen, slice):
            return tf.gather(leaf, chosen)
        return leaf[chosen]
    if isinstance(chosen, slice):
        return np.asarray(leaf[chosen])
    # h5py reads increasing row numbers only.
    increasing = np.argsort(chosen, kind="stable")
    found = np.asarray(leaf[chosen[increasing]])
    places = np.empty_like(increasing)
    places[increasing] = np.arange(len(increasing))
    return found[places]


def to_tensor(leaf):
    """Makes a leaf a tensor; NumPy floats become `floatx`."""
    is_array = type(leaf) is np.ndarray
    if not is_array and isinstance(leaf, _TENSORS):
        return leaf
    dtype = _tensor_dtype(leaf.dtype)
    if dtype != leaf.dtype:
        leaf = leaf.astype(dtype)
    try:
        if is_array:
            return tensor_of_array(leaf)
        return tf.convert_to_tensor(leaf)
    except ValueError as error:
        raise ValueError(
            f"An array of dtype {leaf.dtype} and shape {leaf.shape} can't "
            "become a tensor. If it holds numbers, pass "
            '`array.astype("float32")`; rows of several lengths can be '
            f"`tf.ragged.constant(rows)`. TensorFlow says: {error}"
        ) from error


def _tensor_dtype(dtype):
    if getattr(dtype, "kind", "") != "f":
        return dtype
    return _float_dtype(config.floatx())


# Comparing a dtype to a name takes longer than to a dtype.
_float_dtype = functools.cache(np.dtype)
