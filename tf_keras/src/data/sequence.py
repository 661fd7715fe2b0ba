"""Sequence: a data set that gives each batch by its number."""


class Sequence:
    """A data set that gives each batch by its number.

    Unlike a generator it can be read by several workers, each batch exactly
    once an epoch. Subclass it and write `__getitem__`, which returns a batch
    (`x`, `(x, y)` or `(x, y, sample_weight)`), and `__len__`, which returns
    how many there are. `on_epoch_end` may change the data between epochs.

    Example:

    >>> class Squares(Sequence):
    ...     def __len__(self):
    ...         return 2
    ...
    ...     def __getitem__(self, index):
    ...         return index, index**2
    >>> list(Squares())
    [(0, 0), (1, 1)]
    """

    def __getitem__(self, index):
        """Returns the batch number `index`.

        Args:
            index: An integer from 0 to `len(self) - 1`.
        """
        raise NotImplementedError(
            f"{type(self).__name__} needs a `__getitem__(self, index)` that "
            "returns a batch."
        )

    def __len__(self):
        """Returns the number of batches."""
        raise NotImplementedError(
            f"{type(self).__name__} needs a `__len__(self)` that returns the "
            "number of batches."
        )

    def on_epoch_end(self):
        """Called at the end of every epoch."""

    def __iter__(self):
        """Yields each batch once."""
        for index in range(len(self)):
            yield self[index]
