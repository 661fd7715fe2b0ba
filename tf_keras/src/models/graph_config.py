"""A graph of layers as a dict, and back.

Each layer's config holds its calls, `inbound_nodes`. A call is the nest of its
first argument with `[layer, node, tensor, other arguments]` for each tensor in
it; a tensor among the other arguments is `[layer, node, tensor]`. Node numbers
count the calls inside of the graph.
"""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import InputLayer
from tf_keras.src.core.keras_tensor import KerasTensor, holds_symbolic
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object,
    shorten,
)
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import serialize_keras_object

# Stands in the layer's place for an argument that no layer computes.
_CONSTANT = "_CONSTANT_VALUE"
# Holds the positional arguments that have no name, as of `tf.einsum`.
_POSITIONAL = "_POSITIONAL"


def starts_with_own_node(layer):
    """Whether numbers of a layer's calls start at 1.

    A model that is a graph has counted its own making as call 0 since
    Keras 1, and files hold the numbers.
    """
    graph = getattr(layer, "_graph", None)
    return graph is not None and bool(layer._graph_layers)


# Writing ---------------------------------------------------------------------


class _Writer:
    def __init__(self, graph):
        self.graph = graph
        self.numbers = {}
        in_graph = set(graph.nodes)
        for layer in graph.layers:
            number = int(starts_with_own_node(layer))
            for node in layer._inbound_nodes:
                if node in in_graph:
                    self.numbers[node] = number
                    number += 1

    def reference(self, tensor):
        """`[layer, node, tensor]` of a symbolic tensor."""
        tensor = self.graph.resolve(tensor)
        layer, _, tensor_index = tensor._keras_history
        return [layer.name, self.numbers[tensor.node], tensor_index]

    def layer(self, layer):
        config = serialize_keras_object(layer)
        config["name"] = layer.name
        config["inbound_nodes"] = [
            self.call(node)
            for node in layer._inbound_nodes
            if node in self.numbers and not node.is_input
        ]
        return config

    def call(self, node):
        first, kwargs = _first_and_named(node)
        kwargs = {k: self.argument(value) for k, value in kwargs.items()}

        def entry(value):
            if isinstance(value, KerasTensor):
                return [*self.reference(value), kwargs]
            return [_CONSTANT, -1, _plain(value), kwargs]

        keeps_nest = node.layer._preserve_input_structure_in_config
        if keeps_nest and not holds_symbolic(first):
            return entry(first)
        data = _map_nest(entry, first)
        is_nest = isinstance(first, (list, tuple, dict))
        return data if keeps_nest or is_nest else [data]

    def argument(self, value):
        if isinstance(value, KerasTensor):
            return self.reference(value)
        if isinstance(value, (list, tuple, dict)):
            return _map_nest(self.argument, value)
        return _plain(value)


def _map_nest(function, nest):
    """Applies a function to the leaves of lists, tuples and dicts."""
    if isinstance(nest, dict):
        return {key: _map_nest(function, value) for key, value in nest.items()}
    if isinstance(nest, (list, tuple)):
        return [_map_nest(function, value) for value in nest]
    return function(nest)


def _first_and_named(node):
    """The first argument of a call, and the others by name."""
    spec = node.layer._call_spec
    args, kwargs = node.call_args, dict(node.call_kwargs)
    if args:
        first, rest = args[0], args[1:]
    elif spec.first_name in kwargs:
        first, rest = kwargs.pop(spec.first_name), ()
    else:
        name, first = next(iter(kwargs.items()))
        del kwargs[name]
        rest = ()
    named = dict(zip(spec.names, rest))
    if len(rest) > len(named) or "inputs" in named:
        named.pop("inputs", None)
        named[_POSITIONAL] = list(rest)
    return first, {**named, **kwargs}


