"""Configs of `.keras` files that Keras 3 is to read: `save_format="keras3"`.

Keras 3 refuses arguments that it doesn't know. Those are left out where they
have their usual value, so that reading fills it in. A model of which it can't
read some part keeps the config that the published package writes.
"""

_ANY = object()  # Stands for every value: another part of the file tells it.
_NOT_SPLIT = {"groups": 1}
_RECURRENT = {"time_major": False}
_RANDOM = {"rng_type": "stateful"}
_SEPARABLE = {
    **_NOT_SPLIT,
    "kernel_constraint": None,
    "kernel_initializer": {
        "module": "keras.initializers",
        "class_name": "GlorotUniform",
        "config": {"seed": None},
        "registered_name": None,
    },
    "kernel_regularizer": None,
}
_USUAL = {
    "Conv1DTranspose": _NOT_SPLIT,
    "Conv2DTranspose": _NOT_SPLIT,
    "Conv3DTranspose": _NOT_SPLIT,
    "ConvLSTM1D": _RECURRENT,
    "ConvLSTM2D": _RECURRENT,
    "ConvLSTM3D": _RECURRENT,
    "DepthwiseConv1D": _NOT_SPLIT,
    "DepthwiseConv2D": _NOT_SPLIT,
    "Discretization": {"trainable": True},
    "Embedding": {"batch_input_shape": _ANY, "sparse": False},
    "GRU": _RECURRENT,
    "LSTM": _RECURRENT,
    "RNN": _RECURRENT,
    "RandomBrightness": _RANDOM,
    "RandomContrast": _RANDOM,
    "RandomCrop": _RANDOM,
    "RandomFlip": _RANDOM,
    "RandomRotation": _RANDOM,
    "RandomTranslation": _RANDOM,
    "RandomZoom": _RANDOM,
    "SeparableConv1D": _SEPARABLE,
    "SeparableConv2D": _SEPARABLE,
    "SimpleRNN": _RECURRENT,
    "SpatialDropout1D": {"noise_shape": None, "trainable": True},
    "SpatialDropout2D": {"noise_shape": None, "trainable": True},
    "SpatialDropout3D": {"noise_shape": None, "trainable": True},
}
_USUAL_OF_FACE = {
    "keras.losses": {"fn": _ANY, "reduction": "auto"},
    "keras.optimizers": {"is_legacy_optimizer": False, "jit_compile": False},
}
# Layers of ours that Keras 3 has not, or calls in another way.
_UNCOMMON = frozenset(
    {
        *("AbstractRNNCell", "LocallyConnected1D", "LocallyConnected2D"),
        *("Functional", "Model", "MultiHeadAttention", "Sequential"),
        *("RandomHeight", "RandomWidth", "ThresholdedReLU"),
    }
)
# The published package takes an optimizer inside for one of before 2.11 if it
# does not say what it is.
_WHOLE = ("LossScaleOptimizer", "LossScaleOptimizerV3")
_FUNCTIONAL = "tf_keras.src.engine.functional"


def for_every_keras(config):
    """Returns a full config of a model in the form that most releases read.

    Args:
        config: What `serialize_keras_object` returned.
    """
    inner = config["config"]
    layers = inner.get("layers") if isinstance(inner, dict) else None
    if not layers or not all(map(_is_common, layers)):
        return config
    return _shortened(config)


def _is_common(layer):
    """Whether Keras 3 has a layer, and what it wraps."""
    if layer["module"] != "keras.layers" or layer["class_name"] in _UNCOMMON:
        return False
    held = [layer["config"].get(key) for key in ("layer", "backward_layer")]
    return all(_is_common(part) for part in held if isinstance(part, dict))


def _shortened(config):
    if isinstance(config, (list, tuple)):
        return [_shortened(value) for value in config]
    if not isinstance(config, dict):
        return config
    if config.get("class_name") in _WHOLE:
        return config
    made = {key: _shortened(value) for key, value in config.items()}
    if not {"module", "class_name", "config"} <= set(config):
        return made
    module, name = config["module"], config["class_name"]
    if (module, name) == (_FUNCTIONAL, "Functional"):
        made.update(module="keras", class_name="Model", registered_name=None)
    elif isinstance(config["config"], dict):
        usual = _USUAL_OF_FACE.get(module, {})
        if module == "keras.layers":
            usual = _USUAL.get(name, {})
        made["config"] = {
            key: value
            for key, value in made["config"].items()
            if key not in usual or usual[key] not in (_ANY, value)
        }
        if name == "BatchNormalization":
            _unwrap_axis(made["config"])
    return made


def _unwrap_axis(config):
    """Writes one axis as a number and not as a list of one."""
    axis = config.get("axis")
    if isinstance(axis, list) and len(axis) == 1:
        config["axis"] = axis[0]
