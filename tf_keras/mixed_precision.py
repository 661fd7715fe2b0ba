"""Computing in 16 bits: policies, and an optimizer that scales the loss."""

from tf_keras.src.core.dtype_policy import Policy as Policy
from tf_keras.src.core.dtype_policy import global_policy as global_policy
from tf_keras.src.core.dtype_policy import (
    set_global_policy as set_global_policy,
)
from tf_keras.src.optimizers.loss_scale_optimizer import (
    LossScaleOptimizer as LossScaleOptimizer,
)
