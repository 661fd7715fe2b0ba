"""Configs of models and of compiling, from Keras 1 to 2.15, as of today."""

import functools
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy import keras1_config, keras1_merge
from tf_keras.src.legacy.tensorflow_op_layers import op_layer_of_today
from tf_keras.src.serialization import registry

_CUDNN = {
    "CuDNNGRU": ("GRU", {"reset_after": True}),
    "CuDNNLSTM": ("LSTM", {"activation": "tanh"}),
}
# tf.keras 1.13 to 2.0 showed which of two classes made a layer.
_RENAMED = {
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "UnifiedGRU": "GRU",
    "UnifiedLSTM": "LSTM",
}
_ATTENTION = ("AdditiveAttention", "Attention")
_MODELS = ("Functional", "Model", "Sequential")


def model_of_today(config, origin):
    """Returns a model's config in the form of today.

    Args:
        config: A dict with `class_name` and `config`.
        origin: Which release wrote it.
    """
    if origin.numbers[:1] >= (3,):
        return config
    is_first = origin.numbers[:1] == (1,) or (
        not origin.numbers and keras1_config.is_of_keras_1(config)
    )
    if is_first:
        ordering = keras1_config.ordering_of(config)
        of_layer = functools.partial(
            keras1_config.layer_of_today, ordering=ordering
        )
    else:
        of_layer = _layer_of_keras_2
    return _convert(config, of_layer)


def _convert(config, of_layer):
    """Converts a layer or model, and what it holds."""
    name = config.get("class_name")
    inner = config.get("config")
    if name == "Sequential":
        layers = inner.get("layers") if isinstance(inner, dict) else inner
        if keras1_merge.begins_with_merge(layers):
            return _convert(
                {**config, **keras1_merge.as_functional(inner)}, of_layer
            )
        layers = [_convert(layer, of_layer) for layer in layers]
        if isinstance(inner, dict):
            layers = {**inner, "layers": layers}
        return {**config, "config": layers}
    if name in _MODELS and isinstance(inner, dict) and "layers" in inner:
        layers = [
            new for old in inner["layers"] for new in _entries(old, of_layer)
        ]
        return {**config, "config": {**inner, "layers": layers}}
    if registry.get_registered_object(name) is not None:
        return config
    new = of_layer(config)
    inner = new["config"]
    if isinstance(inner, dict):
        held = {
            key: _convert(inner[key], of_layer)
            for key in ("layer", "backward_layer", "cell")
            if _is_config(inner.get(key))
        }
        if isinstance(inner.get("cells"), list):
            held["cells"] = [_convert(c, of_layer) for c in inner["cells"]]
        new = {**new, "config": {**inner, **held}}
    return new


def _is_config(value):
    return isinstance(value, dict) and {"class_name", "config"} <= set(value)


def _entries(config, of_layer):
    """The layers of today that stand for one of a functional model."""
    if config["class_name"] == "Merge":
        return keras1_merge.merge_of_today(
            config, config.get("inbound_nodes", [])
        )
    if config["class_name"] == "TensorFlowOpLayer":
        if registry.get_registered_object("TensorFlowOpLayer") is None:
            return [op_layer_of_today(config)]
    return [_convert(config, of_layer)]


def _layer_of_keras_2(config):
    name, inner = config["class_name"], config["config"]
    if not isinstance(inner, dict):
        return config
    keras1_config.refuse_removed(name, inner.get("name"))
    inner = {key: _without_arrays(value) for key, value in inner.items()}
    name = _RENAMED.get(name, name)
    if name in _CUDNN:
        name, arguments = _CUDNN[name]
        inner = {**inner, "recurrent_activation": "sigmoid", **arguments}
    elif name in ("GRU", "GRUCell"):
        inner = {"reset_after": False, **inner}
    elif name == "Flatten":
        inner = {"data_format": "channels_last", **inner}
    elif name == "Embedding" and "int" in str(inner.get("dtype")):
        inner = {key: v for key, v in inner.items() if key != "dtype"}
    new = {**config, "class_name": name, "config": inner}
    if name in _ATTENTION and "causal" in inner:
        return _attention(new)
    return new


