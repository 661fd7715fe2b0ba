"""The reader of old files, which registers itself when it is imported."""

import numpy as np

from tf_keras.src.legacy import (
    keras3_config,
    object_paths,
    old_configs,
    old_optimizer_state,
    old_training,
    weight_layouts,
)
from tf_keras.src.saving import old_files


class OldFiles(old_files.Reader):
    """Reads what Keras 1 to 3 wrote otherwise than today."""

    def model_config(self, config, origin):
        """Returns a model's config in the form of today."""
        config = keras3_config.model_of_today(config, origin)
        return old_configs.model_of_today(config, origin)

    def model_made(self, model, config, origin):
        """Lets layers train as they did in the release of the file."""
        old_training.restore(model, config, origin)

    def training_config(self, config, origin):
        """Returns in the form of today how a model was compiled."""
        if not isinstance(config, dict):
            return config
        config = keras3_config.training_of_today(config, origin)
        return old_configs.training_of_today(config, origin)

    def layer_arrays(self, layer, place, names, origin):
        """Returns a layer's arrays in the layout of today."""
        layout = layout_of(names, origin)
        if layout is None:
            return None
        _check_sizes(layer, place, names)
        arrays = [np.asarray(place[name]) for name in names]
        return weight_layouts.arrays_of_today(layer, arrays, names, layout)

    def object_store(self, path, model, root):
        """Returns the arrays of an object that lie elsewhere, or None."""
        return object_paths.group_at(path, model, root)

    def optimizer_names(self, variables, store):
        """Returns the names of the arrays that an optimizer knows, or None."""
        return object_paths.optimizer_of_keras_3(variables, store)

    def optimizer_arrays(self, model, place, names, layers, origin):
        """Returns pairs of an optimizer's variables and arrays."""
        if origin.numbers[:1] >= (3,):
            return _pairs_of_keras_3(model, place, names)
        if not old_configs.is_standalone(origin):
            return None
        layout = layout_of(
            [name for _, _, names in layers for name in names], origin
        )
        found = old_optimizer_state.pairs(
            model, place, names, layers, layout, origin
        )
        for variable, steps in found or ():
            if variable is model.optimizer.iterations:
                by_theano = layout is not None and layout.flips_kernels
                old_training.continue_averages(
                    model, origin, not by_theano, steps
                )
        return found


def layout_of(names, origin):
    """Returns how arrays lie in a file; None if as today.

    Args:
        names: The names of the arrays: TensorFlow's end in `:0`.
        origin: Which release wrote the file, as its weights tell.
    """
    first = origin.numbers[:1] in ((), (0,), (1,))
    if first:
        by_theano = not any(name.endswith(":0") for name in names)
    else:
        by_theano = origin.backend == "theano"
    may_be_cudnn = origin.numbers < (2, 4)
    if not (first or by_theano or may_be_cudnn):
        return None
    return weight_layouts.Layout(first, by_theano)


class _Renamed:
    """A group whose arrays are called by their numbers."""

    def __init__(self, place, names):
        self._place, self._names = place, names

    def __iter__(self):
        return map(str, range(len(self._names)))

    def shape_and_dtype(self, name):
        return self._place.shape_and_dtype(self._names[int(name)])


def _pairs_of_keras_3(model, place, names):
    variables = list(model.optimizer.variables)
    order = object_paths.optimizer_of_keras_3(variables, _Renamed(place, names))
    if order is None:
        return None
    arrays = [np.asarray(place[names[int(index)]]) for index in order]
    slots = [array for array in arrays if len(arrays) == len(variables)]
    return list(zip(variables, slots or arrays[:1]))


def _check_sizes(layer, place, names):
    """Raises ValueError if a file holds much more than a layer can take."""
    wanted = sum(variable.shape.num_elements() for variable in layer.weights)
    found = 0
    for name in names:
        header = place.shape_and_dtype(name)
        if header is None:
            raise ValueError(f"{place.where}: array {name!r} is missing.")
        found += int(np.prod(header[0], dtype=object))
    if found > 2 * wanted + 1024:
        raise ValueError(
            f"{place.where}: layer {layer.name!r} has {wanted} numbers, the "
            f"file holds {found}."
        )


old_files.register(OldFiles())
