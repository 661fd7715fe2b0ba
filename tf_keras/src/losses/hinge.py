"""Hinge losses: a margin between classes."""

import tensorflow as tf

from tf_keras.src.losses.loss import LossFunctionWrapper
from tf_keras.src.losses.pairing import pairs_elements


def _signs(y_true):
    """Labels of -1 and 1; those of 0 and 1 are turned into them."""
    is_binary = tf.reduce_all((y_true == 0.0) | (y_true == 1.0))
    return tf.where(is_binary, 2.0 * y_true - 1.0, y_true)


@pairs_elements
def hinge(y_true, y_pred):
    """Computes the mean of `max(1 - y_true * y_pred, 0)`.

    Args:
        y_true: Labels -1 or 1, `(batch, ..., features)`. If all are 0 or 1,
            0 is read as -1.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    margins = 1.0 - _signs(y_true) * y_pred
    return tf.reduce_mean(tf.maximum(margins, 0.0), axis=-1)


@pairs_elements
def squared_hinge(y_true, y_pred):
    """Computes the mean of `max(1 - y_true * y_pred, 0) ** 2`.

    Args:
        y_true: Labels -1 or 1, `(batch, ..., features)`. If all are 0 or 1,
            0 is read as -1.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    margins = 1.0 - _signs(y_true) * y_pred
    return tf.reduce_mean(tf.square(tf.maximum(margins, 0.0)), axis=-1)


@pairs_elements
def categorical_hinge(y_true, y_pred):
    """Computes the margin between the right class and the best wrong one.

    It is `max(wrong - right + 1, 0)`, where `right` is the prediction for
    the right class and `wrong` the largest of the others.

    Args:
        y_true: Labels 0 or 1, one class 1: `(batch, ..., classes)`.
        y_pred: Predictions of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    right = tf.reduce_sum(y_true * y_pred, axis=-1)
    wrong = tf.reduce_max((1.0 - y_true) * y_pred, axis=-1)
    return tf.maximum(wrong - right + 1.0, 0.0)


class Hinge(LossFunctionWrapper):
    """The hinge loss of labels -1 and 1 (or 0 and 1).

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="hinge"):
        super().__init__(hinge, reduction=reduction, name=name)


class SquaredHinge(LossFunctionWrapper):
    """The square of the hinge loss.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="squared_hinge"):
        super().__init__(squared_hinge, reduction=reduction, name=name)


class CategoricalHinge(LossFunctionWrapper):
    """The margin between the right class and the best wrong one.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="categorical_hinge"):
        super().__init__(categorical_hinge, reduction=reduction, name=name)
