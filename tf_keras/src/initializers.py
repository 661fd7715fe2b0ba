"""Initializers: the first values of weights."""

import math
import warnings

import tensorflow as tf

from tf_keras.src.backend.random import folded_seed
from tf_keras.src.foundation import config
from tf_keras.src.foundation.seeds import draw_seed
from tf_keras.src.serialization.constructor_config import constructor_config
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.resolve import Family, both_spellings

_PARTITION_ARGUMENTS = ("partition_shape", "partition_offset")
_ARGUMENTS = (*_PARTITION_ARGUMENTS, "layout")


class Initializer:
    """Makes the first value of a weight. The base of all initializers.

    Write `__call__(shape, dtype=None, **kwargs)`. Where the constructor keeps
    each argument under its own name, `get_config` comes for free.

    Example:

    >>> class Steps(Initializer):
    ...     def __init__(self, step):
    ...         self.step = step
    ...
    ...     def __call__(self, shape, dtype=None, **kwargs):
    ...         numbers = tf.range(math.prod(shape), dtype=dtype)
    ...         return tf.reshape(numbers, shape) * self.step
    """

    def __call__(self, shape, dtype=None, **kwargs):
        """Returns a tensor of this shape.

        Args:
            shape: Shape of the weight.
            dtype: Type of the weight; `floatx()` by default.
            **kwargs: `partition_shape` and `partition_offset` ask for one
                part of a weight that is kept in parts; `layout` asks for a
                DTensor.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must write `__call__(self, shape, "
            "dtype=None, **kwargs)`, which returns the first value of a "
            "weight."
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return constructor_config(self, Initializer)

    @classmethod
    def from_config(cls, config):
        """Makes an initializer from what `get_config` returned.

        Args:
            config: A dict of constructor arguments. Files of Keras 2.0 also
                hold `dtype`, which is passed over.
        """
        return cls(**{k: v for k, v in config.items() if k != "dtype"})


class _BuiltIn(Initializer):
    """Checks the arguments of a call once, for all initializers below."""

    accepts = "numeric or boolean"
    takes_parts = True

    def __call__(self, shape, dtype=None, **kwargs):
        """Returns a tensor of this shape.

        Args:
            shape: Shape of the weight.
            dtype: Type of the weight; `floatx()` by default.
            **kwargs: `partition_shape` and `partition_offset` ask for one
                part of a weight that is kept in parts; `layout` asks for a
                DTensor.

        Raises:
            TypeError: For another keyword.
            ValueError: For a dtype that has no such values.
        """
        dtype = tf.as_dtype(dtype or config.floatx())
        if not _DTYPE_TESTS[self.accepts](dtype):
            raise ValueError(
                f"{type(self).__name__} expected a {self.accepts} dtype. "
                f"Received: dtype={dtype.name!r}."
            )
        if type(shape) is not tuple:
            shape = tuple(tf.TensorShape(shape))
        if not kwargs:
            return self._values(shape, dtype)
        self._check(kwargs)
        layout = kwargs.get("layout")
        part = kwargs.get("partition_shape")
        offset = kwargs.get("partition_offset")
        if layout is not None:
            return self._distributed(shape, dtype, layout)
        if part is None:
            return self._values(shape, dtype)
        return self._part(shape, dtype, tuple(part), offset)

    def _check(self, kwargs):
        unknown = [name for name in kwargs if name not in _ARGUMENTS]
        if unknown:
            raise TypeError(
                f"{type(self).__name__} was called with unknown arguments "
                f"{unknown}. Known beside `shape` and `dtype`: "
                f"{list(_ARGUMENTS)}."
            )
        if not self.takes_parts and any(
            kwargs.get(name) is not None for name in _PARTITION_ARGUMENTS
        ):
            raise ValueError(
                f"{type(self).__name__} can't make one part of a weight: "
                "the parts depend on each other. Choose another initializer "
                "or keep this weight in one part."
            )

    def _values(self, shape, dtype):
        """The tensor, of checked dtype."""
        raise NotImplementedError

    def _distributed(self, shape, dtype, layout):
        """The tensor as a DTensor; the layout does not change its values."""
        dtensor = tf.experimental.dtensor
        everywhere = dtensor.Layout.replicated(layout.mesh, rank=len(shape))
        values = dtensor.copy_to_mesh(self._values(shape, dtype), everywhere)
        return dtensor.relayout(values, layout)

    def _part(self, shape, dtype, part, offset):
        """One part of the tensor; where parts are alike, a smaller tensor."""
        return self._values(part, dtype)


def _is_number_or_bool(dtype):
    return (
        dtype.is_floating
        or dtype.is_integer
        or dtype.is_complex
        or (dtype == tf.bool)
    )


_DTYPE_TESTS = {
    "numeric or boolean": _is_number_or_bool,
    "floating-point": lambda dtype: dtype.is_floating,
    "floating-point or integer": (
        lambda dtype: dtype.is_floating or dtype.is_integer
    ),
    "valid": lambda dtype: True,
}


# Fixed values ----------------------------------------------------------------


class Zeros(_BuiltIn):
    """Fills a weight with zeros.

    Example:

    >>> Zeros()((2, 3)).shape
    TensorShape([2, 3])
    """

    def _values(self, shape, dtype):
        return _filled(shape, dtype, 0)


class Ones(_BuiltIn):
    """Fills a weight with ones."""

    def _values(self, shape, dtype):
        return _filled(shape, dtype, 1)


def _filled(shape, dtype, value):
    value = bool(value) if dtype == tf.bool else value
    return tf.fill(_vector(shape, tf.int32), tf.constant(value, dtype))


def _vector(integers, dtype):
    """Integers as a tensor: operations take that faster than a tuple."""
    return tf.constant(integers, dtype)


class Constant(_BuiltIn):
    """Fills a weight with one value, or gives it the values of an array.

    Args:
        value: A scalar; or a list or array of as many values as the weight
            has.
    """

    accepts = "valid"

    def __init__(self, value=0):
        self.value = value

    def _values(self, shape, dtype):
        return tf.constant(self.value, dtype=dtype, shape=shape)

    def get_config(self):
        """Returns `value`."""
        return {"value": self.value}

    @classmethod
    def from_config(cls, config):
        """Makes the initializer from its config."""
        return cls(deserialize_keras_object(config.get("value", 0)))


class Identity(_BuiltIn):
    """Makes an identity matrix, not necessarily square, times `gain`.

    Args:
        gain: The number on the diagonal.

    Raises:
        ValueError: At the call, for a shape that is not of rank 2.
    """

    accepts = "floating-point"
    takes_parts = False

    def __init__(self, gain=1.0):
        self.gain = gain

    def _values(self, shape, dtype):
        if len(shape) != 2:
            raise ValueError(
                "Identity makes matrices only, of rank 2. "
                f"Received: shape={tuple(shape)} of rank {len(shape)}."
            )
        return self.gain * tf.eye(*shape, dtype=dtype)


# Random values ---------------------------------------------------------------


class _Random(_BuiltIn):
    """Random values: the seed, and what it means to call twice.

    With a seed each call gives the same numbers. Without one each call draws
    new ones; `tf_keras.utils.set_random_seed` fixes what is drawn.
    """

    accepts = "floating-point"
    _drawn = None

    def _next_seed(self):
        if self.seed is not None:
            return self.seed
        if self._drawn is not None:
            warnings.warn(
                f"{type(self).__name__} has no seed and is called more than "
                "once. Each call draws new numbers. Give it a `seed` for the "
                "same numbers, or make one initializer for each weight.",
                stacklevel=4,
            )
        self._drawn = draw_seed()
        return self._drawn

    def _values(self, shape, dtype):
        seed = self._next_seed()
        if tf.is_tensor(seed):
            seed = tf.stack([seed, 0])
        else:
            seed = _vector([seed, 0], tf.int64)
        return self._draw(shape, dtype, seed, shape)

    def _part(self, shape, dtype, part, offset):
        # All parts share a seed; where a part lies makes its numbers its own.
        if self.seed is None and self._drawn is None:
            self._drawn = draw_seed()
        seed = self._drawn if self.seed is None else self.seed
        nonce = hash(tuple(offset)) if offset is not None else None
        return self._draw(part, dtype, folded_seed(seed, nonce), shape)

    def _draw(self, shape, dtype, seed, whole_shape):
        """Numbers from a seed of two integers; fans are of `whole_shape`."""
        raise NotImplementedError


# The raw operations give the numbers of `tf.random.stateless_*` in a third of
# the time, and a model's every weight passes here.


def _normal(shape, dtype, seed, mean, stddev):
    numbers = tf.raw_ops.StatelessRandomNormal(
        shape=_vector(shape, tf.int32), seed=seed, dtype=dtype
    )
    return _shifted(tf.multiply(numbers, stddev), mean)


def _truncated_normal(shape, dtype, seed, mean, stddev):
    numbers = tf.raw_ops.StatelessTruncatedNormal(
        shape=_vector(shape, tf.int32), seed=seed, dtype=dtype
    )
    return _shifted(tf.multiply(numbers, stddev), mean)


def _shifted(numbers, mean):
    is_zero = isinstance(mean, (int, float)) and not mean
    return numbers if is_zero else tf.add(numbers, mean)


def _uniform(shape, dtype, seed, minval, maxval):
    if dtype.is_integer:
        return tf.random.stateless_uniform(shape, seed, minval, maxval, dtype)
    numbers = tf.raw_ops.StatelessRandomUniform(
        shape=_vector(shape, tf.int32), seed=seed, dtype=dtype
    )
    return tf.add(tf.multiply(numbers, maxval - minval), minval)


class RandomNormal(_Random):
    """Draws from a normal distribution.

    Args:
        mean: Mean of the distribution.
        stddev: Standard deviation of the distribution.
        seed: An integer, or None. With a seed each call gives the same
            numbers; without, each call draws new ones and warns.
    """

    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean = mean
        self.stddev = stddev
        self.seed = seed

    def _draw(self, shape, dtype, seed, whole_shape):
        return _normal(shape, dtype, seed, self.mean, self.stddev)


class RandomUniform(_Random):
    """Draws from a uniform distribution over [minval, maxval).

    Args:
        minval: Smallest number.
        maxval: Bound of the numbers.
        seed: As in `RandomNormal`.
    """

    accepts = "floating-point or integer"

    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval = minval
        self.maxval = maxval
        self.seed = seed

    def _draw(self, shape, dtype, seed, whole_shape):
        return _uniform(shape, dtype, seed, self.minval, self.maxval)


class TruncatedNormal(_Random):
    """Draws from a normal distribution, again beyond two deviations.

    Args:
        mean: Mean of the distribution before truncation.
        stddev: Standard deviation before truncation.
        seed: As in `RandomNormal`.
    """

    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean = mean
        self.stddev = stddev
        self.seed = seed

    def _draw(self, shape, dtype, seed, whole_shape):
        return _truncated_normal(shape, dtype, seed, self.mean, self.stddev)


_MODES = ("fan_in", "fan_out", "fan_avg")
_DISTRIBUTIONS = ("truncated_normal", "untruncated_normal", "uniform")
# Standard deviation of a standard normal cut at two deviations.
_TRUNCATED_STDDEV = 0.87962566103423978


class VarianceScaling(_Random):
    """Draws with a variance that fits the number of inputs or outputs.

    The variance is `scale / n`, so that signals keep their size from layer
    to layer.

    Args:
        scale: A positive number.
        mode: What `n` counts: `"fan_in"` the inputs of a unit, `"fan_out"`
            its outputs, `"fan_avg"` the mean of both.
        distribution: `"truncated_normal"` (also `"normal"`),
            `"untruncated_normal"` or `"uniform"`.
        seed: As in `RandomNormal`.

    Raises:
        ValueError: For a scale that isn't positive, or an unknown word.
    """

    def __init__(
        self,
        scale=1.0,
        mode="fan_in",
        distribution="truncated_normal",
        seed=None,
    ):
        if scale <= 0.0:
            raise ValueError(
                f"`scale` must be a positive number. Received: scale={scale}."
            )
        distribution = distribution.lower()
        if distribution == "normal":
            distribution = "truncated_normal"
        for name, value, known in (
            ("mode", mode, _MODES),
            ("distribution", distribution, _DISTRIBUTIONS),
        ):
            if value not in known:
                raise ValueError(
                    f"Invalid `{name}` {value!r} of {type(self).__name__}. "
                    f"Expected one of {known}."
                )
        self.scale = scale
        self.mode = mode
        self.distribution = distribution
        self.seed = seed

    def _draw(self, shape, dtype, seed, whole_shape):
        fan_in, fan_out = compute_fans(whole_shape)
        fan = {
            "fan_in": fan_in,
            "fan_out": fan_out,
            "fan_avg": (fan_in + fan_out) / 2.0,
        }[self.mode]
        variance = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * variance)
            return _uniform(shape, dtype, seed, -limit, limit)
        stddev = math.sqrt(variance)
        if self.distribution == "untruncated_normal":
            return _normal(shape, dtype, seed, 0.0, stddev)
        stddev /= _TRUNCATED_STDDEV
        return _truncated_normal(shape, dtype, seed, 0.0, stddev)


class _NamedScaling(VarianceScaling):
    """A known choice of scale, mode and distribution."""

    def get_config(self):
        """Returns `seed`, the one argument."""
        return {"seed": self.seed}


class GlorotUniform(_NamedScaling):
    """Uniform numbers, for layers with a symmetric activation.

    The limit is `sqrt(6 / (fan_in + fan_out))`: Glorot and Bengio 2010,
    https://proceedings.mlr.press/v9/glorot10a.html

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(1.0, "fan_avg", "uniform", seed)


