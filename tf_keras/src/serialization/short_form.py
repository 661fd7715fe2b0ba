"""The older form of configs: `{"class_name": ..., "config": ...}`.

HDF5 and SavedModel files hold it, and code written before 2023 makes it.
"""

import inspect

from tf_keras.src.foundation.names import nearest
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object as deserialize_full_form,
)
from tf_keras.src.serialization.from_config import shorten


def serialize_keras_object(instance):
    """Returns the short config of an object: its class and arguments.

    Args:
        instance: An object with `get_config`, a function, or None.

    Returns:
        A dict with `class_name` and `config`; for a function its name; for
        None, None.

    Raises:
        ValueError: If the object has neither `get_config` nor a name.
    """
    if instance is None:
        return None
    if hasattr(instance, "get_config"):
        name = registry.get_registered_name(type(instance))
        return {"class_name": name, "config": instance.get_config()}
    if hasattr(instance, "__name__"):
        registry.warn_if_unknown(instance)
        return registry.get_registered_name(instance)
    raise ValueError(
        f"Object {instance!r} can't be turned into a config: it has neither "
        "a `get_config()` method nor a `__name__`."
    )


def deserialize_keras_object(
    identifier,
    module_objects=None,
    custom_objects=None,
    printable_module_name="object",
):
    """Makes an object from its short config or its name.

    Args:
        identifier: `{"class_name": ..., "config": ...}`, a name, a function,
            or None.
        module_objects: A dict from the names of one family to its objects.
        custom_objects: A dict from names to the user's own.
        printable_module_name: What to call the family in messages.

    Returns:
        The object; a function for a function's name; None for None.

    Raises:
        ValueError: For an unknown name, or another kind of identifier.
    """
    if identifier is None or inspect.isfunction(identifier):
        return identifier
    if isinstance(identifier, dict):
        return _make_from_dict(
            identifier, module_objects, custom_objects, printable_module_name
        )
    if isinstance(identifier, str):
        found = _find(
            identifier, module_objects, custom_objects, printable_module_name
        )
        return found() if inspect.isclass(found) else found
    raise ValueError(
        f"Could not interpret {printable_module_name} {identifier!r}. "
        "Expected a name, a config dict or a function."
    )


def _find(name, module_objects, custom_objects, kind):
    found = registry.get_registered_object(name, custom_objects, module_objects)
    if found is None:
        known = [*(module_objects or ()), *(custom_objects or ())]
        raise ValueError(
            f"Unknown {kind}: {name!r}.{nearest(name, known)} For an own "
            f"{kind}, pass it in `custom_objects` or put the call in a "
            "`tf_keras.saving.custom_object_scope`."
        )
    return found


def _make_from_dict(config, module_objects, custom_objects, kind):
    if "class_name" not in config or "config" not in config:
        raise ValueError(
            f"Not the config of a {kind}: expected the keys `class_name` and "
            f"`config`. Received: {shorten(config)}"
        )
    if "module" in config or "registered_name" in config:
        return deserialize_full_form(config, custom_objects)
    found = _find(config["class_name"], module_objects, custom_objects, kind)
    if not hasattr(found, "from_config"):
        inner = config["config"] or {}
        with registry.custom_object_scope(custom_objects):
            return found(**inner) if inspect.isclass(found) else found
    return make_instance(found, config["config"], custom_objects)


def make_instance(cls, config, custom_objects=None):
    """Calls `cls.from_config`, with the custom objects if it takes them."""
    with registry.custom_object_scope(custom_objects):
        if "custom_objects" in inspect.signature(cls.from_config).parameters:
            objects = {
                **registry.get_custom_objects(),
                **(custom_objects or {}),
            }
            return cls.from_config(config or {}, custom_objects=objects)
        return cls.from_config(config or {})
