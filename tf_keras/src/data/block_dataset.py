"""Batches that Python makes, as a data set that a strategy can split."""

import itertools

import tensorflow as tf

from tf_keras.src.data.adapter import Adapter


class BlockDatasetAdapter(Adapter):
    """Shows an adapter of blocks as one of `tf.data` iterators.

    Args:
        blocks: The adapter that reads the data.
        distribute: Whether the current strategy splits the batches.
    """

    gives_blocks = False

    def __init__(self, blocks, distribute):
        self._blocks = blocks
        self._distribute = distribute and tf.distribute.has_strategy()
        self.continues = blocks.continues
        self.structure = blocks.structure
        self._iterator = None

    @property
    def steps(self):
        return self._blocks.steps

    @property
    def seed(self):
        return self._blocks.seed

    @seed.setter
    def seed(self, seed):
        self._blocks.seed = seed

    def make_iterator(self, index=0):
        if self._iterator is None or not self.continues:
            self._iterator = self._start_pass(index)
        return self._iterator

    def _start_pass(self, index):
        batches = self._batches(self._blocks.read_pass(index))
        first = next(batches)
        # As flat tuples: a generator's item can't hold None.
        dataset = tf.data.Dataset.from_generator(
            lambda: itertools.chain([first], batches),
            output_signature=tuple(map(_relaxed, first)),
        )
        dataset = dataset.map(lambda *flat: self._blocks.pack(flat))
        dataset = dataset.prefetch(tf.data.AUTOTUNE)
        if self._distribute:
            options = tf.data.Options()
            # There is one generator, whose batches all workers must divide.
            options.experimental_distribute.auto_shard_policy = (
                tf.data.experimental.AutoShardPolicy.DATA
            )
            dataset = dataset.with_options(options)
            strategy = tf.distribute.get_strategy()
            dataset = strategy.experimental_distribute_dataset(dataset)
        return iter(dataset)

    def _batches(self, take):
        while (block := take(1)) is not None:
            yield tuple(block.tensors)

    def expect(self, steps):
        self._blocks.expect(steps)

    def on_epoch_end(self):
        self._blocks.on_epoch_end()

    def close(self):
        self._blocks.close()


def _relaxed(tensor):
    """The tensor's kind, for batches of any size."""
    spec = tf.type_spec_from_value(tensor)
    if isinstance(spec, tf.TensorSpec):
        return tf.TensorSpec([None, *spec.shape[1:]], spec.dtype)
    if isinstance(spec, tf.RaggedTensorSpec):
        return tf.RaggedTensorSpec(
            [None, *spec.shape[1:]], spec.dtype, spec.ragged_rank
        )
    return tf.SparseTensorSpec([None, *spec.shape[1:]], spec.dtype)
