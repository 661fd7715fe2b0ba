"""tf.data data sets: finite, infinite, of unknown size, distributed."""

import math

import tensorflow as tf

from tf_keras.src.data.adapter import Adapter

_DISTRIBUTED = (
    tf.distribute.DistributedDataset,
    tf.distribute.DistributedIterator,
)


class DatasetAdapter(Adapter):
    """Reads a `tf.data.Dataset`, which a strategy may have distributed.

    Args:
        x: The data set.
        steps: Steps of an epoch if the user gave them.
        weigh_classes: None, or a function from `(x, y, sample_weight)` to
            such a tuple.
        distribute: Whether the current strategy splits the batches.

    Raises:
        ValueError: If the data set is infinite and `steps` is None.
    """

    gives_blocks = False

    def __init__(self, x, steps=None, weigh_classes=None, distribute=True):
        is_distributed = isinstance(x, _DISTRIBUTED)
        if weigh_classes:
            if is_distributed:
                raise ValueError(
                    "`class_weight` can't be applied to a distributed data "
                    "set. Put sample weights into its batches instead."
                )
            x = x.map(
                lambda *batch: weigh_classes(*batch),
                num_parallel_calls=tf.data.AUTOTUNE,
            )
        self.steps = _cardinality(x)
        if self.steps == 0:
            raise ValueError(
                "Expected data that is not empty. Received an empty data set "
                "in `x`."
            )
        if self.steps == math.inf and steps is None:
            raise ValueError(
                "An infinite data set needs a number of steps: pass "
                "`steps_per_epoch` (`steps` in evaluate and predict), or "
                "don't call `repeat()` on it."
            )
        if distribute and not is_distributed and tf.distribute.has_strategy():
            strategy = tf.distribute.get_strategy()
            x = strategy.experimental_distribute_dataset(x)
        self._dataset = x
        self.structure = getattr(x, "element_spec", None)
        # Steps other than one pass: the next epoch reads on.
        self.continues = steps is not None and steps != self.steps

    @staticmethod
    def fits(x, y=None):
        return isinstance(x, (tf.data.Dataset, *_DISTRIBUTED))

    def make_iterator(self, index=0):
        if isinstance(self._dataset, tf.distribute.DistributedIterator):
            return self._dataset
        return iter(self._dataset)


def _cardinality(dataset):
    if isinstance(dataset, tf.distribute.DistributedIterator):
        return None
    try:
        size = int(tf.data.experimental.cardinality(dataset))
    except (TypeError, AttributeError):  # A distributed data set has none.
        return None
    if size == tf.data.INFINITE_CARDINALITY:
        return math.inf
    return None if size == tf.data.UNKNOWN_CARDINALITY else size
