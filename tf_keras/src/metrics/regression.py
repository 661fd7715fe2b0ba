"""Means of the regression losses, R2, root mean square, relative error."""

import warnings

import tensorflow as tf

from tf_keras.src.foundation.kernels import add_to
from tf_keras.src.losses import regression as losses
from tf_keras.src.losses.pairing import drop_last_axis, pairs_elements
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.metrics.reductions import (
    Mean,
    MeanMetricWrapper,
    as_numbers,
)


@pairs_elements
def cosine_similarity(y_true, y_pred, axis=-1):
    """Computes the cosine between targets and predictions.

    1 is the same direction, 0 a right angle, -1 the opposite direction. The
    loss of this name has the opposite sign.

    Args:
        y_true: Targets, `(batch, ..., features)`.
        y_pred: Predictions of the same shape.
        axis: The axis along which the vectors lie.

    Returns:
        Cosines of the shape without `axis`.
    """
    y_true = tf.math.l2_normalize(y_true, axis=axis)
    y_pred = tf.math.l2_normalize(y_pred, axis=axis)
    return tf.reduce_sum(y_true * y_pred, axis=axis)


class MeanSquaredError(MeanMetricWrapper):
    """The mean of squared errors.

    Args:
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> float(MeanSquaredError()([[0.0, 1.0]], [[0.0, 3.0]]))
    2.0
    """

    def __init__(self, name="mean_squared_error", dtype=None):
        super().__init__(losses.mean_squared_error, name, dtype=dtype)


class MeanAbsoluteError(MeanMetricWrapper):
    """The mean of absolute errors.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="mean_absolute_error", dtype=None):
        super().__init__(losses.mean_absolute_error, name, dtype=dtype)


class MeanAbsolutePercentageError(MeanMetricWrapper):
    """The mean absolute error in percent of the targets.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="mean_absolute_percentage_error", dtype=None):
        super().__init__(
            losses.mean_absolute_percentage_error, name, dtype=dtype
        )


class MeanSquaredLogarithmicError(MeanMetricWrapper):
    """The mean of squared differences of `log(1 + y)`.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="mean_squared_logarithmic_error", dtype=None):
        super().__init__(
            losses.mean_squared_logarithmic_error, name, dtype=dtype
        )


class LogCoshError(MeanMetricWrapper):
    """The logarithm of the hyperbolic cosine of the error.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="logcosh", dtype=None):
        super().__init__(losses.log_cosh, name, dtype=dtype)


class CosineSimilarity(MeanMetricWrapper):
    """The mean cosine between targets and predictions.

    Args:
        name: A name.
        dtype: The dtype of the result.
        axis: The axis along which the vectors lie.
    """

    def __init__(self, name="cosine_similarity", dtype=None, axis=-1):
        super().__init__(cosine_similarity, name, dtype=dtype, axis=axis)


