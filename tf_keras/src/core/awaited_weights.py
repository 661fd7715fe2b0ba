"""Weights whose values a file holds: made without any until it is read."""

import contextlib
import math

import tensorflow as tf

from tf_keras.src.core.call_context import context
from tf_keras.src.foundation.tf_internals import Unset

# Honest files hold weights about as large as the model's. In fewer bits, or
# packed, they may be smaller; memory that is not touched yet costs nothing.
_TIMES = 16
_SMALL_BYTES = 1 << 28
_OURS = "tf_keras.src."


class AwaitedWeights:
    """The weights of a model that is being made from a file.

    They have no value before: first values would cost time and memory, and
    be thrown away.

    Args:
        file_bytes: The size of the file.
        where: What messages call it.
    """

    def __init__(self, file_bytes, where):
        self._limit = file_bytes * _TIMES + _SMALL_BYTES
        self._file_bytes = file_bytes
        self._where = where
        self._declared = 0
        self._waiting = {}

    def make(self, layer, name, shape, dtype, initializer, make):
        """Makes a weight of a layer.

        Args:
            layer: The layer.
            name: The weight's name.
            shape: Its shape, a tuple.
            dtype: Its type.
            initializer: What gives its first value, if the file doesn't.
            make: A function of an initializer that returns the weight.

        Raises:
            ValueError: If the file can't hold what layers ask for.
        """
        is_ours = type(layer).__module__.startswith(_OURS)
        is_plain = hasattr(layer.load_own_variables, "sets_in_order")
        if not is_ours and not is_plain:
            return make(initializer)  # It may need nothing of the file.
        self._declared += math.prod(shape) * dtype.size
        if self._declared > self._limit:
            raise ValueError(
                f"{self._where}: weight {name!r} of layer {layer.name!r} has "
                f"shape {shape}, so that the model has weights of "
                f"{self._declared} bytes or more, but the whole file has "
                f"{self._file_bytes}. It is damaged, or meant to fill the "
                "memory."
            )
        if not is_ours or not is_plain:
            return make(initializer)  # Its code may read what it just made.
        weight = make(_blank)
        self._waiting[id(weight)] = weight, initializer
        return weight

    def fill_others(self, weights):
        """Gives first values to what will not be read.

        Args:
            weights: The weights that are read from the file.
        """
        for weight in weights:
            self._waiting.pop(id(weight), None)
        for weight, initializer in self._waiting.values():
            weight.assign(initializer(weight.shape, dtype=weight.dtype))
        self._waiting.clear()


def _blank(shape, dtype):
    if tf.distribute.has_strategy():
        return tf.raw_ops.Empty(shape=shape, dtype=dtype, init=False)
    return Unset(tf.TensorShape(shape), dtype)


@contextlib.contextmanager
def awaiting_weights(file_bytes, where):
    """The block in which a model is made from a file, and its weights read.

    Args:
        file_bytes: The size of the file.
        where: What messages call it.
    """
    before = context.awaited
    context.awaited = AwaitedWeights(file_bytes, where)
    try:
        yield
        fill_others(())
    finally:
        context.awaited = before


def fill_others(weights):
    """Gives first values to awaited weights that the file doesn't hold.

    Args:
        weights: Those that it holds, and that will be set next.
    """
    if context.awaited is not None:
        context.awaited.fill_others(weights)