def _plain(value):
    """A constant as JSON holds it."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, tf.Tensor):
        return _plain(value.numpy())
    if isinstance(value, tf.Variable):
        raise ValueError(
            f"The variable {value.name!r} is an argument of a TensorFlow "
            "function in the graph. A config can't hold it: put the function "
            "and the variable into a layer of your own."
        )
    return value


def graph_to_config(model):
    """Returns the layers, inputs and outputs of a graph model as a dict."""
    writer = _Writer(model._graph)
    return {
        "layers": [writer.layer(layer) for layer in model._graph_layers],
        "input_layers": _nest_of(writer, model._nested_inputs),
        "output_layers": _nest_of(writer, model._nested_outputs),
    }


def _nest_of(writer, tensors):
    if isinstance(tensors, KerasTensor):
        return [writer.reference(tensors)]
    return _map_nest(writer.reference, tensors)


# Reading ---------------------------------------------------------------------


class _Reader:
    def __init__(self, config, custom_objects):
        self.layers = {}
        self.waiting = {}
        self.outputs = {}
        for layer_config in config["layers"]:
            layer = _make_layer(layer_config, custom_objects)
            name = layer_config.get("name", layer.name)
            if name in self.layers:
                raise ValueError(
                    f'The name "{name}" is used twice in the config of a '
                    "model. All layer names should be unique."
                )
            self.layers[name] = layer
            self.waiting[name] = list(layer_config.get("inbound_nodes") or ())
            self.outputs[name] = [None] if starts_with_own_node(layer) else []
            if isinstance(layer, InputLayer):
                self.outputs[name].append(layer._inbound_nodes[0].outputs)

    def run(self):
        """Makes all calls, each when what it uses is there."""
        remaining = [name for name, calls in self.waiting.items() if calls]
        while remaining:
            self.moved = False
            still = [name for name in remaining if not self.advance(name)]
            if not self.moved:
                raise ValueError(
                    "The config of a model is damaged: calls of the layers "
                    f"{remaining[:5]} use tensors that no call makes."
                )
            remaining = still

    def advance(self, name):
        """Makes the next calls of a layer; returns whether none is left."""
        calls = self.waiting[name]
        while calls:
            if not self.is_ready(calls[0]):
                return False
            self.moved = True
            self.outputs[name].append(self.call(name, calls.pop(0)))
        return True

    def is_ready(self, data):
        """Whether all tensors that a call refers to are made."""
        if _is_reference(data):
            return self.has(data) and all(
                self.is_ready(value)
                for value in (data[3].values() if len(data) > 3 else ())
            )
        if isinstance(data, dict):
            return all(self.is_ready(value) for value in data.values())
        if isinstance(data, (list, tuple)):
            return all(self.is_ready(value) for value in data)
        return True

    def has(self, reference):
        name, node_index = reference[0], reference[1]
        if name == _CONSTANT:
            return True
        if name not in self.layers:
            # A list of a string and two numbers among a call's arguments.
            return len(reference) == 3
        return len(self.outputs[name]) > node_index

    def tensor(self, reference):
        name, node_index, tensor_index = reference[:3]
        if name == _CONSTANT:
            return tensor_index
        if name not in self.layers:
            raise ValueError(
                f"The config of a model refers to layer {name!r}, which it "
                "does not hold."
            )
        made = self.outputs[name][node_index : node_index + 1]
        outputs = tf.nest.flatten(made)
        if not tensor_index < len(outputs):
            raise ValueError(
                "The config of a model is damaged: it refers to the output "
                f"{tensor_index} of call {node_index} of layer {name!r}, "
                "which there is not."
            )
        return outputs[tensor_index]

    def call(self, name, data):
        layer = self.layers[name]
        kwargs = {}

        def leaf(reference):
            if len(reference) > 3 and not kwargs:
                kwargs.update(reference[3])
            return self.tensor(reference)

        inputs = _map_references(leaf, data)
        kwargs = {key: self.argument(value) for key, value in kwargs.items()}
        if not layer._preserve_input_structure_in_config:
            if isinstance(inputs, list) and len(inputs) == 1:
                inputs = inputs[0]
        positional = kwargs.pop(_POSITIONAL, ())
        return layer(inputs, *positional, **kwargs)

    def argument(self, value):
        if _is_reference(value) and len(value) == 3 and value[0] in self.layers:
            return self.tensor(value)
        if isinstance(value, dict):
            if "class_name" in value and "config" in value:
                return deserialize_keras_object(value)
            return {k: self.argument(item) for k, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self.argument(item) for item in value)
        return value


def _make_layer(config, custom_objects):
    with custom_object_scope(custom_objects):
        layer = deserialize_keras_object(
            {k: v for k, v in config.items() if k != "inbound_nodes"}
        )
    return layer


def _is_reference(value):
    """Whether a value reads `[layer, node, tensor]`, maybe with arguments."""
    return (
        isinstance(value, (list, tuple))
        and len(value) in (3, 4)
        and isinstance(value[0], str)
        and isinstance(value[1], int)
        and (len(value) == 3 or isinstance(value[3], dict))
    )


def _map_references(function, data):
    if _is_reference(data):
        return function(data)
    if isinstance(data, dict):
        return {k: _map_references(function, v) for k, v in data.items()}
    if isinstance(data, (list, tuple)):
        return [_map_references(function, value) for value in data]
    raise ValueError(
        "The config of a model is damaged: expected [layer, node, tensor], "
        f"found {shorten(data)}"
    )


def graph_from_config(config, custom_objects=None):
    """Makes the layers of a graph and calls them as its config says.

    Returns:
        The symbolic inputs and outputs in their nests, and a dict from names
        to layers.

    Raises:
        ValueError: If the config refers to what is not in it.
    """
    reader = _Reader(config, custom_objects)
    reader.run()
    inputs = _map_references(reader.tensor, config["input_layers"])
    outputs = _map_references(reader.tensor, config["output_layers"])
    return inputs, outputs, reader.layers
