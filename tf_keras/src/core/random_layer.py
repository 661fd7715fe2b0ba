"""BaseRandomLayer: a layer that owns a random generator."""

import os

import tensorflow as tf

from tf_keras.src.backend.random import RandomGenerator
from tf_keras.src.core.layer import Layer

_FILE = "random_state"
_FIRST_KEYS = ("name", "trainable", "dtype", "batch_input_shape")


class BaseRandomLayer(Layer):
    """The base class of layers that draw random numbers.

    Args:
        seed: An integer for the same numbers in each run.
        force_generator: Whether to draw from a `tf.random.Generator`, whose
            state checkpoints hold.
        rng_type: `"stateful"`, `"stateless"` or `"legacy_stateful"`, as of
            `RandomGenerator`; chosen by `force_generator` if None.
        **kwargs: Arguments of `Layer`.

    Raises:
        ValueError: For another `rng_type`.
    """

    def __init__(
        self, seed=None, force_generator=False, rng_type=None, **kwargs
    ):
        super().__init__(**kwargs)
        self._random_generator = RandomGenerator(
            seed, rng_type=rng_type, force_generator=force_generator
        )
        chosen = self._random_generator.rng_type
        self._rng_type = rng_type or (chosen if chosen == "stateful" else None)

    def save_assets(self, dir_path):
        """Writes the state of a stateful generator that was used.

        Args:
            dir_path: A directory.
        """
        state = self._random_generator.state()
        if state is not None:
            tf.io.write_file(
                os.path.join(dir_path, _FILE), tf.io.serialize_tensor(state)
            )

    def load_assets(self, dir_path):
        """Goes on where the generator of a file was.

        Args:
            dir_path: A directory.
        """
        path = os.path.join(dir_path, _FILE)
        if tf.io.gfile.exists(path):
            state = tf.io.parse_tensor(tf.io.read_file(path), tf.int64)
            self._random_generator.set_state(state)

    def get_config(self):
        """Returns the config of a layer, and the kind of generator if given."""
        config = super().get_config()
        if self._rng_type is None:
            return config
        first = {key: config[key] for key in _FIRST_KEYS if key in config}
        return {**first, "rng_type": self._rng_type, **config}
