"""Names and configs to metrics, and back."""

from tf_keras.src.losses import crossentropy as loss_crossentropy
from tf_keras.src.losses import hinge as loss_hinge
from tf_keras.src.losses import regression as loss_regression
from tf_keras.src.losses import similarity as loss_similarity
from tf_keras.src.metrics import (
    accuracy,
    confusion,
    f_score,
    hinge,
    iou,
    probabilistic,
    reductions,
    regression,
)
from tf_keras.src.metrics.auc import AUC
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.serialization.registry import get_registered_object
from tf_keras.src.serialization.resolve import Family, both_spellings

_CLASSES = (
    AUC,
    accuracy.Accuracy,
    accuracy.BinaryAccuracy,
    accuracy.CategoricalAccuracy,
    accuracy.SparseCategoricalAccuracy,
    accuracy.SparseTopKCategoricalAccuracy,
    accuracy.TopKCategoricalAccuracy,
    confusion.FalseNegatives,
    confusion.FalsePositives,
    confusion.Precision,
    confusion.PrecisionAtRecall,
    confusion.Recall,
    confusion.RecallAtPrecision,
    confusion.SensitivityAtSpecificity,
    confusion.SpecificityAtSensitivity,
    confusion.TrueNegatives,
    confusion.TruePositives,
    f_score.F1Score,
    f_score.FBetaScore,
    hinge.CategoricalHinge,
    hinge.Hinge,
    hinge.SquaredHinge,
    iou.BinaryIoU,
    iou.IoU,
    iou.MeanIoU,
    iou.OneHotIoU,
    iou.OneHotMeanIoU,
    probabilistic.BinaryCrossentropy,
    probabilistic.CategoricalCrossentropy,
    probabilistic.KLDivergence,
    probabilistic.Poisson,
    probabilistic.SparseCategoricalCrossentropy,
    reductions.Mean,
    reductions.MeanMetricWrapper,
    reductions.MeanTensor,
    reductions.Sum,
    regression.CosineSimilarity,
    regression.LogCoshError,
    regression.MeanAbsoluteError,
    regression.MeanAbsolutePercentageError,
    regression.MeanRelativeError,
    regression.MeanSquaredError,
    regression.MeanSquaredLogarithmicError,
    regression.R2Score,
    regression.RootMeanSquaredError,
)
_FUNCTIONS = {
    accuracy.accuracy: ("acc",),
    accuracy.binary_accuracy: (),
    accuracy.categorical_accuracy: (),
    accuracy.sparse_categorical_accuracy: (),
    accuracy.sparse_top_k_categorical_accuracy: (),
    accuracy.top_k_categorical_accuracy: (),
    loss_crossentropy.binary_crossentropy: ("bce", "BCE"),
    loss_crossentropy.binary_focal_crossentropy: (),
    loss_crossentropy.categorical_crossentropy: (),
    loss_crossentropy.categorical_focal_crossentropy: (),
    loss_crossentropy.sparse_categorical_crossentropy: (),
    loss_hinge.categorical_hinge: (),
    loss_hinge.hinge: (),
    loss_hinge.squared_hinge: (),
    loss_regression.huber: (),
    loss_regression.log_cosh: ("logcosh",),
    loss_regression.mean_absolute_error: ("mae", "MAE"),
    loss_regression.mean_absolute_percentage_error: ("mape", "MAPE"),
    loss_regression.mean_squared_error: ("mse", "MSE"),
    loss_regression.mean_squared_logarithmic_error: ("msle", "MSLE"),
    loss_similarity.kl_divergence: (
        "kld",
        "KLD",
        "kullback_leibler_divergence",
    ),
    loss_similarity.poisson: (),
    # The second is the name of Keras 2.0.
    regression.cosine_similarity: ("cosine_proximity",),
}

_names = both_spellings(*_CLASSES)
_names.update(
    fbeta_score=f_score.FBetaScore, rmse=regression.RootMeanSquaredError
)
for _function, _aliases in _FUNCTIONS.items():
    _names.update(dict.fromkeys((_function.__name__, *_aliases), _function))

_family = Family("metric", _names, base=Metric)


def find(name):
    """Returns the metric class or function of a name; makes nothing.

    Raises:
        ValueError: If there is none; the message offers the nearest.
    """
    return _family.find(name)


def get(identifier):
    """Returns the metric that `identifier` means.

    Args:
        identifier: A name such as `"AUC"` or `"mse"`, a config, a class, a
            metric or a function.

    Returns:
        A function, for the name of one, else a `Metric`. An unknown name
        comes back as it is.

    Raises:
        ValueError: For what can't be a metric.

    Example:

    >>> get("mse").__name__
    'mean_squared_error'
    """
    if identifier is None:
        raise ValueError("Could not interpret metric identifier: None.")
    if isinstance(identifier, str) and not _is_known(identifier):
        return identifier
    return _family.get(identifier)


def _is_known(name):
    return name in _names or get_registered_object(name) is not None


def serialize(metric, use_legacy_format=False):
    """Returns the config of a metric or function.

    Args:
        metric: A `Metric`, a function, a name or None.
        use_legacy_format: Whether to return the short form of old files.
    """
    return _family.serialize(metric, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Returns the metric that a name or config means.

    Args:
        config: A name, or what `serialize` returned.
        custom_objects: A dict from names to the user's own metrics.
        use_legacy_format: Whether a config is in the short form.

    Raises:
        ValueError: For an unknown name; the message offers the nearest.
    """
    return _family.deserialize(config, custom_objects, use_legacy_format)
