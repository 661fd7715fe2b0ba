"""CallbackList: calls each callback, and only those that listen."""

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import (
    BATCH_MOMENTS,
    Callback,
    is_overridden,
)
from tf_keras.src.callbacks.history import History
from tf_keras.src.callbacks.progbar_logger import ProgbarLogger
from tf_keras.src.foundation.tf_internals import EagerTensor

_MODES = ("train", "test", "predict")


class CallbackList:
    """Passes the moments of a run on to several callbacks.

    Batch moments reach only the callbacks that override them. Logs become
    Python numbers once a moment, and only if someone listens.

    For a training loop: when `listens_to_batches(mode)` is false, run several
    steps in one call and say so with `on_block`; else call the moments of
    each batch.

    Args:
        callbacks: Callbacks, in any nest.
        add_history: Whether to add a `History` if there is none.
        add_progbar: Whether to add a `ProgbarLogger` if there is none.
        model: The model, for the callbacks.
        **params: The run's parameters, for the callbacks.
    """

    def __init__(
        self,
        callbacks=None,
        add_history=False,
        add_progbar=False,
        model=None,
        **params,
    ):
        self.callbacks = tf.nest.flatten(callbacks) if callbacks else []
        for callback in self.callbacks:
            _check_callback(callback)
        self._history = self._find(History)
        self._progbar = self._find(ProgbarLogger)
        if add_history and self._history is None:
            self._history = History()
            self.callbacks.append(self._history)
        if add_progbar and self._progbar is None:
            self._progbar = ProgbarLogger(count_mode="steps")
            self.callbacks.append(self._progbar)
        self.model = None
        self.params = params
        self._find_listeners()
        if model is not None:
            self.set_model(model)
        if params:
            self.set_params(params)

    def _find(self, kind):
        found = [item for item in self.callbacks if isinstance(item, kind)]
        return found[0] if found else None

    def _find_listeners(self):
        for item in self.callbacks:
            if hasattr(item, "_set_companions"):
                item._set_companions(self.callbacks)
        # Their order, but for those that must see what others have done.
        self._in_turn = sorted(
            self.callbacks, key=lambda item: getattr(item, "_comes_last", False)
        )
        listeners = {
            mode: [c for c in self.callbacks if _says_it_listens(c, mode)]
            for mode in _MODES
        }
        self._listens = {mode: bool(listeners[mode]) for mode in _MODES}
        take_blocks = [
            item for item in self._in_turn if is_overridden(item, "_on_block")
        ]
        self._batch_calls = {
            (mode, end): [
                (method, item._supports_tf_logs)
                for item in self._in_turn
                if item in listeners[mode] or item in take_blocks
                for method in _batch_methods(item, mode, end)
            ]
            for mode in _MODES
            for end in ("begin", "end")
        }
        self._block_calls = [item._on_block for item in take_blocks]

    def append(self, callback):
        """Adds a callback at the end."""
        _check_callback(callback)
        self.callbacks.append(callback)
        self._find_listeners()

    def __iter__(self):
        return iter(self.callbacks)

    def set_params(self, params):
        """Gives the run's parameters to all callbacks."""
        self.params = params
        for callback in self.callbacks:
            callback.set_params(params)

    def set_model(self, model):
        """Gives the model to all callbacks, and the history to the model."""
        self.model = model
        if self._history is not None:
            model.history = self._history
        for callback in self.callbacks:
            callback.set_model(model)

    def listens_to_batches(self, mode):
        """Whether a callback must see each batch.

        Args:
            mode: "train", "test" or "predict".
        """
        return self._listens[mode]

    @property
    def collect(self):
        """Whether `predict` keeps outputs; false if a callback takes them."""
        return all(item.collect is not False for item in self.callbacks)

    def resume(self, handler):
        """Lets a callback that restored a backup choose where to begin.

        To be called after `on_train_begin`, before the first epoch.

        Args:
            handler: The run's data handler, see `DataHandler.resume_at`.
        """
        for callback in self.callbacks:
            if hasattr(callback, "_resume"):
                callback._resume(handler)

    def abandon(self):
        """To be called when an error ends the run: frees what is held open."""
        for callback in self.callbacks:
            if hasattr(callback, "_abandon"):
                callback._abandon()

    def on_block(self, mode, first_step, last_step, logs=None):
        """Says that steps have run in one call.

        Args:
            mode: "train", "test" or "predict".
            first_step, last_step: Their numbers within the epoch, both
                included.
            logs: Logs after the last of them; tensors, for whoever looks.
        """
        for call in self._block_calls:
            call(mode, first_step, last_step, logs)

    def _call_batch(self, mode, end, batch, logs):
        numbers = None
        for method, takes_tensors in self._batch_calls[mode, end]:
            if takes_tensors:
                method(batch, logs)
                continue
            if numbers is None:
                numbers = to_numbers(logs or {})
            method(batch, numbers)

    def _call(self, moment, *args, logs):
        logs = to_numbers(logs or {})
        for callback in self._in_turn:
            getattr(callback, moment)(*args, logs)

    def on_batch_begin(self, batch, logs=None):
        """The older name of `on_train_batch_begin`."""
        self._call_batch("train", "begin", batch, logs)

    def on_batch_end(self, batch, logs=None):
        """The older name of `on_train_batch_end`."""
        self._call_batch("train", "end", batch, logs)

    def on_train_batch_begin(self, batch, logs=None):
        """Before a batch of training."""
        self._call_batch("train", "begin", batch, logs)

    def on_train_batch_end(self, batch, logs=None):
        """After a batch of training."""
        self._call_batch("train", "end", batch, logs)

    def on_test_batch_begin(self, batch, logs=None):
        """Before a batch of evaluation."""
        self._call_batch("test", "begin", batch, logs)

    def on_test_batch_end(self, batch, logs=None):
        """After a batch of evaluation."""
        self._call_batch("test", "end", batch, logs)

    def on_predict_batch_begin(self, batch, logs=None):
        """Before a batch of prediction."""
        self._call_batch("predict", "begin", batch, logs)

    def on_predict_batch_end(self, batch, logs=None):
        """After a batch of prediction."""
        self._call_batch("predict", "end", batch, logs)

    def on_epoch_begin(self, epoch, logs=None):
        """Before an epoch of training."""
        self._call("on_epoch_begin", epoch, logs=logs)

    def on_epoch_end(self, epoch, logs=None):
        """After an epoch of training and its validation."""
        self._call("on_epoch_end", epoch, logs=logs)

    def on_train_begin(self, logs=None):
        """Before training."""
        self._call("on_train_begin", logs=logs)

    def on_train_end(self, logs=None):
        """After training."""
        self._call("on_train_end", logs=logs)

    def on_test_begin(self, logs=None):
        """Before evaluation."""
        self._call("on_test_begin", logs=logs)

    def on_test_end(self, logs=None):
        """After evaluation."""
        self._call("on_test_end", logs=logs)

    def on_predict_begin(self, logs=None):
        """Before prediction."""
        self._call("on_predict_begin", logs=logs)

    def on_predict_end(self, logs=None):
        """After prediction."""
        self._call("on_predict_end", logs=logs)

    def make_logs(self, model, logs, outputs, mode, prefix=""):
        """Adds the outputs of `*_on_batch` to logs, by the metrics' names.

        Args:
            model: The model, asked for `metrics_names`.
            logs: The dict to add to.
            outputs: Values, in the order of the names.
            mode: "train" or "test"; else outputs go in as they are.
            prefix: Put before each name.

        Returns:
            `logs`.
        """
        if mode in ("train", "test"):
            for name, value in zip(model.metrics_names, outputs):
                logs[prefix + name] = value
        else:
            logs["outputs"] = outputs
        return logs


