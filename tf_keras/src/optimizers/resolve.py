"""Names and configs to optimizers, and back."""

import inspect

import tensorflow as tf

from tf_keras.src.optimizers.adadelta import Adadelta
from tf_keras.src.optimizers.adafactor import Adafactor
from tf_keras.src.optimizers.adagrad import Adagrad
from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.adamax import Adamax
from tf_keras.src.optimizers.adamw import AdamW
from tf_keras.src.optimizers.ftrl import Ftrl
from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.nadam import Nadam
from tf_keras.src.optimizers.rmsprop import RMSprop
from tf_keras.src.optimizers.sgd import SGD
from tf_keras.src.serialization import registry, short_form
from tf_keras.src.serialization.resolve import Family

_NAMED = (
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Ftrl,
    LossScaleOptimizer,
    Nadam,
    RMSprop,
    SGD,
)
_family = Family(
    "optimizer", {cls.__name__.lower(): cls for cls in _NAMED}, ignore_case=True
)
# As strings these two are unknown names to published releases, and stay so.
_UNNAMED = {
    "adafactor": Adafactor,
    "lion": Lion,
    "LossScaleOptimizerV3": LossScaleOptimizer,
}
# Older files mark the optimizers of this package as if users had made them.
_PREFIX = "Custom>"
_MARKED = {*_NAMED, *_UNNAMED.values()} - {LossScaleOptimizer}


def get(identifier, **kwargs):
    """Returns the optimizer that `identifier` means.

    Args:
        identifier: A name such as `"adam"`, in any case; a config; a class;
            or an optimizer.
        **kwargs: `use_legacy_optimizer`: whether a name means an optimizer of
            `tf_keras.optimizers.legacy`.

    Raises:
        ValueError: For an unknown name, or what can't be an optimizer.
        TypeError: For unknown arguments.

    Example:

    >>> get("adam").name
    'Adam'
    """
    use_legacy = kwargs.pop("use_legacy_optimizer", False)
    if kwargs:
        raise TypeError(f"Unknown arguments of `get`: {sorted(kwargs)}.")
    if isinstance(identifier, str):
        return _find(identifier, use_legacy)()
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, tf.compat.v1.train.Optimizer):
        raise ValueError(
            "Optimizers of TensorFlow 1 are not supported. Received: "
            f"{identifier}. Use one of `tf_keras.optimizers`."
        )
    if hasattr(identifier, "apply_gradients"):
        return identifier() if inspect.isclass(identifier) else identifier
    raise ValueError(
        f"Could not interpret optimizer identifier: {identifier!r}. Expected "
        "a name, a config dict, or an optimizer."
    )


def _find(name, use_legacy, custom_objects=None):
    """The optimizer class of this name, new or of before 2.11."""
    own = registry.get_registered_object(name, custom_objects)
    if own is not None:
        return own
    cls = _family.find(name)
    if not use_legacy or cls is LossScaleOptimizer:
        return cls
    legacy = registry.published("keras.optimizers.legacy", cls.__name__)
    if legacy is None:
        raise ValueError(
            f"Unknown legacy optimizer: {name!r}. There is "
            f"`tf_keras.optimizers.{cls.__name__}`."
        )
    return legacy


def serialize(optimizer, use_legacy_format=False):
    """Returns the config of an optimizer.

    Args:
        optimizer: An optimizer.
        use_legacy_format: Whether to return the short form of old files.
    """
    config = _family.serialize(optimizer, use_legacy_format)
    if use_legacy_format and type(optimizer) is LossScaleOptimizer:
        config["class_name"] = optimizer._class_name_in_files
    if use_legacy_format and type(optimizer) in _MARKED:
        config["class_name"] = _PREFIX + config["class_name"]
    return config


def deserialize(config, custom_objects=None, use_legacy_format=False, **kwargs):
    """Returns the optimizer that a config means.

    A short config, `{"class_name": ..., "config": ...}`, that has arguments
    and doesn't say which is meant makes an optimizer of
    `tf_keras.optimizers.legacy`, as such configs come from old programs.

    Args:
        config: What `serialize` returned.
        custom_objects: A dict from names to the user's own optimizers.
        use_legacy_format: Whether the config is in the short form.
        **kwargs: `use_legacy_optimizer`: whether a short config means a
            legacy optimizer.
    """
    use_legacy = kwargs.pop("use_legacy_optimizer", None)
    if kwargs:
        raise TypeError(f"Unknown arguments: {sorted(kwargs)}.")
    if "class_name" not in config or (
        "module" in config and not use_legacy_format
    ):
        return _family.deserialize(config, custom_objects)
    inner = config.get("config") or {}
    name = str(config["class_name"])
    if name.startswith(_PREFIX):
        known = name.removeprefix(_PREFIX).lower()
        if registry.get_registered_object(name, custom_objects) is None:
            name, use_legacy = known, False
    elif "is_legacy_optimizer" in inner:  # Only new ones have this mark.
        use_legacy = False
    elif use_legacy is None:
        has_legacy = name.lower() not in ("adamw", "lossscaleoptimizer")
        use_legacy = has_legacy and bool(inner)
    cls = _UNNAMED.get(name) or _find(name, use_legacy, custom_objects)
    return short_form.make_instance(cls, inner, custom_objects)
