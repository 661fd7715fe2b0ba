"""Visits an object and all it holds, in a stable order, with paths."""

import functools

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import snake_case
from tf_keras.src.foundation.tf_internals import AutoTrackable, Trackable

# What an object shows under these names belongs to it, attribute or not.
_SHOWN = ("inner_optimizer", "layers", "metrics", "optimizer")
_OURS = "tf_keras.src."


def walk(root):
    """Visits an object and those below it, each once.

    Files number and share by this order, so it is the order of published
    releases: depth first, attributes from z to a, the items of a list, dict,
    tuple or set in their own order. An item is called by its class, numbered
    inside of its container. What published releases do not visit (nests in
    nests, modules and other plain holders of variables) comes last.

    Args:
        root: A model, layer, optimizer or metric.

    Yields:
        `(path, object)`; the root's path is empty, others read
        `layers/dense_1`.
    """
    seen = {}  # Keeps the objects, so that an id means one object.
    later = []
    stack = [iter([("", root)])]
    while stack or later:
        if not stack:
            stack.append(iter([later.pop(0)]))
        path, value = next(stack[-1], (None, None))
        if path is None:
            stack.pop()
        elif id(value) in seen:
            continue
        elif _has_own_state(value):
            seen[id(value)] = value
            yield path, value
            stack.append(_below(path, value, later))
        elif is_nest(value):
            stack.append(_items(path, value, seen, later))
        else:
            seen[id(value)] = value
            yield path, value
            later.extend(_below(path, value, later))


def _has_own_state(value):
    """Whether an object saves itself by the protocol."""
    cls = type(value)
    return value is not cls and hasattr(cls, "save_own_variables")


def is_nest(value):
    """Whether a value is a list, dict, tuple or set."""
    return isinstance(value, (list, dict, tuple, set))


def _holds_variables(value):
    """Whether variables in attributes are all that an object has to save."""
    return isinstance(value, (tf.Module, AutoTrackable)) and not isinstance(
        value, (type, tf.random.Generator)
    )


def items_of(path, nest):
    """Yields `(path, object)` of a nest's items, as `walk` calls them."""
    yield from _items(path, nest, {}, [])


def _joined(path, name):
    return f"{path}/{name}" if path else name


def _below(path, value, later):
    """Yields what attributes hold, and puts aside what is visited later."""
    for name, child in children(value):
        place = _joined(path, name)
        if _has_own_state(child) or is_nest(child):
            yield place, child
        elif _holds_variables(child):
            later.append((place, child))


def _items(path, nest, seen, later):
    counts = {}
    for item in list(nest.values() if isinstance(nest, dict) else nest):
        if id(item) in seen:
            continue
        if not _has_own_state(item):
            if is_nest(item) and _may_hold_state(item):
                kind = next(k for k in _KINDS if isinstance(item, k))
                later.append((_numbered(path, kind.__name__, counts), item))
            elif _holds_variables(item):
                name = snake_case(type(item).__name__)
                later.append((_numbered(path, name, counts), item))
            continue
        yield _numbered(path, snake_case(type(item).__name__), counts), item


_KINDS = (list, dict, tuple, set)


def _may_hold_state(nest):
    items = nest.values() if isinstance(nest, dict) else nest
    return any(isinstance(item, Trackable) or is_nest(item) for item in items)


def _numbered(path, name, counts):
    count = counts.get(name, 0)
    counts[name] = count + 1
    return _joined(path, f"{name}_{count}" if count else name)


def children(value):
    """Returns the attributes that hold an object's parts, from z to a."""
    found = {}
    if isinstance(value, Layer):
        # Without those that stand for the graph in checkpoints.
        value._maybe_initialize_trackable()
        found.update(value._self_unconditional_dependency_names)
        found.update(value._tracked)
    elif isinstance(value, Trackable):
        found.update(value._trackable_children())
    names = set(found)
    for name in _SHOWN:
        if hasattr(type(value), name) or name in vars(value):
            found[name] = getattr(value, name, None)
    if isinstance(value, Layer):
        parts = {id(found[name]) for name in names}
        for name in _properties(type(value)):
            shown = getattr(value, name, None)
            if id(shown) in parts:
                found[name] = shown
    return [
        (name, found[name])
        for name in sorted(found, reverse=True)
        if found[name] is not None and not isinstance(found[name], tf.Variable)
    ]


@functools.lru_cache(maxsize=1000)
def _properties(cls):
    """The properties that a user's classes add."""
    return [
        name
        for owner in cls.__mro__
        if not owner.__module__.startswith((_OURS, "tensorflow"))
        for name, value in vars(owner).items()
        if isinstance(value, property)
    ]


def own_variables(value):
    """Returns the variables in the attributes of a plain object, by name."""
    return {
        name: child
        for name, child in sorted(value._trackable_children().items())
        if isinstance(child, tf.Variable)
    }
