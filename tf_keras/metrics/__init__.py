"""Metrics: numbers summed up over batches."""

from tf_keras.metrics import experimental as experimental
from tf_keras.src.losses.crossentropy import (
    binary_crossentropy as binary_crossentropy,
)
from tf_keras.src.losses.crossentropy import (
    binary_focal_crossentropy as binary_focal_crossentropy,
)
from tf_keras.src.losses.crossentropy import (
    categorical_crossentropy as categorical_crossentropy,
)
from tf_keras.src.losses.crossentropy import (
    categorical_focal_crossentropy as categorical_focal_crossentropy,
)
from tf_keras.src.losses.crossentropy import (
    sparse_categorical_crossentropy as sparse_categorical_crossentropy,
)
from tf_keras.src.losses.hinge import hinge as hinge
from tf_keras.src.losses.hinge import squared_hinge as squared_hinge
from tf_keras.src.losses.regression import log_cosh as log_cosh
from tf_keras.src.losses.regression import log_cosh as logcosh
from tf_keras.src.losses.regression import mean_absolute_error as MAE
from tf_keras.src.losses.regression import mean_absolute_error as mae
from tf_keras.src.losses.regression import (
    mean_absolute_error as mean_absolute_error,
)
from tf_keras.src.losses.regression import (
    mean_absolute_percentage_error as MAPE,
)
from tf_keras.src.losses.regression import (
    mean_absolute_percentage_error as mape,
)
from tf_keras.src.losses.regression import (
    mean_absolute_percentage_error as mean_absolute_percentage_error,
)
from tf_keras.src.losses.regression import mean_squared_error as MSE
from tf_keras.src.losses.regression import (
    mean_squared_error as mean_squared_error,
)
from tf_keras.src.losses.regression import mean_squared_error as mse
from tf_keras.src.losses.regression import (
    mean_squared_logarithmic_error as MSLE,
)
from tf_keras.src.losses.regression import (
    mean_squared_logarithmic_error as mean_squared_logarithmic_error,
)
from tf_keras.src.losses.regression import (
    mean_squared_logarithmic_error as msle,
)
from tf_keras.src.losses.similarity import kl_divergence as KLD
from tf_keras.src.losses.similarity import kl_divergence as kl_divergence
from tf_keras.src.losses.similarity import kl_divergence as kld
from tf_keras.src.losses.similarity import (
    kl_divergence as kullback_leibler_divergence,
)
from tf_keras.src.losses.similarity import poisson as poisson
from tf_keras.src.metrics.accuracy import Accuracy as Accuracy
from tf_keras.src.metrics.accuracy import BinaryAccuracy as BinaryAccuracy
from tf_keras.src.metrics.accuracy import (
    CategoricalAccuracy as CategoricalAccuracy,
)
from tf_keras.src.metrics.accuracy import (
    SparseCategoricalAccuracy as SparseCategoricalAccuracy,
)
from tf_keras.src.metrics.accuracy import (
    SparseTopKCategoricalAccuracy as SparseTopKCategoricalAccuracy,
)
from tf_keras.src.metrics.accuracy import (
    TopKCategoricalAccuracy as TopKCategoricalAccuracy,
)
from tf_keras.src.metrics.accuracy import binary_accuracy as binary_accuracy
from tf_keras.src.metrics.accuracy import (
    categorical_accuracy as categorical_accuracy,
)
from tf_keras.src.metrics.accuracy import (
    sparse_categorical_accuracy as sparse_categorical_accuracy,
)
from tf_keras.src.metrics.accuracy import (
    sparse_top_k_categorical_accuracy as sparse_top_k_categorical_accuracy,
)
from tf_keras.src.metrics.accuracy import (
    top_k_categorical_accuracy as top_k_categorical_accuracy,
)
from tf_keras.src.metrics.auc import AUC as AUC
from tf_keras.src.metrics.confusion import FalseNegatives as FalseNegatives
from tf_keras.src.metrics.confusion import FalsePositives as FalsePositives
from tf_keras.src.metrics.confusion import Precision as Precision
from tf_keras.src.metrics.confusion import (
    PrecisionAtRecall as PrecisionAtRecall,
)
from tf_keras.src.metrics.confusion import Recall as Recall
from tf_keras.src.metrics.confusion import (
    RecallAtPrecision as RecallAtPrecision,
)
from tf_keras.src.metrics.confusion import (
    SensitivityAtSpecificity as SensitivityAtSpecificity,
)
from tf_keras.src.metrics.confusion import (
    SpecificityAtSensitivity as SpecificityAtSensitivity,
)
from tf_keras.src.metrics.confusion import TrueNegatives as TrueNegatives
from tf_keras.src.metrics.confusion import TruePositives as TruePositives
from tf_keras.src.metrics.f_score import F1Score as F1Score
from tf_keras.src.metrics.f_score import FBetaScore as FBetaScore
from tf_keras.src.metrics.hinge import CategoricalHinge as CategoricalHinge
from tf_keras.src.metrics.hinge import Hinge as Hinge
from tf_keras.src.metrics.hinge import SquaredHinge as SquaredHinge
from tf_keras.src.metrics.iou import BinaryIoU as BinaryIoU
from tf_keras.src.metrics.iou import IoU as IoU
from tf_keras.src.metrics.iou import MeanIoU as MeanIoU
from tf_keras.src.metrics.iou import OneHotIoU as OneHotIoU
from tf_keras.src.metrics.iou import OneHotMeanIoU as OneHotMeanIoU
from tf_keras.src.metrics.metric import Metric as Metric
from tf_keras.src.metrics.probabilistic import (
    BinaryCrossentropy as BinaryCrossentropy,
)
from tf_keras.src.metrics.probabilistic import (
    CategoricalCrossentropy as CategoricalCrossentropy,
)
from tf_keras.src.metrics.probabilistic import KLDivergence as KLDivergence
from tf_keras.src.metrics.probabilistic import Poisson as Poisson
from tf_keras.src.metrics.probabilistic import (
    SparseCategoricalCrossentropy as SparseCategoricalCrossentropy,
)
from tf_keras.src.metrics.reductions import Mean as Mean
from tf_keras.src.metrics.reductions import (
    MeanMetricWrapper as MeanMetricWrapper,
)
from tf_keras.src.metrics.reductions import MeanTensor as MeanTensor
from tf_keras.src.metrics.reductions import Sum as Sum
from tf_keras.src.metrics.regression import CosineSimilarity as CosineSimilarity
from tf_keras.src.metrics.regression import LogCoshError as LogCoshError
from tf_keras.src.metrics.regression import (
    MeanAbsoluteError as MeanAbsoluteError,
)
from tf_keras.src.metrics.regression import (
    MeanAbsolutePercentageError as MeanAbsolutePercentageError,
)
from tf_keras.src.metrics.regression import (
    MeanRelativeError as MeanRelativeError,
)
from tf_keras.src.metrics.regression import MeanSquaredError as MeanSquaredError
from tf_keras.src.metrics.regression import (
    MeanSquaredLogarithmicError as MeanSquaredLogarithmicError,
)
from tf_keras.src.metrics.regression import R2Score as R2Score
from tf_keras.src.metrics.regression import (
    RootMeanSquaredError as RootMeanSquaredError,
)
from tf_keras.src.metrics.resolve import deserialize as deserialize
from tf_keras.src.metrics.resolve import get as get
from tf_keras.src.metrics.resolve import serialize as serialize
