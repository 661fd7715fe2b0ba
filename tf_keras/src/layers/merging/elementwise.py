"""Add, Subtract, Multiply, Average, Maximum, Minimum: at each place."""

import functools

import tensorflow as tf

from tf_keras.src.layers.merging.merge import Merge, checked_shapes


class Add(Merge):
    """Adds a list of tensors.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Example:

    >>> Add()([tf.constant([[1.0]]), tf.constant([[2.0]])]).numpy()
    array([[3.]], dtype=float32)
    """

    def _merge_function(self, inputs):
        return functools.reduce(tf.add, inputs)


class Subtract(Merge):
    """Subtracts the second of two tensors from the first.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of two tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Raises:
        ValueError: At the first call, if there are not two inputs.

    Example:

    >>> Subtract()([tf.constant([[1.0]]), tf.constant([[3.0]])]).numpy()
    array([[-2.]], dtype=float32)
    """

    def build(self, input_shape):
        shapes = checked_shapes(input_shape, "Subtract", at_least=2)
        if len(shapes) != 2:
            raise ValueError(
                "Subtract should be called on exactly 2 inputs. Received: "
                f"input_shape={input_shape}."
            )
        super().build(input_shape)

    def _merge_function(self, inputs):
        first, second = inputs
        return first - second


class Multiply(Merge):
    """Multiplies a list of tensors.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Example:

    >>> Multiply()([tf.constant([[2.0]]), tf.constant([[3.0]])]).numpy()
    array([[6.]], dtype=float32)
    """

    def _merge_function(self, inputs):
        return functools.reduce(tf.multiply, inputs)


class Average(Merge):
    """Averages a list of tensors.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Example:

    >>> Average()([tf.constant([[2.0]]), tf.constant([[3.0]])]).numpy()
    array([[2.5]], dtype=float32)
    """

    def _merge_function(self, inputs):
        return functools.reduce(tf.add, inputs) / len(inputs)


class Maximum(Merge):
    """Takes the greatest of a list of tensors at each place.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Example:

    >>> Maximum()([tf.constant([[2.0]]), tf.constant([[3.0]])]).numpy()
    array([[3.]], dtype=float32)
    """

    def _merge_function(self, inputs):
        return functools.reduce(tf.maximum, inputs)


class Minimum(Merge):
    """Takes the least of a list of tensors at each place.

    Args:
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of tensors whose shapes broadcast.

    Output shape:
        The broadcast shape.

    Example:

    >>> Minimum()([tf.constant([[2.0]]), tf.constant([[3.0]])]).numpy()
    array([[2.]], dtype=float32)
    """

    def _merge_function(self, inputs):
        return functools.reduce(tf.minimum, inputs)


# The same as functions ------------------------------------------------------


def add(inputs, **kwargs):
    """Adds a list of tensors.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Add`.
    """
    return Add(**kwargs)(inputs)


def subtract(inputs, **kwargs):
    """Subtracts the second of two tensors from the first.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Subtract`.
    """
    return Subtract(**kwargs)(inputs)


def multiply(inputs, **kwargs):
    """Multiplies a list of tensors.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Multiply`.
    """
    return Multiply(**kwargs)(inputs)


def average(inputs, **kwargs):
    """Averages a list of tensors.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Average`.
    """
    return Average(**kwargs)(inputs)


def maximum(inputs, **kwargs):
    """Takes the greatest of a list of tensors at each place.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Maximum`.
    """
    return Maximum(**kwargs)(inputs)


def minimum(inputs, **kwargs):
    """Takes the least of a list of tensors at each place.

    Args:
        inputs: A list of tensors whose shapes broadcast.
        **kwargs: Arguments of the layer `Minimum`.
    """
    return Minimum(**kwargs)(inputs)
