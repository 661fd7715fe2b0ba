"""Variables and constants: make, read, write, update."""

import math

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import random
from tf_keras.src.backend.sparse_ragged import is_sparse
from tf_keras.src.foundation import config

_initializes_by_hand = False
# The collection of an old graph that holds the variables made in it.
_COLLECTION = "tf_keras_variables"


def backend():
    """Returns `"tensorflow"`, the one backend there is."""
    return "tensorflow"


def variable(value, dtype=None, name=None, constraint=None):
    """Makes a variable.

    Args:
        value: Its first value: an array, list or tensor. A sparse matrix of
            SciPy, or a sparse tensor, gives a sparse tensor instead.
        dtype: Its type; `floatx()` by default.
        name: Its name.
        constraint: A function that optimizers apply after an update.

    Example:

    >>> variable([[1.0, 2.0]], name="kernel").name
    'kernel:0'
    """
    if hasattr(value, "tocoo"):
        matrix = value.tocoo()
        places = np.stack([matrix.row, matrix.col], axis=1)
        order = np.lexsort((matrix.col, matrix.row))
        return tf.SparseTensor(places[order], matrix.data[order], matrix.shape)
    if is_sparse(value):
        return value
    dtype = dtype or config.floatx()
    if tf.is_tensor(value):
        value = tf.cast(value, dtype)
    made = tf.Variable(value, dtype=dtype, name=name, constraint=constraint)
    track_variable(made)
    return made


def constant(value, dtype=None, shape=None, name=None):
    """Makes a constant tensor.

    Args:
        value: A number, list or array.
        dtype: Its type; `floatx()` by default.
        shape: Its shape, if not that of `value`.
        name: Its name.
    """
    return tf.constant(
        value, dtype=dtype or config.floatx(), shape=shape, name=name
    )


def zeros(shape, dtype=None, name=None):
    """Makes a variable of zeros; a tensor where a length is 0.

    Args:
        shape: Its shape.
        dtype: Its type; `floatx()` by default.
        name: Its name.
    """
    dtype = dtype or config.floatx()
    return _variable_if_known(tf.zeros(shape, dtype), name)


def ones(shape, dtype=None, name=None):
    """Makes a variable of ones; a tensor where a length is 0.

    Args:
        shape: Its shape.
        dtype: Its type; `floatx()` by default.
        name: Its name.
    """
    dtype = dtype or config.floatx()
    return _variable_if_known(tf.ones(shape, dtype), name)


def eye(size, dtype=None, name=None):
    """Makes a variable that holds an identity matrix.

    Args:
        size: Number of rows and columns.
        dtype: Its type; `floatx()` by default.
        name: Its name.
    """
    dtype = dtype or config.floatx()
    return _variable_if_known(tf.eye(size, dtype=dtype), name)


def _variable_if_known(value, name):
    shape = value.shape
    if shape.is_fully_defined() and 0 not in shape:
        return variable(value, dtype=value.dtype, name=name)
    return value


def zeros_like(x, dtype=None, name=None):
    """Returns a tensor of zeros of the shape of `x`.

    Args:
        x: A tensor.
        dtype: Its type; that of `x` by default.
        name: Its name.
    """
    return tf.zeros_like(x, dtype=dtype, name=name)


def ones_like(x, dtype=None, name=None):
    """Returns a tensor of ones of the shape of `x`.

    Args:
        x: A tensor.
        dtype: Its type; that of `x` by default.
        name: Its name.
    """
    return tf.ones_like(x, dtype=dtype, name=name)


def random_normal_variable(
    shape, mean, scale, dtype=None, name=None, seed=None
):
    """Makes a variable of normally distributed numbers.

    Args:
        shape: Its shape.
        mean: Mean of the distribution.
        scale: Standard deviation of the distribution.
        dtype: Its type; `floatx()` by default.
        name: Its name.
        seed: An integer; drawn from NumPy's global state by default.
    """
    numbers = random.random_normal(
        shape, mean, scale, dtype, _variable_seed(seed)
    )
    return variable(numbers, dtype=numbers.dtype, name=name)


