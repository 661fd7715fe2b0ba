"""Ways of training that may still change."""

from tf_keras.src.models.sharpness_aware import (
    SharpnessAwareMinimization as SharpnessAwareMinimization,
)
