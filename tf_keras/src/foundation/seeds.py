"""Seeds: one call for Python, NumPy and TensorFlow, and our own draws."""

import random

import numpy as np
import tensorflow as tf

# Ours alone, so that a user's `random.random()` moves no weight.
_draws = random.Random()


def set_random_seed(seed):
    """Seeds Python, NumPy, TensorFlow and this package at once.

    After it a program draws the same weights, dropout masks and shuffles each
    time it runs, as long as it makes its objects in the same order.

    Args:
        seed: An integer in [0, 2**32).

    Raises:
        ValueError: If `seed` is no integer in that range.

    Example:

    >>> set_random_seed(7)
    >>> kernel = initializers.GlorotUniform()((3, 2))  # Always the same.
    """
    if not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**32:
        raise ValueError(
            "`set_random_seed` takes an integer from 0 to 2**32 - 1. "
            f"Received: seed={seed!r} of type {type(seed).__name__}."
        )
    seed = int(seed)
    random.seed(seed)
    np.random.seed(seed)
    tf.random.set_seed(seed)
    _draws.seed(seed)


def draw_seed():
    """Returns a new seed: the next of those that `set_random_seed` fixes."""
    return _draws.randint(1, 10**9)
