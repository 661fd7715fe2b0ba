"""The one loop over epochs and steps that fit, evaluate and predict share.

When no callback must see each batch, several steps run in one call of the
step function: as many as take about a twentieth of a second, so that the bar
moves and Ctrl-C works.
"""

import math
import time

import tensorflow as tf

from tf_keras.src.training.loss_watch import LossWatch

_TARGET_SECONDS = 0.075
_MOST_STEPS = 4096


class BlockSize:
    """How many steps to run in one call.

    Args:
        fixed: The number that the user gave, or None to find one.
    """

    def __init__(self, fixed=None):
        self._fixed = fixed
        self._steps = fixed or 1
        self._calls = 0

    def begin(self):
        """To be called when a run begins: its first call may trace."""
        self._calls = 0

    def steps(self, listens):
        """Returns how many steps the next call should run.

        Args:
            listens: Whether a callback must see each batch.
        """
        return self._fixed or (1 if listens else self._steps)

    def note(self, steps, seconds):
        """Learns from a call: it ran so many steps in so many seconds."""
        if self._fixed:
            return
        self._calls += 1
        if self._calls == 1:
            return  # It traced as well.
        wanted = int(_TARGET_SECONDS * steps / max(seconds, 1e-6))
        # Grow step by step: a first fast step may be luck.
        most = min(_MOST_STEPS, 8 * max(steps, 1))
        self._steps = max(1, min(wanted, most))


class Loop:
    """Runs the steps of epochs.

    Args:
        run: A `StepFunction`, or a user's function of an iterator.
        handler: The `DataHandler`.
        callbacks: The `CallbackList`.
        mode: "train", "test" or "predict".
        size: A `BlockSize`.
        model: The model, whose `stop_training` ends an epoch.
    """

    def __init__(self, run, handler, callbacks, mode, size, model):
        self._run = run
        self._handler = handler
        self._callbacks = callbacks
        self._mode = mode
        self._size = size
        self._model = model
        self._listens = callbacks.listens_to_batches(mode)
        self._begin = getattr(callbacks, f"on_{mode}_batch_begin")
        self._end = getattr(callbacks, f"on_{mode}_batch_end")
        self._watch = LossWatch() if mode == "train" else None

    def run_epoch(self, data, epoch=0):
        """Runs the steps of one epoch.

        Args:
            data: The epoch's data, from `handler.enumerate_epochs`.
            epoch: Its number, for messages.

        Returns:
            The outputs of the last step; in mode "predict" a list of the
            outputs of all calls, or of the last if a callback takes them.
        """
        outputs, kept = None, []
        while data.steps_left != 0 and not self._handler.insufficient_data:
            first = data.done
            found = self._run_call(data)
            if found is None:
                break
            outputs, last = found, data.done - 1
            logs = outputs
            if self._mode == "predict":
                if not self._callbacks.collect:
                    kept.clear()
                kept.append(outputs)
                logs = {"outputs": outputs}
            if self._watch is not None:
                self._watch.look(outputs, epoch, last)
            if self._listens:
                self._end(last, logs)
            else:
                self._callbacks.on_block(self._mode, first, last, logs)
            if self._mode == "train" and self._model.stop_training:
                break
        return kept if self._mode == "predict" else outputs

    def _run_call(self, data):
        """Runs the steps of one call; returns outputs, None at the end."""
        first, started = data.done, time.perf_counter()
        with self._model.undone_if_it_fails(self._mode):
            outputs = self._run_some(data, self._size.steps(self._listens))
        self._size.note(data.done - first, time.perf_counter() - started)
        return outputs

    def _say_begin(self, data):
        if self._listens:
            self._begin(data.done, {})

    def _run_some(self, data, steps):
        if not hasattr(self._run, "run_block"):
            return self._run_users_function(data)
        if self._handler.gives_blocks:
            return self._run_block(data, steps)
        if self._listens and steps == 1:
            return self._run_batch(data)
        left = data.steps_left
        if left is not None:
            steps = min(steps, left)
        self._say_begin(data)
        outputs, count, ended = self._run.run_iterator(
            data.iterator, steps, are_certain=_holds_enough(self._handler)
        )
        data.advance(count, ended)
        return outputs

    def _run_block(self, data, steps):
        first = data.done
        block = data.take(steps)
        if block is None:
            return None
        if self._listens:
            self._begin(first, {})
        return self._run.run_block(block, self._handler.adapter)

    def _run_batch(self, data):
        # Read first: whether there is a batch is known only then.
        first = data.done
        batch = next(data, None)
        if batch is None:
            return None
        self._begin(first, {})
        spec = getattr(data.iterator, "element_spec", None)
        return self._run.run_batch(batch, spec)

    def _run_users_function(self, data):
        """Calls what an overridden `make_train_function` returned."""
        self._say_begin(data)
        try:
            outputs = self._run(data.iterator)
        except (StopIteration, tf.errors.OutOfRangeError):
            data.advance(0, ended=True)
            return None
        data.advance(1)
        return outputs


def _holds_enough(handler):
    """Whether the data is known to last for all steps of an epoch."""
    adapter, wanted = handler.adapter, handler.inferred_steps
    if adapter.steps is None or wanted is None:
        return False
    if adapter.steps == math.inf:
        return True
    return wanted == adapter.steps or (
        wanted < adapter.steps and not adapter.continues
    )
