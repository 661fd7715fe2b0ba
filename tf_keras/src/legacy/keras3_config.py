"""Configs of Keras 3 in the words of this package.

A layer that exists here has most arguments in common. Those that only Keras 3
has are dropped where they ask for nothing. Operations are no layers here.
"""

import inspect

from tf_keras.src.serialization import registry

_RENAMED = {
    "InputLayer": {"batch_shape": "batch_input_shape"},
    "LeakyReLU": {"negative_slope": "alpha"},
}
# Hints for training that no result depends on.
_HARMLESS = frozenset(
    {"flash_attention", "input_axes", "output_axes", "seed", "autocast"}
)
# What arguments that only Keras 3 has are, beside None and False, if not given.
_UNSET = {
    "data_format": "channels_last",
    "fill_mode": "constant",
    "value_range": [0, 255],
}
_LOOKUPS = ("Discretization", "Hashing", "IntegerLookup", "StringLookup")
_COMMON = frozenset({"name", "trainable", "dtype", "batch_input_shape"})
_NESTED = ("Functional", "Model", "Sequential")
_FACES = (
    "layers",
    "models",
    "initializers",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
    "regularizers",
    "constraints",
)
_FUNCTIONAL = "tf_keras.src.engine.functional"
_DROPPED_OF_COMPILE = ("auto_scale_loss",)
_REDUCTIONS = {
    "mean": "sum_over_batch_size",
    "mean_with_sample_weight": "weighted_mean",
}
_OF_LOSS_SCALE = ("inner_optimizer", "initial_scale", "dynamic_growth_steps")


def is_of_keras_3(config, origin):
    """Whether Keras 3 wrote a config.

    Args:
        config: Any plain data.
        origin: Which release wrote it, as far as the file tells.
    """
    if origin.numbers:
        return origin.numbers[0] >= 3
    return _has_signs(config)


def _has_signs(config):
    if isinstance(config, dict):
        if config.get("class_name") in ("DTypePolicy", "__keras_tensor__"):
            return True
        if config.get("class_name") == "InputLayer":
            return "batch_shape" in (config.get("config") or ())
        return any(map(_has_signs, config.values()))
    return isinstance(config, list) and any(map(_has_signs, config))


def model_of_today(config, origin):
    """Returns a model's config in the form of today.

    Args:
        config: A dict with `class_name` and `config`.
        origin: Which release wrote it.
    """
    return _convert(config) if is_of_keras_3(config, origin) else config


def training_of_today(config, origin):
    """Returns in the form of today how a model was compiled.

    Args:
        config: What a file holds.
        origin: Which release wrote the file.
    """
    if not is_of_keras_3(config, origin):
        return config
    config = {
        key: _convert(value)
        for key, value in config.items()
        if key not in _DROPPED_OF_COMPILE
    }
    optimizer = config.get("optimizer_config")
    if isinstance(optimizer, dict) and "class_name" in optimizer:
        config["optimizer_config"] = _convert(
            {
                "module": "keras.optimizers",
                "registered_name": None,
                **optimizer,
            }
        )
    return config


def _convert(value):
    if isinstance(value, list):
        return [_convert(item) for item in value]
    if not isinstance(value, dict):
        return value
    name = value.get("class_name")
    if name is None or not isinstance(value.get("config"), dict):
        return {key: _convert(item) for key, item in value.items()}
    inner = value["config"]
    if name == "DTypePolicy":
        return inner.get("name")
    if name == "__keras_tensor__":
        return list(inner["keras_history"])
    new = {key: _convert(item) for key, item in value.items()}
    new["config"] = _known_arguments(value, new["config"])
    if name in _NESTED and "layers" in inner:
        _use_own_nodes(new["config"])
    module = str(value.get("module") or "")
    if name == "LossScaleOptimizer" and module == "keras.optimizers":
        inner = {key: new["config"].get(key) for key in _OF_LOSS_SCALE}
        return {**new, "module": "keras.mixed_precision", "config": inner}
    if name == "Functional" and module.startswith("keras"):
        new["module"] = _FUNCTIONAL
    elif module.startswith("keras.src.") and not _is_operation(new):
        new["module"] = "keras.layers"
    if "shapes_dict" in (value.get("build_config") or ()):
        del new["build_config"]
    for key in ("layer", "backward_layer", "cell"):
        if isinstance(new["config"].get(key), dict):
            # The layer around it builds it, under other names.
            new["config"][key].pop("build_config", None)
    return new


def _known_arguments(value, inner):
    """The config without arguments that only Keras 3 has, where unset."""
    names = _RENAMED.get(value["class_name"], {})
    inner = {names.get(key, key): item for key, item in inner.items()}
    cls = _published(value)
    if cls is None or value["class_name"] in _NESTED:
        return inner
    if value["class_name"] in _LOOKUPS and inner.get("output_mode") == "int":
        # There it was the dtype of what follows; integers come out.
        inner.pop("dtype", None)
    if value["class_name"].endswith("IoU"):
        inner.pop("dtype", None)  # There it is that of the counts.
    known = _arguments_of(cls)
    if "reduction" in inner:
        reduction = inner["reduction"]
        inner["reduction"] = _REDUCTIONS.get(reduction, reduction)
    return {
        key: item
        for key, item in inner.items()
        if key in known or not _asks_for_nothing(key, item)
    }


