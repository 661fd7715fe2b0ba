"""Where files of other releases hold the arrays of an object.

Keras 2.12 called a model's layers `_layer_checkpoint_dependencies` and left
out numbers. Keras 3 dropped the underscores of attributes.
"""

import re

import numpy as np

from tf_keras.src.saving.object_walk import children, items_of

_OF_2_12 = {"layers": "_layer_checkpoint_dependencies"}
_NUMBERED = re.compile(r"(.+?)(?:_(\d+))?$")


def group_at(path, model, root):
    """Returns the group of an object's arrays, or None.

    Args:
        path: The path at which files of today hold them.
        model: The model that holds the object.
        root: The file, a `safe_hdf5.Group`.
    """
    group, renamed = root, False
    if path.startswith("layers/") and _OF_2_12["layers"] not in root:
        path = _path_by_attribute(path, model, root)
    for name in path.split("/") if path else ():
        found = group.group(name) if not renamed or name in group else None
        if found is not None and not renamed:
            group = found
            continue
        if name in _OF_2_12:
            found = group.group(_OF_2_12[name])
            renamed = found is not None
        elif renamed:
            found, renamed = _nth(group, name), False
        elif name.startswith("_"):
            found = group.group(name[1:])
        if found is None:
            return None
        group = found
    return group.group("vars")


def _path_by_attribute(path, model, root):
    """The path of a model's layer by the attribute that holds it.

    Keras 2.12 called layers of models that are classes so.
    """
    if "layers" in root:
        return path
    _, name, *below = path.split("/")
    parts = children(model)
    for place, layer in items_of("layers", model.layers):
        if place == f"layers/{name}":
            found = [key for key, part in parts if part is layer]
            return "/".join([*found[:1], *below]) or path
    return path


def _nth(group, name):
    """The member of the same class whose place among those is the same."""
    kind, number = _NUMBERED.match(name).groups()
    members = []
    for member in group:
        own, own_number = _NUMBERED.match(member).groups()
        if own == kind:
            members.append((int(own_number or 0), member))
    members.sort()
    index = int(number or 0)
    return group.group(members[index][1]) if index < len(members) else None


def optimizer_of_keras_3(variables, store):
    """Returns an optimizer's arrays without those that only Keras 3 keeps.

    It keeps the learning rate second, Nadam's product of momentums last, and
    for Adafactor numbers that nothing uses.

    Args:
        variables: The optimizer's variables here.
        store: A mapping from `"0"`, `"1"`, ... to arrays, with headers.

    Returns:
        Names in the order of `variables`; None if this is no such state.
    """
    count = len(list(store))
    headers = [store.shape_and_dtype(str(index)) for index in range(count)]
    if count < 2 or None in headers or headers[1][0] != ():
        return None
    if count == len(variables):
        return None
    if count == 2:  # The count alone: there was no other state.
        return ["0"]
    found = []
    kinds = "".join(np.dtype(dtype).kind for _, dtype in headers[:6])
    # A loss scale keeps four numbers of its own in front.
    start = 4 if kinds == "ififif" and not any(h[0] for h in headers[:6]) else 0
    for index in (start, *range(start + 2, count)):
        wanted = [tuple(v.shape) for v in variables[len(found) :][:1]]
        shape = tuple(headers[index][0])
        if shape != () or wanted == [shape]:
            found.append(str(index))
    return found
