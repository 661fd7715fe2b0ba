"""Precision, recall, and values of one at a value of the other."""

import tensorflow as tf

from tf_keras.src.foundation.kernels import add_to, read
from tf_keras.src.metrics.confusion_counts import (
    LOWEST,
    as_thresholds,
    count_decisions,
    even_thresholds,
)
from tf_keras.src.metrics.metric import Metric


class _CountOf(Metric):
    """One of the four counts of right and wrong decisions."""

    _counted = None

    def __init__(self, thresholds=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.thresholds_given = thresholds
        self.thresholds = as_thresholds(thresholds)
        self.accumulator = self.add_weight(
            "accumulator", shape=(len(self.thresholds),)
        )

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Labels 0 or 1.
            y_pred: Predictions in [0, 1].
            sample_weight: None, or weights that broadcast to the labels.
        """
        counts = count_decisions(
            y_true,
            y_pred,
            self.thresholds,
            sample_weight,
            dtype=self.state_dtype,
        )
        add_to(self.accumulator, getattr(counts, self._counted))

    def result(self):
        """Returns the count; one for each threshold if there are several."""
        counts = read(self.accumulator)
        return counts[0] if len(self.thresholds) == 1 else counts

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "thresholds": self.thresholds_given,
        }


_COUNT_DOC = """Counts {what}.

    Args:
        thresholds: A number in [0, 1], or several: predictions above are
            read as 1. 0.5 by default.
        name: A name.
        dtype: The dtype of the result.
    """


class TruePositives(_CountOf):
    __doc__ = _COUNT_DOC.format(what="labels 1 that are predicted as 1")
    _counted = "true_positives"


class FalsePositives(_CountOf):
    __doc__ = _COUNT_DOC.format(what="labels 0 that are predicted as 1")
    _counted = "false_positives"


class TrueNegatives(_CountOf):
    __doc__ = _COUNT_DOC.format(what="labels 0 that are predicted as 0")
    _counted = "true_negatives"


class FalseNegatives(_CountOf):
    __doc__ = _COUNT_DOC.format(what="labels 1 that are predicted as 0")
    _counted = "false_negatives"


class _PartOfPositives(Metric):
    """Right positives over a sum that holds them: precision or recall."""

    _other = None

    def __init__(
        self, thresholds=None, top_k=None, class_id=None, name=None, dtype=None
    ):
        super().__init__(name=name, dtype=dtype)
        self.thresholds_given = thresholds
        self.top_k = top_k
        self.class_id = class_id
        self.thresholds = as_thresholds(
            thresholds, default=0.5 if top_k is None else LOWEST
        )
        shape = (len(self.thresholds),)
        self.true_positives = self.add_weight("true_positives", shape=shape)
        setattr(self, self._other, self.add_weight(self._other, shape=shape))

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Labels 0 or 1, or class numbers beside predictions for
                each class.
            y_pred: Predictions in [0, 1].
            sample_weight: None, or weights that broadcast to the labels.
        """
        counts = count_decisions(
            y_true,
            y_pred,
            self.thresholds,
            sample_weight,
            self.top_k,
            self.class_id,
            dtype=self.state_dtype,
        )
        add_to(self.true_positives, counts.true_positives)
        add_to(getattr(self, self._other), getattr(counts, self._other))

    def result(self):
        """Returns the part; one for each threshold if there are several."""
        right = read(self.true_positives)
        total = right + read(getattr(self, self._other))
        parts = tf.math.divide_no_nan(right, total)
        return parts[0] if len(self.thresholds) == 1 else parts

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "thresholds": self.thresholds_given,
            "top_k": self.top_k,
            "class_id": self.class_id,
        }


class Precision(_PartOfPositives):
    """How many of the predictions 1 are right.

    Args:
        thresholds: A number in [0, 1], or several: predictions above are
            read as 1. 0.5 by default; with `top_k` none.
        top_k: If given, only the `top_k` highest predictions of each sample
            can be read as 1.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> round(float(Precision()([0, 1, 1, 1], [1, 0, 1, 1])), 4)
    0.6667
    """

    _other = "false_positives"


class Recall(_PartOfPositives):
    """How many of the labels 1 are found.

    Args:
        thresholds: A number in [0, 1], or several: predictions above are
            read as 1. 0.5 by default; with `top_k` none.
        top_k: If given, only the `top_k` highest predictions of each sample
            can be read as 1.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> round(float(Recall()([0, 1, 1, 1], [1, 0, 1, 1])), 4)
    0.6667
    """

    _other = "false_negatives"


