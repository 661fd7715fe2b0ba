"""Process-wide settings: floatx, epsilon, image_data_format."""

import json
import os

_FLOAT_TYPES = ("float16", "bfloat16", "float32", "float64")
_IMAGE_FORMATS = ("channels_last", "channels_first")


def settings_folder():
    """Returns the folder of the user's settings and caches.

    It is `$KERAS_HOME` where that is set, else `~/.keras`, else
    `/tmp/.keras` where the home directory can't be written.
    """
    if "KERAS_HOME" in os.environ:
        return os.environ["KERAS_HOME"]
    home = os.path.expanduser("~")
    if not os.access(home, os.W_OK):
        home = "/tmp"
    return os.path.join(home, ".keras")


def _read_settings():
    """The valid entries of the user's keras.json; others keep defaults."""
    path = os.path.join(settings_folder(), "keras.json")
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):  # Absent, unreadable or not JSON.
        return {}
    return found if isinstance(found, dict) else {}


class _Settings:
    """The values that the functions below read and write."""

    def __init__(self):
        found = _read_settings()
        self.floatx = "float32"
        self.epsilon = 1e-7
        self.image_data_format = "channels_last"
        if found.get("floatx") in _FLOAT_TYPES:
            self.floatx = found["floatx"]
        if isinstance(found.get("epsilon"), float):
            self.epsilon = found["epsilon"]
        if found.get("image_data_format") in _IMAGE_FORMATS:
            self.image_data_format = found["image_data_format"]


_settings = _Settings()


def floatx():
    """Returns the default float type of weights and inputs, as a string.

    Example:

    >>> floatx()
    'float32'
    """
    return _settings.floatx


def set_floatx(value):
    """Sets the default float type.

    Args:
        value: `"float16"`, `"bfloat16"`, `"float32"` or `"float64"`. For
            16-bit types prefer `mixed_precision.set_global_policy`.

    Raises:
        ValueError: If `value` is another type.
    """
    value = getattr(value, "name", value)
    if value not in _FLOAT_TYPES:
        raise ValueError(
            f"Unknown floatx {value!r}. Expected one of {_FLOAT_TYPES}."
        )
    _settings.floatx = str(value)


def epsilon():
    """Returns the small number that keeps divisions and logarithms finite."""
    return _settings.epsilon


def set_epsilon(value):
    """Sets the small number that `epsilon` returns.

    Args:
        value: A positive float.
    """
    _settings.epsilon = value


def image_data_format():
    """Returns `"channels_last"` or `"channels_first"`, the images' default."""
    return _settings.image_data_format


def set_image_data_format(data_format):
    """Sets where images have their channels by default.

    Args:
        data_format: `"channels_last"` or `"channels_first"`.

    Raises:
        ValueError: If it is another value.
    """
    if data_format not in _IMAGE_FORMATS:
        raise ValueError(
            f"Unknown data_format {data_format!r}. "
            f"Expected one of {_IMAGE_FORMATS}."
        )
    _settings.image_data_format = str(data_format)
