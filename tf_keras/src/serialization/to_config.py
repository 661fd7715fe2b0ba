"""Object to plain data that JSON can hold."""

import contextlib
import threading
import types

import numpy as np
import tensorflow as tf

from tf_keras.src.serialization import registry
from tf_keras.src.serialization.functions import FunctionCode, code_of_function

_sharing = threading.local()


@contextlib.contextmanager
def object_sharing():
    """Inside this block an object met twice is marked as one object.

    Both its configs hold the same `shared_object_id`, and reading them gives
    one object again.
    """
    before = getattr(_sharing, "configs", None)
    _sharing.configs = {}
    try:
        yield
    finally:
        _sharing.configs = before


def _mark_shared(obj, config):
    """Notes the config of `obj`; marks both if there was one before."""
    configs = getattr(_sharing, "configs", None)
    if configs is None:
        return config
    # The object is kept beside its config, so that its id stays its own.
    first, _ = configs.setdefault(id(obj), (config, obj))
    if first is not config:
        shared_id = first.setdefault("shared_object_id", id(obj))
        config["shared_object_id"] = shared_id
    return config


@contextlib.contextmanager
def live_objects():
    """Inside this block configs hold keys of the user's classes and functions.

    Copies in one process need no registered names that way, and two classes
    of one name stay two.

    Yields:
        A dict from keys to classes and functions, complete at the end. It is
        what reading takes as `custom_objects`.
    """
    before = getattr(_sharing, "live", None)
    _sharing.live = {}
    try:
        yield _sharing.live
    finally:
        _sharing.live = before


def _name_of(obj):
    """The name that reading is to find a class or function by."""
    live = getattr(_sharing, "live", None)
    if live is None:
        return registry.get_registered_name(obj)
    # Some configs hold plain names: those of the base forms of losses.
    live.setdefault(obj.__name__, obj)
    key = f"{obj.__module__}>{obj.__qualname__}"
    while live.setdefault(key, obj) is not obj:
        key += "'"
    return key


class PathOfContents(str):
    """A path in the config of a live object; files hold the contents instead.

    A path that stands in a file would let the file choose what is read.
    """

    contents = ()


def serialize_keras_object(obj):
    """Returns plain data from which the object can be made again.

    Args:
        obj: A layer, loss, metric, optimizer or any object with
            `get_config()`; a function; a number, string, array, tensor,
            dtype, shape, type specification; or a list, tuple or dict of
            these.

    Returns:
        For an object with `get_config`, a dict with `module`, `class_name`,
        `config` and `registered_name`, and with `build_config` and
        `compile_config` where it has them. Other values keep their form or
        become a dict that names their kind.

    Raises:
        TypeError: If the object has no `get_config()`.

    Example:

    >>> serialize_keras_object(initializers.Zeros())["class_name"]
    'Zeros'
    """
    if isinstance(obj, PathOfContents):
        return list(obj.contents)
    if obj is None or isinstance(obj, (str, bool, int, float)):
        return obj
    if isinstance(obj, FunctionCode):
        return obj
    if isinstance(obj, (list, tuple)):
        return _serialize_sequence(obj)
    if isinstance(obj, dict):
        return {
            key: serialize_keras_object(value) for key, value in obj.items()
        }
    for kinds, serialize in _PLAIN_KINDS:
        if isinstance(obj, kinds):
            return serialize(obj)
    if not hasattr(obj, "get_config"):
        raise TypeError(
            f"Object {obj!r} of type {type(obj)} can't be turned into a "
            "config: its class has no `get_config()` method. Write one that "
            "returns the constructor's arguments as a dict."
        )
    return _mark_shared(obj, _serialize_instance(obj))


def _serialize_sequence(values):
    items = [serialize_keras_object(value) for value in values]
    return tuple(items) if isinstance(values, tuple) else items


