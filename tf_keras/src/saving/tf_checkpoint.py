"""TensorFlow checkpoints of a model's weights and optimizer."""

import glob
import os

import tensorflow as tf

from tf_keras.src.core import tracking
from tf_keras.src.saving.atomic_files import is_remote, sibling, sync

_SUFFIX = ".index"


def is_checkpoint(path):
    """Whether `path` is the prefix of a checkpoint's files."""
    return tf.io.gfile.exists(path + _SUFFIX)


def save_weights(model, path, options=None):
    """Writes a model's variables as a checkpoint.

    Until all is on the disk, a checkpoint of this name stays as it was.

    Args:
        model: The model.
        path: The prefix of the files.
        options: `tf.train.CheckpointOptions`, or None.
    """
    folder = os.path.dirname(path)
    if folder:
        tf.io.gfile.makedirs(folder)
    checkpoint = tf.train.Checkpoint(root=model)
    if is_remote(path):
        checkpoint.write(path, options=options)
    else:
        _write_beside(checkpoint, path, options)
    # So that `tf.train.latest_checkpoint(folder)` finds it.
    tf.compat.v1.train.update_checkpoint_state(
        folder or ".", path, all_model_checkpoint_paths=[path]
    )


def _write_beside(checkpoint, path, options):
    """Writes under another name first, then renames; the index comes last."""
    beside = sibling(path)
    try:
        checkpoint.write(beside, options=options)
        files = sorted(glob.glob(glob.escape(beside) + ".*"))  # Data, index.
        for file in files:
            sync(file)
        for file in files:
            os.replace(file, path + file.removeprefix(beside))
    finally:
        for file in glob.glob(glob.escape(beside) + ".*"):
            os.unlink(file)
    sync(os.path.dirname(path) or ".")


def load_weights(model, path, options=None):
    """Sets a model's variables from a checkpoint.

    Variables that are not made yet are set when they are.

    Args:
        model: The model.
        path: The prefix of the files.
        options: `tf.train.CheckpointOptions`, or None.

    Returns:
        The status of the load, as of `tf.train.Checkpoint.read`.

    Raises:
        ValueError: If nothing in the checkpoint belongs to the model.
    """
    try:
        status = tf.train.Checkpoint(root=model).read(path, options=options)
    except (IndexError, KeyError, RuntimeError) as error:  # Of TensorFlow.
        raise ValueError(
            f"Checkpoint {path} is damaged: {str(error)[:300]}"
        ) from error
    try:
        status.assert_nontrivial_match()
    except AssertionError as error:
        raise ValueError(
            f"Checkpoint {path} holds nothing that belongs to model "
            f"{model.name!r}. {str(error)[:300]}"
        ) from error
    finalize_states(model)
    return status


def finalize_states(model):
    """Makes of restored weights what layers that learn by `adapt` compute.

    Args:
        model: The model.
    """
    for layer in tracking.all_layers(model):
        if hasattr(layer, "finalize_state") and layer.built:
            layer.finalize_state()
