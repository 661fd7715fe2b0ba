"""The architecture of a model as YAML, which Keras wrote until 2021.

YAML can ask for any Python function to be called. This loader makes plain
data and nothing else; it knows the few tags that Keras let into its files.
"""

import base64
import functools
import re

import numpy as np

from tf_keras.src.foundation.optional import need_package
from tf_keras.src.saving.compiling import CONFIG_ERRORS
from tf_keras.src.saving.model_json import model_from_config

_MAX_VALUES = 2_000_000  # Aliases can repeat a small part without end.
_NUMBER = re.compile(r"[<>=|]?[biuf][1248]")
_APPLY = "tag:yaml.org,2002:python/object/apply:"
_WRAPPER = "tensorflow.python.training.tracking.data_structures.ListWrapper"


def model_from_yaml(yaml_string, custom_objects=None):
    """Makes a model from the YAML that old releases wrote.

    The model has new weights and isn't compiled. Needs the package PyYAML.

    Args:
        yaml_string: The YAML, a text or an open file.
        custom_objects: A dict from names to the user's own classes.

    Returns:
        A model.

    Raises:
        ValueError: If it is no YAML of a model, holds anything but plain
            data, or would run code.
        TypeError: If a class isn't known.
        ImportError: If PyYAML isn't installed.

    Example:

    >>> model = model_from_yaml(open("model.yaml").read())
    """
    return model_from_config(_plain(_load(yaml_string)), custom_objects)


def _load(text):
    yaml = need_package("yaml", "Reading models from YAML", "pyyaml")
    try:
        return yaml.load(text, Loader=_loader())
    except RecursionError as error:
        raise ValueError("The YAML nests too deep to be a model.") from error
    except (yaml.YAMLError, *CONFIG_ERRORS) as error:
        raise ValueError(f"The YAML can't be read: {error}") from error


@functools.lru_cache(maxsize=1)
def _loader():
    """A loader that refuses all tags but those below."""
    yaml = need_package("yaml", "Reading models from YAML", "pyyaml")

    class Loader(yaml.SafeLoader):
        pass

    for tag, construct in _TAGS.items():
        Loader.add_constructor(f"tag:yaml.org,2002:{tag}", construct)
    for name, make in _CALLS.items():
        Loader.add_constructor(
            _APPLY + name, functools.partial(_construct_call, make)
        )
    Loader.add_constructor(None, _refuse)
    return Loader


def _refuse(loader, node):
    raise ValueError(
        f"The YAML asks for {node.tag!r} ({node.start_mark}), which is no "
        "plain data and could run code. It is refused."
    )


def _construct_call(make, loader, node):
    """Arguments as a list, or beside a state in a mapping."""
    if node.id == "mapping":
        parts = loader.construct_mapping(node, deep=True)
        return make(parts.get("args") or [], parts.get("state"))
    return make(loader.construct_sequence(node, deep=True), None)


def _scalar(loader, node):
    return loader.construct_scalar(node)


_TAGS = {
    "binary": lambda loader, node: base64.b64decode(
        loader.construct_scalar(node)
    ),
    "python/bool": lambda loader, node: loader.construct_yaml_bool(node),
    "python/dict": lambda loader, node: loader.construct_mapping(
        node, deep=True
    ),
    "python/float": lambda loader, node: loader.construct_yaml_float(node),
    "python/int": lambda loader, node: loader.construct_yaml_int(node),
    "python/list": lambda loader, node: loader.construct_sequence(
        node, deep=True
    ),
    "python/long": lambda loader, node: loader.construct_yaml_int(node),
    "python/name:numpy.ndarray": lambda loader, node: None,
    "python/none": lambda loader, node: None,
    "python/str": _scalar,
    "python/tuple": lambda loader, node: tuple(
        loader.construct_sequence(node, deep=True)
    ),
    "python/unicode": _scalar,
}


def _dtype(args, state):
    name, order = str(args[0]), "="
    if not _NUMBER.fullmatch(name):
        raise ValueError(f"The YAML holds numbers of unknown type {name!r}.")
    if isinstance(state, (list, tuple)) and state[1:2] in ((">",), [">"]):
        order = ">"
    return np.dtype(name).newbyteorder(order)


def _as_bytes(data):
    """Python 2 wrote bytes as text, a character for each."""
    return data.encode("latin-1") if isinstance(data, str) else data


def _number(args, state):
    dtype, data = args
    return np.frombuffer(_as_bytes(data), dtype)[0].item()


def _array(args, state):
    _, shape, dtype, is_fortran, data = state
    values = np.frombuffer(_as_bytes(data), dtype)
    return values.reshape(shape, order="F" if is_fortran else "C").tolist()


def _first(args, state):
    return args[0]


_CALLS = {
    "__builtin__.dict": _first,
    "builtins.dict": _first,
    "numpy.core.multiarray._reconstruct": _array,
    "numpy.core.multiarray.scalar": _number,
    "numpy.dtype": _dtype,
    _WRAPPER: _first,
}


def _plain(value):
    """The value with what aliases share written out, as JSON has it."""
    count = 0

    def copied(value, above):
        nonlocal count
        count += 1
        if count > _MAX_VALUES or id(value) in above:
            raise ValueError("The YAML repeats itself without end.")
        if isinstance(value, dict):
            above = above | {id(value)}
            return {str(k): copied(v, above) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            above = above | {id(value)}
            return [copied(item, above) for item in value]
        return value

    try:
        return copied(value, frozenset())
    except RecursionError as error:
        raise ValueError("The YAML nests too deep to be a model.") from error
