"""The bar that fit() draws."""

import os
import sys
import time

import numpy as np

from tf_keras.src.foundation import messages


class Progbar:
    """Draws how far a loop has come, with values beside.

    In a terminal or a notebook one line is redrawn. Where the output is a
    pipe or a file, one line is written at the end.

    Args:
        target: How many steps there are; None if unknown.
        width: Characters of the bar.
        verbose: 0 for silence, 1 for a bar, 2 for one line at the end.
        interval: Least time between two drawings, in seconds.
        stateful_metrics: Names of values shown as they are. Others are
            averaged over the steps.
        unit_name: What a step is called, as in "ms/step".

    Example:

    >>> bar = Progbar(100)
    >>> bar.update(10, [("loss", 0.5)])
    """

    def __init__(
        self,
        target,
        width=30,
        verbose=1,
        interval=0.05,
        stateful_metrics=None,
        unit_name="step",
    ):
        self.target = target
        self.width = width
        self.verbose = verbose
        self.interval = interval
        self.stateful_metrics = set(stateful_metrics or ())
        self.unit_name = unit_name
        self._redraws = _can_redraw()
        self._shown = {}  # A value; or a sum and its weight.
        self._seen = 0
        self._drawn_width = 0
        self.start_time = time.time()
        self._last_drawn = 0.0
        # Time per step leaves the first update out: it holds the tracing.
        self._first = None

    def update(self, current, values=None, finalize=None):
        """Moves the bar.

        Args:
            current: How many steps are done.
            values: List of pairs of a name and the value of the latest step.
            finalize: Whether this is the last update; by default it is when
                `current` reaches the target.
        """
        if finalize is None:
            finalize = self.target is not None and current >= self.target
        self._take_values(values or (), max(current - self._seen, 1))
        self._seen = current
        now = time.time()
        if self._first is None and current:
            self._first = (current, now)
        if self.verbose == 1 and (finalize or self.is_due(now)):
            self._draw(current, now, finalize)
            self._last_drawn = now
        elif self.verbose == 2 and finalize:
            self._say(self._final_line(current, now) + "\n")

    def add(self, n, values=None):
        """Moves the bar by `n` steps; see `update`."""
        self.update(self._seen + n, values)

    def is_due(self, now=None):
        """Whether an update would be drawn now."""
        now = now or time.time()
        return self._redraws and now - self._last_drawn >= self.interval

    def _take_values(self, values, steps):
        for name, value in values:
            if name in self.stateful_metrics or isinstance(value, str):
                self._shown[name] = value
            else:
                total, weight = self._shown.get(name, (0.0, 0))
                total = total + np.mean(value) * steps
                self._shown[name] = (total, weight + steps)

    def _draw(self, current, now, finalize):
        text = self._bar(current) + self._times(current, now, finalize)
        text += self._values()
        if self._redraws:
            back = "\b" * self._drawn_width + "\r"
            rest = " " * (self._drawn_width - len(text))
            self._drawn_width = len(text)
            text = back + text + rest
        self._say(text + "\n" if finalize else text)

    def _bar(self, current):
        if self.target is None:
            return f"{current:7d}/Unknown"
        filled = int(self.width * min(current / max(self.target, 1), 1.0))
        bar = ""
        if filled:
            tip = ">" if current < self.target else "="
            bar = "=" * (filled - 1) + tip
        bar += "." * (self.width - filled)
        return f"{self._count(current)} [{bar}]"

    def _count(self, current):
        if self.target is None:
            return f"{current}/Unknown"
        return f"{current:{len(str(self.target))}d}/{self.target}"

    def _times(self, current, now, finalize):
        per_step = self._seconds_per_step(current, now)
        if self.target is None or finalize:
            pace = _pace(per_step, self.unit_name)
            return f" - {now - self.start_time:.0f}s {pace}"
        left = per_step * (self.target - current)
        return f" - ETA: {_duration(left)}"

    def _final_line(self, current, now):
        elapsed = now - self.start_time
        pace = _pace(elapsed / max(current, 1), self.unit_name)
        return (
            f"{self._count(current)} - {elapsed:.0f}s{self._values()}"
            f" - {_pace(elapsed, 'epoch')} - {pace}"
        )

    def _seconds_per_step(self, current, now):
        if not current:
            return 0.0
        first_step, first_time = self._first
        # Unless it was most of the steps, run in one call.
        if current >= 2 * first_step:
            return (now - first_time) / (current - first_step)
        return (now - self.start_time) / current

    def _values(self):
        text = ""
        for name, value in self._shown.items():
            if isinstance(value, tuple):
                value = value[0] / max(1, value[1])
            text += f" - {name}: {_number(value)}"
        return text

    def _say(self, text):
        if messages.is_interactive_logging_enabled():
            messages.print_msg(text, line_break=False)
        elif text.endswith("\n"):
            messages.print_msg(text.strip("\b\r\n"))


def _can_redraw():
    """Whether standard output is a terminal or a notebook."""
    if not messages.is_interactive_logging_enabled():
        return False
    return (
        getattr(sys.stdout, "isatty", lambda: False)()
        or type(sys.stdout).__module__.startswith(("ipykernel", "IPython"))
        or "PYCHARM_HOSTED" in os.environ
    )


def _number(value):
    if isinstance(value, str):
        return value
    value = float(np.mean(value))
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"


def _pace(seconds, unit):
    if seconds >= 1 or seconds == 0:
        return f"{seconds:.0f}s/{unit}"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.0f}ms/{unit}"
    return f"{seconds * 1e6:.0f}us/{unit}"


def _duration(seconds):
    seconds = int(seconds)
    if seconds > 3600:
        hours, rest = divmod(seconds, 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    if seconds > 60:
        return f"{seconds // 60}:{seconds % 60:02d}"
    return f"{seconds}s"
