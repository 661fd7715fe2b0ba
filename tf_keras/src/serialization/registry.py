"""Names to classes: what the faces publish, and what users register.

Three places answer for a name, in this order: the innermost
`custom_object_scope`, `register_keras_serializable`, and the public faces of
the package. A face is imported when its first name is asked for.
"""

import importlib
import sys
import threading
import warnings

_registered = {}  # "package>name" to object; the public dict of the user.
_registered_names = {}  # object to "package>name".
_scopes = threading.local()

_root = "tf_keras"
_faces_of_wing = {}  # "losses" to ("losses", "metrics").
_old_addresses = {}  # ("tf_keras.src.engine.functional", "Functional") to ...
_names_of_face = {}  # "losses" to {object: name}, filled when it is opened.
_tensorflow_names = set()  # Names of TensorFlow functions that configs hold.
_readers = []  # Modules that register readers of old files when imported.


def publish(faces_of_wing, root="tf_keras", old_addresses=None, readers=()):
    """Tells which faces publish the names of which wing. Loads nothing.

    Args:
        faces_of_wing: A dict from the wing's name (`"losses"`) to its faces,
            relative to `root`, in the order in which they are asked.
        root: The package that the faces stand in.
        old_addresses: A dict from the `(module, class_name)` that files of
            published packages hold for names without a face to our
            `(module, class_name)`.
        readers: Modules that register readers of old files.
    """
    global _root
    _root = root
    _readers.extend(readers)
    _faces_of_wing.update(faces_of_wing)
    _old_addresses.update(old_addresses or {})


def _open_face(face):
    """The module of a face, or None where the face is not built."""
    return _open(f"{_root}.{face}" if face else _root)


def load_readers():
    """Imports the modules that register readers of old files."""
    for name in _readers:
        _open(name)


def _open(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and name.startswith(error.name):
            return None
        raise


def public_names(face):
    """Returns the names that a face publishes, as a dict to objects."""
    module = _open_face(face)
    if module is None:
        return {}
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and callable(value)
    }


def _is_face(face):
    return any(face in faces for faces in _faces_of_wing.values())


def published(module, name):
    """Returns the object published as `module` and `name`, or None.

    Args:
        module: An address such as `"keras.layers"` or `"tf_keras.layers"`.
        name: The public name, `"Dense"`.
    """
    address = _old_addresses.get((_todays_module(module), name))
    if address is not None:
        return getattr(importlib.import_module(address[0]), address[1])
    top, _, face = str(module).partition(".")
    if top not in ("keras", "tf_keras") or not _is_face(face):
        return None
    opened = _open_face(face)
    if opened is None or str(name).startswith("_"):
        return None
    found = getattr(opened, name, None)
    return found if callable(found) else None


def _todays_module(module):
    """`keras.engine.functional`, of TensorFlow 2.12, as 2.21 writes it."""
    top, _, rest = str(module).partition(".")
    if top not in ("keras", "tf_keras"):
        return module
    return f"tf_keras.src.{rest.removeprefix('src.')}"


def public_address(obj):
    """Returns `(module, name)` under which a class or function is public.

    The module reads `keras.layers`, as files hold it. Some classes have an
    address of their own in files. Returns None for what no face publishes.
    """
    module = getattr(obj, "__module__", None) or ""
    prefix = f"{_root}.src."
    if not module.startswith(prefix):
        return None
    for old, ours in _old_addresses.items():
        if ours == (module, obj.__name__):
            return old
    wing = module[len(prefix) :].partition(".")[0]
    for face in _faces_of_wing.get(wing, ()):
        name = _name_in_face(face, obj)
        if name is not None:
            return (f"keras.{face}" if face else "keras"), name
    return None


def name_tensorflow_functions(names):
    """Lets configs hold TensorFlow's functions of these names by name alone.

    Args:
        names: Names that the family knows which reads such configs.
    """
    _tensorflow_names.update(names)


def tensorflow_name(function):
    """Returns the name by which configs hold a TensorFlow function, or None."""
    module = getattr(function, "__module__", None) or ""
    name = getattr(function, "__name__", "").removesuffix("_v2")
    is_known = name in _tensorflow_names and module.startswith("tensorflow.")
    return name if is_known else None


