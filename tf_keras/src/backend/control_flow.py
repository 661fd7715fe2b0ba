"""Choices and loops: switch, in_train_phase, map_fn, folds, print_tensor."""

import sys

import tensorflow as tf

from tf_keras.src.backend.scopes import learning_phase
from tf_keras.src.foundation.tf_internals import dispatchable


@dispatchable
def switch(condition, then_expression, else_expression):
    """Returns one of two values.

    Args:
        condition: A boolean, or a tensor. If it is not scalar the choice is
            made at each place; it may have fewer axes than the values.
        then_expression: A tensor, or a function that makes one.
        else_expression: The same.

    Raises:
        ValueError: If the condition has more axes than the values.
    """
    if not isinstance(getattr(condition, "shape", None), tf.TensorShape):
        condition = tf.convert_to_tensor(condition)
    if condition.dtype != tf.bool:
        condition = tf.cast(condition, tf.bool)
    if condition.shape.rank == 0:
        return tf.cond(
            condition,
            _as_function(then_expression),
            _as_function(else_expression),
        )
    return _switch_at_each_place(
        condition, _as_value(then_expression), _as_value(else_expression)
    )


def _switch_at_each_place(condition, then_value, else_value):
    rank = condition.shape.rank
    value_rank = tf.TensorShape(then_value.shape).rank
    if rank is None or value_rank is None:
        return tf.where(condition, then_value, else_value)
    if rank > value_rank:
        raise ValueError(
            "The condition of `switch` must not have more axes than the "
            f"values. Received: condition.shape={condition.shape} and "
            f"then_expression.shape={then_value.shape}."
        )
    for _ in range(value_rank - rank):
        condition = tf.expand_dims(condition, -1)
    return tf.where(condition, then_value, else_value)


def _as_function(expression):
    return expression if callable(expression) else lambda: expression


def _as_value(expression):
    return expression() if callable(expression) else expression


def in_train_phase(x, alt, training=None):
    """Returns `x` in training and `alt` otherwise.

    Args:
        x: What to return in training: a tensor or a function.
        alt: What to return otherwise: a tensor or a function.
        training: A boolean, which may be a tensor; the learning phase by
            default.
    """
    if training is None:
        training = learning_phase()
    if isinstance(getattr(training, "shape", None), tf.TensorShape):
        return switch(training, x, alt)
    return _as_value(x if training else alt)


def in_test_phase(x, alt, training=None):
    """Returns `alt` in training and `x` otherwise.

    Args:
        x: What to return outside training: a tensor or a function.
        alt: What to return in training: a tensor or a function.
        training: A boolean, which may be a tensor; the learning phase by
            default.
    """
    return in_train_phase(alt, x, training=training)


@dispatchable
def map_fn(fn, elems, name=None, dtype=None):
    """Applies a function to each slice of a tensor.

    Args:
        fn: A function of one slice along the first axis.
        elems: A tensor, or a structure of them.
        name: A name for the operation.
        dtype: Type of the result, if not that of `elems`.
    """
    return tf.map_fn(fn, elems, name=name, fn_output_signature=dtype)


@dispatchable
def foldl(fn, elems, initializer=None, name=None):
    """Combines the slices of a tensor into one, from first to last.

    Args:
        fn: A function of what has been combined so far and the next slice.
        elems: A tensor.
        initializer: Where to start; the first slice by default.
        name: A name for the operation.
    """
    return tf.foldl(fn, elems, initializer=initializer, name=name)


@dispatchable
def foldr(fn, elems, initializer=None, name=None):
    """Combines the slices of a tensor into one, from last to first.

    Args:
        fn: A function of what has been combined so far and the next slice.
        elems: A tensor.
        initializer: Where to start; the last slice by default.
        name: A name for the operation.
    """
    return tf.foldr(fn, elems, initializer=initializer, name=name)


@dispatchable
def print_tensor(x, message="", summarize=3):
    """Prints a tensor each time it is computed, and returns it.

    Args:
        x: A tensor.
        message: What to print before it.
        summarize: How many values to print at either end of each axis; -1
            for all.
    """
    printing = tf.print(
        message, x, output_stream=sys.stdout, summarize=summarize
    )
    if printing is None:
        return x
    with tf.control_dependencies([printing]):
        return tf.identity(x)
