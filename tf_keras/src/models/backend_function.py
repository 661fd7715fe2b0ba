"""backend.function: a graph between symbolic tensors, as a callable."""

import tensorflow as tf

from tf_keras.src.models.functional import Functional


def function(inputs, outputs, updates=None, name=None, **kwargs):
    """Returns a function that computes symbolic tensors from others.

    Args:
        inputs: Symbolic tensors, one or a nest.
        outputs: Symbolic tensors that the graph computes from them.
        updates: Must be empty: updates run inside of layers' calls.
        name: A name for the graph.
        **kwargs: Must be empty: options of TensorFlow 1.

    Returns:
        A function of the inputs' values that returns NumPy arrays in the nest
        of the outputs.

    Raises:
        ValueError: For `updates` or `kwargs`, or if the outputs can't be
            computed from the inputs.

    Example:

    >>> x = layers.Input((2,))
    >>> double = backend.function([x], [2.0 * x])
    >>> double([np.ones((1, 2))])
    [array([[2., 2.]], dtype=float32)]
    """
    if kwargs or updates:
        raise ValueError(
            "`updates` and options of sessions belong to TensorFlow 1. "
            f"Received: updates={updates}, {kwargs}."
        )
    model = Functional(inputs, outputs, name=name)

    def run(values):
        found = model(values)
        if isinstance(outputs, list) and not isinstance(found, list):
            found = [found]  # A model returns the only output by itself.
        return tf.nest.map_structure(
            lambda value: value.numpy() if hasattr(value, "numpy") else value,
            found,
        )

    return run