class RootMeanSquaredError(Mean):
    """The root of the mean of squared errors.

    Args:
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> float(RootMeanSquaredError()([0.0, 1.0], [3.0, 5.0]).numpy().round(4))
    3.5355000495910645
    """

    def __init__(self, name="root_mean_squared_error", dtype=None):
        super().__init__(name, dtype=dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Targets.
            y_pred: Predictions.
            sample_weight: None, or weights that broadcast to the errors.
        """
        y_true = as_numbers(y_true, self.state_dtype)
        y_pred = as_numbers(y_pred, self.state_dtype)
        y_true, y_pred = drop_last_axis(y_true, y_pred)
        errors = tf.math.squared_difference(y_pred, y_true)
        super().update_state(errors, sample_weight)

    def result(self):
        """Returns the root of the mean."""
        return tf.sqrt(super().result())


class MeanRelativeError(Mean):
    """The mean of absolute errors divided by given numbers.

    Args:
        normalizer: What errors are divided by, one number for each feature.
            Where it is 0, the error counts as 0.
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> metric = MeanRelativeError(normalizer=[1.0, 4.0])
    >>> float(metric([0.0, 1.0], [1.0, 3.0]))
    0.75
    """

    def __init__(self, normalizer, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.normalizer = tf.cast(normalizer, self.state_dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Targets, `(batch, ..., features)`.
            y_pred: Predictions of the same shape.
            sample_weight: None, or weights that broadcast to the errors.
        """
        y_true = as_numbers(y_true, self.state_dtype)
        y_pred = as_numbers(y_pred, self.state_dtype)
        y_true, y_pred = drop_last_axis(y_true, y_pred)
        errors = tf.abs(y_true - y_pred)
        errors = tf.math.divide_no_nan(errors, self.normalizer)
        super().update_state(errors, sample_weight)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = super().get_config()
        config["normalizer"] = self.normalizer.numpy()
        return config


_AGGREGATIONS = (None, "uniform_average", "variance_weighted_average")


class R2Score(Metric):
    """The part of the variance of the targets that predictions explain.

    1 is perfect, 0 is no better than the mean of the targets; it may be
    negative. See https://en.wikipedia.org/wiki/Coefficient_of_determination.

    Args:
        class_aggregation: How the scores of several features become one:
            `"uniform_average"`, `"variance_weighted_average"` or None for one
            score each.
        num_regressors: The number of inputs of the model, for the adjusted
            score; 0 for the plain one.
        name: A name.
        dtype: The dtype of the result.

    Raises:
        ValueError: For an unknown aggregation or a negative number.

    Example:

    >>> metric = R2Score()
    >>> metric.update_state([[1.0], [4.0], [3.0]], [[2.0], [4.0], [4.0]])
    >>> round(float(metric.result()), 4)
    0.5714
    """

    def __init__(
        self,
        class_aggregation="uniform_average",
        num_regressors=0,
        name="r2_score",
        dtype=None,
    ):
        super().__init__(name=name, dtype=dtype)
        if class_aggregation not in _AGGREGATIONS:
            raise ValueError(
                f"`class_aggregation` must be one of {_AGGREGATIONS}. "
                f"Received: class_aggregation={class_aggregation!r}"
            )
        if num_regressors < 0:
            raise ValueError(
                "`num_regressors` must not be negative. "
                f"Received: num_regressors={num_regressors}"
            )
        self.class_aggregation = class_aggregation
        self.num_regressors = num_regressors
        self.num_samples = self.add_weight("num_samples", dtype="int32")
        self.built = False

    def build(self, y_true_shape, y_pred_shape):
        """Makes the state.

        Args:
            y_true_shape: The shape of the targets, `(batch, features)`.
            y_pred_shape: The shape of the predictions.

        Raises:
            ValueError: If they are not of this form, or differ.
        """
        if len(y_pred_shape) != 2 or len(y_true_shape) != 2:
            raise ValueError(
                "R2Score expects targets and predictions of shape (batch, "
                f"features). Received: y_true.shape={y_true_shape}, "
                f"y_pred.shape={y_pred_shape}."
            )
        features = y_pred_shape[-1]
        if None in (features, y_true_shape[-1]):
            raise ValueError(
                "R2Score needs a known number of features. Received: "
                f"y_true.shape={y_true_shape}, y_pred.shape={y_pred_shape}."
            )
        for name in ("squared_sum", "sum", "residual", "count"):
            weight = self.add_weight(name, shape=(features,))
            setattr(self, "total_mse" if name == "residual" else name, weight)
        self.built = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Targets, `(batch, features)`.
            y_pred: Predictions of the same shape.
            sample_weight: None, or weights that broadcast to the targets.
        """
        y_true = as_numbers(y_true, self.state_dtype)
        y_pred = as_numbers(y_pred, self.state_dtype)
        if y_true.shape.rank == 1 == y_pred.shape.rank:
            y_true, y_pred = y_true[:, tf.newaxis], y_pred[:, tf.newaxis]
        if not self.built:
            self.build(y_true.shape, y_pred.shape)
        weight = tf.constant(1.0, self.state_dtype)
        if sample_weight is not None:
            weight = as_numbers(sample_weight, self.state_dtype)
        if weight.shape.rank == 1:
            weight = weight[:, tf.newaxis]
        weight = tf.broadcast_to(weight, tf.shape(y_true))
        weighted = weight * y_true
        errors = weight * tf.math.squared_difference(y_true, y_pred)
        add_to(self.sum, tf.reduce_sum(weighted, axis=0))
        add_to(self.squared_sum, tf.reduce_sum(y_true * weighted, axis=0))
        add_to(self.total_mse, tf.reduce_sum(errors, axis=0))
        add_to(self.count, tf.reduce_sum(weight, axis=0))
        add_to(self.num_samples, tf.size(y_true))

    def result(self):
        """Returns the score; one for each feature without aggregation."""
        if not self.built:
            return tf.constant(0.0, self.state_dtype)
        mean = self.sum / self.count
        total = self.squared_sum - self.sum * mean
        score = 1 - self.total_mse / total
        # Targets that are all equal have no variance to explain.
        score = tf.where(tf.math.is_inf(score), tf.zeros_like(score), score)
        if self.class_aggregation == "uniform_average":
            score = tf.reduce_mean(score)
        elif self.class_aggregation == "variance_weighted_average":
            score = tf.reduce_sum(score * total) / tf.reduce_sum(total)
        return self._adjusted(score) if self.num_regressors else score

    def _adjusted(self, score):
        samples = tf.cast(self.num_samples, self.state_dtype)
        freedom = samples - self.num_regressors - 1.0
        if tf.executing_eagerly() and freedom <= 0:
            warnings.warn(
                f"R2Score has {int(samples)} samples and num_regressors="
                f"{self.num_regressors}: too few samples to adjust. The plain "
                "score is returned.",
                stacklevel=4,
            )
        adjusted = 1.0 - (1.0 - score) * (samples - 1.0) / freedom
        return tf.where(freedom > 0, adjusted, score)

    def reset_state(self):
        """Sets the state to zeros."""
        for variable in self.variables:
            variable.assign(tf.zeros(variable.shape, variable.dtype))
