"""add_weight: shape, initializer, regularizer, constraint to one variable."""

import numpy as np
import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.autocast_variable import autocast
from tf_keras.src.core.call_context import context
from tf_keras.src.core.tracking import add_variable
from tf_keras.src.foundation import config as settings
from tf_keras.src.foundation import tf_internals

_EXTRA_ARGUMENTS = frozenset(
    (
        "collections",
        "experimental_autocast",
        "caching_device",
        "getter",
        "layout",
        "experimental_enable_variable_lifting",
        "partitioner",
    )
)


def add_weight(
    layer,
    name,
    shape,
    dtype,
    initializer,
    regularizer,
    trainable,
    constraint,
    synchronization,
    aggregation,
    extra,
):
    """Makes a variable of a layer and notes it as the layer's own.

    Args as of `Layer.add_weight`; `extra` holds its keyword arguments.
    """
    for key in extra:
        if key not in _EXTRA_ARGUMENTS:
            raise TypeError(
                f"Unknown keyword argument of add_weight: {key!r}. Known are "
                f"{sorted(_EXTRA_ARGUMENTS)}."
            )
    dtype = _dtype_of(layer, dtype)
    shape = _full_shape(layer, name, shape)
    initializer = _initializer_of(layer, name, initializer, dtype)
    is_cast = (
        layer._autocast
        and extra.get("experimental_autocast", True)
        and layer._dtype_policy.compute_dtype
        != layer._dtype_policy.variable_dtype
    )

    def make(initializer):
        variable = make_variable(
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            name=name,
            trainable=_is_trainable(trainable, synchronization),
            constraint=constraints.get(constraint),
            synchronization=synchronization,
            aggregation=aggregation,
            getter=extra.get("getter"),
        )
        return autocast(variable) if is_cast else variable

    awaited = context.awaited
    if awaited is None:
        variable = make(initializer)
    else:
        variable = awaited.make(layer, name, shape, dtype, initializer, make)
    if name is not None:
        layer._track_trackable(variable, name=name, overwrite=True)
    add_variable(layer, variable)
    regularizer = regularizers.get(regularizer)
    if regularizer is not None:
        _add_penalty(layer, variable, regularizer)
    return variable


def _dtype_of(layer, dtype):
    if dtype is None:
        dtype = layer.dtype or settings.floatx()
    return tf.as_dtype(dtype)


def _is_trainable(trainable, synchronization):
    on_read = synchronization == tf.VariableSynchronization.ON_READ
    if on_read and trainable:
        raise ValueError(
            "A variable with synchronization=VariableSynchronization.ON_READ "
            "is never trained. Received trainable=True; leave it out or "
            "choose another synchronization."
        )
    return (not on_read) if trainable is None else bool(trainable)


def _full_shape(layer, name, shape):
    if shape is None:
        return ()
    if isinstance(shape, int):
        return (shape,)
    if any(size is None for size in shape):
        raise TypeError(
            f"The shape of weight {name!r} of layer {layer.name!r} should be "
            f"a tuple of known sizes. Received: shape={shape}."
        )
    return tuple(int(size) for size in shape)


def _initializer_of(layer, name, initializer, dtype):
    if initializer is not None:
        return initializers.get(initializer)
    if dtype.is_floating:
        return initializers.get("glorot_uniform")
    if dtype.is_integer or dtype.is_unsigned or dtype.is_bool:
        return initializers.get("zeros")
    raise ValueError(
        f"Weight {name!r} of layer {layer.name!r} has dtype {dtype.name} and "
        "needs an `initializer`. Received: None."
    )


def make_variable(shape, dtype, initializer, name, getter=None, **options):
    """Makes a `tf.Variable` outside of any function that is being traced.

    Args:
        shape: A tuple of sizes.
        dtype: A `tf.DType`.
        initializer: A function of shape and dtype.
        name: The variable's name, inside of the current name scope.
        getter: What makes the variable instead of `tf.Variable`.
        **options: More arguments of `tf.Variable`.
    """
    if getter is not None:
        return getter(
            name=name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            trainable=options["trainable"],
        )

    def initial_value():
        return initializer(shape, dtype=dtype)

    with tf.init_scope():
        # A strategy calls the function for each replica, on its device.
        value = (
            initial_value if tf.distribute.has_strategy() else initial_value()
        )
        return tf_internals.make_variable(
            value, name=name or "Variable", dtype=dtype, shape=shape, **options
        )


def _add_penalty(layer, variable, regularizer):
    """Keeps the penalty as a function, computed when losses are asked for."""
    layer._callable_losses.append(WeightPenalty(variable, regularizer))


class WeightPenalty:
    """The penalty on one weight, computed when it is called."""

    def __init__(self, variable, regularizer):
        self.variable = variable
        self.regularizer = regularizer

    def __call__(self):
        return self.regularizer(self.variable)


def set_weights(layer, weights):
    """Sets the values of all weights, after checking every one.

    Raises:
        ValueError: If their number or a shape does not fit; nothing is set.
    """
    variables = layer.weights
    expected = sum(_count_arrays(variable) for variable in variables)
    if expected != len(weights):
        raise ValueError(
            f'You called `set_weights(weights)` on layer "{layer.name}" with '
            f"a weight list of length {len(weights)}, but the layer was "
            f"expecting {expected} weights. Provided weights: "
            f"{str(weights)[:50]}..."
        )
    pairs, rest = [], list(weights)
    for variable in variables:
        if _count_arrays(variable) != 1:
            count = _count_arrays(variable)
            variable.set_weights(rest[:count])
            rest = rest[count:]
            continue
        value = rest.pop(0)
        check_shape(layer, variable, value)
        pairs.append((variable, value))
    assign_all(pairs)


def _count_arrays(variable):
    """1 for a variable; tables of lookup layers hold several arrays."""
    if isinstance(variable, tf.Variable):
        return 1
    return variable.num_tensors if hasattr(variable, "num_tensors") else 1


def check_shape(layer, variable, value):
    """Raises ValueError if a value does not fit a layer's variable."""
    shape = np.shape(value)
    if not variable.shape.is_compatible_with(shape):
        raise ValueError(
            f'Layer "{layer.name}" weight {variable.name} has shape '
            f"{tuple(variable.shape)}, which is not compatible with the "
            f"provided weight shape {tuple(shape)}."
        )


def assign_all(pairs):
    """Assigns values to variables, given as pairs."""
    for variable, value in pairs:
        variable.assign(value)


def get_weights(layer):
    """Returns the values of all weights as NumPy arrays."""
    return [
        weight.numpy()
        if isinstance(weight, tf.Variable)
        else weight.get_tensors()
        for weight in layer.weights
    ]


def count_params(weights):
    """Returns how many numbers variables hold; one met twice counts once."""
    unique = {id(weight): weight for weight in weights}.values()
    return int(sum(_size(weight.shape) for weight in unique))


def _size(shape):
    size = 1
    for length in tf.TensorShape(shape):
        size *= length or 0
    return size
