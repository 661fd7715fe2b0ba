"""A copy of a model with new weights."""

import tensorflow as tf

from tf_keras.src.core.input_layer import Input, InputLayer
from tf_keras.src.core.keras_tensor import KerasTensor
from tf_keras.src.models.add_layers import AddLoss, AddMetric
from tf_keras.src.models.functional import Functional
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.model import Model


def clone_model(model, input_tensors=None, clone_function=None):
    """Returns a model of the same layers, with new weights.

    Args:
        model: The model; one that is a graph of layers, a `Sequential`, or a
            subclass with `get_config`.
        input_tensors: Symbolic tensors to start the copy from, in the order
            of the model's inputs; new inputs by default.
        clone_function: What makes a layer of the copy from a layer; by
            default its config does.

    Returns:
        A model of the same kind. How the model was compiled is not copied.

    Raises:
        ValueError: If a subclass's layers should be changed one by one.

    Example:

    >>> twin = clone_model(model)
    >>> twin.set_weights(model.get_weights())
    """
    if isinstance(model, Sequential):
        return _clone_sequential(model, input_tensors, clone_function or _copy)
    if isinstance(model, Functional) and model._graph is not None:
        return _clone_graph(model, input_tensors, clone_function or _copy)
    if not isinstance(model, Model):
        raise ValueError(
            f"Expected a `Model` to clone. Received: {model!r} of type "
            f"{type(model)}."
        )
    if input_tensors is not None or clone_function is not None:
        raise ValueError(
            "Expected `model` argument to be a functional `Model` instance, "
            f"but got the subclassed model {model.name!r}: its layers can't "
            "be replaced one by one. Leave out `input_tensors` and "
            "`clone_function`."
        )
    return type(model).from_config(model.get_config())


def in_place_subclassed_model_state_restoration(model):
    """Does nothing: no model is ever reset in place.

    It would undo `clone_and_build_model(model, in_place_reset=True)`, which is
    refused.

    Args:
        model: A subclassed model.

    Raises:
        ValueError: If it is a graph of layers.
    """
    if isinstance(model, Functional):
        raise ValueError(
            f"Expected a subclassed model. {model.name!r} is a graph of layers."
        )


def _copy(layer):
    return type(layer).from_config(layer.get_config())


def _clone_sequential(model, input_tensors, clone):
    layers = [clone(layer) for layer in model.layers]
    start = None
    if input_tensors is not None:
        start = _as_inputs(tf.nest.flatten(input_tensors))[0]
    elif model._list and isinstance(model._list[0], InputLayer):
        start = _copy(model._list[0])
    copied = type(model)(name=model.name)
    if start is not None:
        copied.add(start)
    for layer in layers:
        copied.add(layer)
    return copied


def _as_inputs(tensors):
    """Tensors that an input layer holds: new ones around others."""
    return [
        tensor
        if isinstance(tensor, KerasTensor)
        and isinstance(tensor._keras_history.layer, InputLayer)
        else Input(tensor=tensor)
        for tensor in tensors
    ]


def _clone_graph(model, input_tensors, clone):
    if input_tensors is None:
        starts = [
            _copy(t._keras_history.layer)._inbound_nodes[0].outputs
            for t in model.inputs
        ]
    else:
        starts = _as_inputs(tf.nest.flatten(input_tensors))
    made = {id(old): new for old, new in zip(model.inputs, starts)}
    layers = {}
    graph = model._graph
    for node in graph.nodes:
        if node.is_input:
            continue
        if node.layer not in layers:
            layers[node.layer] = _clone_layer(node.layer, clone)
        values = [made[id(tensor)] for tensor in graph.sources(node)]
        args, kwargs = node.arguments_with(values)
        outputs = layers[node.layer](*args, **kwargs)
        for old, new in zip(
            tf.nest.flatten(node.outputs), tf.nest.flatten(outputs)
        ):
            made[id(old)] = new
    outputs = tf.nest.map_structure(
        lambda tensor: made[id(tensor)], model._nested_outputs
    )
    inputs = tf.nest.pack_sequence_as(model._nested_inputs, starts)
    copied = type(model)(inputs, outputs, name=model.name)
    for old, new in layers.items():
        if isinstance(old, (AddLoss, AddMetric)):
            copied._insert(new._inbound_nodes[0].outputs)
    return copied


def _clone_layer(layer, clone):
    new = clone(layer)
    if isinstance(new, Model) and new is layer:
        return layer
    return new


def clone_and_build_model(
    model,
    input_tensors=None,
    target_tensors=None,
    custom_objects=None,
    compile_clone=True,
    in_place_reset=False,
    optimizer_iterations=None,
    optimizer_config=None,
):
    """Clones a model and compiles the copy as the original.

    Args:
        model: The model.
        input_tensors: As of `clone_model`.
        target_tensors: Must be None.
        custom_objects: A dict from names to the user's own classes.
        compile_clone: Whether to compile the copy.
        in_place_reset: Must be False.
        optimizer_iterations: First value of the optimizer's step counter.
        optimizer_config: A config for the copy's optimizer.

    Raises:
        ValueError: For what belongs to TensorFlow 1.
    """
    del custom_objects
    if target_tensors is not None or in_place_reset:
        raise ValueError(
            "`target_tensors` and `in_place_reset` belong to TensorFlow 1."
        )
    copied = clone_model(model, input_tensors=input_tensors)
    if not (compile_clone and model._is_compiled):
        return copied
    copied.compile_from_config(model.get_compile_config())
    if optimizer_config is not None:
        optimizer = type(copied.optimizer).from_config(optimizer_config)
        copied.optimizer = optimizer
    if optimizer_iterations is not None:
        copied.optimizer.iterations.assign(optimizer_iterations)
    return copied
