"""Turns an optimizer of today into the one of before 2.11."""

from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.optimizer import Optimizer
from tf_keras.src.optimizers.resolve import deserialize
from tf_keras.src.optimizers.schedules import LearningRateSchedule

# What optimizers of before 2.11 can't do; asked for, it is left out.
_NEW_ARGUMENTS = (
    "weight_decay",
    "use_ema",
    "ema_momentum",
    "ema_overwrite_frequency",
    "jit_compile",
    "is_legacy_optimizer",
    "adaptive_epsilon",
)


def convert_to_legacy_optimizer(optimizer):
    """Returns an optimizer of `tf_keras.optimizers.legacy` with like numbers.

    Its state is fresh. What old optimizers can't do, such as weight decay
    and moving averages of weights, is left out.

    Args:
        optimizer: An optimizer of `tf_keras.optimizers`.

    Raises:
        ValueError: If it is no such optimizer, or has no older form.
    """
    if not isinstance(optimizer, Optimizer):
        raise ValueError(
            "Expected an optimizer of `tf_keras.optimizers`. Received: "
            f"{optimizer!r} of type {type(optimizer)}."
        )
    if isinstance(optimizer, LossScaleOptimizer):
        arguments = optimizer.get_config()
        arguments["inner_optimizer"] = convert_to_legacy_optimizer(
            optimizer.inner_optimizer
        )
        return LossScaleOptimizer(**arguments)
    config = optimizer.get_config()
    for name in _NEW_ARGUMENTS:
        config.pop(name, None)
    if isinstance(optimizer._learning_rate, LearningRateSchedule):
        config["learning_rate"] = optimizer._learning_rate
    return deserialize(
        {"class_name": type(optimizer).__name__, "config": config},
        use_legacy_optimizer=True,
    )
