"""Where a layer stands in graphs: its nodes, inputs and outputs."""

import tensorflow as tf


class GraphAttributes:
    """The calls of a layer on symbolic tensors, and what they tell."""

    @property
    def inbound_nodes(self):
        """The calls of this layer on symbolic tensors, a list of nodes."""
        return self._inbound_nodes

    @property
    def outbound_nodes(self):
        """The calls of other layers that use an output of this one."""
        return self._outbound_nodes

    def _node_at(self, node_index, what):
        if not self._inbound_nodes:
            raise RuntimeError(
                f"The layer {self.name} has never been called on a symbolic "
                f"tensor and thus has no defined {what}."
            )
        if not len(self._inbound_nodes) > node_index:
            raise ValueError(
                f"Asked to get {what} at node {node_index}, but the layer "
                f"has only {len(self._inbound_nodes)} inbound nodes."
            )
        return self._inbound_nodes[node_index]

    def get_input_at(self, node_index):
        """Returns the inputs of one call.

        Args:
            node_index: The number of the call, 0 for the first.

        Raises:
            RuntimeError: If there was no call.
            ValueError: If there were not so many calls.
        """
        return self._node_at(node_index, "input").input_tensors

    def get_output_at(self, node_index):
        """Returns the outputs of one call. Arguments as `get_input_at`."""
        return self._node_at(node_index, "output").output_tensors

    def get_input_shape_at(self, node_index):
        """Returns the input shapes of a call; arguments as `get_input_at`."""
        return self._node_at(node_index, "input shape").input_shapes

    def get_output_shape_at(self, node_index):
        """Returns the output shapes of a call; arguments as `get_input_at`."""
        return self._node_at(node_index, "output shape").output_shapes

    def get_input_mask_at(self, node_index):
        """Returns the input masks of a call; arguments as `get_input_at`."""
        return _masks(self.get_input_at(node_index))

    def get_output_mask_at(self, node_index):
        """Returns the output masks of a call; arguments as `get_input_at`."""
        return _masks(self.get_output_at(node_index))

    def _first_node(self, what):
        if not self._inbound_nodes:
            raise AttributeError(
                f"Layer {self.name} has no inbound nodes: it was never called "
                f"on a symbolic tensor and thus has no {what}."
            )
        return self._inbound_nodes[0]

    @property
    def input(self):
        """The inputs of the first call on symbolic tensors.

        Those of other calls are `get_input_at(node_index)`.

        Raises:
            AttributeError: If there was no call.
        """
        return self._first_node("input").input_tensors

    @property
    def output(self):
        """The outputs of the first call on symbolic tensors.

        Those of other calls are `get_output_at(node_index)`.

        Raises:
            AttributeError: If there was no call.
        """
        return self._first_node("output").output_tensors

    @property
    def input_mask(self):
        """The masks of `input`, or None."""
        return _masks(self.input)

    @property
    def output_mask(self):
        """The masks of `output`, or None."""
        return _masks(self.output)

    @property
    def input_shape(self):
        """The shape of the inputs, a tuple or a nest of tuples.

        Raises:
            AttributeError: If calls differ, or there was none.
        """
        self._first_node("input shape")
        shapes = [node.input_shapes for node in self._inbound_nodes]
        return self._same(shapes, "input_shape", "get_input_shape_at")

    @property
    def output_shape(self):
        """The shape of the outputs, a tuple or a nest of tuples.

        Raises:
            AttributeError: If calls differ, or there was none.
        """
        self._first_node("output shape")
        shapes = [node.output_shapes for node in self._inbound_nodes]
        return self._same(shapes, "output_shape", "get_output_shape_at")

    def _same(self, shapes, attribute, method):
        if any(shape != shapes[0] for shape in shapes):
            raise AttributeError(
                f"Layer {self.name} was called on different shapes, so that "
                f"`layer.{attribute}` is ambiguous. Use "
                f"`{method}(node_index)`."
            )
        return shapes[0]


def _masks(tensors):
    if isinstance(tensors, (list, tuple)):
        return [getattr(tensor, "_keras_mask", None) for tensor in tensors]
    return tf.nest.map_structure(
        lambda tensor: getattr(tensor, "_keras_mask", None), tensors
    )
