"""Losses of whole vectors or distributions: cosine, divergence, Poisson."""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon
from tf_keras.src.losses.loss import LossFunctionWrapper
from tf_keras.src.losses.pairing import pairs_elements


@pairs_elements
def cosine_similarity(y_true, y_pred, axis=-1):
    """Computes the negative cosine between targets and predictions.

    -1 is the same direction, 0 a right angle, 1 the opposite direction. A
    vector of zeros gives 0.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.
        axis: The axis along which the vectors lie.

    Returns:
        Losses of the shape without `axis`.

    Example:

    >>> float(cosine_similarity([0.0, 1.0], [0.0, 3.0]))
    -1.0
    """
    y_true = tf.math.l2_normalize(y_true, axis=axis)
    y_pred = tf.math.l2_normalize(y_pred, axis=axis)
    return -tf.reduce_sum(y_true * y_pred, axis=axis)


@pairs_elements
def kl_divergence(y_true, y_pred):
    """Computes the Kullback-Leibler divergence of two distributions.

    It is the sum of `y_true * log(y_true / y_pred)`, with both clipped to
    `epsilon()` and 1.

    Args:
        y_true: Probabilities, `(batch, ..., classes)`.
        y_pred: Predicted probabilities of the same shape.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    y_true = tf.clip_by_value(y_true, epsilon(), 1.0)
    y_pred = tf.clip_by_value(y_pred, epsilon(), 1.0)
    return tf.reduce_sum(y_true * tf.math.log(y_true / y_pred), axis=-1)


@pairs_elements
def poisson(y_true, y_pred):
    """Computes the mean of `y_pred - y_true * log(y_pred)`.

    It is the negative log-likelihood of counts under Poisson distributions,
    without the term that does not depend on the prediction.

    Args:
        y_true: Counts, `(batch, ..., features)`.
        y_pred: Predicted rates of the same shape, positive.

    Returns:
        Losses of shape `(batch, ...)`.
    """
    return tf.reduce_mean(
        y_pred - y_true * tf.math.log(y_pred + epsilon()), axis=-1
    )


class CosineSimilarity(LossFunctionWrapper):
    """The negative cosine between targets and predictions.

    Args:
        axis: The axis along which the vectors lie.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, axis=-1, reduction="auto", name="cosine_similarity"):
        super().__init__(
            cosine_similarity, reduction=reduction, name=name, axis=axis
        )


class KLDivergence(LossFunctionWrapper):
    """The Kullback-Leibler divergence from prediction to target.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="kl_divergence"):
        super().__init__(kl_divergence, reduction=reduction, name=name)


class Poisson(LossFunctionWrapper):
    """The loss of counts under Poisson distributions.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(self, reduction="auto", name="poisson"):
        super().__init__(poisson, reduction=reduction, name=name)
