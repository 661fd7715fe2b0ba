"""Arrays in memory, and arrays that are read slice by slice.

Neither goes through `tf.data`. What is small is made tensors once and read by
row numbers inside the graph; what is large is cut into chunks by NumPy, so
that a large array is never copied whole.
"""

import functools
import math

import numpy as np
import tensorflow as tf

from tf_keras.src.data import array_leaves
from tf_keras.src.data.adapter import Adapter, draw_seed
from tf_keras.src.data.batch import pack_x_y_sample_weight
from tf_keras.src.data.blocks import Block

# Arrays up to this size are copied into tensors whole.
RESIDENT_BYTES = 64 * 2**20
# Larger ones are read in chunks of about this size, at least one batch.
CHUNK_BYTES = 8 * 2**20


class ArrayAdapter(Adapter):
    """Reads any nest of arrays.

    Args:
        x, y, sample_weight: What the user passed to `fit`.
        batch_size: Rows of a batch; None for 32, or what `steps` asks for.
        steps: Steps of an epoch if the user gave them; only used to choose
            the batch size.
        shuffle: True, False, or "batch" to shuffle whole batches only.
        weigh_classes: None, or a function from `(x, y, sample_weight)` to
            such a tuple.

    Attributes:
        sample_count: Rows of every array.
        is_in_memory: Whether the whole data is held as `tensors`.
        has_sparse: Whether a leaf is a sparse tensor, whose rows can't be
            read by number: such data needs `make_dataset`.
    """

    continues = True

    def __init__(
        self,
        x,
        y=None,
        sample_weight=None,
        batch_size=None,
        steps=None,
        shuffle=False,
        weigh_classes=None,
    ):
        x = array_leaves.to_leaves(x, "x")
        y = array_leaves.to_leaves(y, "y")
        weights = array_leaves.to_leaves(sample_weight, "sample_weight")
        self.sample_count = array_leaves.check_row_counts(x, y, weights)
        weights = _fill_missing_weights(weights, self.sample_count)
        if not batch_size:
            if steps is not None and steps < 1:
                raise ValueError(
                    "Steps without end take a `batch_size`, or data that is "
                    f"batched. Received: steps={steps}."
                )
            batch_size = math.ceil(self.sample_count / steps) if steps else 32
        self.batch_size = batch_size
        self.steps = math.ceil(self.sample_count / batch_size)
        self.shuffle = shuffle
        self._data = (x, y, weights)
        self._weigh_classes = weigh_classes
        self._leaves = [
            leaf for leaf in tf.nest.flatten(self._data) if leaf is not None
        ]
        self.has_sparse = any(
            isinstance(leaf, tf.SparseTensor) for leaf in self._leaves
        )
        self.is_in_memory = self._fits_in_memory()
        self.seed = draw_seed() if shuffle else None

    @staticmethod
    def fits(x, y=None):
        """Arrays are what remains when no other adapter fits."""
        return True

    def _fits_in_memory(self):
        if any(map(array_leaves.is_read_by_slices, self._leaves)):
            return False
        arrays = [leaf for leaf in self._leaves if isinstance(leaf, np.ndarray)]
        # What is small stays so: no dtype grows to more than four times.
        if 4 * sum(array.nbytes for array in arrays) <= RESIDENT_BYTES:
            return True
        row_bytes = sum(map(array_leaves.row_bytes, arrays))
        return row_bytes * self.sample_count <= RESIDENT_BYTES

    @functools.cached_property
    def tensors(self):
        """The whole data as a flat list of tensors, made once."""
        return self._to_tensors(self._data)

    @functools.cached_property
    def structure(self):
        """The nest of a batch."""
        if self.is_in_memory:
            self.tensors  # Finding the tensors finds the structure.
        else:
            self._read_chunk(slice(0, 1))
        return self.structure

    def _to_tensors(self, data):
        if self._weigh_classes:
            data = self._weigh_classes(*data)
        data = pack_x_y_sample_weight(*data)
        leaves = tf.nest.flatten(data)
        # Set in place of the cached property.
        self.__dict__.setdefault("structure", data_without_values(data))
        return [
            array_leaves.to_tensor(leaf) for leaf in leaves if leaf is not None
        ]

    def _read_chunk(self, chosen):
        read = functools.partial(array_leaves.take_rows, chosen=chosen)
        data = [
            tf.nest.map_structure(
                lambda leaf: None if leaf is None else read(leaf), part
            )
            for part in self._data
        ]
        return self._to_tensors(data)

    def epoch_order(self, index):
        """The order of rows in pass number `index`: int64s, or None."""
        if not self.shuffle:
            return None
        random = np.random.default_rng([self.seed, index])
        if self.shuffle != "batch":
            return random.permutation(self.sample_count)
        order = np.arange(self.sample_count)
        whole = self.sample_count - self.sample_count % self.batch_size
        batches = order[:whole].reshape(-1, self.batch_size)
        random.shuffle(batches, axis=0)  # In place: a view of `order`.
        return order

    def read_pass(self, index):
        order = self.epoch_order(index)
        if self.is_in_memory:
            order = None if order is None else tf.constant(order)
            return _Reader(self, order, self.steps, self._block_in_memory).take
        bytes_of_row = sum(map(array_leaves.row_bytes, self._leaves))
        chunk = CHUNK_BYTES // max(1, bytes_of_row * self.batch_size)
        return _Reader(self, order, max(1, chunk), self._block_of_chunk).take

    def make_dataset(self, passes=1):
        """The same batches in the same order as a `tf.data.Dataset`.

        Args:
            passes: How often the data is read.
        """
        if self.has_sparse:
            dataset = self._sparse_dataset().repeat(passes)
        else:
            dataset = tf.data.Dataset.range(passes).flat_map(self._row_numbers)
            dataset = dataset.map(
                self._read_in_graph, num_parallel_calls=tf.data.AUTOTUNE
            )
        count = tf.data.experimental.assert_cardinality(passes * self.steps)
        options = tf.data.Options()
        options.experimental_distribute.auto_shard_policy = (
            tf.data.experimental.AutoShardPolicy.DATA
        )
        return (
            dataset.apply(count)
            .prefetch(tf.data.AUTOTUNE)
            .with_options(options)
        )

    def _sparse_dataset(self):
        dataset = tf.data.Dataset.from_tensor_slices(self.pack(self.tensors))
        if self.shuffle:
            dataset = dataset.shuffle(self.sample_count)
        return dataset.batch(self.batch_size)

    def _row_numbers(self, index):
        if not self.shuffle:
            numbers = tf.data.Dataset.range(self.sample_count)
        else:
            order = tf.numpy_function(self.epoch_order, [index], tf.int64)
            order = tf.ensure_shape(order, [self.sample_count])
            numbers = tf.data.Dataset.from_tensor_slices(order)
        return numbers.batch(self.batch_size)

    def _read_in_graph(self, chosen):
        if self.is_in_memory:
            return self.pack([tf.gather(t, chosen) for t in self.tensors])
        example = self._read_chunk(slice(0, 1))
        read = tf.numpy_function(
            lambda rows: [tensor.numpy() for tensor in self._read_chunk(rows)],
            [chosen],
            [tensor.dtype for tensor in example],
        )
        for tensor, known in zip(read, example):
            tensor.set_shape([None, *known.shape[1:]])
        return self.pack(read)

    def _block_in_memory(self, order, first_row, steps, batch_size):
        return Block(self.tensors, order, first_row, steps, batch_size)

    def _block_of_chunk(self, order, first_row, steps, batch_size):
        chosen = slice(first_row, first_row + steps * batch_size)
        if order is not None:
            chosen = order[chosen]
        return Block(self._read_chunk(chosen), None, 0, steps, batch_size)


class _Reader:
    """One pass over the arrays."""

    def __init__(self, adapter, order, max_steps, make_block):
        self._order = order
        self._row = 0
        self._row_count = adapter.sample_count
        self._batch_size = adapter.batch_size
        self._max_steps = max_steps
        self._make_block = make_block

    def take(self, max_steps=1):
        left = self._row_count - self._row
        if not left:
            return None
        steps = min(left // self._batch_size, max_steps, self._max_steps)
        # The last batch may be smaller, and is a block of its own.
        batch_size = self._batch_size if steps else left
        steps = steps or 1
        block = self._make_block(self._order, self._row, steps, batch_size)
        self._row += steps * batch_size
        return block


def data_without_values(data):
    """The same nest with True for each array, so that nothing is held."""
    return tf.nest.map_structure(
        lambda leaf: None if leaf is None else True, data
    )


def _fill_missing_weights(weights, sample_count):
    """An output without weights, beside one that has some, gets ones."""
    if weights is None:
        return None
    return tf.nest.map_structure(
        lambda leaf: np.ones(sample_count, "float32") if leaf is None else leaf,
        weights,
    )
