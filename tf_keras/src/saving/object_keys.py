"""Keys of layers: what tells them apart where files only number them.

`layers/dense_1` in a file is the second Dense in the order in which a model's
attributes were set. Whoever sets them in another order would get the weights
of another layer. So we note beside them by which attribute a layer is reached,
or the name that a user gave it.
"""

import collections
import re

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import snake_case
from tf_keras.src.saving.object_walk import children, walk
from tf_keras.src.saving.safe_hdf5 import write_names

# The attribute of a file that lists paths and keys. Others pass it over.
_KEYS = "keys"
_VIEWS = ("layers", "metrics")


def layer_keys(root, by_attribute=True):
    """Returns the keys of the layers below a model, by their ids.

    Args:
        root: The model.
        by_attribute: Whether attributes tell, or the names of layers alone.

    Returns:
        A dict; layers that nothing tells apart are missing.
    """
    keys = _attributes(root) if by_attribute else {}
    for _, value in walk(root):
        if isinstance(value, Layer) and id(value) not in keys:
            automatic = snake_case(type(value).__name__) + r"(_\d+)?"
            if not re.fullmatch(automatic, value.name):
                keys[id(value)] = name_key(value.name)
    keys.pop(id(root), None)
    counts = collections.Counter(keys.values())
    return {number: key for number, key in keys.items() if counts[key] == 1}


def name_key(name):
    """The key of a layer that is known by its name."""
    return f"name:{name}"


def _attributes(root):
    """The paths of layers that attributes lead to, by the layers' ids."""
    found, waiting = {id(root): ""}, [root]
    for value in waiting:
        for name, child in reversed(children(value)):
            is_part = isinstance(child, Layer) and id(child) not in found
            if is_part and name not in _VIEWS:
                before = found[id(value)]
                found[id(child)] = f"{before}/{name}" if before else name
                waiting.append(child)
    return found


def write(model, root):
    """Notes the keys of a model's layers in a file.

    Layers of a graph stand in the order of the graph, which its config keeps.

    Args:
        model: The model.
        root: The file, in which its arrays are.
    """
    if hasattr(model, "_graph_layers"):
        return
    keys = _keys_by_path(model)
    notes = {path: key for path, key in keys.items() if key not in (None, path)}
    if notes:
        lines = [f"{path}\t{key}".encode() for path, key in notes.items()]
        write_names(root, _KEYS, lines)


def _keys_by_path(model):
    keys = layer_keys(model)
    return {
        path: keys.get(id(value))
        for path, value in walk(model)
        if isinstance(value, Layer) and value._own_variables()
    }


def read(model, root):
    """Returns where a file holds the layers that have moved since.

    Args:
        model: The model.
        root: A `safe_hdf5.Group`.

    Returns:
        A dict from the paths of layers today to those in the file.

    Raises:
        ValueError: If values are those of another layer.
    """
    lines = root.names(_KEYS)
    if lines is None:
        return {}
    saved = dict(line.partition("\t")[::2] for line in lines)
    return moved(_keys_by_path(model), saved, root.where)


def moved(own, saved, where):
    """Returns where layers were that stand elsewhere today.

    Args:
        own: The keys of layers by their places in the model; None for a layer
            that has none.
        saved: The keys of layers by their places in the file.
        where: What messages call the file.

    Raises:
        ValueError: If a layer's place holds the values of another one, and
            its own aren't there.
    """
    places = {key: place for place, key in saved.items()}
    mine = set(own.values()) - {None}
    for place, key in own.items():
        if key not in places and saved.get(place) in mine:
            raise ValueError(
                f"{where}: the model has changed since it was saved. At place "
                f"{place!r}, where it now has layer {key or 'without a name'!r}"
                f", the file holds the weights of {saved[place]!r}. Give the "
                "layers the attributes and names that they had."
            )
    return {
        place: places[key]
        for place, key in own.items()
        if places.get(key, place) != place
    }
