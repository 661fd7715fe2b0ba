"""Names that other packages of TensorFlow use."""

from tf_keras.__internal__ import losses as losses
from tf_keras.src.core.keras_tensor import KerasTensor as KerasTensor
