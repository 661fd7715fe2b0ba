"""Learning rates that change with the step."""

from tf_keras.src.optimizers.schedules import CosineDecay as CosineDecay
from tf_keras.src.optimizers.schedules import (
    CosineDecayRestarts as CosineDecayRestarts,
)
from tf_keras.src.optimizers.schedules import (
    ExponentialDecay as ExponentialDecay,
)
from tf_keras.src.optimizers.schedules import (
    InverseTimeDecay as InverseTimeDecay,
)
from tf_keras.src.optimizers.schedules import (
    LearningRateSchedule as LearningRateSchedule,
)
from tf_keras.src.optimizers.schedules import (
    PiecewiseConstantDecay as PiecewiseConstantDecay,
)
from tf_keras.src.optimizers.schedules import PolynomialDecay as PolynomialDecay
from tf_keras.src.optimizers.schedules import deserialize as deserialize
from tf_keras.src.optimizers.schedules import serialize as serialize
