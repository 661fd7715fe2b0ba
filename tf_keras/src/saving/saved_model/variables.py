"""Sets the weights and the optimizer of a model from a SavedModel."""

import os
import warnings

import tensorflow as tf

from tf_keras.src.core.awaited_weights import fill_others
from tf_keras.src.foundation.tf_internals import restored_objects
from tf_keras.src.saving.tf_checkpoint import finalize_states


def prefix(path):
    """The prefix of the checkpoint that a SavedModel holds."""
    return os.path.join(path, "variables", "variables")


def size(path):
    """The bytes of the files that hold a SavedModel's variables."""
    files = tf.io.gfile.glob(prefix(path) + ".data-*")
    return sum(tf.io.gfile.stat(file).length for file in files)


def restore(model, path, with_optimizer, options=None):
    """Sets what a model keeps from the checkpoint of a SavedModel.

    Args:
        model: The model, built.
        path: The folder.
        with_optimizer: Whether the optimizer's state is asked for.
        options: `tf.saved_model.LoadOptions`, or None.

    Raises:
        ValueError: If a weight isn't there, or has another shape.
    """
    optimizer = getattr(model, "optimizer", None) if with_optimizer else None
    if hasattr(optimizer, "build"):
        optimizer.build(model.trainable_variables)
    device = getattr(options, "experimental_io_device", None)
    options = tf.train.CheckpointOptions(experimental_io_device=device)
    # Not all of a checkpoint's objects come back: metrics, for instance.
    status = tf.train.Checkpoint(root=model).read(prefix(path), options)
    status.expect_partial()
    finalize_states(model)
    found = {id(value): value for value in restored_objects(status)}
    fill_others(found.values())
    missing = [v.name for v in model.weights if id(v) not in found]
    if missing and not getattr(options, "allow_partial_checkpoint", False):
        raise ValueError(
            f"SavedModel {path} holds no values for {len(missing)} weights of "
            f"{model.name!r}: {missing[:5]}. It is damaged, or the classes in "
            "`custom_objects` are not those of the model that was saved."
        )
    if optimizer is None:
        return
    state = optimizer.variables
    state = state() if callable(state) else state
    lost = [v.name for v in state if id(v) not in found]
    if lost and len(lost) < len(state):
        _warn_of_lost(path, lost)


def _warn_of_lost(path, lost):
    warnings.warn(
        f"SavedModel {path} holds no values for a part of the optimizer: "
        f"{lost[:5]}. Training goes on with these at their start.",
        stacklevel=6,
    )
