"""F-scores: one number for precision and recall."""

import tensorflow as tf

from tf_keras.src.foundation.kernels import add_to, read
from tf_keras.src.losses.reduction import align
from tf_keras.src.metrics.confusion_counts import as_pair
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.metrics.reductions import as_numbers

_AVERAGES = (None, "micro", "macro", "weighted")


class FBetaScore(Metric):
    """The weighted harmonic mean of precision and recall, for each class.

    `(1 + beta**2) * precision * recall / (beta**2 * precision + recall)`

    Args:
        average: How the scores of classes become one: None for one score
            each, `"micro"` (all decisions counted together), `"macro"` (the
            mean) or `"weighted"` (weighted by how often classes occur).
        beta: How much more recall counts than precision, positive.
        threshold: Predictions above it are read as 1; None for the highest
            prediction of each sample.
        name: A name.
        dtype: The dtype of the result.

    Raises:
        ValueError: For values that don't fit.

    Example:

    >>> metric = FBetaScore(beta=2.0, threshold=0.5, average="micro")
    >>> metric.update_state([[1, 1, 1], [1, 0, 0]], [[0.2, 0.6, 0.7],
    ...                                              [0.2, 0.6, 0.6]])
    >>> float(metric.result())
    0.5
    """

    def __init__(
        self,
        average=None,
        beta=1.0,
        threshold=None,
        name="fbeta_score",
        dtype=None,
    ):
        super().__init__(name=name, dtype=dtype)
        if average not in _AVERAGES:
            raise ValueError(
                f"`average` must be one of {_AVERAGES}. "
                f"Received: average={average!r}"
            )
        if not isinstance(beta, float) or beta <= 0:
            raise ValueError(
                f"`beta` must be a positive float. Received: beta={beta!r}"
            )
        if threshold is not None and not (
            isinstance(threshold, float) and 0 < threshold <= 1
        ):
            raise ValueError(
                "`threshold` must be a float in (0, 1], or None. "
                f"Received: threshold={threshold!r}"
            )
        self.average = average
        self.beta = beta
        self.threshold = threshold
        self.axis = None if average == "micro" else 0
        self.built = False

    def build(self, y_true_shape, y_pred_shape):
        """Makes the state.

        Args:
            y_true_shape: The shape of the labels, `(batch, classes)`.
            y_pred_shape: The shape of the predictions.

        Raises:
            ValueError: If they are not of this form.
        """
        if len(y_pred_shape) != 2 or None in (y_pred_shape[-1],):
            raise ValueError(
                f"{type(self).__name__} takes labels and predictions of shape "
                "(batch, classes), with a known number of classes. Received: "
                f"y_true.shape={y_true_shape}, y_pred.shape={y_pred_shape}."
            )
        shape = () if self.average == "micro" else (y_pred_shape[-1],)
        for name in (
            "true_positives",
            "false_positives",
            "false_negatives",
            "intermediate_weights",
        ):
            setattr(self, name, self.add_weight(name, shape=shape))
        self.built = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Labels 0 or 1, `(batch, classes)`; or class numbers.
            y_pred: Predictions, `(batch, classes)`; `(batch,)` for one class.
            sample_weight: None, or a weight for each sample.
        """
        y_pred = as_numbers(y_pred, self.state_dtype)
        if y_pred.shape.rank == 1:
            y_pred = y_pred[:, tf.newaxis]
            y_true = tf.reshape(tf.cast(y_true, self.state_dtype), [-1, 1])
        y_true, y_pred = as_pair(y_true, y_pred, self.state_dtype)
        if not self.built:
            self.build(y_true.shape, y_pred.shape)
        found = self._decide(y_pred)
        add_to(self.true_positives, self._sum(found * y_true, sample_weight))
        add_to(
            self.false_positives, self._sum(found * (1 - y_true), sample_weight)
        )
        add_to(
            self.false_negatives, self._sum((1 - found) * y_true, sample_weight)
        )
        add_to(self.intermediate_weights, self._sum(y_true, sample_weight))

    def _decide(self, y_pred):
        if self.threshold is None:
            highest = tf.reduce_max(y_pred, axis=-1, keepdims=True)
            # A row of zeros has no highest prediction.
            is_one = (y_pred >= highest) & (tf.abs(y_pred) > 1e-12)
        else:
            is_one = y_pred > self.threshold
        return tf.cast(is_one, self.state_dtype)

    def _sum(self, values, sample_weight):
        if sample_weight is not None:
            weights = as_numbers(sample_weight, self.state_dtype)
            values = values * align(weights, values)
        return tf.reduce_sum(values, axis=self.axis)

    def result(self):
        """Returns the score; one for each class without average."""
        if not self.built:
            return tf.constant(0.0, self.state_dtype)
        right = read(self.true_positives)
        precision = tf.math.divide_no_nan(
            right, right + read(self.false_positives)
        )
        recall = tf.math.divide_no_nan(
            right, right + read(self.false_negatives)
        )
        square = self.beta**2
        scores = tf.math.divide_no_nan(
            (1.0 + square) * precision * recall, square * precision + recall
        )
        if self.average == "weighted":
            weights = read(self.intermediate_weights)
            return tf.math.divide_no_nan(
                tf.reduce_sum(scores * weights), tf.reduce_sum(weights)
            )
        return scores if self.average is None else tf.reduce_mean(scores)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "average": self.average,
            "beta": self.beta,
            "threshold": self.threshold,
        }

    def reset_state(self):
        """Sets the state to zeros."""
        for variable in self.variables:
            variable.assign(tf.zeros(variable.shape, variable.dtype))


class F1Score(FBetaScore):
    """The harmonic mean of precision and recall, for each class.

    `2 * precision * recall / (precision + recall)`

    Args:
        average: How the scores of classes become one: None for one score
            each, `"micro"`, `"macro"` or `"weighted"`. See `FBetaScore`.
        threshold: Predictions above it are read as 1; None for the highest
            prediction of each sample.
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(
        self, average=None, threshold=None, name="f1_score", dtype=None
    ):
        super().__init__(
            average=average,
            beta=1.0,
            threshold=threshold,
            name=name,
            dtype=dtype,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = super().get_config()
        del config["beta"]
        return config
