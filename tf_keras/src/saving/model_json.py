"""The architecture of a model alone, as JSON."""

import json

from tf_keras.src.saving import old_files
from tf_keras.src.saving.compiling import blaming_config, in_mode
from tf_keras.src.saving.file_version import KERAS_VERSION
from tf_keras.src.saving.short_config import lengthen
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.from_config import shorten as shorten_text
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import serialize_keras_object


def to_json(model, **kwargs):
    """Returns the architecture of a model as JSON, without weights.

    Args:
        model: The model.
        **kwargs: Arguments of `json.dumps`.
    """
    config = {
        "class_name": type(model).__name__,
        "config": serialize_keras_object(model.get_config()),
        "keras_version": KERAS_VERSION,
        "backend": "tensorflow",
    }
    return json.dumps(config, **kwargs)


def model_from_json(json_string, custom_objects=None):
    """Makes a model from the architecture that `to_json` returned.

    The model has new weights and isn't compiled.

    Args:
        json_string: The JSON.
        custom_objects: A dict from names to the user's own classes.

    Returns:
        A model.

    Raises:
        ValueError: If it is no JSON of a model, or would run code.
        TypeError: If a class isn't known.

    Example:

    >>> copy = model_from_json(model.to_json())
    """
    try:
        config = json.loads(json_string)
    except RecursionError as error:
        raise ValueError(
            "The JSON of the model nests too deep to be one."
        ) from error
    except ValueError as error:
        raise ValueError(
            f"The text is no JSON of a model: {error}. Received: "
            f"{shorten_text(json_string)}"
        ) from error
    return model_from_config(config, custom_objects)


def model_from_config(config, custom_objects=None):
    """Makes a model from a dict with `class_name` and `config`.

    Args:
        config: The dict, as `to_json` writes it.
        custom_objects: A dict from names to the user's own classes.

    Returns:
        A model with new weights.

    Raises:
        ValueError: If the dict describes no model, or would run code.
        TypeError: For a list, and if a class isn't known.
    """
    if isinstance(config, list):
        raise TypeError(
            "`model_from_config` expects a dictionary, not a list. Received: "
            f"config={shorten_text(config)}. Did you mean to use "
            "`Sequential.from_config(config)`?"
        )
    if not config:
        raise ValueError(
            f"Cannot deserialize empty config. Received: config={config}"
        )
    if not isinstance(config, dict) or "class_name" not in config:
        raise ValueError(
            "Improper config format: expected a dict with `class_name` and "
            f"`config`. Received: {shorten_text(config)}"
        )
    return make_model(config, custom_objects, True, "model_from_config")


def make_model(config, custom_objects, safe_mode, where):
    """Makes a model from a config in the short or the full form.

    Args:
        config: The dict.
        custom_objects: A dict from names to the user's own classes.
        safe_mode: Whether to refuse code stored in the config.
        where: The file, for messages.
    """
    origin = old_files.Origin(
        config.get("keras_version"), config.get("backend")
    )
    with blaming_config(where, "the config"), in_mode(safe_mode):
        with custom_object_scope(custom_objects):
            new = old_files.model_config(config, origin)
        model = deserialize_keras_object(
            lengthen({"config": {}, **new}), custom_objects, safe_mode
        )
        old_files.model_made(model, config, origin)
    return model
