"""The weights of layers in groups of an HDF5 file."""

import warnings

from tf_keras.src.foundation.names import nearest
from tf_keras.src.saving import hdf5_assets, old_files
from tf_keras.src.saving.file_version import KERAS_VERSION
from tf_keras.src.saving.object_keys import layer_keys, moved, name_key
from tf_keras.src.saving.object_state import array_of, assign, misfit_of_array
from tf_keras.src.saving.old_files import Origin
from tf_keras.src.saving.safe_hdf5 import write_names

_TOP = "top_level_model_weights"
_KEY = "key"


def check_built(model):
    """Raises ValueError if a model has no weights yet that it will have."""
    if not getattr(model, "built", True) and not model.weights:
        raise ValueError(
            f"Weights for model {model.name!r} have not yet been created. "
            "Weights are created when the model is first called on inputs or "
            "`build()` is called with an `input_shape`."
        )


# Writing ---------------------------------------------------------------------


def write(model, group):
    """Writes the weights of a model's layers.

    Args:
        model: The model.
        group: A new `h5py.Group`.
    """
    layers = model.layers
    keys = {} if hasattr(model, "_graph_layers") else layer_keys(model)
    write_names(group, "layer_names", [layer.name for layer in layers])
    group.attrs["backend"] = "tensorflow"
    group.attrs["keras_version"] = KERAS_VERSION
    for layer in layers:
        if layer.name in group:
            raise ValueError(
                f"Two layers of model {model.name!r} have the name "
                f"{layer.name!r}, under which an HDF5 file holds the weights "
                "of one. Give one of them another `name`, or save to "
                "`.keras` or `.weights.h5`."
            )
        place = group.create_group(layer.name)
        write_variables(place, weights_of(layer))
        if id(layer) in keys:
            place.attrs[_KEY] = keys[id(layer)]
    write_variables(group.create_group(_TOP), own_weights_of(model))
    hdf5_assets.write(model, group)


def weights_of(layer):
    """Returns a layer's weights in the order of files."""
    return list(layer.trainable_weights) + list(layer.non_trainable_weights)


def own_weights_of(model):
    """Returns the weights of a model that belong to none of its layers."""
    return model._own_variables()


def write_variables(group, variables):
    """Writes variables by their names, and the list of names.

    Args:
        group: A new `h5py.Group`.
        variables: A list of variables.
    """
    names = _unique([variable.name for variable in variables])
    write_names(group, "weight_names", names)
    for name, variable in zip(names, variables):
        group[name] = array_of(variable)


def _unique(names):
    """Names with a number where one comes again: sublayers may share one."""
    seen, result = set(), []
    for name in names:
        unique, count = name, 0
        while unique in seen:
            count += 1
            unique = f"{name}_{count}"
        seen.add(unique)
        result.append(unique)
    return result


# Reading ---------------------------------------------------------------------


def is_by_layer(group):
    """Whether a group holds weights layer by layer, and not by paths."""
    return _listed(group, "layer_names", "layer") is not None


def read_by_topology(model, group):
    """Sets the weights of layers, paired with the file's by their order.

    Args:
        model: The model, built.
        group: A `safe_hdf5.Group`.

    Raises:
        ValueError: If layers, weights or shapes differ; nothing is set then.
    """
    origin = origin_of(group)
    pairs = []
    for layer, (name, place, weight_names) in _paired(model, group, origin):
        pairs += _pairs(layer, place, weight_names, name, origin)
    top_place, top_names = _saved_weights(group, _TOP)
    if top_place is not None:
        own = own_weights_of(model)
        pairs += _checked(model, own, top_place, top_names, _TOP)
    assign(pairs)
    hdf5_assets.read(model, group)


def origin_of(group):
    """Returns which release wrote the weights of layers."""
    return Origin(group.text("keras_version"), group.text("backend"))


def paired(model, group):
    """Returns `(layer, group, names of weights)` for each layer with weights.

    Args:
        model: The model, built.
        group: A `safe_hdf5.Group`.
    """
    found = _paired(model, group, origin_of(group))
    return [(layer, place, names) for layer, (_, place, names) in found]


def _paired(model, group, origin):
    saved = [
        (name, *_saved_weights(group, name)) for name in _layer_names(group)
    ]
    saved = [entry for entry in saved if entry[2]]
    layers = [layer for layer in model.layers if weights_of(layer)]
    if len(saved) != len(layers):
        _check_has_weights(model)
        raise ValueError(
            f"{group.where}: layer count mismatch when loading weights: the "
            f"model has {len(layers)} layers with weights, the file "
            f"{len(saved)}. To load those that both have, pass "
            "`by_name=True`."
        )
    by_name = {layer.name: layer for layer in layers}
    if not origin.version and set(by_name) == {entry[0] for entry in saved}:
        # Keras 1, which wrote no version, had another order.
        layers = [by_name[entry[0]] for entry in saved]
    return list(zip(layers, _in_order_of(layers, model, saved, group.where)))


