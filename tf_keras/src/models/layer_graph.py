"""Orders the calls between inputs and outputs, and plans how to run them."""

import collections

import tensorflow as tf

from tf_keras.src.core.keras_tensor import KerasTensor


class LayerGraph:
    """The calls of layers that lead from some tensors to others.

    Args:
        inputs: Symbolic tensors, a flat list.
        outputs: Symbolic tensors, a flat list.
        stand_ins: A dict from the id of a tensor inside of a larger graph to
            the input that replaces it here.

    Attributes:
        nodes: The calls, each after those whose outputs it uses.
        layers: The layers, from the inputs on.
        depths: A dict from each node to its distance from the outputs.

    Raises:
        ValueError: If an output depends on a tensor that is not reachable
            from the inputs, if a call depends on itself, or if two layers
            share a name.
    """

    def __init__(self, inputs, outputs, stand_ins=None):
        self._stand_ins = stand_ins or {}
        outputs = [self.resolve(tensor) for tensor in outputs]
        order, layer_order = self._calls_before(outputs)
        self.depths = self._find_depths(order)
        self._layer_depths = self._find_layer_depths(inputs)
        for layer in self._layer_depths:
            layer_order.setdefault(layer, -1)  # An input that none uses.
        self.layers = sorted(
            self._layer_depths,
            key=lambda layer: (-self._layer_depths[layer], layer_order[layer]),
        )
        by_depth = collections.defaultdict(list)
        for node in [*self._unused_inputs(inputs, order), *order]:
            by_depth[self.depths[node]].append(node)
        self.nodes = [
            node
            for depth in sorted(by_depth, reverse=True)
            for node in by_depth[depth]
        ]
        self.nodes_by_depth = dict(by_depth)
        self._check_connected(inputs)
        _check_names(self.layers)

    def resolve(self, tensor):
        """Returns the input that replaces a tensor, or the tensor itself."""
        return self._stand_ins.get(id(tensor), tensor)

    def sources(self, node):
        """Returns the symbolic tensors that a call uses, in order."""
        if node.is_input:
            return []
        return [self.resolve(tensor) for tensor in node.keras_inputs]

    def _find_layer_depths(self, inputs):
        """How far each layer's first call is from the outputs."""
        depths = {}
        for node, depth in self.depths.items():
            depths[node.layer] = max(depth, depths.get(node.layer, 0))
        for tensor in inputs:  # Inputs that no output uses stand at the end.
            layer, node_index, _ = tensor._keras_history
            if layer not in depths:
                depths[layer] = 0
                self.depths[layer._inbound_nodes[node_index]] = 0
        return depths

    def _unused_inputs(self, inputs, order):
        used = set(order)
        nodes = (tensor.node for tensor in inputs)
        return [node for node in nodes if node not in used]

    def _calls_before(self, outputs):
        """The calls that outputs depend on, each after its own sources.

        Returns:
            The nodes, and a dict from layers to the order in which a walk from
            the outputs meets them.
        """
        order, done, open_nodes = [], set(), set()
        layer_order = {}
        for output in outputs:
            # A stack, not recursion: chains are longer than Python's limit.
            stack = [(output.node, None)]
            while stack:
                node, parents = stack.pop()
                if parents is None:
                    if node in done:
                        continue
                    if node in open_nodes:
                        _refuse_cycle(node)
                    open_nodes.add(node)
                    layer_order.setdefault(node.layer, len(layer_order))
                    parents = (tensor.node for tensor in self.sources(node))
                parent = next(parents, None)
                if parent is not None:
                    stack.append((node, parents))
                    if parent in open_nodes:
                        _refuse_cycle(parent)
                    stack.append((parent, None))
                    continue
                open_nodes.discard(node)
                done.add(node)
                order.append(node)
        return order, layer_order

    def _find_depths(self, order):
        """The longest way from each call to an output."""
        depths = {}
        for node in reversed(order):
            depth = depths.setdefault(node, 0)
            for tensor in self.sources(node):
                parent = tensor.node
                depths[parent] = max(depth + 1, depths.get(parent, 0))
        return depths

    def _check_connected(self, inputs):
        known = {id(tensor) for tensor in inputs}
        passed = []
        for node in self.nodes:
            # An input layer that isn't among the inputs has no value either.
            needed = [node.outputs] if node.is_input else self.sources(node)
            for tensor in needed:
                if id(tensor) not in known:
                    layer = tensor._keras_history.layer
                    raise ValueError(
                        "Graph disconnected: cannot obtain value for tensor "
                        f"{tensor} at layer {node.layer.name!r}: it comes "
                        f"from layer {layer.name!r}, which is not reached "
                        "from the model's inputs. The following previous "
                        "layers were accessed without issue: "
                        f"{[name for name in passed if name]}. Add the "
                        "missing tensor to the model's inputs."
                    )
            known.update(id(t) for t in tf.nest.flatten(node.outputs))
            passed.append(node.layer.name)


