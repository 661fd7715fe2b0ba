"""Configs as `.keras` files hold them: as every Keras reads them.

Keras 3 refuses arguments that it doesn't know. Those are left out where they
have their usual value, so that reading fills it in.
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
    "MultiHeadAttention": {
        "key_shape": _ANY,
        "query_shape": _ANY,
        "softmax_robust_masking": False,
        "value_shape": _ANY,
    },
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
_UNSET = ("jit_compile", "run_eagerly", "steps_per_execution")
_FUNCTIONAL = "tf_keras.src.engine.functional"


def for_every_keras(config):
    """Returns a full config as the published package and Keras 3 read it.

    Args:
        config: What `serialize_keras_object` returned.
    """
    if isinstance(config, (list, tuple)):
        return [for_every_keras(value) for value in config]
    if not isinstance(config, dict):
        return config
    made = {key: for_every_keras(value) for key, value in config.items()}
    if not {"module", "class_name", "config"} <= set(config):
        return made
    module, name = config["module"], config["class_name"]
    if (module, name) == (_FUNCTIONAL, "Functional"):
        made.update(module="keras", class_name="Model", registered_name=None)
    elif isinstance(config["config"], dict):
        usual = _USUAL_OF_FACE.get(module, {})
        if str(module).startswith("keras.layers"):
            usual = _USUAL.get(name, {})
        made["config"] = {
            key: value
            for key, value in made["config"].items()
            if key not in usual or usual[key] not in (_ANY, value)
        }
    if name == "MultiHeadAttention":
        made.pop("build_config", None)  # It tells one shape of three.
    elif name == "BatchNormalization":
        _unwrap_axis(made["config"])
    if isinstance(made.get("compile_config"), dict):
        made["compile_config"] = {
            key: value
            for key, value in made["compile_config"].items()
            if key not in _UNSET or value is not None
        }
    return made


def _unwrap_axis(config):
    """Writes one axis as a number and not as a list of one."""
    axis = config.get("axis")
    if isinstance(axis, list) and len(axis) == 1:
        config["axis"] = axis[0]
