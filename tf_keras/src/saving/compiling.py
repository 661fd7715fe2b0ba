"""Compiles a loaded model as its file says, as far as that is known here."""

import contextlib
import warnings

import tensorflow as tf

from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.safe_mode import is_safe
from tf_keras.src.serialization.safe_mode import safe_mode as safe_mode_scope

# What a config that is no config makes constructors and readers throw.
CONFIG_ERRORS = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    ArithmeticError,
    MemoryError,
    tf.errors.OpError,
)


@contextlib.contextmanager
def blaming_config(where, part):
    """Makes what a damaged config throws into errors that say which file.

    Args:
        where: The file.
        part: The part of it that holds the config.
    """
    try:
        yield
    except (ValueError, TypeError) as error:
        if type(error) not in (ValueError, TypeError) or where in str(error):
            raise
        raise type(error)(f"{where}: {part}: {error}") from error
    except CONFIG_ERRORS as error:
        raise ValueError(
            f"{where}: {part} can't be turned into a model. "
            f"{type(error).__name__}: {str(error)[:300]}"
        ) from error


def compile_as(model, config, custom_objects, safe_mode, where):
    """Compiles a model as a config says; warns where it can't.

    Args:
        model: The model.
        config: What `get_compile_config` returned.
        custom_objects: A dict from names to the user's own classes.
        safe_mode: Whether to refuse code stored in the config.
        where: The file, for messages.
    """
    try:
        with custom_object_scope(custom_objects), in_mode(safe_mode):
            model.compile_from_config(config)
    except CONFIG_ERRORS as error:
        warn_uncompiled(where, error)


def in_mode(safe_mode):
    """The block in which a file is read: safe unless told otherwise."""
    return safe_mode_scope(safe_mode and is_safe())


def warn_uncompiled(where, error):
    """Says that a model was loaded, but not compiled."""
    warnings.warn(
        f"The model in {where} is loaded without being compiled, because what "
        "it was compiled with can't be restored: "
        f"{str(error)[:500]} It predicts; to train it, pass these objects in "
        "`custom_objects`, or call `compile()`.",
        stacklevel=4,
    )
