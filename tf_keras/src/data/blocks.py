"""Blocks: runs of equally large batches that a graph reads by itself."""

import typing

import tensorflow as tf


class Block(typing.NamedTuple):
    """Several batches of one size, which lie in memory.

    Batch `i` is made of rows `first_row + i * batch_size` and the
    `batch_size - 1` that follow, of every tensor: of its rows as they lie, or
    in the order that `order` says. `rows` reads them.

    Attributes:
        tensors: Flat list of tensors, rows first; the adapter's `pack` gives
            them the structure of `(x, y, sample_weight)`.
        order: An int64 vector of row numbers, or None.
        first_row: Where the first batch begins.
        steps: How many batches there are.
        batch_size: Rows of each batch.
    """

    tensors: list
    order: tf.Tensor | None
    first_row: int
    steps: int
    batch_size: int


def rows(tensors, order, first_row, count):
    """Reads `count` rows of each tensor; works eagerly and inside a graph.

    Args:
        tensors: Flat list of dense, ragged or sparse tensors.
        order: An int64 vector of row numbers, or None.
        first_row: The first row, or its place in `order`; Python or tensor.
        count: How many rows. As a Python integer it makes shapes static.

    Returns:
        A flat list of tensors with `count` rows.
    """
    if order is None:
        return [_slice(tensor, first_row, count) for tensor in tensors]
    chosen = tf.slice(order, [first_row], [count])
    return [tf.gather(tensor, chosen) for tensor in tensors]


def rows_in_xla(tensors, order, first_row, count):
    """Reads rows as `rows` does, where XLA compiles.

    XLA compiles `tf.slice` anew for each place that it begins at, so rows are
    gathered.

    Args:
        tensors: Flat list of dense tensors.
        order: An int64 vector of row numbers, or None.
        first_row: The first row, or its place in `order`, a tensor.
        count: How many rows, a Python integer.
    """
    chosen = first_row + tf.range(count, dtype=tf.int64)
    if order is not None:
        chosen = tf.gather(order, chosen)
    return [tf.gather(tensor, chosen) for tensor in tensors]


def _slice(tensor, first_row, count):
    if isinstance(tensor, tf.RaggedTensor):
        return tensor[first_row : first_row + count]
    if isinstance(tensor, tf.SparseTensor):
        rest = tensor.dense_shape[1:]
        return tf.sparse.slice(
            tensor,
            tf.concat([[tf.cast(first_row, tf.int64)], 0 * rest], 0),
            tf.concat([[tf.cast(count, tf.int64)], rest], 0),
        )
    begin = [first_row] + [0] * (tensor.shape.rank - 1)
    rest = [-1] * (tensor.shape.rank - 1)
    return tf.slice(tensor, begin, [count] + rest)
