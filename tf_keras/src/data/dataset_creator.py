"""DatasetCreator: a data set that each worker makes for itself."""

import tensorflow as tf

from tf_keras.src.data.dataset_adapter import DatasetAdapter


class DatasetCreator:
    """Wraps a function that makes a data set on each worker.

    Passed to `fit` in place of data. Under a parameter server each worker
    calls the function; under other strategies each input pipeline does.

    Args:
        dataset_fn: A function from a `tf.distribute.InputContext` to a
            `tf.data.Dataset`, batched for one replica's share
            (`context.get_per_replica_batch_size`).
        input_options: Optional `tf.distribute.InputOptions`.

    Raises:
        TypeError: If `dataset_fn` can't be called, or `input_options` is of
            another type.

    Example:

    >>> creator = DatasetCreator(
    ...     lambda context: tf.data.Dataset.range(4).batch(2))
    >>> isinstance(creator(tf.distribute.InputContext()), tf.data.Dataset)
    True
    """

    def __init__(self, dataset_fn, input_options=None):
        if not callable(dataset_fn):
            raise TypeError(
                "`dataset_fn` of DatasetCreator must be a function. Received "
                f"{dataset_fn!r}."
            )
        if input_options and not isinstance(
            input_options, tf.distribute.InputOptions
        ):
            raise TypeError(
                "`input_options` of DatasetCreator must be a "
                f"tf.distribute.InputOptions. Received {input_options!r}."
            )
        self.dataset_fn = dataset_fn
        self.input_options = input_options

    def __call__(self, *args, **kwargs):
        """Makes a data set.

        Raises:
            TypeError: If the function returns anything else.
        """
        dataset = self.dataset_fn(*args, **kwargs)
        if not isinstance(dataset, tf.data.Dataset):
            raise TypeError(
                "`dataset_fn` of DatasetCreator must return a "
                f"tf.data.Dataset. Received {dataset!r}."
            )
        return dataset


class DatasetCreatorAdapter(DatasetAdapter):
    """Reads what a `DatasetCreator` makes, split by the current strategy.

    Args:
        x: The `DatasetCreator`.
        steps: Steps of an epoch; needed where the size can't be known.
        weigh_classes: Not supported.
        distribute: Whether the current strategy makes the data sets.
    """

    def __init__(self, x, steps=None, weigh_classes=None, distribute=True):
        if distribute and tf.distribute.has_strategy():
            if steps is None:
                raise ValueError(
                    "A DatasetCreator under a strategy needs a number of "
                    "steps: pass `steps_per_epoch`."
                )
            data = (
                tf.distribute.get_strategy().distribute_datasets_from_function(
                    x, options=x.input_options
                )
            )
        else:
            data = x(tf.distribute.InputContext())
        super().__init__(data, steps, weigh_classes, distribute)

    @staticmethod
    def fits(x, y=None):
        return isinstance(x, DatasetCreator)
