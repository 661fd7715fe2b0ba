"""Losses: how wrong a prediction is."""

from tf_keras.src.losses.crossentropy import (
    BinaryCrossentropy as BinaryCrossentropy,
)
from tf_keras.src.losses.crossentropy import (
    BinaryFocalCrossentropy as BinaryFocalCrossentropy,
)
from tf_keras.src.losses.crossentropy import (
    CategoricalCrossentropy as CategoricalCrossentropy,
)
from tf_keras.src.losses.crossentropy import (
    CategoricalFocalCrossentropy as CategoricalFocalCrossentropy,
)
from tf_keras.src.losses.crossentropy import (
    SparseCategoricalCrossentropy as SparseCategoricalCrossentropy,
)
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
from tf_keras.src.losses.hinge import CategoricalHinge as CategoricalHinge
from tf_keras.src.losses.hinge import Hinge as Hinge
from tf_keras.src.losses.hinge import SquaredHinge as SquaredHinge
from tf_keras.src.losses.hinge import categorical_hinge as categorical_hinge
from tf_keras.src.losses.hinge import hinge as hinge
from tf_keras.src.losses.hinge import squared_hinge as squared_hinge
from tf_keras.src.losses.loss import Loss as Loss
from tf_keras.src.losses.reduction import Reduction as Reduction
from tf_keras.src.losses.regression import Huber as Huber
from tf_keras.src.losses.regression import LogCosh as LogCosh
from tf_keras.src.losses.regression import (
    MeanAbsoluteError as MeanAbsoluteError,
)
from tf_keras.src.losses.regression import (
    MeanAbsolutePercentageError as MeanAbsolutePercentageError,
)
from tf_keras.src.losses.regression import MeanSquaredError as MeanSquaredError
from tf_keras.src.losses.regression import (
    MeanSquaredLogarithmicError as MeanSquaredLogarithmicError,
)
from tf_keras.src.losses.regression import huber as huber
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
from tf_keras.src.losses.resolve import deserialize as deserialize
from tf_keras.src.losses.resolve import get as get
from tf_keras.src.losses.resolve import serialize as serialize
from tf_keras.src.losses.similarity import CosineSimilarity as CosineSimilarity
from tf_keras.src.losses.similarity import KLDivergence as KLDivergence
from tf_keras.src.losses.similarity import Poisson as Poisson
from tf_keras.src.losses.similarity import (
    cosine_similarity as cosine_similarity,
)
from tf_keras.src.losses.similarity import kl_divergence as KLD
from tf_keras.src.losses.similarity import kl_divergence as kl_divergence
from tf_keras.src.losses.similarity import kl_divergence as kld
from tf_keras.src.losses.similarity import (
    kl_divergence as kullback_leibler_divergence,
)
from tf_keras.src.losses.similarity import poisson as poisson
