"""DataHandler: epochs and steps over whatever the user passed as data.

The contract with the training loop:

    with DataHandler(x, y, ..., epochs=3) as handler:
        for epoch, data in handler.enumerate_epochs():
            if handler.gives_blocks:
                # Arrays, generators, Sequences: `data` is a BlockEpoch.
                while (block := data.take(max_steps)) is not None:
                    # `block.steps` batches of `block.batch_size` rows each.
                    # In the graph, for step in range(block.steps):
                    #   first = block.first_row + step * block.batch_size
                    #   flat = blocks.rows(block.tensors, block.order,
                    #                      first, block.batch_size)
                    #   batch = handler.adapter.pack(flat)
                    # Or eagerly: batch = handler.adapter.batch(block, step)
                    ...
            else:
                # Data sets: `data` is an IteratorEpoch over data.iterator.
                while data.steps_left != 0 and not handler.insufficient_data:
                    # Read up to data.steps_left batches (None: unknown) with
                    # get_next_as_optional, then report what was read:
                    data.advance(steps_read, ended=whether_it_ended)
                    # A data set whose size was unknown ends like this; then
                    # data.steps_left is 0.

Both kinds of epoch are also plain Python iterators over single batches, which
count by themselves. `handler.inferred_steps` is None until the first epoch of
data of unknown size has ended. `handler.insufficient_data` is set, with a
warning, when data ends before `steps_per_epoch` is reached; no further epoch
follows. A block never crosses an epoch's end, is never empty, and all its
batches have one size: the last partial batch is a block of its own. Whether
`order` is None is the same for all blocks of one handler.

`handler.adapter.structure` (for `pack`) is known at once, but for a Sequence
only when its first block was taken.
"""

import sys

import tensorflow as tf

from tf_keras.src.data.array_adapter import ArrayAdapter
from tf_keras.src.data.block_dataset import BlockDatasetAdapter
from tf_keras.src.data.class_weights import ClassWeights
from tf_keras.src.data.dataset_adapter import DatasetAdapter
from tf_keras.src.data.dataset_creator import DatasetCreatorAdapter
from tf_keras.src.data.epochs import BlockEpoch, IteratorEpoch
from tf_keras.src.data.generator_adapter import (
    GeneratorAdapter,
    SequenceAdapter,
)
from tf_keras.src.foundation.messages import warn

# The first that fits reads the data.
_ADAPTERS = [
    DatasetAdapter,
    DatasetCreatorAdapter,
    SequenceAdapter,
    GeneratorAdapter,
    ArrayAdapter,
]