def _check_callback(callback):
    if isinstance(callback, Callback):
        return
    if isinstance(callback, type):
        raise TypeError(
            f"`callbacks` holds the class {callback.__name__}. Pass an object: "
            f"`{callback.__name__}(...)`."
        )
    raise TypeError(
        "`callbacks` must hold `tf_keras.callbacks.Callback` objects. Received "
        f"{callback!r} of type {type(callback)}."
    )


def _says_it_listens(callback, mode):
    return getattr(callback, f"_implements_{mode}_batch_hooks")()


def _batch_methods(callback, mode, end):
    """The method of a batch moment to call, if the callback has one."""
    for moment in BATCH_MOMENTS[mode]:
        if moment.endswith(end) and is_overridden(callback, moment):
            return [getattr(callback, moment)]
    return []


def to_numbers(logs):
    """Logs with Python numbers and NumPy arrays in place of tensors."""
    if isinstance(logs, dict):
        return {name: to_numbers(value) for name, value in logs.items()}
    if isinstance(logs, (float, int, str, np.ndarray)):
        return logs
    if type(logs) is EagerTensor:
        return _to_number(logs)
    return tf.nest.map_structure(_to_number, logs)


def _to_number(value):
    if isinstance(value, (tf.Tensor, tf.Variable)):
        value = value.numpy()
    if isinstance(value, (np.ndarray, np.generic)) and value.ndim == 0:
        return value.item()
    return value
