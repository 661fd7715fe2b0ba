"""What an adapter promises: one kind of data, read pass by pass."""

import tensorflow as tf

from tf_keras.src.data.blocks import rows


class Adapter:
    """Reads one kind of data, pass by pass.

    A subclass says with `fits` which data it reads, and offers either blocks
    (`read_pass`) or `tf.data` iterators (`make_iterator`).

    Attributes:
        gives_blocks: Whether the data comes as blocks; else as an iterator.
        steps: Batches of one pass: an int, None if unknown, or infinity.
        batch_size: Rows of a whole batch, or None if unknown.
        structure: Nest of `(x, y, sample_weight)` with leaves of any kind;
            None until known. A leaf may be None.
        seed: What the order of the data follows from; None if unshuffled.
        continues: Whether the next epoch goes on where the last one stopped.
            If not, each epoch starts a new pass.
    """

    gives_blocks = True
    steps = None
    batch_size = None
    structure = None
    seed = None
    continues = False

    @staticmethod
    def fits(x, y=None):
        """Whether this adapter reads such data."""
        raise NotImplementedError

    def read_pass(self, index):
        """Starts a pass over the data.

        Args:
            index: Number of the pass, from 0; decides how it is shuffled.

        Returns:
            A function `take(max_steps)` that gives the next `Block` of at
            most so many batches, or None at the end of the pass.
        """
        raise NotImplementedError

    def make_iterator(self, index=0):
        """Makes the `tf.data` iterator of a pass, if there are no blocks."""
        raise NotImplementedError

    def pack(self, tensors):
        """Gives a flat list of tensors the structure of a batch."""
        values = iter(tensors)
        leaves = [
            None if leaf is None else next(values)
            for leaf in tf.nest.flatten(self.structure)
        ]
        return tf.nest.pack_sequence_as(self.structure, leaves)

    def batch(self, block, step=0):
        """The batch number `step` of a block, as a nest of tensors."""
        first_row = block.first_row + step * block.batch_size
        return self.pack(
            rows(block.tensors, block.order, first_row, block.batch_size)
        )

    def expect(self, steps):
        """Says how many steps will be read; None if unknown."""

    def on_epoch_end(self):
        """Called when an epoch has ended."""

    def close(self):
        """Ends what runs in the background; called when the work is over."""


def draw_seed():
    """A seed for the order of data, drawn from TensorFlow's global seed."""
    return int(tf.random.uniform([], 0, tf.int64.max, tf.int64))
