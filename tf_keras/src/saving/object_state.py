"""Carries the arrays of an object and of all below it to a store and back."""

import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.core.awaited_weights import fill_others
from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.kernels import set_to, shared
from tf_keras.src.foundation.tf_internals import ResourceVariable
from tf_keras.src.saving import old_files
from tf_keras.src.saving.object_walk import own_variables, walk
from tf_keras.src.saving.safe_hdf5 import can_be_shared

_NAMED = 5  # How many places a message lists.


def save_state(root, make_store):
    """Puts the arrays of `root` and of all below it into stores.

    Args:
        root: A model, layer, optimizer or metric.
        make_store: A function from a path, as of `walk`, to a new mutable
            mapping from names to arrays.
    """
    for path, value in walk(root):
        save = getattr(type(value), "save_own_variables", None)
        if save is not None and not hasattr(save, "puts_in_order"):
            value.save_own_variables(make_store(path))
            continue
        named = _named_variables(value)
        if save is not None or named:
            store = make_store(path)
            for name, variable in named.items():
                store[name] = array_of(variable)


def load_state(root, find_store, where, skip_mismatch=False):
    """Sets the arrays of `root` and of all below it from stores.

    Every array is checked before the first is assigned.

    Args:
        root: A model, layer, optimizer or metric.
        find_store: A function from a path, as of `walk`, and its object to a
            mapping from names to arrays, or None.
        where: What messages call the stores: the file's name.
        skip_mismatch: Whether to leave objects that don't fit as they are.

    Returns:
        The paths of all objects.

    Raises:
        ValueError: If an object and its arrays don't fit.
    """
    plain, special, paths = [], [], set()
    for path, value in walk(root):
        paths.add(path)
        store = find_store(path, value)
        if store is not None and _is_optimizer(value):
            store = _known_state(value, store)
        problem = _misfit(value, store)
        if problem is not None:
            message = f"{where}: {path or 'the model itself'}: {problem}"
            if skip_mismatch or _is_optimizer(value):
                warnings.warn(f"Not loaded. {message}", stacklevel=5)
            elif not getattr(value, "_is_metric", False):
                raise ValueError(message)
            continue
        if store is None:
            continue
        if _holds_count_alone(value, store):
            plain.append((value, store, {"0": value.iterations}))
            continue
        if _sets_in_order(value) and (
            not _is_optimizer(value)
            or set(store) == set(_named_variables(value))
        ):
            plain.append((value, store, _named_variables(value)))
        else:
            special.append((f"{where}: {path}", value, store))
    _load_special(special)
    assign(
        [
            (variable, store, name)
            for _, store, named in plain
            for name, variable in named.items()
        ]
    )
    for value, _, _ in plain:
        set_derived(value)
    return paths


class _Selected(dict):
    """Arrays under new names; those of a file are not read for it."""

    def __init__(self, store, names):
        super().__init__((str(i), name) for i, name in enumerate(names))
        self._store = store

    def __getitem__(self, name):
        return self._store[super().__getitem__(name)]

    def shape_and_dtype(self, name):
        if name not in self:
            return None
        return _shape_and_dtype(self._store, super().__getitem__(name))


def _known_state(value, store):
    """An optimizer's arrays, where another release keeps some more."""
    if not hasattr(store, "shape_and_dtype"):
        return store
    names = old_files.first_answer(
        "optimizer_names", _variables_of(value), store
    )
    return store if names is None else _Selected(store, names)


def _sets_in_order(value):
    """Whether loading is no more than setting the variables in their order."""
    load = getattr(type(value), "load_own_variables", None)
    return load is None or getattr(load, "sets_in_order", False)


def _is_optimizer(value):
    """Whether a model without the state of `value` still predicts the same."""
    return hasattr(value, "iterations")


def _holds_count_alone(value, store):
    """Whether an optimizer was saved without any state but its count.

    It took no step, or Keras 3 wrote it, which has no slots of zeros.
    """
    return (
        _is_optimizer(value)
        and list(store) == ["0"]
        and misfit_of_array(store, "0", value.iterations) is None
    )


def _load_special(special):
    """Calls loaders that may raise; what they did is undone if one does."""
    before = []
    try:
        for place, value, store in special:
            # These share memory with the variables until they change.
            before += [(v, v.read_value()) for v in _variables_of(value)]
            try:
                value.load_own_variables(store)
            except KeyError as error:
                raise ValueError(
                    f"{place}: array {error} is missing for {_called(value)}."
                ) from error
    except Exception:
        for variable, array in before:
            variable.assign(array)
        raise


def _variables_of(value):
    if isinstance(value, Layer):
        return value._own_variables()
    found = getattr(value, "variables", ())
    return list(found() if callable(found) else found)