class GlorotNormal(_NamedScaling):
    """Truncated normal numbers, for layers with a symmetric activation.

    The deviation is `sqrt(2 / (fan_in + fan_out))`: Glorot and Bengio 2010,
    https://proceedings.mlr.press/v9/glorot10a.html

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


class LecunNormal(_NamedScaling):
    """Truncated normal numbers, for `selu` layers.

    The deviation is `sqrt(1 / fan_in)`: Klambauer et al. 2017,
    https://arxiv.org/abs/1706.02515

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(1.0, "fan_in", "truncated_normal", seed)


class LecunUniform(_NamedScaling):
    """Uniform numbers within `sqrt(3 / fan_in)`.

    The variance is that of LeCun et al. 1998, Efficient BackProp.

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(1.0, "fan_in", "uniform", seed)


class HeNormal(_NamedScaling):
    """Truncated normal numbers, for `relu` layers.

    The deviation is `sqrt(2 / fan_in)`: He et al. 2015,
    https://arxiv.org/abs/1502.01852

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(2.0, "fan_in", "truncated_normal", seed)


class HeUniform(_NamedScaling):
    """Uniform numbers within `sqrt(6 / fan_in)`, for `relu` layers.

    The variance is that of He et al. 2015, https://arxiv.org/abs/1502.01852

    Args:
        seed: As in `RandomNormal`.
    """

    def __init__(self, seed=None):
        super().__init__(2.0, "fan_in", "uniform", seed)


