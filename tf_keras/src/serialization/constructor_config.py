"""get_config read from the constructor: an attribute for each argument."""

import functools
import inspect

import tensorflow as tf

from tf_keras.src.serialization import registry
from tf_keras.src.serialization.from_config import deserialize_keras_object
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
    config, given = {}, made_with(obj)
    for name in _names_for(obj, base, skip):
        value = given.get(name)
        if hasattr(obj, name) and not _is_other(
            getattr(obj, name), name, given
        ):
            value = getattr(obj, name)
        elif name not in given:
            continue
        try:
            config[name] = config_value(value)
        except TypeError as error:
            raise NotImplementedError(
                f"{type(obj).__name__} was made with argument {name!r}, which "
                f"a config can't hold: {error}"
            ) from error
    return config


def made_with(obj):
    """The arguments with which a user's object was made, by their names.

    Its class notes them as `_made_with`; others give an empty dict.
    """
    args, kwargs = vars(obj).get("_made_with") or ((), None)
    if kwargs is None:
        return {}
    try:
        signature = inspect.signature(type(obj).__init__)
        bound = signature.bind(obj, *args, **kwargs)
    except (TypeError, ValueError):  # Its constructor hides what it takes.
        return {}
    bound.apply_defaults()
    found = {}
    for name, value in list(bound.arguments.items())[1:]:
        kind = signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_KEYWORD:
            found.update(value)
        elif kind in _NAMED:
            found[name] = value
    return found


def made_arguments(config):
    """Returns a config whose values are objects, where it describes some.

    Args:
        config: The dict that `constructor_config` returned. SavedModels
            leave out the modules of what it describes.
    """
    return {
        name: deserialize_keras_object(_with_module(name, value))
        for name, value in config.items()
    }


def _with_module(name, value):
    if isinstance(value, (list, tuple)):
        return type(value)(_with_module(name, item) for item in value)
    if not isinstance(value, dict) or "module" in value:
        return value
    if not {"class_name", "config"} <= set(value):
        return value
    module = "keras.initializers" if "initializer" in name else "keras"
    return {"module": module, "registered_name": value["class_name"], **value}


def _is_other(value, name, given):
    """Whether an attribute is what was made of the argument of its name."""
    made = (tf.Module, tf.Variable, tf.Tensor)
    if name not in given or not isinstance(value, made):
        return False
    return not isinstance(given[name], made)


def _names_for(obj, base, skip):
    """The arguments that constructors below a base class name."""
    classes = reversed(_classes_below(base, type(obj)))
    if "_made_with" in vars(obj) and not takes_others(type(obj)):
        # It decides by itself what its bases are made with.
        own = next(cls for cls in type(obj).__mro__ if "__init__" in vars(cls))
        classes = [own] if own is not base else []
    return [
        name
        for cls in classes
        if "get_config" not in vars(cls)
        for name in own_arguments(cls)
        if name not in skip
    ]


@functools.lru_cache(maxsize=1000)
def takes_others(cls):
    """Whether a class's constructor takes more than the arguments it names."""
    parameters = inspect.signature(cls.__init__).parameters.values()
    return any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters)


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
    given = made_with(obj)
    return [
        name
        for name in _names_for(obj, base, skip)
        if name not in given and not hasattr(obj, name)
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
