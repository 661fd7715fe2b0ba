"""Random tensors, and the generator that layers own."""

import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.backend.step_random import seed_in_step
from tf_keras.src.foundation import config
from tf_keras.src.foundation.seeds import draw_seed
from tf_keras.src.foundation.tf_internals import AutoTrackable

_STATELESS = "stateless"
_STATEFUL = "stateful"
_LEGACY_STATEFUL = "legacy_stateful"

_uses_tf_generator = False


def is_tf_random_generator_enabled():
    """Whether layers draw from `tf.random.Generator` by default.

    Otherwise they draw from TensorFlow's older seeded operations.
    """
    return _uses_tf_generator


def enable_tf_random_generator():
    """Lets layers made from now on draw from `tf.random.Generator`.

    Their random state then lives in a variable, so that checkpoints hold it.
    """
    global _uses_tf_generator
    _uses_tf_generator = True


def disable_tf_random_generator():
    """Lets layers made from now on draw from TensorFlow's older operations."""
    global _uses_tf_generator
    _uses_tf_generator = False


class RandomGenerator(AutoTrackable):
    """A source of random tensors that belongs to one object.

    Args:
        seed: An integer for the same numbers each time, or None.
        rng_type: `"stateful"` draws from a `tf.random.Generator`, whose
            state is a variable; `"stateless"` draws the same numbers at each
            call with the same `nonce`; `"legacy_stateful"` draws from
            TensorFlow's older operations. None takes what
            `enable_tf_random_generator` chose.

    Raises:
        ValueError: For another `rng_type`.

    Example:

    >>> noise = RandomGenerator(seed=3).random_normal((2, 3))
    """

    def __init__(self, seed=None, rng_type=None, **kwargs):
        self._seed = seed
        self._rng_type = _checked_type(rng_type, **kwargs)
        self._generator = None
        self._is_ready = False

    def _prepare(self):
        """Makes the state, at the first draw: not in a graph's life."""
        if self._is_ready:
            return
        self._is_ready = True
        if self._rng_type == _LEGACY_STATEFUL:
            return
        if self._rng_type == _STATELESS:
            self._seed = stateless_seed(self._seed)
            return
        with tf.init_scope():
            self._generator = tf.random.Generator.from_seed(
                draw_seed() if self._seed is None else self._seed
            )

    @property
    def rng_type(self):
        """Which of the three types it is."""
        return self._rng_type

    def state(self):
        """Returns what the next numbers depend on, or None.

        There is none before the first draw, and none but in a stateful one.
        """
        return (
            None if self._generator is None else self._generator.state.value()
        )

    def set_state(self, state):
        """Goes on from what `state()` returned; other types pass it over."""
        if self._rng_type == _STATEFUL:
            self._prepare()
            self._generator.state.assign(state)

    def make_seed_for_stateless_op(self):
        """Returns a seed of two integers for a `tf.random.stateless_*` op.

        It is the same at each call of a stateless generator, new at each call
        of a stateful one, and None for a legacy one.
        """
        self._prepare()
        if self._rng_type == _STATELESS:
            return [self._seed, 0]
        if self._rng_type == _STATEFUL:
            return self._generator.make_seeds()[:, 0]
        return None

    def make_legacy_seed(self):
        """Returns an op seed, counted up at each call; None if unseeded."""
        if self._seed is None:
            return None
        seed = self._seed
        self._seed += 1
        return seed

    def random_normal(
        self, shape, mean=0.0, stddev=1.0, dtype=None, nonce=None
    ):
        """Returns normally distributed numbers.

        Args:
            shape: Shape of the result.
            mean: Mean of the distribution.
            stddev: Standard deviation of the distribution.
            dtype: Floating-point type; `floatx()` by default.
            nonce: An integer that a stateless generator folds into its seed,
                for other numbers.
        """
        return self._draw("normal", shape, mean, stddev, dtype, nonce)

    def random_uniform(
        self, shape, minval=0.0, maxval=None, dtype=None, nonce=None
    ):
        """Returns uniformly distributed numbers in [minval, maxval).

        Args:
            shape: Shape of the result.
            minval: Smallest number.
            maxval: Bound of the numbers; 1 by default for floats.
            dtype: Number type; `floatx()` by default.
            nonce: As in `random_normal`.
        """
        return self._draw("uniform", shape, minval, maxval, dtype, nonce)

    def truncated_normal(
        self, shape, mean=0.0, stddev=1.0, dtype=None, nonce=None
    ):
        """Returns normal numbers, drawn again beyond two deviations.

        Args:
            shape: Shape of the result.
            mean: Mean of the distribution before truncation.
            stddev: Standard deviation before truncation.
            dtype: Floating-point type; `floatx()` by default.
            nonce: As in `random_normal`.
        """
        return self._draw("truncated_normal", shape, mean, stddev, dtype, nonce)

    def _draw(self, kind, shape, first, second, dtype, nonce):
        self._prepare()
        dtype = dtype or config.floatx()
        if self._rng_type == _STATEFUL:
            draw = getattr(self._generator, kind)
            return draw(shape, first, second, dtype=dtype)
        if self._rng_type == _STATELESS:
            draw = getattr(tf.random, f"stateless_{kind}")
            seed = folded_seed(self._seed, nonce)
            return draw(shape, seed, first, second, dtype=dtype)
        seed = seed_in_step(self._seed)
        if seed is not None:
            draw = getattr(tf.random, f"stateless_{kind}")
            return draw(shape, seed, first, second, dtype=dtype)
        draw = getattr(tf.random, kind)
        return draw(
            shape, first, second, dtype=dtype, seed=self.make_legacy_seed()
        )

    def dropout(self, inputs, rate, noise_shape=None):
        """Zeroes a share of the inputs and scales up the rest.

        Args:
            inputs: A floating-point tensor.
            rate: The share to zero, in [0, 1).
            noise_shape: Shape of the mask, broadcast to the inputs.
        """
        self._prepare()
        seed = None
        if self._rng_type == _STATELESS:
            seed = [self._seed, 0]
        elif self._rng_type == _LEGACY_STATEFUL:
            seed = seed_in_step(self._seed)
            if seed is None:
                return tf.nn.dropout(
                    inputs, rate, noise_shape, self.make_legacy_seed()
                )
        if seed is not None:
            return tf.nn.experimental.stateless_dropout(
                inputs, rate, seed, noise_shape=noise_shape
            )
        return tf.nn.experimental.general_dropout(
            inputs,
            rate=rate,
            noise_shape=noise_shape,
            uniform_sampler=self._generator.uniform,
        )


