"""Plain data to object: the one gate that every file passes.

It makes only what the faces publish, what the user registered or passed, and
plain values. Modules are never imported because data names them, unless safe
mode is off.
"""

import contextlib
import importlib
import threading

import numpy as np
import tensorflow as tf

from tf_keras.src.serialization import registry
from tf_keras.src.serialization.functions import function_of_code
from tf_keras.src.serialization.safe_mode import is_safe
from tf_keras.src.serialization.safe_mode import safe_mode as safe_mode_scope

# The faces whose functions compute and do nothing else.
_FUNCTION_FACES = ("activations", "losses", "metrics", "initializers")
_CLASS_FACES = (
    "",
    "layers",
    "layers.experimental",
    "layers.experimental.preprocessing",
    "models",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
    "optimizers.legacy",
    "initializers",
    "regularizers",
    "constraints",
    "mixed_precision",
    "experimental",
)
_TYPE_SPECS = {
    "TensorSpec": tf.TensorSpec,
    "RaggedTensorSpec": tf.RaggedTensorSpec,
    "SparseTensorSpec": tf.SparseTensorSpec,
}

_shared = threading.local()


def deserialize_keras_object(
    config, custom_objects=None, safe_mode=True, **kwargs
):
    """Makes the object that `serialize_keras_object` described.

    Args:
        config: What `serialize_keras_object` returned, or JSON made of it.
        custom_objects: A dict from names to the user's own classes and
            functions.
        safe_mode: Whether to refuse code stored in `config`. `False` allows
            it for this call.

    Returns:
        A new object, built and compiled where the config says how.

    Raises:
        TypeError: For a class that is neither public here, nor registered,
            nor in `custom_objects`.
        ValueError: For a config that would run code, in safe mode.

    Example:

    >>> config = serialize_keras_object(regularizers.L2(0.1))
    >>> deserialize_keras_object(config).l2
    0.1
    """
    if kwargs:
        custom_objects = {
            **kwargs.pop("module_objects", {}),
            **(custom_objects or {}),
        }
        kwargs.pop("printable_module_name", None)
        if kwargs:
            raise ValueError(f"Unknown arguments: {sorted(kwargs)}.")
    with contextlib.ExitStack() as stack:
        if not safe_mode or not is_safe():
            stack.enter_context(safe_mode_scope(False))
        if custom_objects:
            stack.enter_context(registry.custom_object_scope(custom_objects))
        stack.enter_context(_shared_objects())
        return _make(config)


@contextlib.contextmanager
def _shared_objects():
    """Keeps objects by their shared id until the outermost call ends."""
    if getattr(_shared, "objects", None) is not None:
        yield
        return
    _shared.objects = {}
    try:
        yield
    finally:
        _shared.objects = None


def _make(config):
    if config is None or isinstance(config, (str, bool, int, float)):
        return config
    if isinstance(config, (list, tuple)):
        items = [_make(item) for item in config]
        return tuple(items) if type(config) is tuple else items
    if not isinstance(config, dict):
        return config
    if "class_name" not in config or "config" not in config:
        return {key: _make(value) for key, value in config.items()}
    make_plain = _PLAIN_KINDS.get(config["class_name"])
    if make_plain is not None:
        return make_plain(config)
    if config.get("module") == "builtins":
        return _find_builtin(config)
    return _make_shared(config)


def _make_shared(config):
    shared_id = config.get("shared_object_id")
    if shared_id is None:
        return _make_instance(config)
    if shared_id not in _shared.objects:
        _shared.objects[shared_id] = _make_instance(config)
    return _shared.objects[shared_id]


def _make_instance(config):
    cls = find_class(config)
    if not hasattr(cls, "from_config"):
        raise TypeError(
            f"{config['class_name']!r} can't be made from a config: it has "
            f"no `from_config()` method. Config: {shorten(config)}"
        )
    inner = config["config"]
    instance = cls.from_config(inner if inner is not None else {})
    if config.get("build_config") and hasattr(instance, "build_from_config"):
        instance.build_from_config(_make(config["build_config"]))
    if config.get("compile_config") and hasattr(
        instance, "compile_from_config"
    ):
        instance.compile_from_config(config["compile_config"])
    return instance


