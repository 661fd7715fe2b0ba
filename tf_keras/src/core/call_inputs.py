"""What a call takes for a tensor: arrays, numbers, and what users add."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.call_errors import is_of_keras_3, keras_3_message

_CONVERTED = (np.ndarray, float, int)
_user_types = ()


def register_symbolic_tensor_type(cls):
    """Lets layers return objects of a class, and hand them on, like tensors.

    In a graph of layers a symbolic tensor stands for the object, which has
    attributes `shape` and `dtype`; the layer that takes it gets the object.

    Args:
        cls: A class whose objects `tf.convert_to_tensor` takes.
    """
    global _user_types
    _user_types = (*_user_types, cls)


def is_of_user_type(value):
    """Whether the class of an object was registered."""
    return isinstance(value, _user_types)


def to_tensors(inputs, layer):
    """Returns inputs with arrays and numbers turned into tensors.

    Raises:
        TypeError: If an input is a symbolic tensor of Keras 3.
    """
    if isinstance(inputs, tf.Tensor):
        return inputs
    if isinstance(inputs, _CONVERTED):
        return tf.convert_to_tensor(inputs)
    flat = tf.nest.flatten(inputs)
    for value in flat:
        if is_of_keras_3(value):
            raise TypeError(keras_3_message(value, layer.name))
    if not any(isinstance(value, _CONVERTED) for value in flat):
        return inputs
    return tf.nest.map_structure(_to_tensor, inputs)


def _to_tensor(value):
    if isinstance(value, _CONVERTED):
        return tf.convert_to_tensor(value)
    return value
