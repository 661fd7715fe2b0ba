"""A call on symbolic tensors: infer the output, record a node."""

import threading

import tensorflow as tf

from tf_keras.src import activations
from tf_keras.src.backend import scopes
from tf_keras.src.core.call_inputs import is_of_user_type
from tf_keras.src.core.keras_tensor import KerasTensor, ObjectKerasTensor
from tf_keras.src.core.masking import mask_of
from tf_keras.src.core.node import Node
from tf_keras.src.foundation.tf_internals import FuncGraph

# Calls that share one scratch graph. A graph keeps what is built in it, so it
# is thrown away now and then.
_CALLS_A_GRAPH = 64
_OURS = "tf_keras.src."

_scratch = threading.local()
_scopes_apply = {"value": False}


def apply_name_scope_on_model_declaration(enable):
    """Sets whether name scopes around a functional model name its weights.

    Without it a layer's weights are named by the layer alone, wherever the
    layer is called on symbolic tensors.

    Args:
        enable: True or False.

    Raises:
        TypeError: For another value.
    """
    if not isinstance(enable, bool):
        raise TypeError(f"`enable` should be True or False, not {enable!r}.")
    _scopes_apply["value"] = enable


def _scratch_graph(inputs):
    """The graph in which outputs are inferred; nothing in it ever runs."""
    for value in tf.nest.flatten(inputs):
        if isinstance(value, ObjectKerasTensor):
            _scratch.graph = value.graph  # The object can't leave it.
            return _scratch.graph
    calls = getattr(_scratch, "calls", _CALLS_A_GRAPH)
    if calls >= _CALLS_A_GRAPH:
        _scratch.graph = FuncGraph("keras_inference")
        calls = 0
    _scratch.calls = calls + 1
    return _scratch.graph


def is_inferring():
    """Whether what runs now is only to find types of outputs."""
    graph = tf.compat.v1.get_default_graph()
    return graph is getattr(_scratch, "graph", None)


def known_outputs(call):
    """Marks a `call` that need not run for the types of its outputs.

    For floating inputs these have `compute_output_shape` and the dtype that
    the layer computes in, and without a mask on them there is none on the
    outputs. A subclass with a `call` of its own isn't marked.
    """
    call.has_known_outputs = True
    return call


def knows_outputs(layer, inputs):
    """Whether the outputs' types for these inputs are known without a run.

    Args:
        layer: The layer.
        inputs: Symbolic tensors, or tensors of the scratch graph.
    """
    if not hasattr(layer.call, "has_known_outputs"):
        return False
    if not tf.as_dtype(layer.compute_dtype or "float32").is_floating:
        return False
    activation = getattr(layer, "activation", None)
    return (
        activation is None
        or getattr(activation, "__module__", "") == activations.__name__
    ) and all(
        (type(value) is KerasTensor or isinstance(value, tf.Tensor))
        and value.dtype.is_floating
        and (value.shape.rank or 0) > 1
        for value in tf.nest.flatten(inputs)
    )


def _needs_no_graph(layer, args, kwargs):
    """Whether all that a call does is known from the types of its inputs."""
    return (
        len(args) == 1
        and not kwargs.keys() - {"training"}
        and layer._activity_regularizer is None
        and (not layer._computes_mask or _is_ours(type(layer).compute_mask))
        and mask_of(args[0]) is None
        and knows_outputs(layer, args[0])
        and tf.executing_eagerly()
    )


def _is_ours(function):
    return function.__module__.startswith(_OURS)


def forget_scratch_graph():
    """Drops the graph in which outputs were inferred, and what it holds."""
    _scratch.calls = _CALLS_A_GRAPH
    _scratch.graph = None


scopes.on_clear.append(forget_scratch_graph)


def symbolic_call(layer, args, kwargs):
    """Records a call of a layer on symbolic tensors and infers its outputs.

    Args:
        layer: The layer.
        args: Its positional arguments; at least one symbolic tensor is in
            them or in `kwargs`.
        kwargs: Its arguments by name.

    Returns:
        Symbolic tensors in the nest of the layer's outputs.
    """
    outputs = infer_outputs(layer, args, kwargs)
    Node(layer, args, kwargs, outputs)
    return outputs


def infer_outputs(layer, args, kwargs):
    """Returns symbolic tensors like the outputs of a call; records nothing."""
    scope = tf.get_current_name_scope() if _scopes_apply["value"] else ""
    scope = f"{scope}/" if scope else ""  # With a slash it is taken as it is.
    if _needs_no_graph(layer, args, kwargs):
        return layer._infer_known(args[0], kwargs, scope)
    with _scratch_graph((args, kwargs)).as_default(), tf.name_scope(scope):
        args, kwargs = _replace_by_placeholders(args, kwargs)
        outputs = _own_call(layer)(layer, *args, **kwargs)
        return tf.nest.map_structure(_to_symbolic, outputs)


def call_on_placeholders(layer, inputs):
    """Runs a layer's `call` alone, for the weights that layers in it make.

    Args:
        layer: The layer.
        inputs: Symbolic tensors, one or a nest.
    """
    kwargs = {"training": False} if "training" in layer._call_spec.names else {}
    with _scratch_graph(inputs).as_default(), tf.name_scope(""):
        args, _ = _replace_by_placeholders((inputs,), {})
        layer.call(*args, **kwargs)


def _own_call(layer):
    """`__call__` as this package has it: a user's has called us already."""
    for cls in type(layer).__mro__:
        if "__call__" in vars(cls) and cls.__module__.startswith(_OURS):
            return cls.__call__
    return type(layer).__call__


def _replace_by_placeholders(args, kwargs):
    made = {}

    def replace(value):
        if not isinstance(value, KerasTensor):
            return value
        if id(value) not in made:
            made[id(value)] = _masked_placeholder(value)
        return made[id(value)]

    return tf.nest.map_structure(replace, (args, kwargs))


def _masked_placeholder(tensor):
    stand_in = tensor.to_placeholder()
    mask = getattr(tensor, "_keras_mask", None)
    if mask is not None:
        stand_in._keras_mask = mask.to_placeholder()
    return stand_in


def _to_symbolic(value):
    if value is None or isinstance(value, KerasTensor):
        return value
    if is_of_user_type(value):
        return ObjectKerasTensor(value, tf.compat.v1.get_default_graph())
    mask = getattr(value, "_keras_mask", None)
    if isinstance(value, (tf.Variable, float, int, bool)):
        value = tf.convert_to_tensor(value)
    tensor = KerasTensor.from_tensor(value)
    if mask is not None:
        tensor._keras_mask = KerasTensor.from_tensor(mask)
    return tensor
