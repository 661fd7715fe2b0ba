"""What a call takes for a tensor: arrays, numbers, and what users add."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.call_errors import is_of_keras_3, keras_3_message

_converted = (np.ndarray, float, int)


def register_symbolic_tensor_type(cls):
    """Lets layers take objects of a class, turned into tensors.

    Args:
        cls: A class whose objects `tf.convert_to_tensor` takes.
    """
    global _converted
    _converted = (*_converted, cls)


def to_tensors(inputs, layer):
    """Returns inputs with arrays and numbers turned into tensors.

    Raises:
        TypeError: If an input is a symbolic tensor of Keras 3.
    """
    if isinstance(inputs, tf.Tensor):
        return inputs
    if isinstance(inputs, _converted):
        return tf.convert_to_tensor(inputs)
    flat = tf.nest.flatten(inputs)
    for value in flat:
        if is_of_keras_3(value):
            raise TypeError(keras_3_message(value, layer.name))
    if not any(isinstance(value, _converted) for value in flat):
        return inputs
    return tf.nest.map_structure(_to_tensor, inputs)


def _to_tensor(value):
    if isinstance(value, _converted):
        return tf.convert_to_tensor(value)
    return value
