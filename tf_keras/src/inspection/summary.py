"""The table that Model.summary() prints."""

import re

import tensorflow as tf

from tf_keras.src.core import tracking
from tf_keras.src.core.input_layer import InputLayer
from tf_keras.src.core.weights import count_params
from tf_keras.src.foundation.messages import print_msg

_SHORT_LINE, _SHORT_ENDS = 65, (0.45, 0.85, 1.0)
_GRAPH_LINE, _GRAPH_ENDS = 98, (0.3, 0.6, 0.7, 1.0)
_TRAINABLE_WIDTH = 11
# After these a cell goes on in the next line: the end of a shape or a name.
_BREAKS = re.compile(r"(\),|\],|\},|',)")
_UNITS = ("Byte", "KB", "MB", "GB", "TB", "PB")


def print_summary(
    model,
    line_length=None,
    positions=None,
    print_fn=None,
    expand_nested=False,
    show_trainable=False,
    layer_range=None,
):
    """Prints a table of a model's layers. Arguments as of `Model.summary`."""
    print_fn = print_fn or print_msg
    layers = _in_range(model.layers, layer_range)
    is_graph = not _is_chain(model)
    line_length = line_length or (_GRAPH_LINE if is_graph else _SHORT_LINE)
    ends = list(positions or (_GRAPH_ENDS if is_graph else _SHORT_ENDS))
    if ends[-1] <= 1:
        ends = [int(line_length * end) for end in ends]
    titles = ["Layer (type)", "Output Shape", "Param #"]
    if is_graph:
        titles.append("Connected to")
    if show_trainable:
        line_length += _TRAINABLE_WIDTH
        ends.append(line_length)
        titles.append("Trainable")
    table = _Table(line_length, ends, print_fn)
    print_fn(f'Model: "{model.name}"')
    table.line("_")
    table.row(titles)
    table.line("=")
    rows = _Rows(model, is_graph, show_trainable, expand_nested, table)
    rows.print_all(layers)
    table.line("=")
    _print_totals(model, print_fn)
    table.line("_")


class _Table:
    """Prints rows of cells, each over as many lines as it needs."""

    def __init__(self, width, ends, print_fn):
        self.width = width
        self.ends = ends
        self.print_fn = print_fn

    def line(self, character, depth=0):
        """A line of one character, between the bars of nesting."""
        bars = "|" * depth
        inner = character * (self.width - 2 * depth)
        self.print_fn(f"{bars}{inner}{bars}")

    def row(self, cells, depth=0):
        """The cells of a row, between the bars of nesting."""
        bars = "|" * depth
        rest = [str(cell) for cell in cells]
        while any(rest):
            line = bars + " "
            for index, end in enumerate(self.ends[: len(rest)]):
                start = self.ends[index - 1] if index else 0
                is_last = index == len(self.ends) - 1
                room = end - start - (0 if is_last else 3)
                part, rest[index] = _cut(rest[index], max(1, room))
                line = (line + part).ljust(end)
            if depth:
                line = line[: self.width - depth].ljust(self.width - depth)
            self.print_fn(line + bars)


def _cut(text, room):
    """The part of a cell that goes into this line, and the rest."""
    found = _BREAKS.search(text[:room])
    end = found.end() if found else room
    return text[:end], text[end:]


class _Rows:
    """Turns layers into rows."""

    def __init__(self, model, is_graph, show_trainable, expand_nested, table):
        graph = getattr(model, "_graph", None)
        self.nodes = set(graph.nodes) if graph is not None else set()
        self.is_graph = is_graph
        self.show_trainable = show_trainable
        self.expand_nested = expand_nested
        self.table = table

    def print_all(self, layers, depth=0):
        """One row a layer, with lines between them."""
        for index, layer in enumerate(layers):
            self.table.row(self.cells(layer), depth)
            inner = getattr(layer, "layers", None)
            if self.expand_nested and inner:
                self.table.line("¯", depth + 1)
                self.print_all(inner, depth + 1)
                self.table.line("¯", depth)
            elif depth == 0 or index < len(layers) - 1:
                self.table.line(" ", depth)

    def cells(self, layer):
        """What a row shows of a layer."""
        cells = [
            f"{layer.name} ({type(layer).__name__})",
            _output_shape(layer),
            count_params(layer.weights) if layer.built else "0 (unused)",
        ]
        if self.is_graph:
            cells.append(self.sources(layer))
        if self.show_trainable:
            cells.append("Y" if layer.trainable else "N")
        return cells

    def sources(self, layer):
        """The outputs that a layer's calls in the model use."""
        return [
            f"{source.name}[{node_index}][{tensor_index}]"
            for node in layer._inbound_nodes
            if node in self.nodes and not node.is_input
            for source, node_index, tensor_index, _ in node.iterate_inbound()
        ]


def _output_shape(layer):
    """The shape of the outputs, as a graph or else the last call showed it."""
    if isinstance(layer, InputLayer):
        return [layer.output_shape]
    try:
        return layer.output_shape
    except AttributeError:  # No graph holds it, or several calls differ.
        shape = layer._seen_output_shape
        return shape if shape is not None else "multiple"


def _is_chain(model):
    """Whether each layer uses only the one before it."""
    graph = getattr(model, "_graph", None)
    if graph is None or type(model).__name__ == "Sequential":
        return True
    calls = [node for node in graph.nodes if not node.is_input]
    return all(len(ns) == 1 for ns in graph.nodes_by_depth.values()) and (
        all(len(node.keras_inputs) <= 1 for node in calls)
        and len({node.layer for node in graph.nodes}) == len(graph.nodes)
    )


def _in_range(layers, layer_range):
    if not layer_range:
        return layers
    if len(layer_range) != 2:
        raise ValueError(
            "layer_range must be a list or tuple of length 2: the names of "
            f"the first and last layer. Received: {layer_range} of length "
            f"{len(layer_range)}"
        )
    first, last = (_matching(layers, pattern) for pattern in layer_range)
    if not first or not last:
        raise ValueError(
            "Passed layer_names do not match the layer names in the model. "
            f"Received: {layer_range}. The layers are: "
            f"{[layer.name for layer in layers]}"
        )
    both = (min(first), max(last))
    return layers[min(both) : max(both) + 1]


def _matching(layers, pattern):
    return [
        index
        for index, layer in enumerate(layers)
        if re.match(pattern, layer.name)
    ]


def _print_totals(model, print_fn):
    weights = tracking.without_repetition(model.weights)
    trainable = tracking.without_repetition(model.trainable_weights)
    known = {id(weight) for weight in trainable}
    frozen = [weight for weight in weights if id(weight) not in known]
    for title, found in (
        ("Total", weights),
        ("Trainable", trainable),
        ("Non-trainable", frozen),
    ):
        size = _size_text(_bytes_of(found))
        print_fn(f"{title} params: {count_params(found)} ({size})")


def _bytes_of(weights):
    return sum(
        count_params([weight]) * tf.as_dtype(weight.dtype).size
        for weight in weights
        if hasattr(weight, "shape")
    )


def _size_text(size):
    """A number of bytes in the largest unit that leaves a whole part."""
    unit = 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.2f} {_UNITS[unit]}"