class DataHandler:
    """Gives epochs of data to the training loop; see the file's docstring.

    Args:
        x, y, sample_weight: The data, as passed to `fit`.
        batch_size: Rows of a batch of arrays; None for 32.
        steps_per_epoch: Steps of an epoch; None for one pass over the data,
            -1 to go on for ever.
        initial_epoch: Number of the first epoch.
        epochs: Number of the epoch before which to stop.
        shuffle: True, False or "batch".
        class_weight: Weights of classes, see `ClassWeights`.
        max_queue_size: How many batches are read ahead of a generator.
        workers: How many workers read a Sequence.
        use_multiprocessing: Whether these are processes.
        model: The model, asked for its `output_names`.
        steps_per_execution: Kept for whoever asks.
        distribute: Whether the current strategy splits the batches.
        pss_evaluation_shards: Kept for evaluation under a parameter server.
        arrays_as_dataset: Whether arrays, and all other data, come as
            `tf.data` iterators, for functions that take an iterator.

    Raises:
        ValueError, TypeError: If arguments are wrong or don't fit together.

    Attributes:
        adapter: The adapter that reads the data.
        gives_blocks: Whether epochs are read in blocks.
        inferred_steps: Steps of an epoch, None while unknown.
        insufficient_data: Whether the data ended too early.
        has_read: Whether there was a batch before this pass.
    """

    def __init__(
        self,
        x,
        y=None,
        sample_weight=None,
        batch_size=None,
        steps_per_epoch=None,
        initial_epoch=0,
        epochs=1,
        shuffle=False,
        class_weight=None,
        max_queue_size=10,
        workers=1,
        use_multiprocessing=False,
        model=None,
        steps_per_execution=None,
        distribute=True,
        pss_evaluation_shards=0,
        arrays_as_dataset=False,
    ):
        _check_count("batch_size", batch_size)
        if steps_per_epoch != -1:
            _check_count("steps_per_epoch", steps_per_epoch)
        if shuffle not in (True, False, "batch", None):
            raise ValueError(
                f'shuffle must be True, False or "batch". Received {shuffle!r}.'
            )
        self.initial_epoch = initial_epoch
        self.epochs = epochs
        self.steps_per_execution = steps_per_execution
        self.insufficient_data = False
        self.has_read = False
        self._first_epoch = initial_epoch
        self._first_step = 0
        self._steps_given = steps_per_epoch
        weigh = None
        if class_weight is not None:
            names = getattr(model, "output_names", None)
            weigh = ClassWeights(class_weight, names)
        self._arrays = None
        kind = next(kind for kind in _ADAPTERS if kind.fits(x, y))
        if kind is ArrayAdapter:
            self.adapter = self._read_arrays(
                ArrayAdapter(
                    x,
                    y,
                    sample_weight,
                    batch_size,
                    steps_per_epoch,
                    shuffle,
                    weigh,
                ),
                distribute,
                arrays_as_dataset,
            )
        else:
            _refuse_beside(x, "y", y)
            _refuse_beside(x, "sample_weight", sample_weight)
            self.adapter = _read_other(
                kind,
                x,
                weigh,
                steps=steps_per_epoch,
                shuffle=bool(shuffle),
                workers=workers,
                use_multiprocessing=use_multiprocessing,
                max_queue_size=max_queue_size,
                distribute=distribute,
            )
        is_split = distribute and tf.distribute.has_strategy()
        if self.adapter.gives_blocks and (is_split or arrays_as_dataset):
            self.adapter = BlockDatasetAdapter(self.adapter, distribute)
        self.gives_blocks = self.adapter.gives_blocks
        self.inferred_steps = self.adapter.steps
        if steps_per_epoch is not None:
            self.inferred_steps = steps_per_epoch
        if steps_per_epoch == -1:
            self.inferred_steps = sys.maxsize

    def _read_arrays(self, adapter, distribute, arrays_as_dataset):
        is_split = distribute and tf.distribute.has_strategy()
        if not (is_split or arrays_as_dataset or adapter.has_sparse):
            return adapter
        self._arrays = adapter
        passes = max(1, self.epochs - self.initial_epoch)
        dataset = adapter.make_dataset(passes)
        found = DatasetAdapter(dataset, adapter.steps, None, distribute)
        found.steps = adapter.steps
        found.batch_size = adapter.batch_size
        found.continues = True
        return found

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends threads and processes that read the data."""
        self.adapter.close()

    @property
    def seed(self):
        """What the order of the data follows from; None if unshuffled."""
        return (self._arrays or self.adapter).seed

    @seed.setter
    def seed(self, seed):
        if seed is not None:
            (self._arrays or self.adapter).seed = seed

    def resume_at(self, epoch, step=0):
        """Makes the run begin at a step of an epoch, as if never stopped.

        Args:
            epoch: Number of the epoch.
            step: How many of its steps are done already.
        """
        if self.inferred_steps is not None and step >= self.inferred_steps:
            epoch, step = epoch + 1, 0  # Only its end was missing.
        self._first_epoch, self._first_step = epoch, step

    def enumerate_epochs(self):
        """Yields `(epoch, data)` for each epoch; see the file's docstring."""
        self.insufficient_data = False
        self.adapter.expect(self._steps_to_come())
        make_epoch = self._continued() if self.adapter.continues else self._anew
        skipped = self._first_step
        for epoch in range(self._first_epoch, self.epochs):
            data = make_epoch(epoch)
            if skipped:
                data.skip(skipped)
                skipped = 0
            yield epoch, data
            self.has_read = self.has_read or data.done > 0
            self.adapter.on_epoch_end()
            if self.insufficient_data:
                break

    def _steps_to_come(self):
        if self.inferred_steps is None:
            return None
        epoch_count = self.epochs - self._first_epoch
        return self.inferred_steps * epoch_count - self._first_step

    def _anew(self, epoch):
        """An epoch that starts a new pass over the data."""
        if self.gives_blocks:
            take = self.adapter.read_pass(epoch)
            return BlockEpoch(self, self.inferred_steps, take)
        iterator = self.adapter.make_iterator(epoch)
        return IteratorEpoch(self, self.inferred_steps, iterator)

    def _continued(self):
        """Makes epochs that read on where the one before stopped."""
        done_epochs = self._first_epoch - self.initial_epoch
        skipped = done_epochs * (self.inferred_steps or 0)
        if self.gives_blocks:
            kind, source = BlockEpoch, self._passes(skipped)
        else:
            kind, source = IteratorEpoch, self.adapter.make_iterator()
            kind(self, skipped, source).skip(skipped)
        return lambda epoch: kind(self, self.inferred_steps, source)

    def _passes(self, skipped):
        """A `take` function that goes from pass to pass."""
        adapter, end = self.adapter, max(self.epochs, self.initial_epoch + 1)
        skipped_passes, skipped = divmod(skipped, adapter.steps or sys.maxsize)
        index = self.initial_epoch + skipped_passes
        take_in_pass = adapter.read_pass(index)

        def take(max_steps):
            nonlocal index, take_in_pass
            block = take_in_pass(max_steps)
            if block is None and adapter.steps and index + 1 < end:
                index += 1
                take_in_pass = adapter.read_pass(index)
                block = take_in_pass(max_steps)
            return block

        BlockEpoch(self, skipped, take).skip(skipped)
        return take

    def data_ended(self, epoch):
        """Called by an epoch whose data ended before its steps did."""
        if self.inferred_steps is None and epoch.done:
            self.inferred_steps = epoch.steps = epoch.done
            return
        self.insufficient_data = True
        if not (epoch.done or self.has_read):
            return  # No batch at all, of which the loop tells.
        needed = self.inferred_steps or 1
        warn(
            "Your input ran out of data; training stops here. Make sure that "
            "it gives `steps_per_epoch * epochs` batches (here "
            f"{needed * (self.epochs - self.initial_epoch)}), for example "
            "with `repeat()` on a data set."
        )


