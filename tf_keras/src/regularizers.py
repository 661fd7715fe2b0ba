"""Regularizers: penalties on weights and outputs, added to the loss."""

import math
import numbers
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.names import nearest
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.constructor_config import (
    constructor_config,
    missing_arguments,
)
from tf_keras.src.serialization.resolve import Family, both_spellings


class Regularizer:
    """A penalty on a tensor. The base of all regularizers.

    Write `__call__(x)`, which returns a scalar. Where the constructor keeps
    each argument under its own name, `get_config` comes for free.

    Example:

    >>> class L2OfMean(Regularizer):
    ...     def __init__(self, strength):
    ...         self.strength = strength
    ...
    ...     def __call__(self, x):
    ...         return self.strength * tf.square(tf.reduce_mean(x))
    """

    def __call__(self, x):
        """Returns the penalty; here none.

        Args:
            x: A weight or an output of a layer.
        """
        return 0.0

    def get_config(self):
        """Returns the constructor's arguments as a dict.

        Raises:
            NotImplementedError: If an argument is not kept under its name.
        """
        missing = missing_arguments(self, Regularizer)
        if missing:
            raise NotImplementedError(
                f"{type(self).__name__} needs its own `get_config()`: it does "
                f"not keep its arguments {missing} under their names."
            )
        return constructor_config(self, Regularizer)

    @classmethod
    def from_config(cls, config):
        """Makes a regularizer from what `get_config` returned.

        Args:
            config: A dict of constructor arguments.
        """
        return cls(**config)


def _checked_factor(value, name):
    """The factor as a float of float32 precision, as files hold it."""
    if not isinstance(value, numbers.Real):
        raise ValueError(
            f"`{name}` of a regularizer must be a number. "
            f"Received: {value!r} of type {type(value).__name__}."
        )
    if not math.isfinite(value):
        raise ValueError(
            f"`{name}` of a regularizer must be finite. Received: {value}."
        )
    return float(np.float32(value))


def _l1_penalty(factor, x):
    return factor * tf.reduce_sum(tf.abs(x))


def _l2_penalty(factor, x):
    return 2.0 * factor * tf.nn.l2_loss(x)


class L1L2(Regularizer):
    """Adds `l1 * sum(abs(x)) + l2 * sum(x ** 2)` to the loss.

    Args:
        l1: Factor of the sum of absolute values.
        l2: Factor of the sum of squares.

    Raises:
        ValueError: If a factor is no finite number.
    """

    def __init__(self, l1=0.0, l2=0.0):
        self.l1 = _checked_factor(0.0 if l1 is None else l1, "l1")
        self.l2 = _checked_factor(0.0 if l2 is None else l2, "l2")

    def __call__(self, x):
        """Returns the penalty on `x`, a scalar of its dtype."""
        if not self.l1 and not self.l2:
            return tf.zeros((), x.dtype)
        if not self.l2:
            return _l1_penalty(self.l1, x)
        penalty = _l2_penalty(self.l2, x)
        return penalty + _l1_penalty(self.l1, x) if self.l1 else penalty


class L1(Regularizer):
    """Adds `l1 * sum(abs(x))` to the loss.

    Args:
        l1: Factor of the sum.
        **kwargs: `l`, the name of the factor in old files.

    Raises:
        ValueError: If the factor is no finite number.

    Example:

    >>> float(L1(0.5)(tf.constant([1.0, -3.0])))
    2.0
    """

    def __init__(self, l1=0.01, **kwargs):
        self.l1 = _checked_factor(_old_name(l1, kwargs), "l1")

    def __call__(self, x):
        """Returns the penalty on `x`, a scalar of its dtype."""
        return _l1_penalty(self.l1, x)


class L2(Regularizer):
    """Adds `l2 * sum(x ** 2)` to the loss.

    Args:
        l2: Factor of the sum.
        **kwargs: `l`, the name of the factor in old files.

    Raises:
        ValueError: If the factor is no finite number.

    Example:

    >>> float(L2(0.5)(tf.constant([1.0, -3.0])))
    5.0
    """

    def __init__(self, l2=0.01, **kwargs):
        self.l2 = _checked_factor(_old_name(l2, kwargs), "l2")

    def __call__(self, x):
        """Returns the penalty on `x`, a scalar of its dtype."""
        return _l2_penalty(self.l2, x)