def _in_order_of(layers, model, saved, where):
    """Puts what was saved in the order of layers, if keys tell another."""
    noted = [place.text(_KEY) for _, place, _ in saved]
    keys = layer_keys(model, by_attribute=any(noted))
    saved_keys = {
        index: key or name_key(name)
        for index, (key, (name, _, _)) in enumerate(zip(noted, saved))
    }
    own = {index: keys.get(id(layer)) for index, layer in enumerate(layers)}
    places = moved(own, saved_keys, where)
    return [saved[places.get(i, i)] for i in range(len(saved))]


def _check_has_weights(model):
    if not model.built:
        raise ValueError(
            "Unable to load weights saved in HDF5 format into a subclassed "
            "Model which has not created its variables yet. Call the Model "
            "first, then load the weights."
        )


def read_by_name(model, group, skip_mismatch=False):
    """Sets the weights of those layers that the file has by name.

    Args:
        model: The model, built.
        group: A `safe_hdf5.Group`.
        skip_mismatch: Whether to leave layers that don't fit as they are.

    Raises:
        ValueError: If a layer's weights or shapes differ; nothing is set
            then.
    """
    names = _layer_names(group)
    known = {}
    for layer in model.layers:
        known.setdefault(layer.name, []).append(layer)
    origin = origin_of(group)
    targets = [(layer, name) for name in names for layer in known.get(name, ())]
    if _TOP in group:
        targets.append((model, _TOP))
    if not any(name in known for name in names):
        warnings.warn(
            f"{group.where}: no layer of the model has the name of a layer "
            f"in the file. The file has {names[:5]}."
            f"{nearest(next(iter(known), ''), names)}",
            stacklevel=4,
        )
    pairs = []
    for layer, name in targets:
        place, weight_names = _saved_weights(group, name)
        try:
            if layer is model:
                own = own_weights_of(model)
                pairs += _checked(model, own, place, weight_names, name)
            else:
                pairs += _pairs(layer, place, weight_names, name, origin)
        except ValueError as error:
            if not skip_mismatch:
                raise
            warnings.warn(f"Skipped. {error}", stacklevel=4)
    assign(pairs)


def _listed(group, attribute, kind):
    """The names of layers or weights, or None; Keras 0 numbered them."""
    names = group.names(attribute)
    count = group.text(f"nb_{kind}s") if names is None else None
    if count is None:
        return names
    if not count.isdigit() or int(count) > len(group):
        raise ValueError(
            f"{group.where} tells of {count} {kind}s and has {len(group)}."
        )
    return [f"{kind}_{index}" for index in range(int(count))]


def _layer_names(group):
    names = _listed(group, "layer_names", "layer")
    if names is None:
        raise ValueError(
            f"{group.where} has no list of layers, so it holds no weights "
            "that Keras wrote."
        )
    return names


def _saved_weights(group, name):
    """A layer's group and the names of its weights; no names without."""
    place = group.group(name)
    if place is None:
        if name == _TOP:
            return None, []
        raise ValueError(f"{group.where}: layer {name!r} is missing.")
    return place, _listed(place, "weight_names", "param") or []


def _pairs(layer, place, names, saved_name, origin):
    """Variables with the place of their values, after checking each."""
    variables = weights_of(layer)
    arrays = None
    if names:
        arrays = old_files.first_answer(
            "layer_arrays", layer, place, names, origin
        )
    if arrays is None:
        return _checked(layer, variables, place, names, saved_name)
    values = dict(zip(map(str, range(len(arrays))), arrays))
    return _checked(layer, variables, values, list(values), saved_name, place)


def _checked(layer, variables, store, names, saved_name, place=None):
    where = (place or store).where if names or place else "The file"
    if len(variables) != len(names):
        raise ValueError(
            f"{where}: weight count mismatch for layer {layer.name!r} "
            f"({saved_name!r} in the file): it expects {len(variables)} "
            f"weight(s), the file has {len(names)}."
        )
    for variable, name in zip(variables, names):
        problem = misfit_of_array(store, name, variable)
        if problem is not None:
            raise ValueError(f"{where}: layer {layer.name!r}: {problem}")
    return [(v, store, name) for v, name in zip(variables, names)]
