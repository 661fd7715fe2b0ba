"""Private names of Keras 2 that libraries which depend on it read.

TensorFlow Model Optimization and TensorFlow Privacy walk through a model's
graph with them. Nothing in this package does.
"""

import collections


class NamesOfOld:
    """A base of models that are graphs of layers: what others read of them."""

    @property
    def _is_graph_network(self):
        return self._graph is not None

    @property
    def _nodes_by_depth(self):
        return self._graph.nodes_by_depth

    @property
    def _input_layers(self):
        return [place[0] for place in self._input_coordinates]

    @property
    def _output_layers(self):
        return [place[0] for place in self._output_coordinates]

    @property
    def _input_coordinates(self):
        return [tensor._keras_history for tensor in self.inputs]

    @property
    def _output_coordinates(self):
        return [tensor._keras_history for tensor in self.outputs]

    @property
    def _feed_input_names(self):
        return self.input_names

    @property
    def _tensor_usage_count(self):
        """How many calls take a tensor, and how often it is an output."""
        count = collections.Counter(str(id(tensor)) for tensor in self.outputs)
        for nodes in self._nodes_by_depth.values():
            for node in nodes:
                if not node.is_input:
                    count.update(node.flat_input_ids)
        return count

    def _flatten_to_reference_inputs(self, tensors):
        return self._flatten_inputs(tensors)
