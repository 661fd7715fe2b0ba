"""get, serialize and deserialize, once, for every family of named objects."""

import inspect

from tf_keras.src.foundation.names import nearest, snake_case
from tf_keras.src.serialization import registry, short_form
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object


def both_spellings(*classes):
    """Returns a dict of the classes by `ClassName` and by `class_name`."""
    names = {}
    for cls in classes:
        names[cls.__name__] = cls
        names[snake_case(cls.__name__)] = cls
    return names


def _is_function_config(config):
    """Whether a config means a function by its name."""
    return (
        isinstance(config, dict)
        and config.get("module") == "builtins"
        and config.get("class_name") == "function"
    )


def _needed_by(cls):
    """The names of the arguments without which a class makes no object."""
    return [
        parameter.name
        for parameter in inspect.signature(cls).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]


class Family:
    """One family of named objects: losses, activations, optimizers, ...

    Args:
        kind: What one of them is called in messages, `"loss function"`.
        names: A dict from every name that users may write to its class or
            function.
        default: What `get(None)` returns.
        ignore_case: Whether `"Adam"` and `"adam"` are one name. The keys of
            `names` are lower case then.
        base: A class that objects from configs must belong to, where the
            family has one and functions are not members of it.
        wrong_kind_error: What `get` raises for a value that can be no
            identifier, such as a number.
    """

    def __init__(
        self,
        kind,
        names,
        default=None,
        ignore_case=False,
        base=None,
        wrong_kind_error=ValueError,
    ):
        self.kind = kind
        self.names = names
        self.default = default
        self.ignore_case = ignore_case
        self.base = base
        self.wrong_kind_error = wrong_kind_error

    def get(self, identifier):
        """Returns the object that `identifier` means.

        Args:
            identifier: A name, a config, a class, an object of the family,
                a function, or None.

        Raises:
            ValueError: For an unknown name, or for what can't be a member.
        """
        if identifier is None:
            return self.default
        if isinstance(identifier, (str, dict)):
            return self.deserialize(identifier)
        if inspect.isclass(identifier):
            return self._made(identifier)
        if callable(identifier) or self._is_member(identifier):
            return identifier
        raise self.wrong_kind_error(
            f"Could not interpret {self.kind} identifier: {identifier!r}. "
            "Expected a name, a config dict, an object or a function."
        )

    def _made(self, cls):
        """An object of a class that was named alone."""
        try:
            return cls()
        except TypeError:
            needed = _needed_by(cls)
            if not needed:
                raise
        raise ValueError(
            f"The {self.kind} {cls.__name__} can't be made from its name "
            f"alone, for it needs {needed}. Pass an object: "
            f"`{cls.__name__}({needed[0]}=...)`."
        )

    def _is_member(self, obj):
        return self.base is not None and isinstance(obj, self.base)

    def find(self, name, custom_objects=None):
        """Returns the class or function of this name.

        Raises:
            ValueError: If there is none; the message offers the nearest.
        """
        own = registry.get_registered_object(name, custom_objects)
        if own is not None:
            return own
        key = name.lower() if self.ignore_case else name
        if key in self.names:
            return self.names[key]
        raise ValueError(
            f"Unknown {self.kind}: {name!r}.{nearest(name, self.names)} "
            f"For an own {self.kind}, pass the object itself, or put the "
            "call in a `tf_keras.saving.custom_object_scope` that knows the "
            "name."
        )

    def serialize(self, obj, use_legacy_format=False):
        """Returns the config of an object; None for None."""
        if obj is None or isinstance(obj, str):
            return obj
        if use_legacy_format:
            return short_form.serialize_keras_object(obj)
        return serialize_keras_object(obj)

    def deserialize(self, config, custom_objects=None, use_legacy_format=False):
        """Returns the object that a config, short config or name means."""
        if isinstance(config, str):
            found = self.find(config, custom_objects)
            return self._made(found) if inspect.isclass(found) else found
        if _is_function_config(config):
            return self.find(config["config"], custom_objects)
        is_full_form = isinstance(config, dict) and (
            "module" in config or "registered_name" in config
        )
        if is_full_form and not use_legacy_format:
            return self._check(deserialize_keras_object(config, custom_objects))
        if not isinstance(config, dict):
            return self._check(deserialize_keras_object(config, custom_objects))
        if "class_name" not in config:
            raise ValueError(
                f"The config of a {self.kind} must be a dict that holds "
                f"`class_name` and `config`. Received: {config}"
            )
        cls = self.find(config["class_name"], custom_objects)
        if not inspect.isclass(cls):
            return cls
        return self._check(
            short_form.make_instance(cls, config.get("config"), custom_objects)
        )

    def _check(self, obj):
        if self.base is None or isinstance(obj, (self.base, type(None))):
            return obj
        if callable(obj) and not isinstance(obj, type):
            return obj
        raise ValueError(
            f"The config of a {self.kind} made {obj!r}, which is none. "
            "The file or config is damaged, or names the wrong class."
        )
