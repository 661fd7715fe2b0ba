"""TensorFlow's kernels, called without the layers of Python around them.

A step is many small calls, and `tf.*` spends several times a small kernel's
own time before it gets there.
"""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.tf_internals import ResourceVariable

kernels = tf.raw_ops


def read(variable):
    """Returns the value of a variable, by the shortest way there is."""
    if type(variable) is ResourceVariable:
        return kernels.ReadVariableOp(
            resource=variable.handle, dtype=variable.dtype
        )
    return variable.value()


def add_to(variable, value):
    """Adds a value of a variable's dtype to it."""
    if type(variable) is ResourceVariable:
        kernels.AssignAddVariableOp(resource=variable.handle, value=value)
    else:
        variable.assign_add(value, read_value=False)


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
