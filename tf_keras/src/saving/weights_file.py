"""`.weights.h5`: the arrays of every object of a model, by its path."""

import warnings

from tf_keras.src.saving import (
    hdf5_assets,
    hdf5_weights,
    object_keys,
    old_files,
    safe_hdf5,
)
from tf_keras.src.saving.atomic_files import local_copy, replacing
from tf_keras.src.saving.object_state import load_state, save_state
from tf_keras.src.saving.object_walk import walk

# What a file may hold beside the model's weights without being another's.
_BESIDE = ("optimizer", "metrics")
_RANDOM = "seed_generator"  # Keras 3 saves the state of dropout.
_NAMED = 5


def save_weights(model, path):
    """Writes the arrays of a model and of all below it to a file.

    Args:
        model: The model.
        path: The file, which ends in `.weights.h5`.
    """
    with replacing(path) as temporary:
        write(model, temporary, with_assets=True)


def write(model, file, with_assets=False):
    """Writes as `save_weights`, without replacing in one step.

    Args:
        model: The model.
        file: A path or a file object.
        with_assets: Whether to write vocabularies and the like into it too.
    """
    with safe_hdf5.written(file) as root:
        save_state(model, lambda place: root.create_group(_vars(place)))
        object_keys.write(model, root)
        if with_assets:
            hdf5_assets.write(model, root)


def load_weights(model, path, skip_mismatch=False):
    """Sets a model's arrays from a file that `save_weights` wrote.

    Args:
        model: The model, built.
        path: The file.
        skip_mismatch: Whether to leave layers that don't fit as they are.

    Raises:
        ValueError: If the file and the model don't fit; nothing is set then.
    """
    with local_copy(path) as local:
        with safe_hdf5.opened(local, path) as root:
            if hdf5_weights.is_by_layer(root):  # Written before 2023.
                hdf5_weights.read_by_topology(model, root)
            else:
                read(model, root, path, skip_mismatch)


def read(model, root, where, skip_mismatch=False):
    """Sets a model's arrays from an open file.

    Args:
        model: The model, built.
        root: A `safe_hdf5.Group`.
        where: What messages call the file.
        skip_mismatch: Whether to leave layers that don't fit as they are.
    """
    filled = list(_filled(root))
    _build_optimizer(model, root)
    used = set()
    moved = object_keys.read(model, root)

    def find(path, value):
        found = root.group(_vars(moved.get(path, path)))
        if found is None and getattr(value, "weights", None):
            found = old_files.first_answer("object_store", path, model, root)
        used.add(getattr(found, "where", None))
        return found

    paths = load_state(model, find, where, skip_mismatch)
    hdf5_assets.read(model, root)
    left = [
        path
        for path in filled
        if path not in paths
        and path.partition("/")[0] not in _BESIDE
        and not path.endswith(_RANDOM)
        and f"{root.where}/{_vars(path)}" not in used
    ]
    if left:
        warnings.warn(
            f"{where} holds arrays that the model has no place for, at "
            f"{left[:_NAMED]}. They are left out: check that the file was "
            "written by this model.",
            stacklevel=5,
        )


def _build_optimizer(model, root):
    """Makes the state of an optimizer that took no step, if a file holds it."""
    optimizer = getattr(model, "optimizer", None)
    state = root.group("optimizer/vars")
    if hasattr(optimizer, "build") and state is not None and len(state) > 1:
        optimizer.build(model.trainable_variables)


def _vars(path):
    return f"{path}/vars" if path else "vars"


def _filled(root):
    """Yields the paths for which the file holds arrays."""
    stack = [("", root)]
    while stack:
        path, group = stack.pop()
        for name in group:
            if name == hdf5_assets.GROUP and not path:
                continue
            below = group.group(name)
            if below is None:
                raise ValueError(f"{group.where}/{name} can't be found.")
            if name == "vars":
                if len(below):
                    yield path
            else:
                stack.append((f"{path}/{name}" if path else name, below))


def holds_objects(model, verb):
    """Returns `(path, object)` of those that have a method, as a list."""
    return [pair for pair in walk(model) if hasattr(pair[1], verb)]