def _asks_for_nothing(key, item):
    is_unset = item in (None, False) or _UNSET.get(key, ...) == item
    return is_unset or key in _HARMLESS


def _published(value):
    module = str(value.get("module") or "keras.layers")
    if not module.startswith("keras"):
        return None
    for face in _FACES:
        found = registry.published(f"keras.{face}", value["class_name"])
        if isinstance(found, type):
            return found
    return None


def _arguments_of(cls):
    found = set(_COMMON)
    for owner in cls.__mro__:
        if "__init__" in vars(owner) and owner is not object:
            found.update(inspect.signature(owner.__init__).parameters)
    return found


def _use_own_nodes(config):
    """Turns the calls of a graph into lists, numbered as here.

    A nested model that is a graph counts its own making as call 0 here.
    """
    _leave_out_masks(config)
    nested = {
        entry["config"].get("name")
        for entry in config["layers"]
        if entry["class_name"] in _NESTED and "layers" in entry["config"]
    }

    def renumbered(value):
        if _is_reference(value):
            return [value[0], value[1] + (value[0] in nested), value[2]]
        if isinstance(value, list):
            return [renumbered(item) for item in value]
        if isinstance(value, dict):
            return {key: renumbered(item) for key, item in value.items()}
        return value

    for entry in config["layers"]:
        if "inbound_nodes" in entry:
            entry["inbound_nodes"] = [
                _call_of_today(renumbered(call), entry)
                for call in entry["inbound_nodes"]
            ]
    for key in ("input_layers", "output_layers"):
        if key in config:
            config[key] = renumbered(config[key])


def _is_operation(entry):
    if entry.get("module"):
        return str(entry["module"]).startswith("keras.src.ops")
    name = entry["class_name"]
    is_layer = registry.published("keras.layers", name) is not None
    is_own = registry.get_registered_object(name) is not None
    is_known = is_layer or is_own or name in _NESTED
    return not is_known and "trainable" not in entry["config"]


def _leave_out_masks(config):
    """Removes operations that compute masks, which layers pass on here."""
    entries = config["layers"]
    operations = {e["name"] for e in entries if _is_operation(e)}
    if not operations:
        return
    layers = [entry for entry in entries if entry["name"] not in operations]
    _check_masks(entries, layers)
    for entry in layers:
        for call in entry.get("inbound_nodes", ()):
            named = call.get("kwargs", {}) if isinstance(call, dict) else {}
            if _layers_in(named.get("mask")) <= operations:
                named.pop("mask", None)
    calls = [entry.get("inbound_nodes") for entry in layers]
    left = _layers_in([calls, config.get("output_layers")]) & operations
    if left:
        raise ValueError(
            f"The operations {sorted(left)} of `keras.ops` are called on "
            "outputs of layers, which can't be read from a file of Keras 3. "
            "Use layers there, such as `Lambda`, or build the model in code "
            "and load its weights."
        )
    config["layers"] = layers


def _check_masks(entries, layers):
    """Raises ValueError for a mask that no layer makes of its input."""
    known = [
        [call["args"][0], entry["config"].get("mask_value", 0)]
        for entry in layers
        for call in entry.get("inbound_nodes", ())
        if entry["class_name"] == "Masking" or entry["config"].get("mask_zero")
    ]
    for entry in entries:
        if entry["class_name"] == "NotEqual":
            if entry["inbound_nodes"][0]["args"] not in known:
                raise ValueError(
                    f"The operation {entry['name']!r} of `keras.ops` makes a "
                    "mask that no layer makes, which can't be read from a "
                    "file of Keras 3."
                )


def _layers_in(value):
    """The names of all layers whose outputs a nest refers to."""
    if _is_reference(value):
        return {value[0]}
    items = value.values() if isinstance(value, dict) else value
    if not isinstance(value, (dict, list)):
        return set()
    return set().union(*map(_layers_in, items))


def _is_reference(value):
    return (
        isinstance(value, list)
        and len(value) == 3
        and isinstance(value[0], str)
        and isinstance(value[1], int)
        and isinstance(value[2], int)
    )


def _call_of_today(call, entry):
    """`{"args": ..., "kwargs": ...}` as the nest of the first argument."""
    if not isinstance(call, dict) or "args" not in call:
        return call
    first, *rest = call["args"] or [[]]
    named = {
        key: item
        for key, item in call.get("kwargs", {}).items()
        if item is not None and key != "training"  # The graph's call decides.
    }
    if rest:
        named["_POSITIONAL"] = rest

    def with_arguments(value):
        if _is_reference(value):
            return [*value, named]
        if isinstance(value, dict):
            return {key: with_arguments(item) for key, item in value.items()}
        if isinstance(value, list):
            return [with_arguments(item) for item in value]
        raise ValueError(
            f"Layer {entry.get('name')!r} is called on {value!r}, which is no "
            "output of a layer. Such calls of Keras 3 can't be read."
        )

    data = with_arguments(first)
    return [data] if _is_reference(first) else data
