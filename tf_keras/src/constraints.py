"""Constraints: projections applied to a weight after an update."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation import config
from tf_keras.src.serialization.constructor_config import constructor_config
from tf_keras.src.serialization.resolve import Family, both_spellings


class Constraint:
    """Maps a weight to the nearest allowed one. The base of all constraints.

    Write `__call__(w)`. Where the constructor keeps each argument under its
    own name, `get_config` comes for free.

    Example:

    >>> class Centered(Constraint):
    ...     def __call__(self, w):
    ...         return w - tf.reduce_mean(w)
    """

    def __call__(self, w):
        """Returns the allowed weight; here `w` itself.

        Args:
            w: A variable or tensor.
        """
        return w

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return constructor_config(self, Constraint)

    @classmethod
    def from_config(cls, config):
        """Makes a constraint from what `get_config` returned.

        Args:
            config: A dict of constructor arguments.
        """
        return cls(**config)


def _norms(w, axis):
    return tf.sqrt(tf.reduce_sum(tf.square(w), axis=axis, keepdims=True))


class MaxNorm(Constraint):
    """Scales down vectors of weights that are longer than `max_value`.

    See Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html

    Args:
        max_value: The greatest length.
        axis: The axis or axes that make up one vector: 0 for `Dense`
            kernels, `[0, 1, 2]` for those of `Conv2D`.

    Example:

    >>> MaxNorm(2.0)(tf.constant([[3.0], [4.0]])).numpy().round(4)
    array([[1.2],
           [1.6]], dtype=float32)
    """

    def __init__(self, max_value=2, axis=0):
        self.max_value = max_value
        self.axis = axis

    def __call__(self, w):
        """Returns `w` with no vector longer than `max_value`."""
        norms = _norms(w, self.axis)
        allowed = tf.clip_by_value(norms, 0, self.max_value)
        return w * (allowed / (config.epsilon() + norms))


class MinMaxNorm(Constraint):
    """Scales vectors of weights to a length between two bounds.

    Args:
        min_value: The least length.
        max_value: The greatest length.
        rate: How much of the correction to apply at each step, in (0, 1];
            1 applies it in full.
        axis: The axis or axes that make up one vector.
    """

    def __init__(self, min_value=0.0, max_value=1.0, rate=1.0, axis=0):
        self.min_value = min_value
        self.max_value = max_value
        self.rate = rate
        self.axis = axis

    def __call__(self, w):
        """Returns `w` with its vectors' lengths moved into the bounds."""
        norms = _norms(w, self.axis)
        allowed = tf.clip_by_value(norms, self.min_value, self.max_value)
        aim = self.rate * allowed + (1 - self.rate) * norms
        return w * (aim / (config.epsilon() + norms))


class NonNeg(Constraint):
    """Sets negative weights to zero."""

    def __call__(self, w):
        """Returns `w` without its negative part."""
        return tf.nn.relu(w)


class UnitNorm(Constraint):
    """Scales vectors of weights to length 1.

    Args:
        axis: The axis or axes that make up one vector.
    """

    def __init__(self, axis=0):
        self.axis = axis

    def __call__(self, w):
        """Returns `w` with its vectors at length 1."""
        return w / (config.epsilon() + _norms(w, self.axis))


class RadialConstraint(Constraint):
    """Makes a convolution kernel equal along square rings about its centre.

    Each ring takes one weight of the diagonal: in a 5 by 5 kernel the centre
    takes that at `[1, 1]`, the ring about it `[2, 2]`, the border `[3, 3]`.

    Raises:
        ValueError: At the call, for a weight that is not of rank 4 with a
            square window, as kernels of `Conv2D` are.
    """

    def __call__(self, w):
        """Returns the kernel with constant rings."""
        shape = w.shape
        if shape.rank != 4:
            raise ValueError(
                "RadialConstraint needs a weight of rank 4, as the kernel of "
                f"`Conv2D` is. Received: shape={shape}."
            )
        size = shape[0]
        if size is None or size != shape[1]:
            raise ValueError(
                "RadialConstraint needs a square window. "
                f"Received: a weight of shape {shape}."
            )
        return tf.gather_nd(w, _ring_sources(size))


def _ring_sources(size):
    """Where each place of a window takes its weight: `(size, size, 2)`."""
    place = np.arange(size)
    from_centre = np.abs(2 * place - (size - 1)) // 2
    ring = np.maximum.outer(from_centre, from_centre)
    # The choice of published releases, so that trained kernels stay.
    if size % 2:
        source = np.maximum(size // 2 - 1 + ring, 0)
    else:
        source = size // 2 - 1 + ring + (ring > 0)
    return np.stack([source, source], axis=-1)


_family = Family(
    "constraint",
    {
        **both_spellings(
            Constraint, MaxNorm, MinMaxNorm, NonNeg, RadialConstraint, UnitNorm
        ),
        # Names of Keras 1.
        "maxnorm": MaxNorm,
        "minmaxnorm": MinMaxNorm,
        "nonneg": NonNeg,
        "unitnorm": UnitNorm,
    },
)


def get(identifier):
    """Returns the constraint that `identifier` means.

    Args:
        identifier: A name (`"non_neg"`), a config dict, a class, a function
            or a constraint; None stays None.

    Raises:
        ValueError: For an unknown name or another kind of value.
    """
    return _family.get(identifier)


def serialize(constraint, use_legacy_format=False):
    """Returns the config of a constraint.

    Args:
        constraint: A constraint, a function or None.
        use_legacy_format: Whether to return the short form of older files.
    """
    return _family.serialize(constraint, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Makes the constraint that a config or name describes.

    Args:
        config: What `serialize` returned, or a name.
        custom_objects: A dict from names to own constraints.
        use_legacy_format: Whether the config is in the short form.
    """
    return _family.deserialize(config, custom_objects, use_legacy_format)
