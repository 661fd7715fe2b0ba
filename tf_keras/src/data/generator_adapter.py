"""Python generators and Sequences: batches that Python makes one by one.

Batches of one shape that come quickly are joined into blocks, so that several
steps run in one call; a slow one is handed over by itself.
"""

import time

import numpy as np
import tensorflow as tf

from tf_keras.src.data import array_leaves
from tf_keras.src.data.adapter import Adapter, draw_seed
from tf_keras.src.data.array_adapter import (
    CHUNK_BYTES,
    data_without_values,
)
from tf_keras.src.data.batch import pack_x_y_sample_weight
from tf_keras.src.data.blocks import Block
from tf_keras.src.data.enqueuer import read_in_order
from tf_keras.src.data.read_ahead import ReadAhead
from tf_keras.src.data.sequence import Sequence

# Joining ends after this time: what takes longer to make is better made while
# the steps before it run.
JOIN_SECONDS = 0.005


class _BatchAdapter(Adapter):
    """Joins batches of a Python iterator into blocks."""

    def __init__(self, weigh_classes):
        self._weigh_classes = weigh_classes

    def _take_from(self, batches, read_ahead=None):
        """A `take` function over an iterator of batches."""
        held = []  # At most one batch that did not fit to those before.

        def take(max_steps=1):
            if read_ahead is None or max_steps == 1:
                return take_block(max_steps)
            read_ahead.hold_back()
            try:
                return take_block(max_steps)
            finally:
                read_ahead.hold_back(False)

        def take_block(max_steps):
            deadline = time.perf_counter() + JOIN_SECONDS
            first = held.pop() if held else next_batch()
            if first is None:
                return None
            if isinstance(first, BaseException):
                raise first
            run = [first]
            max_steps = min(max_steps, max(1, CHUNK_BYTES // first.byte_count))
            while len(run) < max_steps and time.perf_counter() < deadline:
                batch = next_batch()
                if isinstance(batch, _Batch) and batch.joins(first):
                    run.append(batch)
                    continue
                if batch is not None:
                    held.append(batch)
                break
            return _join(run)

        def next_batch():
            try:
                return self._read_batch(next(batches))
            except StopIteration:
                return None
            # An error waits until the batches before it were used.
            except BaseException as error:
                return error

        return take

    def _read_batch(self, batch):
        data = array_leaves.to_leaves(batch, "x")
        if not isinstance(batch, (tuple, list)):
            data = (data,)
        if not 1 <= len(data) <= 3:
            raise ValueError(
                "A generator must yield `x`, `(x, y)` or "
                f"`(x, y, sample_weight)`. Received {len(data)} parts."
            )
        if self._weigh_classes:
            data = self._weigh_classes(*data)
        if len(data) == 1:
            data = pack_x_y_sample_weight(data[0])
        structure = data_without_values(data)
        if self.structure is None:
            self.structure = structure
        elif structure != self.structure:
            raise ValueError(
                "All batches must have the same structure. The first was "
                f"{_shown(self.structure)}, then came {_shown(structure)}."
            )
        return _Batch(
            [leaf for leaf in tf.nest.flatten(data) if leaf is not None]
        )


class _Batch:
    """The leaves of one batch."""

    def __init__(self, leaves):
        if not leaves:
            raise ValueError("A batch holds no arrays.")
        for leaf in leaves:
            if not len(leaf.shape):
                raise ValueError(
                    "Each array of a batch needs a batch axis. Received the "
                    f"scalar {leaf!r}."
                )
        self.leaves = leaves
        self.row_count = array_leaves.row_count(leaves[0])
        self.is_plain = all(type(leaf) is np.ndarray for leaf in leaves)
        self.byte_count = 1
        if self.is_plain:
            self.byte_count += sum(leaf.nbytes for leaf in leaves)
            self.shapes = [leaf.shape for leaf in leaves]

    def joins(self, other):
        """Whether both can lie in one block: arrays of equal shapes."""
        return self.is_plain and other.is_plain and self.shapes == other.shapes


def _join(run):
    columns = zip(*[batch.leaves for batch in run])
    tensors = [
        array_leaves.to_tensor(
            column[0] if len(column) == 1 else np.concatenate(column)
        )
        for column in columns
    ]
    return Block(tensors, None, 0, len(run), run[0].row_count)


def _shown(structure):
    return str(tf.nest.map_structure(lambda leaf: leaf and ".", structure))


class GeneratorAdapter(_BatchAdapter):
    """Reads a Python iterator of batches, from where it stands.

    Args:
        x: The iterator.
        workers: 0 to read in the calling thread; else a thread reads ahead.
        max_queue_size: How many batches may lie ready.
        weigh_classes: None, or a function from `(x, y, sample_weight)` to
            such a tuple.

    Raises:
        ValueError: If the iterator yields nothing.
    """

    continues = True

    def __init__(self, x, workers=1, max_queue_size=10, weigh_classes=None):
        super().__init__(weigh_classes)
        first = self._first_batch(x)
        # So that the structure is known, and checked, before training.
        self._read_batch(first)
        self._read_ahead = None
        if workers > 0:
            x = self._read_ahead = ReadAhead(x, max_queue_size, limit=0)
        self._has_first = True
        self._take = self._take_from(_chain(first, x), self._read_ahead)

    def _first_batch(self, x):
        try:
            return next(x)
        except StopIteration:
            raise ValueError(
                "Expected data that is not empty. The generator passed as `x` "
                "yielded nothing; it may have been used up before."
            ) from None

    @staticmethod
    def fits(x, y=None):
        return hasattr(x, "__next__") and hasattr(x, "__iter__")

    def expect(self, steps):
        # So that no more is read of the user's generator than is used. The
        # first batch is here already.
        if self._read_ahead is not None:
            self._read_ahead.allow(steps and max(0, steps - self._has_first))
        self._has_first = False

    def read_pass(self, index):
        return self._take

    def close(self):
        if self._read_ahead is not None:
            self._read_ahead.close()


def _chain(first, rest):
    yield first
    yield from rest


class SequenceAdapter(_BatchAdapter):
    """Reads a `Sequence`, each epoch from its beginning.

    Args:
        x: The `Sequence`.
        shuffle: Whether batches come in another order every epoch.
        workers: How many threads or processes read; 0 to read in the calling
            thread.
        use_multiprocessing: Whether the workers are processes.
        max_queue_size: How many batches may lie ready.
        weigh_classes: None, or a function from `(x, y, sample_weight)` to
            such a tuple.

    Raises:
        ValueError: If the sequence is empty.
    """

    def __init__(
        self,
        x,
        shuffle=False,
        workers=1,
        use_multiprocessing=False,
        max_queue_size=10,
        weigh_classes=None,
    ):
        super().__init__(weigh_classes)
        if not len(x):
            raise ValueError(
                "Expected data that is not empty. "
                f"len({type(x).__name__}) is 0."
            )
        self._sequence = x
        self._shuffle = shuffle
        self._workers = workers
        self._use_multiprocessing = use_multiprocessing
        self._max_queue_size = max_queue_size
        self._batches = self._read_ahead = None
        self.seed = draw_seed() if shuffle else None

    @staticmethod
    def fits(x, y=None):
        return isinstance(x, Sequence)

    @property
    def steps(self):
        return len(self._sequence)

    def read_pass(self, index):
        order = np.arange(len(self._sequence))
        if self._shuffle:
            np.random.default_rng([self.seed, index]).shuffle(order)
        batches = read_in_order(
            self._sequence,
            order.tolist(),
            self._workers,
            self._use_multiprocessing,
            self._max_queue_size,
        )
        self.close()
        self._batches = batches
        if self._workers > 0:
            self._read_ahead = ReadAhead(batches, self._max_queue_size)
        return self._take_from(self._read_ahead or batches, self._read_ahead)

    def on_epoch_end(self):
        self.close()
        self._sequence.on_epoch_end()

    def close(self):
        if self._read_ahead is not None:
            self._read_ahead.close()
            self._read_ahead = None
        if self._batches is not None:
            self._batches.close()  # Ends its pool of workers.
            self._batches = None
