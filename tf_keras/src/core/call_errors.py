"""What a failed call tells: the layer, and the arguments that it got."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.keras_tensor import KerasTensor

_EXPLAINED = (
    ValueError,
    TypeError,
    RuntimeError,
    AttributeError,
    NotImplementedError,
    tf.errors.OpError,
)


def is_of_keras_3(value):
    """Whether a value is a layer or symbolic tensor of the Keras 3 package."""
    module = type(value).__module__
    return module.startswith("keras.") and (
        hasattr(value, "_keras_history")
        or hasattr(value, "compute_output_spec")
    )


def keras_3_message(value, name):
    """Returns what to tell a user who mixes the two packages."""
    return (
        f"{type(value).__name__} passed to {name!r} belongs to Keras 3 (the "
        "package `keras`), and this is Keras 2 (the package `tf_keras`): "
        "their layers and tensors don't mix. Import all of them from one "
        "package. `tf.keras` means this one if the environment variable "
        "TF_USE_LEGACY_KERAS=1 is set before TensorFlow is imported."
    )


def explain(error, layer, inputs, args, kwargs):
    """Completes an error's message by the layer and its arguments.

    Only the innermost layer speaks.
    """
    if getattr(error, "_tells_the_call", False):
        return
    if not isinstance(error, _EXPLAINED):
        return
    is_op_error = isinstance(error, tf.errors.OpError)
    if not is_op_error and not (
        len(error.args) == 1 and isinstance(error.args[0], str)
    ):
        return
    title = f"layer {layer.name!r} (type {type(layer).__name__})"
    message = (
        f"Exception encountered when calling {title}.\n\n"
        f"{error.message if is_op_error else error.args[0]}\n\n"
        f"Call arguments received by {title}:\n"
        + "\n".join(_argument_lines(layer._call_spec, inputs, args, kwargs))
    )
    if is_op_error:
        error._message = message
    else:
        error.args = (message,)
    error._tells_the_call = True


def _argument_lines(spec, inputs, args, kwargs):
    given = {spec.first_name: inputs, **dict(zip(spec.names, args)), **kwargs}
    return [f"  • {name}={_describe(value)}" for name, value in given.items()]


def _describe(value):
    """Tensors by type, nests by their parts, the rest as it prints."""
    if isinstance(value, (tf.Tensor, KerasTensor, tf.Variable)):
        return f"tf.Tensor(shape={value.shape}, dtype={value.dtype.name})"
    if isinstance(value, np.ndarray):
        return f"array(shape={value.shape}, dtype={value.dtype.name})"
    if isinstance(value, dict):
        parts = (f"{key!r}: {_describe(v)}" for key, v in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_describe(item) for item in value) + "]"
    text = repr(value)
    return text if len(text) < 200 else text[:200] + "..."
