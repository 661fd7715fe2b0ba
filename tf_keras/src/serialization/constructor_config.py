"""get_config read from the constructor: an attribute for each argument."""

import functools
import inspect

from tf_keras.src.serialization import registry
from tf_keras.src.serialization.to_config import (
    serialize_function,
    serialize_keras_object,
)

_NAMED = (
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.KEYWORD_ONLY,
)


def constructor_config(obj, base, skip=()):
    """Returns the constructor arguments of `obj` as a dict, base class first.

    Each class between `base` (excluded) and the class of `obj` gives the
    arguments that its own `__init__` names and that are attributes of `obj`
    under the same name. A class that writes its own `get_config` answers for
    itself and is passed over.

    Args:
        obj: Any object.
        base: The class whose `get_config` calls this.
        skip: Names that stay out.
    """
    config = {}
    for cls in reversed(_classes_below(base, type(obj))):
        if "get_config" in vars(cls):
            continue
        for name in own_arguments(cls):
            if name not in skip and hasattr(obj, name):
                config[name] = config_value(getattr(obj, name))
    return config


def arguments_config(obj, cls, skip=()):
    """Returns the arguments that `cls.__init__` names, for a `get_config`.

    Args:
        obj: An object that has each as an attribute.
        cls: One of its classes.
        skip: Names that stay out.
    """
    names = [name for name in own_arguments(cls) if name not in skip]
    return {name: config_value(getattr(obj, name)) for name in names}


def missing_arguments(obj, base, skip=()):
    """The constructor's arguments that are no attributes of `obj`.

    A class with its own `get_config` is trusted, as in `constructor_config`.
    """
    return [
        name
        for cls in _classes_below(base, type(obj))
        if "get_config" not in vars(cls)
        for name in own_arguments(cls)
        if name not in skip and not hasattr(obj, name)
    ]


def _classes_below(base, cls):
    mro = cls.__mro__
    return [
        found for found in mro if found is not base and issubclass(found, base)
    ]


@functools.lru_cache(maxsize=1000)
def own_arguments(cls):
    """The arguments that the `__init__` of this very class names."""
    if "__init__" not in vars(cls):
        return ()
    parameters = inspect.signature(vars(cls)["__init__"]).parameters
    named = (p.name for p in parameters.values() if p.kind in _NAMED)
    return tuple(named)[1:]  # Without self.


def config_value(value):
    """The plain form of one argument: public functions by their name."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        # TensorFlow wraps lists in attributes; the config holds plain ones.
        kind = tuple if isinstance(value, tuple) else list
        return kind(config_value(item) for item in value)
    if inspect.isroutine(value):
        address = registry.public_address(value)
        name = address[1] if address else registry.tensorflow_name(value)
        return name or serialize_function(value)
    return serialize_keras_object(value)
