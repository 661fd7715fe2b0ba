"""Node: one call of a layer in a graph of layers."""

import collections

import tensorflow as tf

from tf_keras.src.core.keras_tensor import KerasTensor

# Where a symbolic tensor comes from: which output of which call of a layer.
KerasHistory = collections.namedtuple(
    "KerasHistory", ["layer", "node_index", "tensor_index"]
)


class Node:
    """One call of a layer on symbolic tensors, kept to be run again.

    Making one notes it with its layer and with the layers that its inputs
    come from, and tells the outputs where they come from.

    Args:
        layer: The layer that was called.
        call_args: The positional arguments.
        call_kwargs: The arguments by name.
        outputs: What came out, in its nest.
    """

    def __init__(self, layer, call_args=(), call_kwargs=None, outputs=None):
        self.layer = layer
        self.call_args = tuple(call_args)
        self.call_kwargs = call_kwargs or {}
        self.outputs = outputs
        self.is_input = not self.call_args and not self.call_kwargs
        self._flat_arguments = tf.nest.flatten(
            (self.call_args, self.call_kwargs)
        )
        self._symbolic = [
            (index, value)
            for index, value in enumerate(self._flat_arguments)
            if isinstance(value, KerasTensor)
        ]
        node_index = len(layer._inbound_nodes)
        layer._inbound_nodes.append(self)
        for _, tensor in self._symbolic:
            if hasattr(tensor, "_keras_history"):
                tensor._keras_history.layer._outbound_nodes.append(self)
        for index, tensor in enumerate(tf.nest.flatten(outputs)):
            if isinstance(tensor, KerasTensor):
                tensor._keras_history = KerasHistory(layer, node_index, index)

    @property
    def keras_inputs(self):
        """The symbolic tensors among the arguments, in order."""
        if self.is_input:
            return [self.outputs]
        return [tensor for _, tensor in self._symbolic]

    @property
    def parent_nodes(self):
        """The calls that this call's inputs come from."""
        return [
            tensor.node
            for _, tensor in self._symbolic
            if hasattr(tensor, "_keras_history")
        ]

    def iterate_inbound(self):
        """Returns `(layer, node_index, tensor_index, tensor)` of each input."""
        return [
            (*tensor._keras_history, tensor) for tensor in self.keras_inputs
        ]

    def arguments_with(self, values):
        """Returns args and kwargs with the symbolic tensors replaced.

        Args:
            values: One for each of `keras_inputs`.
        """
        flat = list(self._flat_arguments)
        for (index, _), value in zip(self._symbolic, values):
            flat[index] = value
        return tf.nest.pack_sequence_as(
            (self.call_args, self.call_kwargs), flat
        )

    # What other libraries walk graphs with.

    @property
    def outbound_layer(self):
        """The layer that was called."""
        return self.layer

    @property
    def flat_input_ids(self):
        """The ids of the symbolic tensors among the arguments, as text."""
        return [str(id(tensor)) for tensor in self.keras_inputs]

    @property
    def flat_output_ids(self):
        """The ids of the outputs, as text."""
        return [str(id(tensor)) for tensor in tf.nest.flatten(self.outputs)]

    def map_arguments(self, tensor_dict):
        """Returns args and kwargs with values for the symbolic tensors.

        Args:
            tensor_dict: From an id as text to a list, which a value is taken
                from.
        """
        if self.is_input:
            return (), {}
        return self.arguments_with(
            [tensor_dict[key].pop() for key in self.flat_input_ids]
        )

    @property
    def input_tensors(self):
        """The first argument; the output where there is none."""
        if self.is_input:
            return self.outputs
        if self.call_args:
            return self.call_args[0]
        return self.keras_inputs

    @property
    def output_tensors(self):
        """The outputs, in their nest."""
        return self.outputs

    @property
    def input_shapes(self):
        """The shapes of the first argument, as tuples in its nest."""
        return shapes_of(self.input_tensors)

    @property
    def output_shapes(self):
        """The shapes of the outputs, as tuples in their nest."""
        return shapes_of(self.outputs)

    @property
    def inbound_layers(self):
        """The layers that the inputs come from; one alone if it is one."""
        if self.is_input:
            return []
        layers = [t._keras_history.layer for _, t in self._symbolic]
        return layers[0] if len(layers) == 1 else layers


def shapes_of(tensors):
    """Returns the static shapes in the nest of the tensors, as tuples."""

    def shape_of(tensor):
        shape = tf.TensorShape(tensor.shape)
        return tuple(shape) if shape.rank is not None else None

    return tf.nest.map_structure(shape_of, tensors)
