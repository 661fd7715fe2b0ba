"""TensorFlow's kernels, called without the layers of Python around them.

A step is many small calls, and `tf.*` spends several times a small kernel's
own time before it gets there.
"""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.tf_internals import PLAIN_VARIABLES

kernels = tf.raw_ops


def read(variable):
    """Returns the value of a variable, by the shortest way there is."""
    if type(variable) in PLAIN_VARIABLES:
        return kernels.ReadVariableOp(
            resource=variable.handle, dtype=variable.dtype
        )
    return variable.value()


def add_to(variable, value):
    """Adds a value of a variable's dtype to it."""
    if type(variable) in PLAIN_VARIABLES:
        kernels.AssignAddVariableOp(resource=variable.handle, value=value)
    else:
        variable.assign_add(value, read_value=False)


def set_to(variable, value):
    """Sets a variable to a value of its dtype and shape."""
    if type(variable) in PLAIN_VARIABLES:
        kernels.AssignVariableOp(resource=variable.handle, value=value)
    else:
        variable.assign(value, read_value=False)


def sum_all(values):
    """Returns the sum of all values of a tensor."""
    rank = values.shape.rank
    if rank == 0:
        return values
    if rank is None:
        return tf.reduce_sum(values)
    return kernels.Sum(input=values, axis=ints(range(rank)))


def ints(values):
    """Returns whole numbers in the form that kernels take fastest."""
    return np.array(values, np.int32)


def step_along(variable, rate, direction):
    """Subtracts `rate * direction` from a variable, in one kernel."""
    if type(variable) in PLAIN_VARIABLES:
        kernels.ResourceApplyGradientDescent(
            var=variable.handle, alpha=rate, delta=direction
        )
    else:
        variable.assign_sub(rate * direction, read_value=False)


def move_mean(mean, value, kept):
    """Moves a running mean to a new value; returns the mean.

    Args:
        mean: A variable.
        value: A tensor of its shape and dtype.
        kept: How much of the mean stays.
    """
    rate = tf.cast(1.0 - kept, value.dtype)
    step_along(mean, rate, kernels.Sub(x=read(mean), y=value))
    return read(mean)