def _checked_type(rng_type, force_generator=False):
    if rng_type is None:
        is_stateful = _uses_tf_generator or force_generator
        return _STATEFUL if is_stateful else _LEGACY_STATEFUL
    known = (_STATEFUL, _STATELESS, _LEGACY_STATEFUL)
    if rng_type not in known:
        raise ValueError(
            f"Unknown `rng_type` {rng_type!r} of a RandomGenerator. "
            f"Expected one of {known} or None."
        )
    return rng_type


def stateless_seed(seed=None):
    """Returns `seed`, or a drawn one where it is None."""
    return draw_seed() if seed is None else seed


def folded_seed(seed, nonce=None):
    """Returns `[seed, 0]`, with the integer `nonce` mixed in if given."""
    if not nonce:
        return [seed, 0]
    return tf.random.experimental.stateless_fold_in(
        tf.constant([seed, 0]), nonce
    )


# Functions of the public backend --------------------------------------------


def _op_seed(seed):
    # NumPy's global state decides, so that `np.random.seed` fixes it.
    return np.random.randint(int(10e6)) if seed is None else seed


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Returns normally distributed numbers.

    Args:
        shape: Shape of the result.
        mean: Mean of the distribution.
        stddev: Standard deviation of the distribution.
        dtype: Floating-point type; `floatx()` by default.
        seed: An integer; drawn from NumPy's global state by default.
    """
    return tf.random.normal(
        shape, mean, stddev, dtype or config.floatx(), _op_seed(seed)
    )


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    """Returns uniformly distributed numbers in [minval, maxval).

    Args:
        shape: Shape of the result.
        minval: Smallest number.
        maxval: Bound of the numbers.
        dtype: Number type; `floatx()` by default.
        seed: An integer; drawn from NumPy's global state by default.
    """
    return tf.random.uniform(
        shape, minval, maxval, dtype or config.floatx(), _op_seed(seed)
    )


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Returns normal numbers, drawn again beyond two deviations.

    Args:
        shape: Shape of the result.
        mean: Mean of the distribution before truncation.
        stddev: Standard deviation before truncation.
        dtype: Floating-point type; `floatx()` by default.
        seed: An integer; drawn from NumPy's global state by default.
    """
    return tf.random.truncated_normal(
        shape, mean, stddev, dtype or config.floatx(), _op_seed(seed)
    )


def random_bernoulli(shape, p=0.0, dtype=None, seed=None):
    """Returns ones with probability `p`, zeros otherwise.

    Args:
        shape: Shape of the result.
        p: Probability of a one, in [0, 1].
        dtype: Number type; `floatx()` by default.
        seed: An integer; drawn from NumPy's global state by default.
    """
    dtype = dtype or config.floatx()
    draws = tf.random.uniform(shape, dtype=dtype, seed=_op_seed(seed))
    return tf.cast(draws <= p, dtype)


def random_binomial(shape, p=0.0, dtype=None, seed=None):
    """Is `random_bernoulli` under its older name."""
    warnings.warn(
        "`random_binomial` is the older name of `random_bernoulli`, "
        "which draws the same numbers.",
        stacklevel=2,
    )
    return random_bernoulli(shape, p, dtype, seed)


def dropout(x, level, noise_shape=None, seed=None):
    """Zeroes a share of `x` and scales up the rest, so the sum stays.

    Args:
        x: A floating-point tensor.
        level: The share to zero, in [0, 1).
        noise_shape: Shape of the mask, broadcast to `x`.
        seed: An integer; drawn from NumPy's global state by default.
    """
    return tf.nn.dropout(
        x, rate=level, noise_shape=noise_shape, seed=_op_seed(seed)
    )