def random_uniform_variable(shape, low, high, dtype=None, name=None, seed=None):
    """Makes a variable of uniformly distributed numbers.

    Args:
        shape: Its shape.
        low: Smallest number.
        high: Bound of the numbers.
        dtype: Its type; `floatx()` by default.
        name: Its name.
        seed: An integer; drawn from NumPy's global state by default.
    """
    numbers = random.random_uniform(
        shape, low, high, dtype, _variable_seed(seed)
    )
    return variable(numbers, dtype=numbers.dtype, name=name)


def _variable_seed(seed):
    return np.random.randint(int(10e8)) if seed is None else seed


# Read and write --------------------------------------------------------------


def eval(x):
    """Returns the value of a tensor or variable as an array.

    Args:
        x: A tensor, which may be sparse, or a variable.
    """
    return get_value(tf.sparse.to_dense(x) if is_sparse(x) else x)


def get_value(x):
    """Returns the value of a tensor or variable as an array.

    Args:
        x: A tensor or variable; other values are returned as they are.
    """
    if not tf.is_tensor(x) and not isinstance(x, tf.Variable):
        return x
    if tf.executing_eagerly():
        return x.numpy()
    return x.eval(session=tf.compat.v1.get_default_session())


def batch_get_value(tensors):
    """Returns the values of many tensors or variables as arrays.

    Args:
        tensors: A list.
    """
    return [get_value(tensor) for tensor in tensors]


def set_value(x, value):
    """Gives a variable a new value.

    Args:
        x: A variable.
        value: An array or list of its shape.
    """
    value = np.asarray(value, dtype=x.dtype.as_numpy_dtype)
    if not x.shape.is_compatible_with(value.shape):
        raise ValueError(
            f"Variable {x.name!r} has shape {x.shape} and can't take a value "
            f"of shape {value.shape}."
        )
    x.assign(value)


def batch_set_value(tuples):
    """Gives many variables new values.

    Args:
        tuples: Pairs of a variable and its value.
    """
    for x, value in tuples:
        set_value(x, value)


def update(x, new_x):
    """Assigns to a variable.

    Args:
        x: A variable.
        new_x: A tensor of its shape.

    Returns:
        The variable, after the assignment.
    """
    return x.assign(new_x)


def update_add(x, increment):
    """Adds to a variable.

    Args:
        x: A variable.
        increment: A tensor of its shape.

    Returns:
        The variable, after the addition.
    """
    return x.assign_add(increment)


def update_sub(x, decrement):
    """Subtracts from a variable.

    Args:
        x: A variable.
        decrement: A tensor of its shape.

    Returns:
        The variable, after the subtraction.
    """
    return x.assign_sub(decrement)


def moving_average_update(x, value, momentum):
    """Moves a variable towards a value.

    `x = x * momentum + value * (1 - momentum)`

    Args:
        x: A variable.
        value: A tensor of its shape.
        momentum: How much of the old value stays, in [0, 1].

    Returns:
        The variable, after the update.
    """
    share = tf.cast(1.0 - momentum, x.dtype)
    return x.assign_sub((x - tf.cast(value, x.dtype)) * share)


def count_params(x):
    """Returns how many numbers a tensor or variable holds.

    Args:
        x: A tensor or variable of known shape.
    """
    return math.prod(x.shape.as_list())


# Variables of graphs with sessions -------------------------------------------


def manual_variable_initialization(value):
    """Sets whether programs initialize variables of old graphs themselves.

    Variables of TensorFlow 2 are initialized when they are made.

    Args:
        value: Whether `initialize_variables` leaves them alone.
    """
    global _initializes_by_hand
    _initializes_by_hand = value


def track_variable(v):
    """Notes a variable for `initialize_variables`.

    Args:
        v: A variable.
    """
    if not tf.executing_eagerly():
        tf.compat.v1.add_to_collection(_COLLECTION, v)


def initialize_variables(session):
    """Initializes the noted variables of a session's graph.

    Args:
        session: A `tf.compat.v1.Session`.
    """
    if _initializes_by_hand:
        return
    waiting = session.graph.get_collection_ref(_COLLECTION)
    session.run([v.initializer for v in waiting])
    waiting.clear()
