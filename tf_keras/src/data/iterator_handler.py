"""get_data_handler: data as iterators, for loops written outside."""

import contextlib
import itertools

import tensorflow as tf

from tf_keras.src.data.handler import DataHandler


class IteratorHandler(DataHandler):
    """A `DataHandler` whose epochs are `tf.data` iterators.

    For training loops that other packages wrote:

        for epoch, iterator in handler.enumerate_epochs():
            with handler.catch_stop_iteration():
                for step in handler.steps():
                    train_function(iterator)
    """

    def __init__(self, x, *args, **kwargs):
        super().__init__(x, *args, arrays_as_dataset=True, **kwargs)
        self._epoch = None
        self._done = 0

    def enumerate_epochs(self):
        """Yields `(epoch, iterator)` for each epoch."""
        for epoch, self._epoch in super().enumerate_epochs():
            self._done = 0
            yield epoch, self._epoch.iterator

    def steps(self):
        """Yields the numbers of the epoch's steps, as long as there is data."""
        total = self.inferred_steps
        numbers = itertools.count() if total is None else range(total)
        for step in numbers:
            if self.insufficient_data:
                break
            yield step
            self._done = step + 1

    @property
    def should_sync(self):
        """Whether steps must be waited for, as nothing here needs."""
        return False

    @property
    def step_increment(self):
        """How many steps a call runs, beyond the first."""
        return int(self.steps_per_execution or 1) - 1

    @contextlib.contextmanager
    def catch_stop_iteration(self):
        """Ends the epoch where its data ends."""
        try:
            yield
        except (StopIteration, tf.errors.OutOfRangeError):
            self._epoch.done = self._done
            self.data_ended(self._epoch)


def get_data_handler(*args, **kwargs):
    """Makes an object that turns data into epochs of `tf.data` iterators.

    For packages with training loops of their own.

    Args:
        *args: Arguments of `DataHandler`.
        **kwargs: The same by name: `x`, `y`, `sample_weight`, `batch_size`,
            `steps_per_epoch`, `initial_epoch`, `epochs`, `shuffle`,
            `class_weight`, `model` and so on.

    Returns:
        A handler with `enumerate_epochs`, `steps`, `catch_stop_iteration` and
        `inferred_steps`.
    """
    return IteratorHandler(*args, **kwargs)
