"""Which TensorFlow functions a file may name: those that only compute.

A graph of layers is saved with the names of the TensorFlow functions in it.
A function that reads files, loads libraries, prints or calls Python is never
looked up from a name.
"""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest
from tf_keras.src.foundation.tf_internals import is_dispatched_op, op_name
from tf_keras.src.serialization import registry

_MODULES = frozenset(
    "__operators__ audio bitwise compat dtypes image io linalg math nn "
    "quantization ragged random sets signal sparse strings v1".split()
)
_PURE_IO = ("decode_", "parse_", "encode_", "serialize_")
_REFUSED = frozenset(
    "py_function numpy_function py_func print Print print_v2 load_op_library "
    "load_library load_file_system_library map_fn cond while_loop "
    "recompute_grad custom_gradient".split()
)


# Functions of ours that symbolic tensors keep as one operation.
_OURS = "keras.backend"


def pure_op_name(function):
    """Returns the public name of a function, or None: `"math.add"`.

    Functions of ours have one too: `"keras.backend.switch"`.
    """
    name = op_name(function)
    if name is None:
        name = ".".join(registry.public_address(function) or ()) or None
    return name


def find_pure_op(name):
    """Returns the function of a public name that `pure_op_name` gave.

    Raises:
        ValueError: If there is none, or if it does more than compute.
    """
    module, _, function_name = str(name).rpartition(".")
    if module == _OURS:
        found = registry.published(module, function_name)
        if found is not None and is_dispatched_op(found):
            return found
    modules = module.split(".") if module else []
    is_allowed = (
        _MODULES.issuperset(modules)
        and function_name not in _REFUSED
        and not function_name.startswith("_")
    )
    if "io" in modules and not function_name.startswith(_PURE_IO):
        is_allowed = False
    found = _look_up(modules, function_name) if is_allowed else None
    if found is None or not is_dispatched_op(found):
        known = [f"math.{op}" for op in dir(tf.math)]
        raise ValueError(
            f"The config of a layer names the TensorFlow function {name!r}, "
            "which either does not exist or does more than compute tensors "
            f"from tensors, and is not called for a file.{nearest(name, known)}"
        )
    return found


def _look_up(modules, function_name):
    found = tf
    for name in (*modules, function_name):
        found = getattr(found, name, None)
        if found is None:
            return None
    return found