def _serialize_instance(obj):
    cls = type(obj)
    address = address_in_files(obj)
    if address is not None:
        module, class_name = address
    else:
        module, class_name = _private_module(cls), cls.__name__
    config = {
        "module": module,
        "class_name": class_name,
        "config": _inner_config(obj),
        "registered_name": _registered_name(cls, address),
    }
    for key, method in (
        ("build_config", "get_build_config"),
        ("compile_config", "get_compile_config"),
    ):
        extra = getattr(obj, method)() if hasattr(obj, method) else None
        if extra is not None:
            config[key] = serialize_keras_object(extra)
    return config


def address_in_files(obj):
    """Returns `(module, class name)` of a published object's class, or None.

    An object whose class has another name in files tells it by
    `_class_name_in_files`.
    """
    address = registry.public_address(type(obj))
    if address is None:
        return None
    return address[0], getattr(obj, "_class_name_in_files", address[1])


def _registered_name(cls, address):
    """None for a name of ours; else what loading asks the user for."""
    if address is not None:
        return None if address[0].startswith("keras") else address[1]
    return _name_of(cls)


def _private_module(cls):
    module = cls.__module__
    if module in ("__main__", "builtins") or registry.is_registered(cls):
        return None
    return module


def _inner_config(obj):
    config = obj.get_config()
    if not isinstance(config, dict):
        raise TypeError(
            f"`{type(obj).__name__}.get_config()` should return a dict of "
            f"constructor arguments. Received: {config!r}"
        )
    return {key: serialize_keras_object(value) for key, value in config.items()}


# Values that are no Keras objects --------------------------------------------


def _serialize_array(array):
    return {
        "class_name": "__numpy__",
        "config": {"value": array.tolist(), "dtype": array.dtype.name},
    }


def _serialize_tensor(tensor):
    return {
        "class_name": "__tensor__",
        "config": {
            "value": tensor.numpy().tolist(),
            "dtype": tensor.dtype.name,
        },
    }


def _serialize_bytes(value):
    return {
        "class_name": "__bytes__",
        "config": {"value": value.decode("utf-8")},
    }


def _serialize_type_spec(spec):
    fields = spec._serialize()
    return {
        "class_name": "__typespec__",
        "spec_name": type(spec).__name__,
        "module": type(spec).__module__,
        "config": [_plain_field(field) for field in fields],
        "registered_name": None,
    }


def _plain_field(field):
    if isinstance(field, tf.TensorShape):
        return field.as_list() if field.rank is not None else None
    return field.name if isinstance(field, tf.DType) else field


def _serialize_shape(shape):
    return shape.as_list() if shape.rank is not None else None


def _serialize_slice(value):
    return {
        "class_name": "__slice__",
        "config": {
            "start": serialize_keras_object(value.start),
            "stop": serialize_keras_object(value.stop),
            "step": serialize_keras_object(value.step),
        },
    }


def serialize_function(function):
    """Returns the config of a function: its name, else its code."""
    if getattr(function, "__name__", None) == "<lambda>":
        return {
            "class_name": "__lambda__",
            "config": {"value": code_of_function(function)},
        }
    if getattr(_sharing, "live", None) is None:
        registry.warn_if_unknown(function)
    return {
        "module": "builtins",
        "class_name": "function",
        "config": _name_of(function),
        "registered_name": "function",
    }


def _serialize_type(cls):
    return {
        "module": "builtins",
        "class_name": "type",
        "config": _name_of(cls),
        "registered_name": "type",
    }


_PLAIN_KINDS = (
    (np.ndarray, _serialize_array),
    (np.generic, lambda value: value.item()),
    (tf.DType, lambda dtype: dtype.name),
    (np.dtype, lambda dtype: dtype.name),
    (tf.TensorShape, _serialize_shape),
    (tf.Tensor, _serialize_tensor),
    (bytes, _serialize_bytes),
    (slice, _serialize_slice),
    (type(...), lambda _: {"class_name": "__ellipsis__", "config": {}}),
    (tf.TypeSpec, _serialize_type_spec),
    (
        (types.FunctionType, types.BuiltinFunctionType, types.MethodType),
        serialize_function,
    ),
    (type, _serialize_type),
)
