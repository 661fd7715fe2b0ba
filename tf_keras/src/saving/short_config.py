"""Configs of models as HDF5 and old JSON hold them: layers without modules."""

from tf_keras.src.serialization import registry

# Classes without a public name, by the addresses that new configs hold.
_PRIVATE = {
    "Functional": "tf_keras.src.engine.functional",
    **dict.fromkeys(
        (
            "ClassMethod",
            "InstanceMethod",
            "InstanceProperty",
            "SlicingOpLambda",
            "TFOpLambda",
        ),
        "tf_keras.src.layers.core.tf_op_layer",
    ),
}
_DROPPED = ("module", "registered_name", "build_config", "compile_config")


def shorten(config):
    """Returns a full config of a model in the short form.

    The model and its layers lose module and build shapes; what else layers
    hold keeps the full form.

    Args:
        config: What `serialize_keras_object` returned for a model or layer.
    """
    short = {
        "class_name": _short_name(config),
        "config": _map_layers(shorten, config["config"]),
    }
    rest = {k: v for k, v in config.items() if k not in (*short, *_DROPPED)}
    return {**short, **rest}


def lengthen(config):
    """Returns a short config of a model or layer in the full form.

    Args:
        config: A dict with `class_name` and `config`. What is in the full
            form already stays.
    """
    name = config["class_name"]
    config = {**config, "config": _map_layers(lengthen, config["config"])}
    config["config"] = _map_wrapped(config["config"])
    if "module" in config or "registered_name" in config:
        return config
    module = _PRIVATE.get(name, "keras.layers")
    return {"module": module, "registered_name": name, **config}


def _map_wrapped(config):
    """Lengthens the configs of the layers that a wrapper holds."""
    if not isinstance(config, dict):
        return config
    wrapped = {
        key: lengthen(config[key])
        for key in ("layer", "backward_layer")
        if _is_config(config.get(key))
    }
    return {**config, **wrapped} if wrapped else config


def _short_name(config):
    name = config["class_name"]
    registered = config.get("registered_name")
    if registered and name != registered and ">" in registered:
        return registered
    return name


def _map_layers(change, config):
    """Changes the configs of the layers that a model's config lists."""
    if isinstance(config, list):  # A Sequential of Keras 1 and 2.0.
        return [change(layer) for layer in config]
    layers = config.get("layers") if isinstance(config, dict) else None
    if not isinstance(layers, list) or not all(map(_is_config, layers)):
        return config
    return {**config, "layers": [change(layer) for layer in layers]}


def _is_config(value):
    return (
        isinstance(value, dict) and "class_name" in value and "config" in value
    )


def deserialize(face, config, custom_objects=None):
    """Makes an object of one family from a short or full config.

    Args:
        face: The family's face, `"losses"`.
        config: The config or name.
        custom_objects: A dict from names to the user's own.
    """
    make = registry.published(f"keras.{face}", "deserialize")
    return make(config, custom_objects=custom_objects)
