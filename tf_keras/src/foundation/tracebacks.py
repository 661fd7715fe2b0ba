"""Hides our own frames from a user's traceback."""

import functools
import os
import types

import tensorflow as tf

_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_TENSORFLOW = os.path.dirname(os.path.abspath(tf.__file__))
_HIDDEN = (_OWN + os.sep, _TENSORFLOW + os.sep)


def hide_own_frames(function):
    """Makes errors of a public method point at the user's own lines.

    Frames of this package and of TensorFlow are left out of the traceback,
    unless `tf.debugging.disable_traceback_filtering()` was called. Costs
    nothing until an error comes.

    Args:
        function: The function or method to wrap.
    """

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except BaseException as error:  # Ctrl-C too.
            shorten(error)
            raise

    return call


def shorten(error):
    """Leaves our own frames out of an error's traceback; see above."""
    if tf.debugging.is_traceback_filtering_enabled():
        error.__traceback__ = _only_of_users(error.__traceback__)


def _only_of_users(traceback):
    """The same traceback without hidden frames."""
    kept = []
    while traceback is not None:
        if not _is_hidden(traceback.tb_frame.f_code.co_filename):
            kept.append(traceback)
        traceback = traceback.tb_next
    result = None
    for entry in reversed(kept):
        result = types.TracebackType(
            result, entry.tb_frame, entry.tb_lasti, entry.tb_lineno
        )
    return result


def _is_hidden(filename):
    return filename.startswith(_HIDDEN) and not filename.endswith("_test.py")
