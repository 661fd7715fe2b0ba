"""TensorFlow's kernels, called without the layers of Python around them."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import ResourceVariable

# An optimizer's step is many small calls; `tf.*` would cost five times more.
kernels = tf.raw_ops


def read(variable):
    """Returns the value of a scalar variable, by the shortest way there is."""
    if type(variable) is ResourceVariable:
        return kernels.ReadVariableOp(
            resource=variable.handle, dtype=variable.dtype
        )
    return variable.value()
