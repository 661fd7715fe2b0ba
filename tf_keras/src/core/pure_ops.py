"""Which TensorFlow functions a file may name: those that only compute.

A graph of layers is saved with the names of the TensorFlow functions in it.
A function that reads files, loads libraries, prints or calls Python is never
looked up from a name.
"""

import tensorflow as tf

from tf_keras.src.foundation.names import nearest
from tf_keras.src.foundation.tf_internals import is_dispatched_op

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


def find_pure_op(name):
    """Returns the TensorFlow function of a public name, `"math.add"`.

    Raises:
        ValueError: If there is none, or if it does more than compute.
    """
    *modules, function_name = str(name).split(".")
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