def _named_variables(value):
    """The variables of an object by their names in files."""
    if not hasattr(type(value), "load_own_variables"):
        return own_variables(value)
    return {str(index): v for index, v in enumerate(_variables_of(value))}


def array_of(variable):
    """Returns a variable's value to be written, not copied where possible."""
    if type(variable) is ResourceVariable and variable.dtype in _BUFFERED:
        return np.asarray(memoryview(variable.read_value()))
    return variable.numpy()


_BUFFERED = (tf.float32, tf.float64, tf.float16, tf.int32, tf.int64)


def set_derived(value):
    """Lets an optimizer compute what depends on the state it was given."""
    if hasattr(value, "state_was_set"):
        value.state_was_set()


def assign(pairs):
    """Reads and assigns checked values, one after the other.

    Args:
        pairs: `(variable, store, name)` for each.
    """
    fill_others(variable for variable, _, _ in pairs)
    for variable, store, name in pairs:
        value = store[name]
        if getattr(value, "dtype", None) != variable.dtype.as_numpy_dtype:
            variable.assign(value)
            continue
        is_fresh = hasattr(store, "shape_and_dtype")  # Nobody else has it.
        if is_fresh and can_be_shared(value):
            # The variable takes the memory of the array, which is dropped.
            value = shared(value)
        set_to(variable, value)


def _misfit(value, store):
    """Says why an object can't take arrays; None if it can."""
    if not hasattr(type(value), "load_own_variables"):
        if store is None:
            return None  # Published releases leave these out.
        return _misfit_of_named(own_variables(value), store)
    is_plain_layer = _sets_in_order(value) and not _is_optimizer(value)
    if not is_plain_layer and store is None:
        # Its own loader knows whether it needs any.
        return _lost(value)
    variables = _variables_of(value)
    names = () if store is None else store.keys()
    if len(names) != len(variables):
        if not is_plain_layer:
            return None
        return _other_count(value, variables, names)
    by_name = {str(index): v for index, v in enumerate(variables)}
    if set(names) != set(by_name) and not is_plain_layer:
        return None
    return _misfit_of_named(by_name, store)


def _lost(value):
    if _variables_of(value) and isinstance(value, Layer):
        return f"the file holds nothing for {_called(value)}."
    return None


def _called(value):
    return f"{type(value).__name__} {getattr(value, 'name', '')!r}"


def _other_count(value, variables, names):
    what = _called(value)
    if not getattr(value, "built", True):
        return (
            f"{what} is not built yet, so it has no variables, but the file "
            f"holds {len(names)} for it. Call the model on data first."
        )
    expected = [variable.name for variable in variables]
    return (
        f"{what} expected {len(expected)} variables, but received "
        f"{len(names)}. Expected: {expected[:_NAMED]}. The file was written "
        "by another model, or by another version of this one."
    )


def _misfit_of_named(variables, store):
    for name, variable in variables.items():
        problem = misfit_of_array(store, name, variable)
        if problem is not None:
            return problem
    return None


def misfit_of_array(store, name, variable):
    """Says why an array does not fit a variable; None if it does.

    Args:
        store: A mapping from names to arrays. If it is a file's, the array
            is not read for this.
        name: The array's name.
        variable: A `tf.Variable`.
    """
    header = _shape_and_dtype(store, name)
    if header is None:
        return (
            f"array {name!r} is missing. Expected one of shape "
            f"{tuple(variable.shape)} for {variable.name!r}."
        )
    shape, dtype = header
    if not variable.shape.is_compatible_with(shape):
        return (
            f"array {name!r} has shape {tuple(shape)}, which does not fit "
            f"variable {variable.name!r} of shape {tuple(variable.shape)}."
        )
    if not _can_cast(dtype, variable.dtype.as_numpy_dtype):
        return (
            f"array {name!r} holds {dtype}, which does not fit variable "
            f"{variable.name!r} of dtype {variable.dtype.name}."
        )
    return None


def _shape_and_dtype(store, name):
    """Read from the header, where the store is a file; None for no array."""
    if hasattr(store, "shape_and_dtype"):
        return store.shape_and_dtype(name)
    if name not in store:
        return None
    found = np.asarray(store[name])
    return found.shape, found.dtype


def _can_cast(found, wanted):
    """Whether values may be another number's type of the same kind."""
    found, wanted = np.dtype(found), np.dtype(wanted)
    if found == wanted or (found.kind == "V" and wanted.kind == "V"):
        return found.itemsize == wanted.itemsize
    if "O" in (found.kind, wanted.kind) or "S" in (found.kind, wanted.kind):
        return found.kind in "OSU" and wanted.kind in "OSU"
    return np.can_cast(found, wanted, "same_kind") or wanted.kind == "V"
