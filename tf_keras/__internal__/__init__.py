"""Names that other packages of TensorFlow use."""

from tf_keras.src.core.keras_tensor import KerasTensor as KerasTensor
