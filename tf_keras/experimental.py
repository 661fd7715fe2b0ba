"""Models, layers, schedules and helpers that may still change."""

from tf_keras.src.layers.feature_columns.sequence_features import (
    SequenceFeatures as SequenceFeatures,
)
from tf_keras.src.models.premade import LinearModel as LinearModel
from tf_keras.src.models.premade import WideDeepModel as WideDeepModel
from tf_keras.src.optimizers.schedules import CosineDecay as CosineDecay
from tf_keras.src.optimizers.schedules import (
    CosineDecayRestarts as CosineDecayRestarts,
)
from tf_keras.src.training.sidecar_evaluator import (
    SidecarEvaluatorExperimental as SidecarEvaluator,
)