def find_class(config):
    """Returns the class that a config names.

    Asked in this order: scopes and registered objects by registered name and
    by class name, then the faces, then (safe mode off) the named module.

    Raises:
        TypeError: If no one knows the class.
    """
    class_name = config["class_name"]
    module = config.get("module")
    for name in (config.get("registered_name"), class_name):
        if name is not None:
            found = registry.get_registered_object(name)
            if found is not None:
                return found
    found = registry.published(module, class_name)
    if found is None and str(module).partition(".")[0] in (
        "keras",
        "tf_keras",
    ):
        found = _first_public(class_name, _CLASS_FACES)
    if found is None and module and not is_safe():
        found = _import_class(module, class_name)
    if found is None:
        raise TypeError(
            f"Could not locate class {class_name!r}"
            + (f" of module {module!r}" if module else "")
            + ". For an own class, pass it in `custom_objects` or decorate "
            "it with `@tf_keras.saving.register_keras_serializable()`; "
            "`safe_mode=False` imports the module that the config names, "
            f"which runs its code. Config: {shorten(config)}"
        )
    return found


def _first_public(name, faces):
    for face in faces:
        found = registry.published(f"keras.{face}" if face else "keras", name)
        if found is not None:
            return found
    return None


def _import_class(module, class_name):
    try:
        return getattr(importlib.import_module(module), class_name, None)
    except ModuleNotFoundError:
        return None


def find_function(name):
    """Returns the function of this name: the user's, or a pure one of ours.

    Raises:
        TypeError: If there is none.
    """
    found = registry.get_registered_object(name)
    if found is None:
        found = _first_public(name, _FUNCTION_FACES)
    if found is None:
        raise TypeError(
            f"Could not locate function {name!r}. Pass it in "
            "`custom_objects` or decorate it with "
            "`@tf_keras.saving.register_keras_serializable()`."
        )
    return found


def _find_builtin(config):
    """A function or class that is meant itself, not an instance of it."""
    name = config["config"]
    if config["class_name"] == "function":
        return find_function(name)
    if config["class_name"] == "type":
        scalar = getattr(np, str(name), None)
        if isinstance(scalar, type) and issubclass(scalar, np.generic):
            return scalar
        return find_class({"class_name": name, "config": {}, "module": "keras"})
    raise TypeError(
        f"Unknown kind of builtin {config['class_name']!r} in a config: "
        f"{shorten(config)}"
    )


def shorten(config, limit=300):
    """Returns the text of a config, cut where it gets long."""
    text = str(config)
    return text if len(text) <= limit else text[:limit] + " ..."


# Values that are no Keras objects --------------------------------------------


def _make_array(config):
    inner = config["config"]
    dtype = inner["dtype"]
    # NumPy's own names of string types can't be read back by NumPy.
    dtype = None if str(dtype).startswith("str") else dtype
    return np.array(inner["value"], dtype=dtype)


def _make_tensor(config):
    inner = config["config"]
    return tf.constant(inner["value"], dtype=inner["dtype"])


def _make_bytes(config):
    return config["config"]["value"].encode("utf-8")


def _make_slice(config):
    inner = config["config"]
    return slice(
        _make(inner["start"]), _make(inner["stop"]), _make(inner["step"])
    )


def _make_lambda(config):
    return function_of_code(config["config"]["value"])


def _make_type_spec(config):
    spec_name = config["spec_name"]
    if spec_name not in _TYPE_SPECS:
        raise TypeError(
            f"Unknown type specification {spec_name!r} in a config. "
            f"Expected one of {sorted(_TYPE_SPECS)}."
        )
    shape, *rest = config["config"]
    rest = [
        tf.as_dtype(value)
        if isinstance(value, str) and value in _DTYPES
        else value
        for value in rest
    ]
    return _TYPE_SPECS[spec_name]._deserialize((tf.TensorShape(shape), *rest))


_DTYPES = frozenset(
    value.name for value in vars(tf).values() if isinstance(value, tf.DType)
)

_PLAIN_KINDS = {
    "__numpy__": _make_array,
    "__tensor__": _make_tensor,
    "__bytes__": _make_bytes,
    "__slice__": _make_slice,
    "__lambda__": _make_lambda,
    "__typespec__": _make_type_spec,
    # Keras 3 writes these two.
    "__tuple__": lambda config: tuple(_make(config["config"]["value"])),
    "__ellipsis__": lambda config: ...,
}