def _check_names(layers):
    counts = collections.Counter(layer.name for layer in layers)
    for name, count in counts.items():
        if count > 1:
            raise ValueError(
                f'The name "{name}" is used {count} times in the model. All '
                "layer names should be unique. Pass another `name` to one of "
                "the layers."
            )


def _refuse_cycle(node):
    raise ValueError(
        f"The graph has a cycle: the output of layer {node.layer.name!r} is "
        "needed to compute its own input."
    )


class Plan:
    """A graph as a list of steps over numbered slots.

    Made once, so that a call of the model looks nothing up.

    Args:
        graph: A `LayerGraph`.
        inputs: Symbolic tensors, a flat list.
        outputs: Symbolic tensors, a flat list.
    """

    def __init__(self, graph, inputs, outputs):
        self._slots = {}
        self.input_slots = [self._slot(tensor) for tensor in inputs]
        self.steps = [
            _Step(node, graph.sources(node), self._slot)
            for node in graph.nodes
            if not node.is_input
        ]
        self.output_slots = [self._slot(graph.resolve(t)) for t in outputs]
        self.size = len(self._slots)
        self._free_early()

    def _slot(self, tensor):
        return self._slots.setdefault(id(tensor), len(self._slots))

    def _free_early(self):
        """Tells each step which values nobody needs after it."""
        kept = set(self.output_slots)
        for step in reversed(self.steps):
            last_use = {s for s in step.reads if s not in kept}
            step.frees = tuple(last_use)
            kept |= last_use

    def run(self, values):
        """Returns the outputs for the inputs' values, flat lists both."""
        slots = [None] * self.size
        for slot, value in zip(self.input_slots, values):
            slots[slot] = value
        for step in self.steps:
            step.run(slots)
            for slot in step.frees:
                slots[slot] = None
        return [slots[slot] for slot in self.output_slots]


class _Step:
    """One call of a layer: where its inputs lie, where its outputs go."""

    def __init__(self, node, sources, slot_of):
        self.node = node
        self.layer = node.layer
        self.reads = [slot_of(tensor) for tensor in sources]
        outputs = tf.nest.flatten(node.outputs)
        self.writes = [
            slot_of(tensor) if isinstance(tensor, KerasTensor) else None
            for tensor in outputs
        ]
        is_single = isinstance(node.outputs, KerasTensor)
        takes_one = (
            len(node.call_args) == 1
            and isinstance(node.call_args[0], KerasTensor)
            and not node.call_kwargs
        )
        self.run = self._run_one if is_single and takes_one else self._run_any
        self.frees = ()

    def _run_one(self, slots):
        slots[self.writes[0]] = self.layer(slots[self.reads[0]])

    def _run_any(self, slots):
        values = [slots[slot] for slot in self.reads]
        args, kwargs = self.node.arguments_with(values)
        outputs = self.layer(*args, **kwargs)
        for slot, value in zip(self.writes, tf.nest.flatten(outputs)):
            if slot is not None:
                slots[slot] = value
