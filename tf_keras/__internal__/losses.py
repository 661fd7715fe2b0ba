"""What losses of other packages are built with."""

from tf_keras.src.losses.loss import LossFunctionWrapper as LossFunctionWrapper
from tf_keras.src.losses.reduction import (
    compute_weighted_loss as compute_weighted_loss,
)