def _without_arrays(value):
    """Arrays, such as arguments of a Lambda, for what stands for them."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"type", "value"} and value["type"] == "ndarray":
        array = np.array(value["value"])
        return array if array.ndim else array.item()
    return {key: _without_arrays(item) for key, item in value.items()}


def _attention(config):
    """Causal attention is an argument of the call today."""
    if config["config"].pop("causal") and config.get("inbound_nodes"):
        config["inbound_nodes"] = [
            [
                [*tensor[:3], {**dict(*tensor[3:4]), "use_causal_mask": True}]
                for tensor in call
            ]
            for call in config["inbound_nodes"]
        ]
    return config


# How a model was compiled ----------------------------------------------------

_REMOVED_METRICS = frozenset(
    {
        *("f1score", "fbeta_score", "fmeasure", "fscore"),
        *("matthews_correlation", "precision", "recall"),
    }
)


def is_standalone(origin):
    """Whether the package `keras` wrote a file, before it became tf.keras.

    Args:
        origin: Which release wrote it.
    """
    is_old = origin.numbers < (2, 4) and "-tf" not in str(origin.version)
    return is_old and bool(origin.numbers)


def training_of_today(config, origin):
    """Returns in the form of today how a model was compiled.

    Args:
        config: The dict that a file holds.
        origin: Which release wrote it.
    """
    config = dict(config)
    for key in ("metrics", "weighted_metrics"):
        config[key] = _without_removed(config.get(key))
    config["loss"] = _map_names(
        functools.partial(_loss_of_today, origin=origin), config.get("loss")
    )
    optimizer = config.get("optimizer_config")
    if is_standalone(origin) and _is_config(optimizer):
        inner = dict(optimizer["config"])
        if "clipnorm" in inner:  # It meant all gradients together.
            inner["global_clipnorm"] = inner.pop("clipnorm")
            if "clipvalue" in inner:
                inner["clips_values_last"] = True
        config["optimizer_config"] = {**optimizer, "config": inner}
    return config


def _map_names(function, nest):
    if isinstance(nest, dict):
        return {key: _map_names(function, v) for key, v in nest.items()}
    if isinstance(nest, list):
        return [_map_names(function, value) for value in nest]
    return function(nest) if isinstance(nest, str) else nest


def _loss_of_today(name, origin):
    if name in ("cosine", "cosine_proximity"):
        if is_standalone(origin) and origin.numbers < (2, 1):
            return cosine_proximity
        return "cosine_similarity"
    return name


def cosine_proximity(y_true, y_pred):
    """Computes the negative mean, over features, of normalised products.

    Args:
        y_true: The targets.
        y_pred: The predictions, of the same shape.
    """
    targets = tf.math.l2_normalize(tf.cast(y_true, y_pred.dtype), -1)
    outputs = tf.math.l2_normalize(y_pred, -1)
    return -tf.reduce_mean(targets * outputs, -1)


def _without_removed(metrics):
    """The metrics without those that no release since 2.0 has."""
    if isinstance(metrics, dict):
        return {key: _without_removed(value) for key, value in metrics.items()}
    if not isinstance(metrics, list):
        return metrics
    gone = [m for m in metrics if isinstance(m, str) and _is_removed(m)]
    if gone:
        warnings.warn(
            f"The file was compiled with the metrics {gone}, which Keras 2 "
            "removed. They are left out. To keep them, pass functions of these "
            "names in `custom_objects`.",
            stacklevel=2,
        )
    return [_without_removed(m) for m in metrics if m not in gone]


def _is_removed(name):
    is_known = registry.get_registered_object(name) is not None
    return name in _REMOVED_METRICS and not is_known