def _old_name(factor, kwargs):
    factor = kwargs.pop("l", factor)
    if kwargs:
        raise TypeError(f"Unknown arguments of a regularizer: {[*kwargs]}.")
    return 0.01 if factor is None else factor


class OrthogonalRegularizer(Regularizer):
    """Pushes the rows or columns of a matrix to be orthogonal.

    The penalty is `factor` times the mean of the absolute cosines between
    all pairs of rows, or of columns.

    Args:
        factor: The weight of the penalty.
        mode: `"rows"` or `"columns"`.

    Raises:
        ValueError: For another mode, and at the call for an input that is
            not of rank 2.
    """

    def __init__(self, factor=0.01, mode="rows"):
        if mode not in ("rows", "columns"):
            raise ValueError(
                f"Unknown `mode` {mode!r} of OrthogonalRegularizer. "
                "Expected 'rows' or 'columns'."
            )
        self.factor = _checked_factor(factor, "factor")
        self.mode = mode

    def __call__(self, inputs):
        """Returns the penalty on a matrix, a scalar of its dtype."""
        if inputs.shape.rank != 2:
            raise ValueError(
                "OrthogonalRegularizer needs an input of rank 2. "
                f"Received: shape={inputs.shape}."
            )
        axis = 1 if self.mode == "rows" else 0
        units = tf.math.l2_normalize(inputs, axis=axis)
        cosines = tf.matmul(
            units, units, transpose_a=axis == 0, transpose_b=axis == 1
        )
        size = inputs.shape[1 - axis]
        off_diagonal = cosines * (1.0 - tf.eye(size, dtype=inputs.dtype))
        pairs = size * (size - 1.0) / 2.0
        total = 0.5 * tf.reduce_sum(tf.abs(off_diagonal))
        # One vector has no pair to be orthogonal to.
        return self.factor * total / max(pairs, 1.0)


def l1_l2(l1=0.01, l2=0.01):
    """Makes an `L1L2` regularizer whose factors are not zero by default.

    Args:
        l1: Factor of the sum of absolute values.
        l2: Factor of the sum of squares.
    """
    return L1L2(l1, l2)


_family = Family(
    "regularizer",
    {
        **both_spellings(L1, L2, L1L2, OrthogonalRegularizer),
        "l1_l2": L1L2,
        "orthogonal": OrthogonalRegularizer,
    },
)


def get(identifier):
    """Returns the regularizer that `identifier` means.

    Args:
        identifier: A name (`"l2"`), a config dict, a class, a function or a
            regularizer; None stays None. An unknown name is returned as it
            is, with a warning: programs give layers names as placeholders.

    Raises:
        ValueError: For another kind of value.
    """
    if identifier == "l1_l2":
        return l1_l2()
    if isinstance(identifier, str) and not _is_known(identifier):
        warnings.warn(
            f"Unknown regularizer {identifier!r}."
            f"{nearest(identifier, _family.names)} It can't be applied: the "
            "layer that gets it will fail when it is called.",
            stacklevel=2,
        )
        return identifier
    return _family.get(identifier)


def _is_known(name):
    return (
        name in _family.names
        or registry.get_registered_object(name) is not None
    )


def serialize(regularizer, use_legacy_format=False):
    """Returns the config of a regularizer.

    Args:
        regularizer: A regularizer, a function or None.
        use_legacy_format: Whether to return the short form of older files.
    """
    return _family.serialize(regularizer, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Makes the regularizer that a config or name describes.

    Args:
        config: What `serialize` returned, or a name.
        custom_objects: A dict from names to own regularizers.
        use_legacy_format: Whether the config is in the short form.
    """
    if config == "l1_l2":
        return l1_l2()
    return _family.deserialize(config, custom_objects, use_legacy_format)
