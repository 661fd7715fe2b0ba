"""Finds sublayers, weights and metrics in attributes, lists and dicts."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import (
    PLAIN_VARIABLES,
    NoDependency,
    TrackableDataStructure,
    track_attribute,
)

# Values of these types never hold a layer or a weight.
PLAIN_TYPES = frozenset(
    (int, float, bool, str, bytes, type(None), type, tf.DType, tf.TensorShape)
)


def assign(layer, name, value):
    """Sets an attribute of a layer and tracks what it holds.

    Lists, dicts and tuples become TensorFlow's tracked wrappers of
    themselves, and the value a checkpoint dependency under `name`.
    """
    state = layer.__dict__
    if not state.get("_self_setattr_tracking", True):
        object.__setattr__(layer, name, _without_marker(value))
        return
    if name in state["_tracked"] and state["_tracked"][name] is not value:
        forget(layer, name)
    value = track_attribute(trackable=layer, name=name, value=value)
    if _is_trackable(value):
        state["_tracked"][name] = value
        if is_metric(value):
            layer._metrics.append(value)
        for variable in _direct_variables(value):
            add_variable(layer, variable)
    elif isinstance(value, tuple):  # Without a layer in it, thus not wrapped.
        for variable in tf.nest.flatten(value):
            if isinstance(variable, tf.Variable):
                state["_tracked"][name] = value
                add_variable(layer, variable)
    object.__setattr__(layer, name, value)


def _without_marker(value):
    return value.value if isinstance(value, NoDependency) else value


def _is_trackable(value):
    return (
        isinstance(value, (TrackableDataStructure, tf.Module, tf.Variable))
        or is_layer(value)
        or _has_weights(value)
    )


def is_layer(value):
    """Whether a value is a layer, also one of another package's base class."""
    return hasattr(value, "_is_layer") and not isinstance(value, type)


def is_metric(value):
    """Whether a value is a metric."""
    return getattr(value, "_is_metric", False) and not isinstance(value, type)


def _has_weights(value):
    cls = type(value)
    return hasattr(cls, "trainable_weights") and hasattr(
        cls, "non_trainable_weights"
    )


def _direct_variables(value):
    """The variables that an attribute's value holds, but no layer's."""
    if isinstance(value, tf.Variable):
        yield value
    elif isinstance(value, TrackableDataStructure):
        for item in _items(value):
            yield from _direct_variables(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _direct_variables(item)


def add_variable(layer, variable):
    """Notes a variable as one of the layer's own, once."""
    own = (layer._trainable_weights, layer._non_trainable_weights)
    if any(known is variable for weights in own for known in weights):
        return
    own[0 if variable.trainable else 1].append(variable)


def forget(layer, name):
    """Stops tracking what an attribute held."""
    value = layer._tracked.pop(name, None)
    if is_metric(value):
        layer._metrics[:] = [m for m in layer._metrics if m is not value]
    gone = list(_direct_variables(value))
    kept = {
        id(variable)
        for other in layer._tracked.values()
        for variable in _direct_variables(other)
    }
    for variable in gone:
        if id(variable) not in kept:
            remove_variable(layer, variable)


def remove_variable(layer, variable):
    """Drops a variable from the layer's own."""
    for weights in (layer._trainable_weights, layer._non_trainable_weights):
        weights[:] = [known for known in weights if known is not variable]


def _items(structure):
    """What a tracked list, dict or tuple holds."""
    if isinstance(structure, tuple):
        return tuple(structure)
    return list(structure._values)


def leaves(values):
    """Returns the layers and variables that values hold, in order.

    Lists, dicts and tuples are opened, and so are plain `tf.Module`s: first
    their variables, then what their attributes hold.
    """
    found = []
    stack = list(reversed(values))
    while stack:
        value = stack.pop()
        # The quick questions first, `is_layer` without a call: fit asks often.
        if type(value) in PLAIN_VARIABLES or (
            hasattr(value, "_is_layer") and not isinstance(value, type)
        ):
            found.append(value)
        elif isinstance(value, tf.Variable):
            found.append(value)
        elif isinstance(value, TrackableDataStructure):
            stack.extend(reversed(_items(value)))
        elif isinstance(value, tf.Module):
            stack.extend(reversed(_held_by_module(value)))
        elif isinstance(value, tuple):
            stack.extend(reversed(value))
        elif _has_weights(value):
            found.append(value)
    return found


def variables_in(part, kind):
    """Returns the variables of a layer, a module, or a list or dict of them.

    Args:
        part: What an attribute holds.
        kind: `"variables"`, `"trainable_variables"` or
            `"non_trainable_variables"`. Those of a list or dict are its
            layers', then its own; the trainable ones come first.
    """
    if isinstance(part, tf.Module) and not is_layer(part):
        return [
            variable
            for leaf in leaves([part])
            for variable in getattr(leaf, "variables", [leaf])
            if _is_of(variable, kind)
        ]
    if not isinstance(part, (TrackableDataStructure, tuple)):
        return list(getattr(part, kind, ()))
    if kind == "variables":
        return variables_in(part, "trainable_variables") + variables_in(
            part, "non_trainable_variables"
        )
    below, own = [], []
    for item in _items(part):
        if not isinstance(item, tf.Variable):
            below += variables_in(item, kind)
        elif _is_of(item, kind):
            own.append(item)
    return below + own


def _is_of(variable, kind):
    if kind == "variables":
        return True
    return variable.trainable == (kind == "trainable_variables")


def _held_by_module(module):
    def variables(value):
        return isinstance(value, tf.Variable)

    def modules(value):
        return isinstance(value, tf.Module) or is_layer(value)

    flatten = module._flatten
    return [
        *flatten(recursive=False, predicate=variables),
        *flatten(recursive=False, predicate=modules),
    ]


def layers_in(values):
    """Returns the layers that values hold, without metrics and repetition."""
    found, seen = [], set()
    stack = list(reversed(values))
    while stack:
        value = stack.pop()
        if is_layer(value):
            if id(value) not in seen and not is_metric(value):
                seen.add(id(value))
                found.append(value)
        elif isinstance(value, TrackableDataStructure):
            stack.extend(reversed(_items(value)))
    return found


def all_layers(layer):
    """Returns a layer and every layer below it, each once, parents first."""
    found, seen = [], set()
    stack = [layer]
    while stack:
        value = stack.pop()
        if type(value) in PLAIN_VARIABLES or id(value) in seen:
            continue
        seen.add(id(value))
        tracked_objects = getattr(value, "_tracked_objects", None)
        if tracked_objects is not None:
            found.append(value)
            stack.extend(reversed(leaves(tracked_objects())))
        elif not isinstance(value, tf.Variable):
            found.append(value)
    return found


def without_repetition(values):
    """Returns the values, each object once, in order."""
    found, seen = [], set()
    for value in values:
        if id(value) not in seen:
            seen.add(id(value))
            found.append(value)
    return found


def holds_layer(value):
    """Whether a value is or holds a layer or a variable."""
    return any(
        is_layer(item) or isinstance(item, tf.Variable)
        for item in tf.nest.flatten(value)
    )
