"""Writes files so that a name holds the whole old or the whole new content."""

import contextlib
import os
import shutil
import tempfile
import uuid

import tensorflow as tf

from tf_keras.src.foundation.messages import print_msg


def is_remote(path):
    """Whether a path belongs to a file system that only TensorFlow reaches."""
    return "://" in path


@contextlib.contextmanager
def replacing(path):
    """Gives the name of a temporary file that becomes `path` at the end.

    The file is made beside `path`, synced and renamed when the block ends.
    If the block raises, it is removed and `path` stays as it was.

    Args:
        path: Where the content belongs, local or remote.

    Yields:
        The name of an empty local file to write.
    """
    if is_remote(path):
        with _uploading(path) as temporary:
            yield temporary
        return
    path = os.path.realpath(path)  # A link stays a link.
    temporary = sibling(path)
    try:
        # Not tempfile: its files are readable by their owner alone.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"Can't save to {path!r}: there is no folder "
            f"{os.path.dirname(path)!r}."
        ) from None
    try:
        yield temporary
        if os.path.exists(path):
            shutil.copymode(path, temporary)
        sync(temporary)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    sync(os.path.dirname(path))


def sibling(path):
    """Returns a new hidden name beside a path."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:100]}.{uuid.uuid4().hex[:12]}.tmp")


def sync(path):
    """Asks the system to bring a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if not os.path.isdir(path):  # Some systems can't sync folders.
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def _uploading(path):
    with tempfile.TemporaryDirectory() as folder:
        temporary = os.path.join(folder, "file")
        open(temporary, "wb").close()
        yield temporary
        beside = sibling(path)
        try:
            tf.io.gfile.copy(temporary, beside)
            tf.io.gfile.rename(beside, path, overwrite=True)
        except BaseException:
            if tf.io.gfile.exists(beside):
                tf.io.gfile.remove(beside)
            raise


@contextlib.contextmanager
def local_copy(path):
    """Gives the name of a local file with the content of `path`.

    Args:
        path: A local file, which is given as it is, or a remote one.

    Yields:
        The name of a file to read.
    """
    if not is_remote(path):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        temporary = os.path.join(folder, "file")
        tf.io.gfile.copy(path, temporary)
        yield temporary


def may_write(path, overwrite):
    """Whether to write `path`: asks the user if it is there already.

    Args:
        path: The file or folder.
        overwrite: Whether to replace it without asking.

    Raises:
        FileExistsError: If nobody is there to be asked.
    """
    if overwrite or not tf.io.gfile.exists(path):
        return True
    question = f"[WARNING] {path} already exists - overwrite? [y/n] "
    try:
        answer = input(question).strip().lower()
        while answer not in ("y", "n"):
            answer = input("Enter y (overwrite) or n (cancel). ")
            answer = answer.strip().lower()
    except (EOFError, OSError) as error:
        raise FileExistsError(
            f"{path} already exists, and nobody answers whether to overwrite "
            "it. Pass `overwrite=True` or choose another name."
        ) from error
    if answer == "y":
        print_msg("[TIP] Next time specify overwrite=True!")
    return answer == "y"