class Orthogonal(_Random):
    """Makes a random orthogonal matrix, times `gain`.

    A weight of more axes is a matrix of its last axis against all others.
    The rows are orthogonal where they are fewer, else the columns: Saxe et
    al. 2014, https://arxiv.org/abs/1312.6120

    Args:
        gain: The number that multiplies the matrix.
        seed: As in `RandomNormal`.

    Raises:
        ValueError: At the call, for a shape of rank below 2.
    """

    takes_parts = False

    def __init__(self, gain=1.0, seed=None):
        self.gain = gain
        self.seed = seed

    def _draw(self, shape, dtype, seed, whole_shape):
        if len(shape) < 2:
            raise ValueError(
                "Orthogonal needs a shape of at least rank 2. "
                f"Received: shape={tuple(shape)} of rank {len(shape)}."
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        numbers = tf.raw_ops.StatelessRandomNormal(
            shape=_vector([max(rows, columns), min(rows, columns)], tf.int32),
            seed=seed,
            # TensorFlow decomposes no matrix of bfloat16.
            dtype=tf.float32 if dtype == tf.bfloat16 else dtype,
        )
        q, r = tf.linalg.qr(numbers)
        # With these signs the matrix is uniform over the orthogonal ones.
        q *= tf.sign(tf.linalg.diag_part(r))
        if rows < columns:
            q = tf.transpose(q)
        return self.gain * tf.cast(tf.reshape(q, shape), dtype)


def compute_fans(shape):
    """Returns how many inputs and outputs a unit of a weight has.

    Args:
        shape: Shape of the weight; a convolution kernel is
            `(*window, inputs, outputs)`.

    Returns:
        `(fan_in, fan_out)`, two integers.

    Example:

    >>> compute_fans((3, 3, 16, 32))
    (144, 288)
    """
    shape = tuple(int(size) for size in shape)
    if not shape:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    window = math.prod(shape[:-2])
    return shape[-2] * window, shape[-1] * window


_names = both_spellings(
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Identity,
    Initializer,
    LecunNormal,
    LecunUniform,
    Ones,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    VarianceScaling,
    Zeros,
)
_names.update(
    # Names of Keras 1 and of TensorFlow.
    zero=Zeros,
    one=Ones,
    normal=RandomNormal,
    uniform=RandomUniform,
    eye=Identity,
    IdentityInitializer=Identity,
)
_family = Family("initializer", _names)


def get(identifier):
    """Returns the initializer that `identifier` means.

    Args:
        identifier: A name (`"he_normal"`), a config dict, a class, a
            function or an initializer; None stays None.

    Raises:
        ValueError: For an unknown name or another kind of value.
    """
    return _family.get(identifier)


def serialize(initializer, use_legacy_format=False):
    """Returns the config of an initializer.

    Args:
        initializer: An initializer, a function or None.
        use_legacy_format: Whether to return the short form of older files.
    """
    return _family.serialize(initializer, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Makes the initializer that a config or name describes.

    Args:
        config: What `serialize` returned, or a name.
        custom_objects: A dict from names to own initializers.
        use_legacy_format: Whether the config is in the short form.
    """
    return _family.deserialize(config, custom_objects, use_legacy_format)
