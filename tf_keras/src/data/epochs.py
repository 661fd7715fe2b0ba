"""One epoch of data, as the training loop reads it."""

import tensorflow as tf


class Epoch:
    """What the two kinds of epoch share: counting steps.

    Attributes:
        steps: How many steps it is meant to have, or None if unknown.
        done: How many were read.
    """

    def __init__(self, handler, steps):
        self._handler = handler
        self.steps = steps
        self.done = 0

    @property
    def steps_left(self):
        """How many steps are left, or None if unknown."""
        return None if self.steps is None else self.steps - self.done

    def __iter__(self):
        return self


class BlockEpoch(Epoch):
    """An epoch whose data lies in memory, block by block.

    Also an iterator over single batches, for whoever reads step by step.
    """

    def __init__(self, handler, steps, take):
        super().__init__(handler, steps)
        self._take = take

    def take(self, max_steps=1):
        """The next block of at most `max_steps` steps; None at the end."""
        if self.steps is not None:
            max_steps = min(max_steps, self.steps - self.done)
            if max_steps <= 0:
                return None
        block = self._take(max_steps)
        if block is None:
            self._handler.data_ended(self)
        else:
            self.done += block.steps
        return block

    def __next__(self):
        block = self.take(1)
        if block is None:
            raise StopIteration
        return self._handler.adapter.batch(block)

    def skip(self, steps):
        """Passes over the first `steps` steps, when a run is resumed."""
        while self.done < steps and self.take(steps - self.done):
            pass


class IteratorEpoch(Epoch):
    """An epoch read from a `tf.data` iterator.

    Whoever reads `iterator` reports it with `advance`; as an iterator over
    single batches the epoch counts by itself.

    Attributes:
        iterator: The iterator, possibly distributed.
    """

    def __init__(self, handler, steps, iterator):
        super().__init__(handler, steps)
        self.iterator = iterator

    def advance(self, steps, ended=False):
        """Counts `steps` as read; `ended` says that there was no more."""
        self.done += steps
        if ended and self.steps_left != 0:
            self._handler.data_ended(self)

    def __next__(self):
        if self.steps_left == 0:
            raise StopIteration
        try:
            batch = next(self.iterator)
        except (StopIteration, tf.errors.OutOfRangeError):
            self.advance(0, ended=True)
            raise StopIteration from None
        self.advance(1)
        return batch

    def skip(self, steps):
        """Passes over the first `steps` steps, when a run is resumed."""
        while self.done < steps and next(self, None) is not None:
            pass
