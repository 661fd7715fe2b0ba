"""backend.function: a graph between symbolic tensors, as a callable."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.keras_tensor import KerasTensor
from tf_keras.src.models.functional import Functional


def function(inputs, outputs, updates=None, name=None, **kwargs):
    """Returns a function that computes symbolic tensors from others.

    Args:
        inputs: Symbolic tensors, one or a nest.
        outputs: Symbolic tensors that the graph computes from them.
        updates: Pairs of a variable and the symbolic tensor or value that it
            is set to, once the outputs are computed.
        name: A name for the graph.
        **kwargs: Must be empty: options of TensorFlow 1.

    Returns:
        A function of the inputs' values that returns NumPy arrays in the nest
        of the outputs.

    Raises:
        ValueError: For other `updates` or `kwargs`, or if the outputs can't
            be computed from the inputs.

    Example:

    >>> x = layers.Input((2,))
    >>> double = backend.function([x], [2.0 * x])
    >>> double([np.ones((1, 2))])
    [array([[2., 2.]], dtype=float32)]
    """
    if kwargs:
        raise ValueError(
            "Options of sessions belong to TensorFlow 1. Received: "
            f"{kwargs}."
        )
    variables, values = _split(updates)
    symbolic = [value for value in values if isinstance(value, KerasTensor)]
    model = Functional(inputs, [outputs, symbolic], name=name)

    def run(values_of_inputs):
        found, news = model(values_of_inputs)
        news = iter(news)
        for variable, value in zip(variables, values):
            is_new = isinstance(value, KerasTensor)
            variable.assign(next(news) if is_new else value)
        return tf.nest.map_structure(_to_array, found)

    return run


def _split(updates):
    """The variables and their new values, from pairs of them."""
    for update in updates or ():
        is_pair = isinstance(update, (list, tuple)) and len(update) == 2
        if not is_pair or not isinstance(update[0], tf.Variable):
            raise ValueError(
                "An update is a pair of a variable and its new value: "
                "operations of TensorFlow 1 run inside of layers' calls. "
                f"Received: {update}."
            )
    return [u[0] for u in updates or ()], [u[1] for u in updates or ()]


def _to_array(value):
    """An array; of a scalar a number."""
    value = value.numpy() if hasattr(value, "numpy") else value
    return value.item() if isinstance(value, np.generic) else value