def get_data_handler(*args, **kwargs):
    """Returns what reads data for a training loop of one's own.

    Args:
        *args: The data and more; see `DataHandler`.
        **kwargs: The same by name.
    """
    return DataHandler(*args, **kwargs)


def _check_count(name, value):
    if value is None:
        return
    is_number = hasattr(value, "__int__") and not isinstance(value, bool)
    if not is_number or int(value) != value:
        raise TypeError(f"{name} must be an integer. Received {value!r}.")
    if value <= 0:
        raise ValueError(f"{name} must be positive. Received {value}.")


def _refuse_beside(x, name, value):
    """Only arrays have their targets and weights beside them."""
    if value is not None:
        raise ValueError(
            f"`{name}` is not supported beside `x` of type {type(x)}, whose "
            "batches hold it: `(x, y)` or `(x, y, sample_weight)`. "
            f"Received {name} of type {type(value)}."
        )


def _read_other(kind, x, weigh, **options):
    """Makes an adapter of the arguments that its kind takes."""
    names = {
        SequenceAdapter: (
            "shuffle",
            "workers",
            "use_multiprocessing",
            "max_queue_size",
        ),
        GeneratorAdapter: ("workers", "max_queue_size"),
    }.get(kind, ("steps", "distribute"))
    chosen = {name: options[name] for name in names}
    return kind(x, weigh_classes=weigh, **chosen)
