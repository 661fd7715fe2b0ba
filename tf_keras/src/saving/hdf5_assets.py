"""The files of layers, such as vocabularies, in a group of an HDF5 file.

Published releases keep them in `.keras` files alone, and pass this group over.
"""

import os
import tempfile

import numpy as np

from tf_keras.src.saving.object_walk import walk

GROUP = "_assets"


def write(model, group):
    """Writes what layers below a model save as files.

    Args:
        model: The model.
        group: An `h5py.Group`.
    """
    for path, files in collect(model).items():
        for name, content in files.items():
            group[f"{GROUP}/{path}/{name}"] = content


def collect(model):
    """Returns what layers below a model save as files: bytes by path and name.

    Args:
        model: The model.
    """
    found = {}
    for path, value in _holders(model):
        with tempfile.TemporaryDirectory() as folder:
            value.save_assets(folder)
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), "rb") as file:
                    content = np.frombuffer(file.read(), "uint8")
                found.setdefault(path, {})[name] = content
    return found


def read(model, group):
    """Lets layers below a model load the files that `write` wrote.

    Args:
        model: The model.
        group: A `safe_hdf5.Group`.

    Raises:
        ValueError: If a file's name is none.
    """
    if GROUP in group:
        restore(model, lambda path: _files_of(group.group(f"{GROUP}/{path}")))


def _files_of(place):
    if place is None:
        return None
    for name in place:
        if name in (".", "..") or "/" in name or "\\" in name:
            raise ValueError(f"{place.where}: {name!r} names no file.")
        if place.shape_and_dtype(name)[1] != np.uint8:
            raise ValueError(f"{place.where}/{name} holds no bytes.")
    return {name: place[name] for name in place}


def restore(model, find):
    """Lets layers below a model load their files.

    Args:
        model: The model.
        find: Maps a layer's path to its files, as `collect` returns them.
    """
    for path, value in _holders(model):
        files = find(path)
        if files is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(content.tobytes())
            value.load_assets(folder)


def _holders(model):
    """`(path, object)` of those that load files and stand in no other such."""
    found = [
        (path, value)
        for path, value in walk(model)
        if hasattr(value, "save_assets") and hasattr(value, "load_assets")
    ]
    return [
        (path, value)
        for path, value in found
        if not any(path.startswith(f"{other}/") for other, _ in found)
    ]
