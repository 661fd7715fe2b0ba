"""Refuses to run code that came from a file, unless the caller allows it."""

import contextlib
import threading

_modes = threading.local()
_unsafe_everywhere = False


def is_safe():
    """Whether code from files is refused in this thread now.

    Safe is the rule: outside any `safe_mode` block it holds as well.
    """
    return getattr(_modes, "current", not _unsafe_everywhere)


@contextlib.contextmanager
def safe_mode(is_on):
    """Sets, inside a `with` block and in this thread, whether to refuse."""
    before = getattr(_modes, "current", None)
    # Once allowed by `enable_unsafe_deserialization`, allowed everywhere.
    _modes.current = bool(is_on) and not _unsafe_everywhere
    try:
        yield
    finally:
        if before is None:
            del _modes.current
        else:
            _modes.current = before


def enable_unsafe_deserialization():
    """Lets every file loaded by this process run code. Can't be undone.

    Prefer `load_model(path, safe_mode=False)`, which allows one file.
    """
    global _unsafe_everywhere
    _unsafe_everywhere = True


def refuse_unless_unsafe(what):
    """Raises ValueError in safe mode.

    Args:
        what: What the file asks for, as the start of a sentence.
    """
    if is_safe():
        raise ValueError(
            f"{what} would run code stored in the file, which is refused in "
            "safe mode: the file could do anything on this machine. If you "
            "trust its author, pass `safe_mode=False` to the loading "
            "function, or give the object itself in `custom_objects`."
        )
