"""ProgbarLogger: feeds the progress bar."""

import time

from tf_keras.src.callbacks.callback import Callback, answered_by_block
from tf_keras.src.foundation.messages import print_msg
from tf_keras.src.foundation.progress_bar import Progbar


class ProgbarLogger(Callback):
    """Shows the progress of a run; added by `fit(verbose=1)`.

    Args:
        count_mode: "steps" to count batches, "samples" to count samples where
            the run knows them.
        stateful_metrics: Names of values shown as they are. Those of the
            model's metrics are so in any case; others are averaged.

    Raises:
        ValueError: If `count_mode` is another word.
    """

    _supports_tf_logs = True

    def __init__(self, count_mode="samples", stateful_metrics=None):
        super().__init__()
        if count_mode not in ("samples", "steps"):
            raise ValueError(
                'count_mode must be "samples" or "steps". Received '
                f"{count_mode!r}."
            )
        self.use_steps = count_mode == "steps"
        self.stateful_metrics = set(stateful_metrics or ())
        self.seen = 0
        self.target = None
        self.progbar = None
        self.verbose = 1
        self.epochs = 1
        self._in_fit = False
        self._start_time = 0.0

    def set_params(self, params):
        """Takes verbosity and target."""
        super().set_params(params)
        self.verbose = params["verbose"]
        self.epochs = params["epochs"]
        self._set_target(params)

    def _set_target(self, params):
        samples = params.get("samples")
        self._counts_samples = not self.use_steps and samples is not None
        self.target = samples if self._counts_samples else params.get("steps")

    def on_train_begin(self, logs=None):
        """Remembers that validation belongs to this run."""
        self._in_fit = True

    def on_test_begin(self, logs=None):
        """Starts a bar, unless this is validation."""
        if not self._in_fit:
            self._start()

    def on_predict_begin(self, logs=None):
        """Starts a bar."""
        self._start()

    def on_epoch_begin(self, epoch, logs=None):
        """Starts an epoch's bar."""
        self._start()
        if self.verbose and self.epochs > 1:
            print_msg(f"Epoch {epoch + 1}/{self.epochs}")

    @answered_by_block
    def on_train_batch_end(self, batch, logs=None):
        """Moves the bar."""
        self._advance(batch, logs)

    @answered_by_block
    def on_test_batch_end(self, batch, logs=None):
        """Moves the bar, unless this is validation."""
        if not self._in_fit:
            self._advance(batch, logs)

    @answered_by_block
    def on_predict_batch_end(self, batch, logs=None):
        """Moves the bar; outputs are not shown."""
        self._advance(batch, None)

    def _on_block(self, mode, first_step, last_step, logs):
        if mode == "test" and self._in_fit:
            return
        logs = None if mode == "predict" else logs
        self._advance(last_step, logs)

    def on_epoch_end(self, epoch, logs=None):
        """Draws the epoch's last line."""
        self._finish(logs)

    def on_test_end(self, logs=None):
        """Draws the last line, unless this is validation."""
        if not self._in_fit:
            self._finish(logs)

    def on_predict_end(self, logs=None):
        """Draws the last line."""
        self._finish(None)

    def on_train_end(self, logs=None):
        """Forgets the run."""
        self._in_fit = False

    def _start(self):
        self.seen = 0
        self.progbar = None
        self._start_time = time.time()

    def _bar(self):
        # Made late: the model's metrics may exist only after the first batch.
        if self.progbar is None:
            names = {metric.name for metric in self._metrics()}
            names |= self.stateful_metrics
            names |= {f"val_{name}" for name in names}
            self.progbar = Progbar(
                target=self.target,
                verbose=self.verbose,
                stateful_metrics=names,
                unit_name="sample" if self._counts_samples else "step",
            )
            self.progbar.start_time = self._start_time
        return self.progbar

    def _metrics(self):
        return self.model.metrics if self.model is not None else []

    def _advance(self, batch, logs):
        if not self.verbose:
            return
        logs = dict(logs or {})
        size = logs.pop("size", 0)
        logs.pop("batch", None)
        self.seen = self.seen + size if self._counts_samples else batch + 1
        bar = self._bar()
        # Values that are averaged are needed from every batch.
        if bar.is_due() or not bar.stateful_metrics.issuperset(logs):
            bar.update(self.seen, _flat(logs), finalize=False)

    def _finish(self, logs):
        if self.verbose:
            if self.target is None:
                self.target = self.seen
            bar = self._bar()
            bar.target = self.target
            bar.update(self.seen, _flat(logs or {}), finalize=True)
        self.progbar = None


def _flat(logs):
    """Pairs of name and number; a dict within logs brings its own names."""
    pairs = []
    for name, value in logs.items():
        if isinstance(value, dict):
            pairs += _flat(value)
        else:
            value = value.numpy() if hasattr(value, "numpy") else value
            pairs.append((name, value))
    return pairs
