"""Older forms of optimizers, for other packages of TensorFlow."""

from tf_keras.src.legacy.optimizers.conversion import (
    convert_to_legacy_optimizer as convert_to_legacy_optimizer,
)
