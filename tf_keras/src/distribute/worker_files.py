"""Files that several workers write: the chief's stays, others go aside."""

import contextlib
import os

import tensorflow as tf


def _other_worker():
    """Number of this worker, or None if it is the chief or alone."""
    extended = tf.distribute.get_strategy().extended
    if getattr(extended, "should_checkpoint", True):
        return None
    return getattr(extended, "_task_id", 0)


def worker_folder(folder):
    """The folder of a worker's own checkpoints, below a common one."""
    worker = _other_worker()
    name = "chief" if worker is None else f"worker_{worker}"
    return os.path.join(folder, name)


@contextlib.contextmanager
def worker_path(path):
    """Gives the path at which this worker should write.

    Saving may hold collective operations, so every worker must do it. The
    chief writes to `path`; the others write to a temporary folder beside it,
    which is removed afterwards.
    """
    worker = _other_worker()
    if worker is None:
        yield path
        return
    folder, name = os.path.split(path)
    aside = os.path.join(folder, f".worker_{worker}")
    tf.io.gfile.makedirs(aside)
    try:
        yield os.path.join(aside, name)
    finally:
        if tf.io.gfile.exists(aside):
            tf.io.gfile.rmtree(aside)
