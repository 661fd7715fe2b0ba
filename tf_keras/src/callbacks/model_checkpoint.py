"""ModelCheckpoint: saves the best or the latest."""

import os

import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.callback_list import to_numbers
from tf_keras.src.callbacks.monitored_value import comparison, worst
from tf_keras.src.distribute.worker_files import worker_path
from tf_keras.src.foundation.messages import print_msg, warn


class ModelCheckpoint(Callback):
    """Saves the model, or its weights, at the end of epochs or every so often.

    Args:
        filepath: Where to save. May hold fields such as `{epoch:02d}` (from
            1), `{batch}` and names of the logs, `{val_loss:.2f}`. The ending
            chooses the format, as in `Model.save`: `.keras`, `.h5`, or none
            for SavedModel; of weights `.weights.h5`, or none for a TensorFlow
            checkpoint.
        monitor: Name of the value in the logs that decides what is best.
        verbose: 1 to say when something is saved.
        save_best_only: Whether only a better model than before is saved.
        save_weights_only: Whether only weights are saved.
        mode: "min", "max", or "auto": more is better for names with "acc".
        save_freq: "epoch", or a number of batches. An integer makes training
            run batch by batch.
        options: `tf.train.CheckpointOptions` for weights, or
            `tf.saved_model.SaveOptions`, where the format takes them.
        initial_value_threshold: The best value so far, if there is one.
        **kwargs: For old programs: `period`, the number of epochs between
            savings, and `load_weights_on_restart`.

    Raises:
        ValueError: If `save_freq` is another word, or the format takes no
            `options`.
        TypeError: If `options` is of the wrong type.

    Example:

    >>> callback = ModelCheckpoint("best.keras", save_best_only=True)
    """

    _supports_tf_logs = True

    def __init__(
        self,
        filepath,
        monitor="val_loss",
        verbose=0,
        save_best_only=False,
        save_weights_only=False,
        mode="auto",
        save_freq="epoch",
        options=None,
        initial_value_threshold=None,
        **kwargs,
    ):
        super().__init__()
        self.monitor = monitor
        self.verbose = verbose
        self.filepath = os.fspath(filepath)
        self.save_best_only = save_best_only
        self.save_weights_only = save_weights_only
        self.save_freq = save_freq
        self.epochs_since_last_save = 0
        self._batches_seen_since_last_saving = 0
        self._last_batch_seen = -1
        self._current_epoch = 0
        self._chief_worker_only = False
        self._options = self._check_options(options)
        self._take_old_arguments(kwargs)
        grows = "acc" in monitor or monitor.startswith("fmeasure")
        self.monitor_op = comparison("ModelCheckpoint", mode, grows)
        self.best = initial_value_threshold
        if self.best is None:
            self.best = worst(self.monitor_op)
        if save_freq != "epoch" and not isinstance(save_freq, int):
            raise ValueError(
                'save_freq must be "epoch" or an integer number of batches. '
                f"Received {save_freq!r}."
            )

    def _check_options(self, options):
        if self.save_weights_only:
            return _checked(options, tf.train.CheckpointOptions)
        if self.filepath.endswith(".keras"):
            if options is not None:
                raise ValueError(
                    "The .keras format takes no `options`. Leave them out, or "
                    "choose SavedModel by a filepath without ending. Received "
                    f"filepath={self.filepath}."
                )
            return None
        return _checked(options, tf.saved_model.SaveOptions)

    def _take_old_arguments(self, kwargs):
        self.period = kwargs.pop("period", 1)
        self.load_weights_on_restart = kwargs.pop(
            "load_weights_on_restart", False
        )
        if self.period != 1:
            warn(
                "ModelCheckpoint: `period` is old; `save_freq` counts batches."
            )
        if self.load_weights_on_restart:
            warn(
                "ModelCheckpoint: `load_weights_on_restart` is old; call "
                "`model.load_weights()` before `fit`."
            )
        if kwargs:
            warn(
                f"ModelCheckpoint ignores unknown arguments: {sorted(kwargs)}."
            )

    def _implements_train_batch_hooks(self):
        return self.save_freq != "epoch"

    def on_train_begin(self, logs=None):
        """Loads weights, if the old argument asks for it."""
        if self.load_weights_on_restart and self._has_file():
            self.model.load_weights(self.filepath)

    def _has_file(self):
        return tf.io.gfile.exists(self.filepath) or tf.io.gfile.exists(
            self.filepath + ".index"
        )

    def on_epoch_begin(self, epoch, logs=None):
        """Remembers the epoch."""
        self._current_epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        """Saves, if enough batches have passed."""
        if self.save_freq == "epoch":
            return
        # A call may have run several batches.
        is_new_epoch = batch <= self._last_batch_seen
        passed = batch + 1 if is_new_epoch else batch - self._last_batch_seen
        self._batches_seen_since_last_saving += passed
        self._last_batch_seen = batch
        if self._batches_seen_since_last_saving >= self.save_freq:
            self._save_model(self._current_epoch, batch, logs)
            self._batches_seen_since_last_saving = 0

    def on_epoch_end(self, epoch, logs=None):
        """Saves, if enough epochs have passed."""
        self.epochs_since_last_save += 1
        if self.save_freq == "epoch":
            self._save_model(epoch, None, logs)

    def _save_model(self, epoch, batch, logs):
        if isinstance(self.save_freq, int) or (
            self.epochs_since_last_save >= self.period
        ):
            logs = to_numbers(logs or {})
            self.epochs_since_last_save = 0
            filepath = self._path(epoch, batch, logs)
            if self._is_due(epoch, logs, filepath):
                self._write(filepath)

    def _is_due(self, epoch, logs, filepath):
        """Decides whether to save; says so, and remembers the best."""
        if not self.save_best_only:
            self._say(epoch, f"saving model to {filepath}")
            return True
        current = logs.get(self.monitor)
        if current is None:
            warn(
                f"ModelCheckpoint can't tell the best model: `{self.monitor}` "
                f"is not available, only {', '.join(logs)}. Nothing is saved."
            )
            return False
        if not self.monitor_op(current, self.best):
            self._say(
                epoch, f"{self.monitor} did not improve from {self.best:.5f}"
            )
            return False
        self._say(
            epoch,
            f"{self.monitor} improved from {self.best:.5f} to {current:.5f}, "
            f"saving model to {filepath}",
        )
        self.best = current
        return True

    def _say(self, epoch, what):
        if self.verbose > 0:
            print_msg(f"\nEpoch {epoch + 1}: {what}")

    def _path(self, epoch, batch, logs):
        fields = {**logs, "epoch": epoch + 1}
        if batch is not None:
            fields["batch"] = batch + 1
        try:
            return self.filepath.format(**fields)
        except KeyError as error:
            raise KeyError(
                f"The filepath {self.filepath!r} of ModelCheckpoint asks for "
                f"{error}, which is not available. Available are: "
                f"{', '.join(fields)}."
            ) from error

    def _write(self, filepath):
        """Saves at a path; a worker that is not the chief writes aside."""
        with worker_path(filepath) as path:
            tf.io.gfile.makedirs(os.path.dirname(path) or ".")
            options = {"options": self._options} if self._options else {}
            if self.save_weights_only:
                if path.endswith((".h5", ".keras")):
                    options = {}
                self.model.save_weights(path, overwrite=True, **options)
            else:
                if path.endswith((".h5", ".keras")):
                    options = {}
                self.model.save(path, overwrite=True, **options)

    def _get_state(self):
        """What a resumed run must know."""
        return {
            "best": self.best,
            "epochs_since_last_save": self.epochs_since_last_save,
            "_batches_seen_since_last_saving": (
                self._batches_seen_since_last_saving
            ),
            "_last_batch_seen": self._last_batch_seen,
        }

    def _set_state(self, state):
        vars(self).update(state)


def _checked(options, kind):
    if options is None:
        return kind()
    if not isinstance(options, kind):
        raise TypeError(
            f"`options` of ModelCheckpoint must be a {kind.__name__} here. "
            f"Received {options!r}."
        )
    return options
