"""Where the package speaks: standard output or the log."""

import logging
import sys
import threading


class _Speech(threading.local):
    """What each thread chose."""

    is_interactive = True


_speech = _Speech()
_logger = logging.getLogger("tf_keras")
_warned = set()


def enable_interactive_logging():
    """Sends progress and messages to standard output, as by default."""
    _speech.is_interactive = True


def disable_interactive_logging():
    """Sends messages to the log, and lets no progress bar be drawn.

    They go to Python's logger `tf_keras` at level INFO, so that a server's
    log shows them once, or not at all.
    """
    _speech.is_interactive = False


def is_interactive_logging_enabled():
    """Returns whether messages go to standard output.

    Example:

    >>> is_interactive_logging_enabled()
    True
    """
    return _speech.is_interactive


def print_msg(message, line_break=True):
    """Says something to the user: prints it, or logs it.

    Args:
        message: What to say.
        line_break: Whether a printed message ends its line.
    """
    if _speech.is_interactive:
        sys.stdout.write(message + "\n" if line_break else message)
        sys.stdout.flush()
    else:
        _logger.info(message)


def warn(message, once=None):
    """Warns the user in the log.

    Args:
        message: What to say.
        once: A key under which this is said only once in a process.
    """
    if once is not None:
        if once in _warned:
            return
        _warned.add(once)
    _logger.warning(message)