def _name_in_face(face, obj):
    """The name of `obj` in a face; its own name wins over an alias."""
    name = getattr(obj, "__name__", None)
    if not face:  # The front door opens names one by one.
        opened = sys.modules.get(_root)
        found = name in dir(opened) and getattr(opened, name) is obj
        return name if found else None
    names = _names_of_face.get(face)
    if names is None:
        names = {}
        for alias, value in public_names(face).items():
            if alias == getattr(value, "__name__", None):
                names[value] = alias
            else:
                names.setdefault(value, alias)
        _names_of_face[face] = names
    return names.get(obj)


# What users register ---------------------------------------------------------


def _scope_dicts():
    if not hasattr(_scopes, "stack"):
        _scopes.stack = []
    return _scopes.stack


class custom_object_scope:
    """Makes names known to loading, inside a `with` block, in this thread.

    Args:
        *args: Dicts from names to classes or functions.

    Example:

    >>> with custom_object_scope({"Scale": Scale}):
    ...     layer = layers.deserialize({"class_name": "Scale", "config": {}})
    """

    def __init__(self, *args):
        self.custom_objects = args

    def __enter__(self):
        merged = {}
        for objects in self.custom_objects:
            merged.update(objects or {})
        _scope_dicts().append(merged)
        return self

    def __exit__(self, *args):
        _scope_dicts().pop()


def get_custom_objects():
    """Returns the live dict of what the user registered, for all threads.

    Example:

    >>> get_custom_objects()["Scale"] = Scale
    """
    return _registered


def register_keras_serializable(package="Custom", name=None):
    """Registers a class or function, so that files find it. A decorator.

    Args:
        package: The first half of the registered name, `package>name`.
        name: The second half; the object's own name by default.

    Returns:
        A decorator that returns its argument.

    Raises:
        ValueError: For a class without `get_config`, and for a name that
            another object has already.

    Example:

    >>> @register_keras_serializable(package="my_package")
    ... class Scale(Layer):
    ...     def get_config(self):
    ...         return super().get_config()
    """

    def register(obj):
        own_name = name if name is not None else obj.__name__
        if isinstance(obj, type) and not hasattr(obj, "get_config"):
            raise ValueError(
                f"Class {own_name!r} can't be registered: it has no "
                "`get_config()` method. Write one that returns the "
                "constructor's arguments as a dict."
            )
        key = f"{package}>{own_name}"
        known = _registered.get(key)
        if known is not None and not _is_redefinition(known, obj):
            raise ValueError(
                f"{key!r} is registered already, as {known}. "
                "Choose another name or package."
            )
        _registered[key] = obj
        _registered_names[obj] = key
        return obj

    return register


def _is_redefinition(known, new):
    """Whether `new` is the same code run again, as notebooks do."""
    return (known.__module__, known.__qualname__) == (
        new.__module__,
        new.__qualname__,
    )


def get_registered_name(obj):
    """Returns the `package>name` of a registered object, else its own name."""
    if _is_hashable(obj) and obj in _registered_names:
        return _registered_names[obj]
    return obj.__name__


def is_registered(obj):
    """Whether the user registered `obj` under a `package>name`."""
    return _is_hashable(obj) and obj in _registered_names


def warn_if_unknown(function):
    """Says while a function is saved by name what loading it will need.

    Args:
        function: A Python function.
    """
    name = get_registered_name(function)
    module = getattr(function, "__module__", None) or ""
    if (
        module.startswith(f"{_root}.src.")
        or tensorflow_name(function)
        or get_registered_object(name) is not None
    ):
        return
    warnings.warn(
        f"The function {name!r} is saved by its name alone. To be found when "
        "the file is loaded, it must be registered by then with "
        "`@tf_keras.saving.register_keras_serializable()`, or be passed as "
        f"`custom_objects={{{name!r}: {name}}}`.",
        stacklevel=2,
    )


def _is_hashable(obj):
    return getattr(type(obj), "__hash__", None) is not None


def get_registered_object(name, custom_objects=None, module_objects=None):
    """Returns the object known by `name`, or None.

    Args:
        name: A registered name, `package>name`, or a name of a scope.
        custom_objects: A dict of names, asked after the scopes.
        module_objects: A dict of names, asked last.
    """
    for objects in reversed(_scope_dicts()):
        if name in objects:
            return objects[name]
    for objects in (_registered, custom_objects, module_objects):
        if objects and name in objects:
            return objects[name]
    return None
