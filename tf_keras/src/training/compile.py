"""What compile() was told, checked and kept."""

import inspect

import tensorflow as tf

from tf_keras.src.optimizers import resolve as optimizers
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object

_NAMES = (
    "optimizer",
    "loss",
    "metrics",
    "loss_weights",
    "weighted_metrics",
    "run_eagerly",
    "steps_per_execution",
    "jit_compile",
)
_ACCUMULATION = "gradient_accumulation_steps"


class CompileArguments:
    """The arguments of `compile` as the user gave them.

    Args:
        model: The model, for messages.
        given: A dict from the names of arguments to values.
        extra: The unknown keyword arguments.

    Raises:
        TypeError: For an unknown argument.
        ValueError: If arguments contradict each other.
    """

    def __init__(self, model, given, extra):
        steps = extra.pop(_ACCUMULATION, None)
        if steps is not None:  # A key that older releases don't know.
            given = {**given, _ACCUMULATION: steps}
        for name in ("cloning", "experimental_run_tf_function"):
            extra.pop(name, None)
        extra.pop("sample_weight_mode", None)
        steps = extra.pop("experimental_steps_per_execution", None)
        if steps is not None:  # The name of TensorFlow 2.3.
            given = {**given, "steps_per_execution": steps}
        distribute = extra.pop("distribute", None)
        tensors = extra.pop("target_tensors", None)
        if distribute is not None or tensors is not None:
            raise ValueError(
                "The arguments `distribute` and `target_tensors` of compile "
                "belong to TensorFlow 1. Build and compile the model inside "
                "of `strategy.scope()`; pass targets to `fit` as `y`."
            )
        if extra:
            raise TypeError(
                f"Invalid keyword argument(s) in `compile()`: {set(extra)}. "
                f"Valid keyword arguments are {[*_NAMES, _ACCUMULATION]}."
            )
        if given["jit_compile"] and given["run_eagerly"]:
            raise ValueError(
                "You cannot enable `run_eagerly` and `jit_compile` at the "
                "same time: XLA compiles graphs. Choose one."
            )
        self._model_name = model.name
        self.given = dict(given)

    def get_config(self):
        """Returns the arguments as plain data, None if there are none."""
        return {
            name: serialize_keras_object(_unwrapped(self.given[name]))
            for name in (*_NAMES, _ACCUMULATION)
            if name in self.given
        }


def _unwrapped(value):
    """TensorFlow's tracked lists and dicts as plain ones."""
    if isinstance(value, dict):
        return {key: _unwrapped(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        kind = tuple if isinstance(value, tuple) else list
        return kind(_unwrapped(item) for item in value)
    return value


def make_optimizer(optimizer, model, accumulation_steps=None):
    """Returns the optimizer that an argument of `compile` means.

    Under a policy that computes in float16 it scales the loss.

    Args:
        optimizer: An optimizer or its name, or a list of them.
        model: The model, asked for its policy.
        accumulation_steps: Over how many steps it gathers gradients; None to
            leave that as it is.
    """
    if isinstance(optimizer, (list, tuple)):
        return [
            make_optimizer(each, model, accumulation_steps)
            for each in optimizer
        ]
    optimizer = optimizers.get(optimizer)
    if accumulation_steps is not None:
        _accumulate(optimizer, accumulation_steps)
    if (
        model.dtype_policy.name == "mixed_float16"
        and optimizer is not None
        and not isinstance(optimizer, LossScaleOptimizer)
    ):
        optimizer = LossScaleOptimizer(optimizer)
    return optimizer


def _accumulate(optimizer, steps):
    if not hasattr(optimizer, _ACCUMULATION):
        raise ValueError(
            f"{type(optimizer).__name__} can't accumulate gradients. Leave "
            f"out `{_ACCUMULATION}={steps}`, or use an optimizer of "
            "`tf_keras.optimizers` that is not of `legacy`."
        )
    setattr(optimizer, _ACCUMULATION, steps)


def compile_from_config(model, config):
    """Compiles a model as `get_compile_config` says."""
    overridden = type(model).compile.__qualname__ != "Model.compile"
    config = deserialize_keras_object(config)
    if overridden:
        accepted = inspect.signature(model.compile).parameters
        takes_any = any(
            p.kind is inspect.Parameter.VAR_KEYWORD for p in accepted.values()
        )
        if not takes_any:
            config = {k: v for k, v in config.items() if k in accepted}
    model.compile(**config)
    if getattr(model, "optimizer", None) is not None and model.built:
        if hasattr(model.optimizer, "build"):
            with tf.init_scope():
                model.optimizer.build(model.trainable_variables)
