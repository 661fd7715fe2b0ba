"""BackupAndRestore: resumes after a crash."""

import os
import signal
import threading

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.distribute.training_state import TrainingState
from tf_keras.src.foundation.messages import warn


class BackupAndRestore(Callback):
    """Lets training go on where it stopped when the program is run again.

    Backs up the model, its optimizer, the place in the data and what other
    callbacks remember. When `fit` is called with the same arguments after a
    crash, it goes on from the last backup; data in arrays and Sequences comes
    in the same order as it would have. When training ends the backup is
    removed.

    Args:
        backup_dir: Folder of the backup, of this run alone.
        save_freq: "epoch", or a number of batches, which makes training run
            batch by batch; False to save only before preemption.
        delete_checkpoint: Whether the backup is removed when training ends.
        save_before_preemption: Whether a SIGTERM, as a cluster sends before
            it takes the machine away, makes a backup and ends the program.

    Raises:
        ValueError: If nothing would ever be saved.

    Example:

    >>> callback = BackupAndRestore(backup_dir="/tmp/backup")
    """

    _supports_tf_logs = True
    # So that what other callbacks learn of an epoch is in its backup.
    _comes_last = True

    def __init__(
        self,
        backup_dir,
        save_freq="epoch",
        delete_checkpoint=True,
        save_before_preemption=False,
    ):
        super().__init__()
        if not save_freq and not save_before_preemption:
            raise ValueError(
                "BackupAndRestore would never save: set `save_freq` or "
                f"`save_before_preemption`. Received save_freq={save_freq!r}, "
                f"save_before_preemption={save_before_preemption}."
            )
        if isinstance(save_freq, str) and save_freq != "epoch":
            raise ValueError(
                'save_freq must be "epoch", a number of batches or False. '
                f"Received {save_freq!r}."
            )
        self.backup_dir = os.fspath(backup_dir)
        self.save_freq = save_freq
        self.delete_checkpoint = delete_checkpoint
        self.save_before_preemption = save_before_preemption
        self._chief_worker_only = False
        self._batches_count = 0
        self._current_epoch = 0
        self._is_due = False
        self._steps_of_epoch = None
        self._metric_values = None
        self._companions = []
        self._state = None
        self._handler = None
        self._preempted = False
        self._old_signal_handler = None

    def _implements_train_batch_hooks(self):
        return self.save_freq != "epoch"

    def _set_companions(self, callbacks):
        """Receives the run's callbacks, whose memory is saved too."""
        self._companions = [
            callback
            for callback in callbacks
            if hasattr(callback, "_get_state")
        ]

    def set_params(self, params):
        """Takes how many steps an epoch has."""
        super().set_params(params)
        self._steps_of_epoch = params.get("steps")

    def on_train_begin(self, logs=None):
        """Restores the backup, if there is one."""
        self._batches_count = 0
        self._state = TrainingState(self.model, self.backup_dir)
        self._is_restored = self._state.restore()
        if self.save_before_preemption:
            self._listen_to_signal()

    def _resume(self, handler):
        """Makes a data handler go on at the restored place."""
        self._handler = handler
        if not self._is_restored:
            return
        for callback, memory in zip(self._companions, self._state.memories):
            callback._set_state(memory)
        handler.seed = self._state.seed
        handler.resume_at(self._state.epoch, self._state.step)

    def _listen_to_signal(self):
        if threading.current_thread() is not threading.main_thread():
            warn(
                "BackupAndRestore can hear of preemption in the main thread "
                "only; `save_before_preemption` has no effect here."
            )
            return
        self._old_signal_handler = signal.signal(
            signal.SIGTERM, self._on_signal
        )

    def _on_signal(self, *_):
        self._preempted = True

    def on_epoch_begin(self, epoch, logs=None):
        """Remembers the epoch; one that was begun goes on with its metrics."""
        self._current_epoch = epoch
        if self._metric_values is not None:
            _set_metrics(self.model, *self._metric_values)
            self._metric_values = None

    def on_train_batch_begin(self, batch, logs=None):
        """Nothing; kept for subclasses that call it."""

    def on_train_batch_end(self, batch, logs=None):
        """Saves, if enough batches have passed."""
        self._batches_count += 1
        if self.save_freq and self.save_freq != "epoch":
            if self._batches_count >= self.save_freq:
                self._batches_count = 0
                # What others do at an epoch's end belongs before a backup.
                self._is_due = batch + 1 == self._steps_of_epoch
                if not self._is_due:
                    self._backup(self._current_epoch, batch + 1)
        self._end_if_preempted(batch + 1)

    def _on_block(self, mode, first_step, last_step, logs):
        if mode == "train":
            self._end_if_preempted(last_step + 1)

    def _end_if_preempted(self, step):
        if self._preempted:
            self._backup(self._current_epoch, step)
            self._abandon()
            raise SystemExit(128 + signal.SIGTERM)

    def on_epoch_end(self, epoch, logs=None):
        """Saves, if epochs are to be saved."""
        if self.save_freq == "epoch" or self._is_due:
            self._is_due = False
            self._backup(epoch + 1, 0)

    def _get_state(self):
        """The metrics, which count an epoch's batches, and random numbers."""
        metrics = getattr(self.model, "metrics", [])
        random = _random_of(self.model)
        return {
            "random": None if random is None else random.state.numpy(),
            "names": [metric.name for metric in metrics],
            "values": [
                [variable.numpy() for variable in metric.variables]
                for metric in metrics
            ],
        }

    def _set_state(self, state):
        if state.get("random") is not None:
            _random_of(self.model).state.assign(state["random"])
        if self._state.step:
            self._metric_values = state["names"], state["values"]

    def _backup(self, epoch, step):
        memories = [callback._get_state() for callback in self._companions]
        seed = self._handler.seed if self._handler is not None else None
        self._state.save(epoch, step, seed, memories)

    def on_train_end(self, logs=None):
        """Removes the backup."""
        self._abandon()
        if self.delete_checkpoint:
            self._state.delete()
        self._state = self._handler = None

    def _abandon(self):
        """Gives the signal back to whoever had it."""
        if self._old_signal_handler is not None:
            signal.signal(signal.SIGTERM, self._old_signal_handler)
            self._old_signal_handler = None


def _random_of(model):
    """Where a model's random numbers stand; None for one that has none."""
    return model._step_random() if hasattr(model, "_step_random") else None


def _set_metrics(model, names, values):
    """Gives metrics the values of a backup, those yet to be made as well."""
    values = dict(zip(names, values))
    for metric in model.metrics:
        for variable, value in zip(metric.variables, values.pop(metric.name)):
            variable.assign(value)
    for name in ("compiled_loss", "compiled_metrics"):
        compiled = getattr(model, name, None)
        if compiled is not None:
            compiled.values_to_adopt = values


class BackupAndRestoreExperimental(BackupAndRestore):
    """The older name of `BackupAndRestore`."""

    def __init__(self, *args, **kwargs):
        warn(
            "callbacks.experimental.BackupAndRestore is an older name; use "
            "callbacks.BackupAndRestore."
        )
        super().__init__(*args, **kwargs)
