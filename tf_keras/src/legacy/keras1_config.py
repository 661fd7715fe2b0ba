"""Configs of Keras 1 in the words of today.

Tables say what was renamed; a few functions change values.
"""

import warnings

from tf_keras.src.serialization import registry

CLASSES = {
    "ActivityRegularizer": "ActivityRegularization",
    "AtrousConv1D": "Conv1D",
    "AtrousConv2D": "Conv2D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution2DTranspose": "Conv2DTranspose",
    "Convolution3D": "Conv3D",
    "Deconv2D": "Conv2DTranspose",
    "Deconv3D": "Conv3DTranspose",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SeparableConvolution2D": "SeparableConv2D",
}
# Layers that are gone, and what to write instead.
REMOVED = {
    "EigenvalueRegularizer": "a regularizer of your own",
    "Graph": "a functional `Model(inputs, outputs)`",
    "Highway": "a layer of your own that returns `gate * activation(x W + b) "
    "+ (1 - gate) * x`, with `gate = sigmoid(x W_carry + b_carry)`",
    "MaxoutDense": "`Dense(units * features)`, `Reshape((features, units))` "
    "and `Lambda(lambda x: tf.reduce_max(x, axis=1))`",
    "ParametricSoftplus": "a layer of your own that returns "
    "`alpha * softplus(beta * x)`",
    "SReLU": "`PReLU`, or a layer of your own with the four thresholds",
}
_WITHOUT_CLASS = ("Merge", "TimeDistributedDense")
_ARGUMENTS = {
    "U_regularizer": "recurrent_regularizer",
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "atrous_rate": "dilation_rate",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "bias": "use_bias",
    "border_mode": "padding",
    "consume_less": "implementation",
    "dim_ordering": "data_format",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "filter_length": "kernel_size",
    "init": "kernel_initializer",
    "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer",
    "input_dtype": "dtype",
    "nb_filter": "filters",
    "output_dim": "units",
    "subsample": "strides",
    "subsample_length": "strides",
}
# Beside these, and instead of them for some classes.
_ARGUMENTS_OF = {
    "Dropout": {"p": "rate"},
    "Embedding": {
        "W_constraint": "embeddings_constraint",
        "W_regularizer": "embeddings_regularizer",
        "init": "embeddings_initializer",
        "output_dim": "output_dim",
    },
    "GaussianDropout": {"p": "rate"},
    "GaussianNoise": {"sigma": "stddev"},
    "PReLU": {"init": "alpha_initializer"},
    "UpSampling1D": {"length": "size"},
    **dict.fromkeys(
        ("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
        {"p": "rate"},
    ),
    **dict.fromkeys(
        ("AveragePooling1D", "MaxPooling1D"),
        {"pool_length": "pool_size", "stride": "strides"},
    ),
}
_KERNEL_SIZES = (
    ("nb_row", "nb_col"),
    ("kernel_dim1", "kernel_dim2", "kernel_dim3"),
)
# Keras 1 did not write the ordering for all of these.
_ORDERED = frozenset(
    f"{name}{rank}D"
    for name in (
        *("Cropping", "SpatialDropout", "UpSampling", "ZeroPadding"),
        *("AveragePooling", "MaxPooling"),
        *("GlobalAveragePooling", "GlobalMaxPooling"),
    )
    for rank in (2, 3)
)
_RECURRENT = ("SimpleRNN", "LSTM", "GRU", "ConvLSTM2D")
_OF_KERAS_1 = frozenset(
    {
        *(set(_ARGUMENTS) - {"bias", "output_dim"}),
        *("nb_row", "kernel_dim1", "pool_length", "sigma"),
        *("p", "transform_bias", "nb_feature", "mode_type", "alpha_init"),
        *("forget_bias_init", "t_left_init"),
    }
)
_ORDERINGS = {"th": "channels_first", "tf": "channels_last"}
_IMPLEMENTATIONS = {"cpu": 0, "mem": 1, "gpu": 2}
_INITIALIZERS = {
    "orthogonal": {"class_name": "Orthogonal", "config": {"gain": 1.1}},
    "normal": "random_normal",
    "uniform": "random_uniform",
}
_PENALTIES = {
    "ActivityRegularizer": "L1L2",
    "L1L2Regularizer": "L1L2",
    "MaxNorm": "MaxNorm",
    "MinMaxNorm": "MinMaxNorm",
    "NonNeg": "NonNeg",
    "UnitNorm": "UnitNorm",
    "WeightRegularizer": "L1L2",
}
_PENALTY_ARGUMENTS = {"high": "max_value", "low": "min_value", "m": "max_value"}


def is_of_keras_1(config):
    """Whether the arguments of any layer of a config are those of Keras 1.

    Args:
        config: Any plain data.
    """
    if isinstance(config, list):
        return any(is_of_keras_1(value) for value in config)
    if not isinstance(config, dict):
        return False
    inner = config.get("config")
    if isinstance(inner, dict) and "class_name" in config:
        if not _OF_KERAS_1.isdisjoint(inner) and _is_plain_layer(config):
            return True
    return any(
        is_of_keras_1(value)
        for value in config.values()
        if isinstance(value, (dict, list))
    )


def _is_plain_layer(config):
    """Whether a layer's class is one whose arguments have changed."""
    name, inner = config["class_name"], config["config"]
    if name in ("Embedding", "LSTM", "GRU", "SimpleRNN"):
        return "init" in inner
    is_gone = name in CLASSES or name in REMOVED or name in _WITHOUT_CLASS
    return is_gone or registry.published("keras.layers", name) is not None


def ordering_of(config):
    """Returns the one `data_format` that all layers of a model name, or None.

    Args:
        config: Any plain data.
    """
    found = set()
    _collect_orderings(config, found)
    return _ORDERINGS.get(found.pop()) if len(found) == 1 else None


def _collect_orderings(config, found):
    values = config.values() if isinstance(config, dict) else config
    if isinstance(config, dict) and "dim_ordering" in config:
        found.add(config["dim_ordering"])
    for value in values:
        if isinstance(value, (dict, list)):
            _collect_orderings(value, found)


def layer_of_today(config, ordering=None):
    """Returns the config of a layer that is no model and no merge.

    Args:
        config: A dict with `class_name` and `config`.
        ordering: The `data_format` for layers whose config names none.

    Raises:
        ValueError: For a layer, or a way of using one, that is gone.
    """
    name = config["class_name"]
    old = config["config"]
    if not isinstance(old, dict):
        return config
    refuse_removed(name, old.get("name"))
    if name == "TimeDistributedDense":
        return _time_distributed_dense(config, ordering)
    name = CLASSES.get(name, name)
    new = _renamed(name, old)
    for change in (_change_sizes, _change_values, _change_special):
        change(name, new, old)
    if name in _ORDERED and new.get("data_format") is None:
        new["data_format"] = ordering
    return {**config, "class_name": name, "config": new}


def refuse_removed(name, layer_name):
    if name in REMOVED:
        raise ValueError(
            f"Layer {layer_name!r} is a {name}, which Keras 1 had and Keras "
            f"2 removed. Use {REMOVED[name]}, and pass a class of that name in "
            "`custom_objects` to load this file."
        )


def _time_distributed_dense(config, ordering):
    old = dict(config["config"])
    outer = {
        key: old.pop(key)
        for key in ("batch_input_shape", "input_dtype", "trainable")
        if key in old
    }
    outer["name"] = old["name"]
    inner = {"class_name": "Dense", "config": {**old, "name": "dense"}}
    outer["layer"] = layer_of_today(inner, ordering)
    if "input_dtype" in outer:
        outer["dtype"] = outer.pop("input_dtype")
    return {**config, "class_name": "TimeDistributed", "config": outer}


def _renamed(name, old):
    names = {**_ARGUMENTS, **_ARGUMENTS_OF.get(name, {})}
    return {names.get(key, key): value for key, value in old.items()}


def _change_sizes(name, new, old):
    for keys in _KERNEL_SIZES:
        if keys[0] in new:
            new["kernel_size"] = [new.pop(key) for key in keys]
    if name != "Embedding":
        new.pop("input_dim", None)
        new.pop("input_length", None)
    if name.startswith("ZeroPadding"):
        new["padding"] = _padding_of_today(name, old.get("padding", 1))


def _padding_of_today(name, padding):
    if isinstance(padding, dict):
        if name == "ZeroPadding1D":
            return [padding.get("left_pad", 0), padding.get("right_pad", 0)]
        get = padding.get
        return [
            [get("top_pad", 0), get("bottom_pad", 0)],
            [get("left_pad", 0), get("right_pad", 0)],
        ]
    if isinstance(padding, (list, tuple)) and len(padding) == 4:
        return [list(padding[:2]), list(padding[2:])]
    return padding


def _change_values(name, new, old):
    if "data_format" in new:
        new["data_format"] = _ORDERINGS.get(new["data_format"])
    if "implementation" in new:
        new["implementation"] = _IMPLEMENTATIONS.get(new["implementation"], 1)
    for key, value in new.items():
        if key.endswith("_initializer") and isinstance(value, str):
            new[key] = _INITIALIZERS.get(value, value)
        elif key.endswith(("_regularizer", "_constraint")):
            new[key] = _penalty_of_today(value)
    # The dtype that Keras 1 wrote is the input's; weights were floats.
    if name != "InputLayer" and "float" not in str(new.get("dtype", "float")):
        del new["dtype"]


def _penalty_of_today(value):
    """A flat config of a regularizer or constraint with its class apart."""
    if not isinstance(value, dict) or "name" not in value:
        return value
    arguments = dict(value)
    name = arguments.pop("name")
    refuse_removed(name, name)
    arguments = {
        _PENALTY_ARGUMENTS.get(key, key): number
        for key, number in arguments.items()
    }
    return {"class_name": _PENALTIES.get(name, name), "config": arguments}


def _change_special(name, new, old):
    if name == "BatchNormalization":
        _change_batch_normalization(new, old)
    elif name in _RECURRENT:
        forget = new.pop("forget_bias_init", None)
        if forget is not None:
            new["unit_forget_bias"] = forget == "one"
        if name == "GRU":
            new["reset_after"] = False
    elif name in ("Conv2DTranspose", "Conv3DTranspose"):
        _change_output_shape(new, old)
    elif name == "SeparableConv2D" and "kernel_initializer" in new:
        first = new.pop("kernel_initializer")
        new["depthwise_initializer"] = new["pointwise_initializer"] = first
    elif name == "Flatten":
        new["data_format"] = "channels_last"  # Keras 1 kept the memory's order.
    elif name == "Embedding" and new.pop("dropout", 0):
        warnings.warn(
            f"Layer {old.get('name')!r}: embeddings have no dropout any more, "
            "so training differs. Put a SpatialDropout1D after it.",
            stacklevel=2,
        )


def _change_batch_normalization(new, old):
    mode = new.pop("mode", 0)
    if mode:
        instead = {
            1: "`LayerNormalization`, which also normalises each sample",
            2: "`BatchNormalization` called with `training=True`",
        }
        raise ValueError(
            f"Layer {old.get('name')!r} is a BatchNormalization with "
            f"mode={mode}, which Keras 1 had and Keras 2 removed. Use "
            f"{instead.get(mode, 'mode 0')}."
        )
    for key in ("beta", "gamma"):
        if f"{key}_init" in new:
            new[f"{key}_initializer"] = new.pop(f"{key}_init")


def _change_output_shape(new, old):
    """Keras 1 took from the caller what is computed today."""
    shape = new.pop("output_shape", None)
    batch_shape = old.get("batch_input_shape")
    if shape is None or new.get("padding") != "same" or batch_shape is None:
        return
    axes = slice(2, None) if old.get("dim_ordering") == "th" else slice(1, -1)
    sizes, wanted = batch_shape[axes], shape[axes]
    strides = new.get("strides") or [1] * len(sizes)
    if None in sizes or None in wanted:
        return
    kernel = new["kernel_size"]
    padding = [
        w - ((s - 1) * stride + k - 2 * (k // 2))
        for w, s, stride, k in zip(wanted, sizes, strides, kernel)
    ]
    if all(0 <= p < stride for p, stride in zip(padding, strides)):
        default = [s * stride for s, stride in zip(sizes, strides)]
        if default != list(wanted):
            new["output_padding"] = padding
