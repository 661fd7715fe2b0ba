"""Slopes and thresholds: the constants of activation layers."""

import numpy as np

from tf_keras.src.foundation import config


def as_float(value, name, layer):
    """Returns a layer's argument as a float of `floatx()` precision.

    Raises:
        ValueError: If it is None.
    """
    if value is None:
        raise ValueError(
            f"{layer} needs a number as `{name}`. Received: {name}=None."
        )
    precision = config.floatx()
    if precision == "bfloat16":  # NumPy does not know it by this name.
        return float(value)
    return float(np.asarray(value, dtype=precision))


def not_negative(value, name, layer):
    """Returns a layer's argument as `as_float` does.

    Raises:
        ValueError: If it is negative or None.
    """
    if value is None or value < 0:
        raise ValueError(
            f"{layer} needs a `{name}` of 0 or more. Received: {name}={value}."
        )
    return as_float(value, name, layer)
