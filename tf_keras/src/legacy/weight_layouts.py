"""How earlier releases laid out the arrays of layers, and what they are today.

`arrays_of_today` takes what a file holds for one layer, in the file's order.
Layers are known by the names of their classes; each has one function in
`_LAYOUTS`.
"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Layout:
    """What decides how a file's arrays lie.

    Attributes:
        is_of_keras_1: Whether Keras 1 wrote them.
        flips_kernels: Whether Theano did, whose convolutions read kernels
            backwards.
    """

    is_of_keras_1: bool = False
    flips_kernels: bool = False


def arrays_of_today(layer, arrays, names, layout):
    """Returns a layer's arrays in today's layout and order.

    Args:
        layer: The layer, built.
        arrays: What the file holds for it.
        names: The file's name of each.
        layout: A `Layout`.

    Returns:
        A list; as it came, where nothing is known of such arrays.
    """
    for cls in type(layer).__mro__:
        convert = _LAYOUTS.get(cls.__name__)
        if convert is not None:
            return convert(layer, list(arrays), list(names), layout)
    return list(arrays)


def arrays_of(layer):
    """Returns the variables of a layer in the order of files."""
    return [*layer.trainable_weights, *layer.non_trainable_weights]


# Convolutions ----------------------------------------------------------------


def _first_fit(array, variable, orders):
    """The array with its axes in the first order that fits the variable."""
    for order in orders:
        if len(order) == array.ndim:
            moved = array.transpose(order)
            if variable.shape.is_compatible_with(moved.shape):
                return moved
    return array


# Axes of kernels of Keras 1 by rank: channels first, as they are, last resort.
_KERNEL_ORDERS = {
    2: ((2, 3, 1, 0), (0, 1, 2, 3), (3, 2, 0, 1)),
    3: ((2, 3, 4, 1, 0), (0, 1, 2, 3, 4)),
}
_TRANSPOSED_ORDERS = {2: ((2, 3, 0, 1), (0, 1, 3, 2), (0, 1, 2, 3))}


def _is_channels_first(layer):
    return getattr(layer, "data_format", None) == "channels_first"


def _of_keras_1(layer, kernel, variable, table=_KERNEL_ORDERS):
    orders = table.get(kernel.ndim - 2, ())
    if not _is_channels_first(layer) and len(orders) > 1:
        orders = (orders[1], orders[0], *orders[2:])
    return _first_fit(kernel, variable, orders)


def _flipped(kernel, layout):
    """With the axes of space, all but the last two, backwards."""
    if not layout.flips_kernels:
        return kernel
    return np.flip(kernel, tuple(range(kernel.ndim - 2)))


def _conv(layer, arrays, names, layout, table=_KERNEL_ORDERS):
    variable, kernel = layer.kernel, arrays[0]
    if layout.is_of_keras_1:
        if kernel.ndim == 4 and variable.shape.rank == 3:
            kernel = _conv_1d(kernel, variable)
        else:
            kernel = _of_keras_1(layer, kernel, variable, table)
    return [_flipped(kernel, layout), *arrays[1:]]


def _conv_1d(kernel, variable):
    """One of two dimensions, one of them 1: `(length, 1, in, out)`."""
    length, _, filters = variable.shape
    if kernel.shape[:2] != (length, 1) or kernel.shape[3] != filters:
        kernel = kernel.transpose(2, 3, 1, 0)  # Keras 1.0.
    return kernel[:, 0]


def _conv_transpose(layer, arrays, names, layout):
    return _conv(layer, arrays, names, layout, _TRANSPOSED_ORDERS)


def _separable_conv(layer, arrays, names, layout):
    if not layout.is_of_keras_1:
        return arrays
    variables = (layer.depthwise_kernel, layer.pointwise_kernel)
    kernels = [
        _of_keras_1(layer, kernel, variable)
        for kernel, variable in zip(arrays, variables)
    ]
    return [*kernels, *arrays[2:]]


# Recurrent layers ------------------------------------------------------------


def _joined_gates(arrays, gates):
    """Kernel, recurrent kernel and bias of arrays that stand gate by gate."""
    return [
        np.concatenate([arrays[3 * gate + which] for gate in gates], axis=-1)
        for which in range(3)
    ]


# Keras 1 wrote the gates i, c, f, o; today they are i, f, c, o.
_LSTM_GATES = (0, 2, 1, 3)
_GRU_GATES = (0, 1, 2)


def _lstm(layer, arrays, names, layout):
    if len(arrays) == 12:
        return _joined_gates(arrays, _LSTM_GATES)
    if len(arrays) == 3 and arrays[2].shape == (8 * layer.units,):
        kernel, recurrent, bias = arrays
        return [*_from_cudnn(kernel, recurrent, 4), bias.reshape(2, -1).sum(0)]
    return arrays


def _gru(layer, arrays, names, layout):
    if len(arrays) == 9:
        return _joined_gates(arrays, _GRU_GATES)
    if len(arrays) == 3 and arrays[2].shape == (6 * layer.units,):
        if not layer.reset_after:
            raise ValueError(
                f"Layer {layer.name!r} is a GRU with reset_after=False, and "
                "the file holds the weights of a CuDNNGRU, which only fit "
                "`GRU(reset_after=True)`."
            )
        kernel, recurrent, bias = arrays
        return [*_from_cudnn(kernel, recurrent, 3), bias.reshape(2, -1)]
    return arrays


def _from_cudnn(kernel, recurrent, gates):
    """Kernels whose blocks, one a gate, lay column by column in memory."""
    kernel = np.concatenate(
        [
            block.T.reshape(block.shape, order="F")
            for block in np.split(kernel, gates, axis=1)
        ],
        axis=1,
    )
    recurrent = np.concatenate(
        [block.T for block in np.split(recurrent, gates, axis=1)], axis=1
    )
    return kernel, recurrent


def _conv_lstm(layer, arrays, names, layout):
    if len(arrays) == 12:
        arrays = [
            _conv_lstm_gate(layer, array, which) if which < 2 else array
            for array, which in zip(arrays, [0, 1, 2] * 4)
        ]
        arrays = _joined_gates(arrays, _LSTM_GATES)
    kernels = [_flipped(kernel, layout) for kernel in arrays[:2]]
    return [*kernels, *arrays[2:]]


def _conv_lstm_gate(layer, array, which):
    """One gate's kernel, whose last axis holds a fourth of the channels."""
    joined = (layer.cell.kernel, layer.cell.recurrent_kernel)[which].shape
    wanted = (*joined[:-1], joined[-1] // 4)
    first, last = (2, 3, 1, 0), (0, 1, 2, 3)
    for order in (
        (first, last) if _is_channels_first(layer) else (last, first)
    ):
        if array.transpose(order).shape == tuple(wanted):
            return array.transpose(order)
    return array


# Layers of layers ------------------------------------------------------------


def _bidirectional(layer, arrays, names, layout):
    half = len(arrays) // 2
    forward, backward = layer.forward_layer, layer.backward_layer
    return [
        *arrays_of_today(forward, arrays[:half], names[:half], layout),
        *arrays_of_today(backward, arrays[half:], names[half:], layout),
    ]


def _time_distributed(layer, arrays, names, layout):
    return arrays_of_today(layer.layer, arrays, names, layout)


def _nested(model, arrays, names, layout):
    """All that is trainable comes first, then the rest, in every release."""
    layers = [layer for layer in model.layers if layer.weights]
    for is_split in (_says_split, lambda layer: layout.is_of_keras_1, None):
        counts = [_counts_in_file(layer, is_split) for layer in layers]
        if sum(map(sum, counts)) == len(arrays):
            break
    else:
        return arrays
    parts = _parts_by_name(layers, counts, arrays, names)
    parts = parts or _parts_by_order(counts, arrays, names)
    found = {}
    for layer, part in zip(layers, parts):
        values, value_names = zip(*part)
        converted = arrays_of_today(layer, values, value_names, layout)
        for variable, value in zip(arrays_of(layer), converted):
            found[id(variable)] = value
    return [found[id(variable)] for variable in arrays_of(model)]


def _says_split(layer):
    """Whether a config of Keras 1 tells that gates have their own arrays."""
    return getattr(layer, "implementation", None) in (0, 1)


def _counts_in_file(layer, is_split):
    """How many arrays a file holds for a layer: trainable ones, others."""
    if hasattr(layer, "_graph_layers") and layer.layers:
        counts = [_counts_in_file(inner, is_split) for inner in layer.layers]
        return tuple(map(sum, zip(*counts)))
    factor = _gates_in_file(layer, is_split) if is_split else 1
    trainable, other = layer.trainable_weights, layer.non_trainable_weights
    return len(trainable) * factor, len(other) * factor


def _gates_in_file(layer, is_split):
    """Into how many gates Keras 1 split each array of a layer."""
    name = type(layer).__name__
    inner = {"Bidirectional": "forward_layer", "TimeDistributed": "layer"}
    if name in inner:
        return _gates_in_file(getattr(layer, inner[name]), is_split)
    gates = {"LSTM": 4, "ConvLSTM2D": 4, "GRU": 3}.get(name, 1)
    return gates if is_split(layer) or name == "ConvLSTM2D" else 1


def _parts_by_name(layers, counts, arrays, names):
    """The arrays of each layer by the names of weights; None if unclear.

    Keras 1 sorted layers of one depth by name, which today's order is not.
    """
    owners = sorted((layer.name for layer in layers), key=len, reverse=True)
    parts = {name: [] for name in owners}
    for array, name in zip(arrays, names):
        owner = next(
            (o for o in owners if name.startswith((f"{o}_", f"{o}/"))), None
        )
        if owner is None:
            return None
        parts[owner].append((array, name))
    found = [parts[layer.name] for layer in layers]
    fits = [len(part) == sum(count) for part, count in zip(found, counts)]
    return found if all(fits) else None


def _parts_by_order(counts, arrays, names):
    values = iter(zip(arrays, names))
    first = [[next(values) for _ in range(count)] for count, _ in counts]
    rest = [[next(values) for _ in range(count)] for _, count in counts]
    return [a + b for a, b in zip(first, rest)]


_LAYOUTS = {
    "Bidirectional": _bidirectional,
    "Conv1D": _conv,
    "Conv2D": _conv,
    "Conv2DTranspose": _conv_transpose,
    "Conv3D": _conv,
    "Conv3DTranspose": _conv,
    "ConvLSTM2D": _conv_lstm,
    "Functional": _nested,
    "GRU": _gru,
    "LSTM": _lstm,
    "SeparableConv2D": _separable_conv,
    "Sequential": _nested,
    "TimeDistributed": _time_distributed,
}
