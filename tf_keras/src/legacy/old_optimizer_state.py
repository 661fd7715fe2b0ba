"""What optimizers of `keras` 1.0 to 2.3 saved, for those of today.

Releases before 2.0.6 sorted an optimizer's slots by the names of the weights;
later ones kept the model's order. A slot lies in the file as its weight does,
so it goes through the same change of layout.
"""

import numpy as np

from tf_keras.src.legacy import weight_layouts

# Slots of each optimizer in the order of files, by the names of today.
_SLOTS = {
    "Adadelta": ("accum_grad", "accum_var"),
    "Adagrad": ("accumulator",),
    "Adam": ("m", "v"),
    "Adamax": ("m", "v"),
    "Nadam": ("m", "v"),
    "RMSprop": ("rms",),
    "SGD": ("momentum",),
}
_SORTED_BEFORE = (2, 0, 6)
_MANY = 10_000  # Steps after which the product is zero.


def pairs(model, place, names, layers, layout, origin):
    """Returns `(variable, array)` for an optimizer's state; None if unknown.

    Args:
        model: The compiled model.
        place: The group that holds the state.
        names: The names of its arrays.
        layers: `(layer, group, names of weights)` for each layer.
        layout: How the file's weights lie.
        origin: Which release wrote the file.
    """
    optimizer = model.optimizer
    slots = _SLOTS.get(type(optimizer).__name__)
    if slots is None or not hasattr(optimizer, "get_slot"):
        return None
    weights = _Weights(model, layers, layout)
    headers = [place.shape_and_dtype(name) for name in names]
    if None in headers:
        return None
    arrays = [np.asarray(place[name]) for name in names]
    found = []
    if headers and headers[0][0] == ():  # A float in Keras 1.
        steps = arrays.pop(0).astype(np.int64)
        found.append((optimizer.iterations, steps))
        if type(optimizer).__name__ == "Nadam":
            found += _momentum_cache(optimizer, steps)
    if not arrays:
        return found
    orders = [weights.in_order(), weights.sorted()]
    if origin.numbers < _SORTED_BEFORE:
        orders.reverse()
    for order in orders:
        made = _slot_pairs(optimizer, slots, arrays, order, weights)
        if made is not None:
            return found + made
    return None


def _momentum_cache(optimizer, iterations):
    """Nadam's product of momentums, which these files leave out."""
    steps = np.arange(1, min(int(iterations), _MANY) + 1, dtype=np.float64)
    config = optimizer.get_config()
    momentums = config["beta_1"] * (
        1.0 - 0.5 * 0.96 ** (steps * config["decay"])
    )
    return [(optimizer._momentum_cache(), np.float32(np.prod(momentums)))]


class _Weights:
    """The trainable weights of a file, found by sending numbers along."""

    def __init__(self, model, layers, layout):
        self._layers, self._layout = layers, layout
        self.variables = model.trainable_variables
        self.shapes, self.names = [], []
        for _, place, names in layers:
            for name in names:
                self.shapes.append(place.shape_and_dtype(name)[0])
                self.names.append(name)
        trainable = {id(variable) for variable in self.variables}
        marked = self.convert(
            [np.full(shape, i) for i, shape in enumerate(self.shapes)]
        )
        found = set()
        for variable, array in marked:
            if id(variable) in trainable:
                found.update(np.unique(array).tolist())
        self.trainable = sorted(found & set(range(len(self.names))))

    def convert(self, arrays):
        """Returns `(variable, array in today's layout)` for all weights."""
        arrays, result = iter(arrays), []
        for layer, _, names in self._layers:
            own = [next(arrays) for _ in names]
            if self._layout is not None:
                own = weight_layouts.arrays_of_today(
                    layer, own, names, self._layout
                )
            result += zip(weight_layouts.arrays_of(layer), own)
        return result

    def in_order(self):
        """The numbers of the trainable weights as they stand in the file."""
        return self.trainable

    def sorted(self):
        """The same, sorted by name."""
        return sorted(self.trainable, key=lambda index: self.names[index])


def _slot_pairs(optimizer, slots, arrays, order, weights):
    """Pairs of slots and arrays; None if the shapes contradict the order."""
    count = len(order)
    if count == 0 or len(arrays) < count * len(slots):
        return None
    made = []
    for number, slot in enumerate(slots):
        part = arrays[number * count : (number + 1) * count]
        values = [np.zeros(shape, np.float32) for shape in weights.shapes]
        for index, array in zip(order, part):
            if array.shape != values[index].shape:
                return None
            values[index] = array
        trainable = {id(variable) for variable in weights.variables}
        for variable, array in weights.convert(values):
            if id(variable) in trainable and slot in optimizer.get_slot_names():
                made.append((optimizer.get_slot(variable, slot), array))
    return made
