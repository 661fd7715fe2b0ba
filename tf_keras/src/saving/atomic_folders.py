"""Writes SavedModels so that a name holds the whole old or the whole new one.

Where Linux can swap two names (`renameat2`), there is no instant without a
whole model. Elsewhere the old folder steps aside first: a process that dies
between two renames leaves both models whole, under hidden names beside the
path. A folder that holds anything else, or that can't be renamed, stays, and
gets the new model's few members one after the other.
"""

import contextlib
import ctypes
import os
import shutil
import sys

from tf_keras.src.saving.atomic_files import is_remote, sibling, sync

# What makes a folder a SavedModel, and nothing more.
_GRAPH = "saved_model.pb"
_MEMBERS = {"assets", "fingerprint.pb", "keras_metadata.pb", "variables"}
# What Linux calls the working folder, and the wish to swap.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def replacing_folder(path):
    """Gives the name of a new SavedModel's folder that becomes `path`.

    If the block raises, what was at `path` stays as it was.

    Args:
        path: Where the folder belongs. One that is there is replaced, except
            for what doesn't belong to a SavedModel.

    Yields:
        The name of a folder that is yet to be made, beside `path`; `path`
        itself on remote file systems.
    """
    if is_remote(path):
        yield path
        return
    path = os.path.realpath(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    keeps = os.path.isdir(path) and not _may_be_swapped(path)
    temporary = sibling(os.path.join(path, "model") if keeps else path)
    try:
        yield temporary
        _sync_all(temporary)
        if keeps:
            _move_members(temporary, path)
        else:
            _put(temporary, path)
    finally:
        _remove(temporary)
    sync(path if keeps else os.path.dirname(path))


def _may_be_swapped(path):
    """Whether a folder is a SavedModel alone, and may have another name."""
    found = set(os.listdir(path))
    return (
        _GRAPH in found
        and found - {_GRAPH} <= _MEMBERS
        and not os.path.ismount(path)
        and not os.path.samefile(path, os.curdir)
        and os.access(os.path.dirname(path), os.W_OK)
    )


def _move_members(temporary, path):
    # The graph comes last: without it nobody takes the folder for a model.
    for name in sorted(os.listdir(temporary), key=lambda each: each == _GRAPH):
        _put(os.path.join(temporary, name), os.path.join(path, name))


def _put(new, path):
    """Gives a file or folder the name `path`; what had it gets its name."""
    if not os.path.lexists(path):
        os.rename(new, path)
        return
    shutil.copymode(path, new)
    if _swap(new, path):
        return
    old = sibling(path)
    os.rename(path, old)
    try:
        os.rename(new, path)
    except BaseException:
        os.rename(old, path)
        raise
    os.rename(old, new)


def _swap(one, other):
    """Swaps two names in one step; returns whether the system could."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    names = [_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other)]
    return rename(*names, _RENAME_EXCHANGE) == 0


def _sync_all(path):
    for folder, _, names in os.walk(path):
        for name in names:
            sync(os.path.join(folder, name))
        sync(folder)


def _remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        os.unlink(path)
