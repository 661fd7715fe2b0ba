"""Evaluates validation data between epochs of training."""

from tf_keras.src.data.batch import unpack_x_y_sample_weight
from tf_keras.src.data.handler import DataHandler


class Validation:
    """Evaluates validation data after the epochs that ask for it.

    The data is read by one handler, made at the first validation and kept.

    Args:
        model: The model.
        data: `(x, y)`, `(x, y, sample_weight)`, what `fit` takes as `x`, or
            None.
        batch_size: Rows of a batch of arrays, or None.
        steps: Batches of a validation, or None for all.
        frequency: After how many epochs to validate, or a list of epochs.
        workers: `(max_queue_size, workers, use_multiprocessing)`.

    Raises:
        ValueError: For another kind of frequency.
    """

    def __init__(self, model, data, batch_size, steps, frequency, workers):
        self._model = model
        self._data = data
        self._batch_size = batch_size
        self._steps = steps
        self._frequency = frequency
        self._workers = workers
        self._handler = None
        if not isinstance(frequency, (int, list, tuple, set)):
            raise ValueError(
                "Expected `validation_freq` to be an integer or a list of "
                f"epochs. Received: {frequency!r}."
            )

    def is_due(self, epoch):
        """Whether to validate after an epoch, counted from 0."""
        if self._data is None:
            return False
        if isinstance(self._frequency, int):
            return (epoch + 1) % self._frequency == 0
        return epoch + 1 in self._frequency

    def __call__(self, callbacks):
        """Returns the logs of a validation, their names with `val_`."""
        if self._handler is None:
            self._handler = self._make_handler()
        logs = self._model.evaluate(
            callbacks=callbacks,
            return_dict=True,
            _use_handler=_Kept(self._handler),
        )
        return {f"val_{name}": value for name, value in logs.items()}

    def _make_handler(self):
        x, y, sample_weight = unpack_x_y_sample_weight(self._data)
        queue_size, workers, use_multiprocessing = self._workers
        _, wants_iterator = self._model._runner("test")
        return DataHandler(
            x=x,
            y=y,
            sample_weight=sample_weight,
            batch_size=self._batch_size,
            steps_per_epoch=self._steps,
            max_queue_size=queue_size,
            workers=workers,
            use_multiprocessing=use_multiprocessing,
            model=self._model,
            arrays_as_dataset=wants_iterator,
        )

    def close(self):
        """Ends what reads the data."""
        if self._handler is not None:
            self._handler.close()


class _Kept:
    """A handler that stays open when a validation ends."""

    def __init__(self, handler):
        self._handler = handler

    def __getattr__(self, name):
        return getattr(self._handler, name)

    def __enter__(self):
        return self._handler

    def __exit__(self, *_):
        pass
