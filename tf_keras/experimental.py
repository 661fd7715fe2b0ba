"""Names that may still change."""

from tf_keras.src.training.sidecar_evaluator import (
    SidecarEvaluatorExperimental as SidecarEvaluator,
)
