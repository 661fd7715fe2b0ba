"""Scopes: name scopes, the learning phase, and a fresh start of a session."""

import contextlib
import gc
import warnings

import tensorflow as tf

from tf_keras.src.foundation import names
from tf_keras.src.foundation.tf_internals import (
    answer_clear_session,
    clear_kernel_cache,
)

# Higher floors put here what they want called when the session is cleared.
on_clear = []

_learning_phase = None


def name_scope(name):
    """Returns a scope that puts `name/` before the names of operations.

    Args:
        name: The prefix.

    Example:

    >>> with name_scope("encoder"):
    ...     kernel = tf.Variable(1.0, name="kernel")
    >>> kernel.name
    'encoder/kernel:0'
    """
    return tf.name_scope(name)


def get_uid(prefix=""):
    """Counts a prefix and returns its number: 1, then 2 and so on.

    Args:
        prefix: The name to count.
    """
    return names.next_uid(prefix)


def reset_uids():
    """Forgets all counts of `get_uid`, and so the names of layers."""
    names.reset_names()


def clear_session():
    """Forgets what the package keeps between models, and frees its memory.

    Names of layers start again, the learning phase is not set, and compiled
    kernels of functions no longer in use are dropped. Models that are still
    in use keep working.
    """
    global _learning_phase
    _learning_phase = None
    reset_uids()
    for forget in on_clear:
        forget()
    gc.collect()
    if tf.executing_eagerly():
        clear_kernel_cache()


answer_clear_session(clear_session)

# The learning phase ----------------------------------------------------------


def learning_phase():
    """Returns 1 for training or 0 for inference, as set for the process.

    Layers that are called without `training` and outside `fit` take it.
    Unless it was set it is 0.
    """
    return _learning_phase or 0


def learning_phase_is_set():
    """Whether `set_learning_phase` or a scope decides on training."""
    return _learning_phase is not None


def set_learning_phase(value):
    """Sets whether layers train where no one tells them.

    Prefer to pass `training` to the layer or model.

    Args:
        value: 0 or False for inference, 1 or True for training.

    Raises:
        ValueError: For another value.
    """
    global _learning_phase
    _warn_of("set_learning_phase")
    _learning_phase = _checked_phase(value)


@contextlib.contextmanager
def learning_phase_scope(value):
    """Sets the learning phase inside a `with` block.

    Prefer to pass `training` to the layer or model.

    Args:
        value: 0 or False for inference, 1 or True for training.

    Raises:
        ValueError: For another value.
    """
    global _learning_phase
    _warn_of("learning_phase_scope")
    before = _learning_phase
    _learning_phase = _checked_phase(value)
    try:
        yield
    finally:
        _learning_phase = before


def _checked_phase(value):
    if value not in (0, 1):
        raise ValueError(
            "The learning phase is 0 (inference) or 1 (training). "
            f"Received: {value!r}."
        )
    return int(value)


def _warn_of(function_name):
    warnings.warn(
        f"`{function_name}` acts on every layer of the process. Pass "
        "`training=True` or `training=False` to the layer or model instead.",
        stacklevel=3,
    )
