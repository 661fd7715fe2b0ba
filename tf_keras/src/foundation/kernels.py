"""TensorFlow's kernels, called without the layers of Python around them.

A step is many small calls, and `tf.*` spends several times a small kernel's
own time before it gets there.
"""

import functools

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.tf_internals import PLAIN_VARIABLES

kernels = tf.raw_ops
# As many numbers as Adam's kernel shares among threads, at the loss of time.
_SHARED_AT_A_LOSS = range(400, 16_000)
_SHARED_TYPES = (tf.float16, tf.float32, tf.float64)
_LARGE_BYTES = 1 << 16
_ALIGNMENT = 64  # Where TensorFlow wants tensors to begin.


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


def zeros(shape, dtype):
    """Returns zeros; many of them take no memory before they are changed.

    What reads a file throws them away, and so does the first step, which
    makes new values of them.

    Args:
        shape: A `tf.TensorShape`, fully defined.
        dtype: A `tf.DType`.
    """
    count = shape.num_elements()
    is_plain = dtype in _SHARED_TYPES and count * dtype.size >= _LARGE_BYTES
    if not is_plain or not tf.executing_eagerly() or _has_gpu():
        return tf.zeros(shape, dtype)
    size = count * dtype.size
    memory = np.zeros(size + _ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    values = memory[start : start + size].view(dtype.as_numpy_dtype)
    return shared(values.reshape(shape))


def shared(values):
    """Returns an array, of which nobody else knows, as a tensor.

    Args:
        values: An array of plain numbers that begins at a multiple of 64.
    """
    return tf.experimental.dlpack.from_dlpack(values.__dlpack__())


def apply_adam(corrected_rate, shrunk=(None, None), **given):
    """ResourceApplyAdam in a graph; for small matrices, what it computes.

    On processors that kernel splits its work among threads as if each number
    took as long as all. To hand over a small matrix takes most of the time.

    Args:
        corrected_rate: `lr * sqrt(1 - beta2_power) / (1 - beta1_power)`.
        shrunk: `1 - 1 / beta` for both means, where `beta` is a tensor.
        **given: The arguments of the kernel.
    """
    gradient = given["grad"]
    dtype, shape = gradient.dtype, gradient.shape
    if (
        not shape.is_fully_defined()
        or shape.rank < 2
        or shape.num_elements() not in _SHARED_AT_A_LOSS
        or given.get("use_nesterov")
        or _has_gpu()
    ):
        return kernels.ResourceApplyAdam(**given)
    square = kernels.Square(x=gradient)
    move_mean(given["m"], gradient, given["beta1"], shrunk[0])
    move_mean(given["v"], square, given["beta2"], shrunk[1])
    return kernels.ResourceApplyAdagradV2(
        var=given["var"],
        accum=given["v"],
        lr=corrected_rate,
        epsilon=given["epsilon"],
        grad=kernels.ReadVariableOp(resource=given["m"], dtype=dtype),
        update_slots=False,
    )


@functools.cache
def _has_gpu():
    return bool(tf.config.list_physical_devices("GPU"))


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


def move_mean(mean, value, kept, shrunk=None):
    """Moves a running mean towards a value.

    In one kernel where its numbers are exact enough: `(mean + grown * value) /
    (1 + grown)` with `grown = 1 / kept - 1`.

    Args:
        mean: The handle of a variable.
        value: A tensor of its shape and dtype.
        kept: How much of the mean stays, a number or a tensor.
        shrunk: `1 - 1 / kept`, if it is known to be finite.
    """
    dtype = value.dtype
    if isinstance(kept, float) and _is_exact(kept, dtype):
        # A tensor, as the first number names the dtype in a graph.
        shrunk = tf.constant(1.0 - 1.0 / kept, dtype)
    if shrunk is not None and dtype.size >= 4 and not _has_gpu():
        kernels.ResourceApplyProximalGradientDescent(
            var=mean, alpha=shrunk, l1=0.0, l2=-1.0, delta=value
        )
        return
    before = kernels.ReadVariableOp(resource=mean, dtype=dtype)
    kernels.ResourceApplyGradientDescent(
        var=mean,
        alpha=tf.cast(1.0 - kept, dtype),
        delta=kernels.Sub(x=before, y=value),
    )


@functools.cache
def _is_exact(kept, dtype):
    """Whether `1 + grown` is known to 1e-5 of `grown` in a dtype."""
    if dtype.size < 4 or not 0.0 < kept < 1.0:
        return False
    grown = 1.0 / kept - 1.0
    rounded = float(dtype.as_numpy_dtype(1.0 + grown)) - 1.0
    return abs(rounded - grown) < 1e-5 * grown
