"""Whether a monitored value should grow or shrink."""

import numpy as np

from tf_keras.src.foundation.messages import warn


def comparison(owner, mode, grows):
    """The function that says whether a value is better than another.

    Args:
        owner: Name of the callback, for messages.
        mode: "min", "max" or "auto".
        grows: Whether more is better, if `mode` is "auto".

    Returns:
        `np.less` or `np.greater`.
    """
    if mode not in ("auto", "min", "max"):
        warn(f'{owner}: the mode {mode!r} is unknown; using "auto".')
        mode = "auto"
    is_max = grows if mode == "auto" else mode == "max"
    return np.greater if is_max else np.less


def worst(monitor_op):
    """The value that every other is better than."""
    return np.inf if monitor_op is np.less else -np.inf


def missing(owner, monitor, logs):
    """Warns that the monitored value is not there."""
    warn(
        f"{owner} looks at `{monitor}`, which is not available. Available are: "
        f"{', '.join(logs)}."
    )