class _BestAtValue(Metric):
    """The best value of one rate where another is at least a number."""

    _argument = None

    def __init__(self, value, num_thresholds, class_id, name, dtype):
        super().__init__(name=name, dtype=dtype)
        if not 0 <= value <= 1:
            raise ValueError(
                f"`{self._argument}` must be in [0, 1]. "
                f"Received: {self._argument}={value}"
            )
        if num_thresholds <= 0:
            raise ValueError(
                "`num_thresholds` must be positive. "
                f"Received: num_thresholds={num_thresholds}"
            )
        self.value = value
        self.class_id = class_id
        self.num_thresholds = num_thresholds
        self.thresholds = even_thresholds(num_thresholds)
        shape = (num_thresholds,)
        self.true_positives = self.add_weight("true_positives", shape=shape)
        self.true_negatives = self.add_weight("true_negatives", shape=shape)
        self.false_positives = self.add_weight("false_positives", shape=shape)
        self.false_negatives = self.add_weight("false_negatives", shape=shape)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Labels 0 or 1, or class numbers beside predictions for
                each class.
            y_pred: Predictions in [0, 1].
            sample_weight: None, or weights that broadcast to the labels.
        """
        counts = count_decisions(
            y_true,
            y_pred,
            self.thresholds,
            sample_weight,
            class_id=self.class_id,
            dtype=self.state_dtype,
        )
        for name, value in counts._asdict().items():
            add_to(getattr(self, name), value)

    def result(self):
        """Returns the best value, or 0 where the other is never reached."""
        bound, wanted = self._rates()
        is_reached = bound >= tf.cast(self.value, bound.dtype)
        return tf.reduce_max(tf.where(is_reached, wanted, 0.0))

    def _rates(self):
        """The rate that must reach the value, and the rate that is wanted."""
        raise NotImplementedError

    def _precision(self):
        return _part(self.true_positives, self.false_positives)

    def _recall(self):
        return _part(self.true_positives, self.false_negatives)

    def _specificity(self):
        return _part(self.true_negatives, self.false_positives)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "name": self.name,
            "dtype": self.dtype,
            "class_id": self.class_id,
            "num_thresholds": self.num_thresholds,
            self._argument: self.value,
        }


def _part(some, others):
    some = read(some)
    return tf.math.divide_no_nan(some, some + read(others))


class SensitivityAtSpecificity(_BestAtValue):
    """The best sensitivity where the specificity is at least a number.

    Sensitivity, or recall, is the part of labels 1 that are found;
    specificity the part of labels 0 that are.

    Args:
        specificity: The number, in [0, 1].
        num_thresholds: How many thresholds are tried.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> metric = SensitivityAtSpecificity(0.5)
    >>> float(metric([0, 0, 0, 1, 1], [0.0, 0.3, 0.8, 0.3, 0.8]))
    0.5
    """

    _argument = "specificity"

    def __init__(
        self,
        specificity,
        num_thresholds=200,
        class_id=None,
        name=None,
        dtype=None,
    ):
        super().__init__(specificity, num_thresholds, class_id, name, dtype)
        self.specificity = specificity

    def _rates(self):
        return self._specificity(), self._recall()


class SpecificityAtSensitivity(_BestAtValue):
    """The best specificity where the sensitivity is at least a number.

    Args:
        sensitivity: The number, in [0, 1].
        num_thresholds: How many thresholds are tried.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.
    """

    _argument = "sensitivity"

    def __init__(
        self,
        sensitivity,
        num_thresholds=200,
        class_id=None,
        name=None,
        dtype=None,
    ):
        super().__init__(sensitivity, num_thresholds, class_id, name, dtype)
        self.sensitivity = sensitivity

    def _rates(self):
        return self._recall(), self._specificity()


class PrecisionAtRecall(_BestAtValue):
    """The best precision where the recall is at least a number.

    Args:
        recall: The number, in [0, 1].
        num_thresholds: How many thresholds are tried.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.
    """

    _argument = "recall"

    def __init__(
        self, recall, num_thresholds=200, class_id=None, name=None, dtype=None
    ):
        super().__init__(recall, num_thresholds, class_id, name, dtype)
        self.recall = recall

    def _rates(self):
        return self._recall(), self._precision()


class RecallAtPrecision(_BestAtValue):
    """The best recall where the precision is at least a number.

    Args:
        precision: The number, in [0, 1].
        num_thresholds: How many thresholds are tried.
        class_id: If given, only this entry of the last axis counts.
        name: A name.
        dtype: The dtype of the result.
    """

    _argument = "precision"

    def __init__(
        self,
        precision,
        num_thresholds=200,
        class_id=None,
        name=None,
        dtype=None,
    ):
        super().__init__(precision, num_thresholds, class_id, name, dtype)
        self.precision = precision

    def _rates(self):
        return self._precision(), self._recall()
