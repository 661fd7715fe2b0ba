"""AUC: the area under a curve of decisions."""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon
from tf_keras.src.foundation.kernels import add_to, read
from tf_keras.src.metrics.confusion_counts import (
    as_thresholds,
    count_decisions,
    even_thresholds,
)
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.metrics.reductions import as_numbers

_CURVES = ("ROC", "PR")
_SUMMATIONS = ("interpolation", "minoring", "majoring")
_COUNTS = (
    "true_positives",
    "true_negatives",
    "false_positives",
    "false_negatives",
)


class AUC(Metric):
    """The area under the ROC or the precision-recall curve.

    The curves are followed at thresholds between 0 and 1; more of them are
    more exact. For the area under the ROC curve, 0.5 is chance and 1 perfect.

    Args:
        num_thresholds: How many thresholds, at equal distances.
        curve: `"ROC"` (rate of true over rate of false positives) or `"PR"`
            (precision over recall).
        summation_method: How heights between thresholds are read:
            `"interpolation"` (trapezoids for ROC; for PR as Davis and
            Goadrich, 2006, "The Relationship Between Precision-Recall and ROC
            Curves"), `"minoring"` (the lower) or `"majoring"` (the higher).
        name: A name.
        dtype: The dtype of the result.
        thresholds: Thresholds in (0, 1) to use instead of even ones.
        multi_label: Whether to compute an area for each label, and average.
        num_labels: The number of labels; else known from the first batch.
        label_weights: A weight for each label: of its area with
            `multi_label`, else of its predictions.
        from_logits: Whether predictions are logits, not probabilities.

    Raises:
        ValueError: For values that don't fit.

    Example:

    >>> metric = AUC(num_thresholds=3)
    >>> float(metric([0, 0, 1, 1], [0.0, 0.5, 0.3, 0.9]))
    0.75
    """

    def __init__(
        self,
        num_thresholds=200,
        curve="ROC",
        summation_method="interpolation",
        name=None,
        dtype=None,
        thresholds=None,
        multi_label=False,
        num_labels=None,
        label_weights=None,
        from_logits=False,
    ):
        super().__init__(name=name, dtype=dtype)
        self.curve = _choice("curve", getattr(curve, "value", curve), _CURVES)
        self.summation_method = _choice(
            "summation_method",
            getattr(summation_method, "value", summation_method),
            _SUMMATIONS,
        )
        self._set_thresholds(num_thresholds, thresholds)
        if num_labels is not None and not multi_label:
            raise ValueError(
                "`num_labels` is for `multi_label=True` only. "
                f"Received: num_labels={num_labels}, multi_label={multi_label}"
            )
        self.multi_label = multi_label
        self.num_labels = num_labels
        self.label_weights = None
        if label_weights is not None:
            self.label_weights = tf.constant(label_weights, self.state_dtype)
        self._from_logits = from_logits
        self.built = False
        if not multi_label or num_labels:
            self._make_state(num_labels)

    def _set_thresholds(self, count, thresholds):
        self._thresholds_given = thresholds is not None
        if thresholds is not None:
            inner = sorted(as_thresholds(thresholds))
        elif count <= 1:
            raise ValueError(
                "`num_thresholds` must be greater than 1. "
                f"Received: num_thresholds={count}"
            )
        else:
            inner = even_thresholds(count)[1:-1]
        self.num_thresholds = len(inner) + 2
        # Beyond 0 and 1, so that these lie between thresholds too.
        self._thresholds = [0.0 - epsilon(), *inner, 1.0 + epsilon()]

    @property
    def thresholds(self):
        """The thresholds, as a list."""
        return list(self._thresholds)

    def _make_state(self, labels):
        shape = (self.num_thresholds, labels)[: 2 if self.multi_label else 1]
        for name in _COUNTS:
            setattr(self, name, self.add_weight(name, shape=shape))
        self.built = True

    def _check_labels(self, shape):
        if shape.rank != 2 or shape[-1] is None:
            raise ValueError(
                f"AUC {self.name!r} has `multi_label=True` and takes "
                "predictions of shape (batch, labels). "
                f"Received: y_pred.shape={shape}."
            )
        return shape[-1]

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Labels 0 or 1.
            y_pred: Predictions in [0, 1], or logits with `from_logits`.
            sample_weight: None, or weights that broadcast to the labels.
        """
        y_pred = as_numbers(y_pred, self.state_dtype)
        if self._from_logits:
            y_pred = tf.sigmoid(y_pred)
        if not self.built:
            self._make_state(self._check_labels(y_pred.shape))
        counts = count_decisions(
            y_true,
            y_pred,
            self._thresholds,
            sample_weight,
            by_label=self.multi_label,
            label_weights=None if self.multi_label else self.label_weights,
            dtype=self.state_dtype,
        )
        for name in _COUNTS:
            add_to(getattr(self, name), getattr(counts, name))

    def result(self):
        """Returns the area; 0 before the first batch."""
        if not self.built:
            return tf.constant(0.0, self.state_dtype)
        if self.curve == "PR" and self.summation_method == "interpolation":
            return self.interpolate_pr_auc()
        true, false = read(self.true_positives), read(self.false_positives)
        recall = _part(true, read(self.false_negatives))
        if self.curve == "ROC":
            x, y = _part(false, read(self.true_negatives)), recall
        else:
            x, y = recall, _part(true, false)
        left, right = y[:-1], y[1:]
        if self.summation_method == "interpolation":
            heights = (left + right) / 2.0
        elif self.summation_method == "minoring":
            heights = tf.minimum(left, right)
        else:
            heights = tf.maximum(left, right)
        return self._average((x[:-1] - x[1:]) * heights)

    def interpolate_pr_auc(self):
        """Returns the area under the precision-recall curve.

        Between two thresholds true positives grow evenly with the positives,
        which makes precision a curve, not a line. Its integral is computed
        exactly, after Davis and Goadrich, 2006.
        """
        true, false = read(self.true_positives), read(self.false_positives)
        positives = true + false
        true_steps = true[:-1] - true[1:]
        steps = positives[:-1] - positives[1:]
        slope = tf.math.divide_no_nan(true_steps, tf.maximum(steps, 0))
        intercept = true[1:] - slope * positives[1:]
        ratio = tf.where(
            (positives[:-1] > 0) & (positives[1:] > 0),
            tf.math.divide_no_nan(positives[:-1], positives[1:]),
            tf.ones_like(slope),
        )
        area = slope * (true_steps + intercept * tf.math.log(ratio))
        labels = true[1:] + read(self.false_negatives)[1:]
        return self._average(tf.math.divide_no_nan(area, labels))

    def _average(self, pieces):
        """The sum of the pieces of the area, over labels the average."""
        if not self.multi_label:
            return tf.reduce_sum(pieces)
        areas = tf.reduce_sum(pieces, axis=0)
        if self.label_weights is None:
            return tf.reduce_mean(areas)
        return tf.math.divide_no_nan(
            tf.reduce_sum(areas * self.label_weights),
            tf.reduce_sum(self.label_weights),
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        weights = self.label_weights
        config = {
            "name": self.name,
            "dtype": self.dtype,
            "num_thresholds": self.num_thresholds,
            "curve": self.curve,
            "summation_method": self.summation_method,
            "multi_label": self.multi_label,
            "num_labels": self.num_labels,
            "label_weights": None if weights is None else weights.numpy(),
            "from_logits": self._from_logits,
        }
        if self._thresholds_given:
            config["thresholds"] = self._thresholds[1:-1]
        return config


def _choice(name, value, choices):
    by_lower = {choice.lower(): choice for choice in choices}
    if str(value).lower() not in by_lower:
        raise ValueError(
            f"`{name}` must be one of {choices}. Received: {name}={value!r}"
        )
    return by_lower[str(value).lower()]


def _part(some, others):
    return tf.math.divide_no_nan(some, some + others)
