"""The one loop over epochs and steps that fit, evaluate and predict share.

When no callback must see each batch, several steps run in one call of the
step function: as many as take about a twentieth of a second, so that the bar
moves and Ctrl-C works.
"""

import math
import time

import tensorflow as tf

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


def run_epoch(run, handler, data, callbacks, mode, size, model):
    """Runs the steps of one epoch.

    Args:
        run: A `StepFunction`, or a user's function of an iterator.
        handler: The `DataHandler`.
        data: The epoch's data, from `handler.enumerate_epochs`.
        callbacks: The `CallbackList`.
        mode: "train", "test" or "predict".
        size: A `BlockSize`.
        model: The model, whose `stop_training` ends the epoch.

    Returns:
        The outputs of the last step; in mode "predict" a list of the outputs
        of all calls.
    """
    listens = callbacks.listens_to_batches(mode)
    begin = getattr(callbacks, f"on_{mode}_batch_begin")
    end = getattr(callbacks, f"on_{mode}_batch_end")
    outputs, kept = None, []
    while data.steps_left != 0 and not handler.insufficient_data:
        first = data.done
        started = time.perf_counter()
        begin_now = (lambda: begin(first, {})) if listens else _nothing
        steps_wanted = size.steps(listens)
        with model.undone_if_it_fails():
            found = _run_some(
                run, handler, data, steps_wanted, begin_now, listens
            )
        if found is None:
            break
        outputs = found
        steps = data.done - first
        size.note(steps, time.perf_counter() - started)
        logs = outputs
        if mode == "predict":
            kept.append(outputs)
            logs = {"outputs": outputs}
        last = first + steps - 1
        if listens:
            end(last, logs)
        else:
            callbacks.on_block(mode, first, last, logs)
        if mode == "train" and model.stop_training:
            break
    return kept if mode == "predict" else outputs


def _nothing():
    pass


def _run_some(run, handler, data, steps, begin, listens):
    """Runs up to `steps` steps; returns outputs, or None at the end."""
    if not hasattr(run, "run_block"):
        return _run_users_function(run, data, begin)
    if handler.gives_blocks:
        block = data.take(steps)
        if block is None:
            return None
        begin()
        return run.run_block(block, handler.adapter)
    if listens and steps == 1:
        # Read first: whether there is a batch is known only then.
        batch = next(data, None)
        if batch is None:
            return None
        begin()
        spec = getattr(data.iterator, "element_spec", None)
        return run.run_batch(batch, spec)
    left = data.steps_left
    if left is not None:
        steps = min(steps, left)
    begin()
    outputs, count, ended = run.run_iterator(
        data.iterator, steps, are_certain=_holds_enough(handler)
    )
    data.advance(count, ended)
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


def _run_users_function(function, data, begin):
    """Calls what an overridden `make_train_function` returned."""
    begin()
    try:
        outputs = function(data.iterator)
    except (StopIteration, tf.errors.OutOfRangeError):
        data.advance(0, ended=True)
        return None
    data.advance(1)
    return outputs
