"""BaseRandomLayer: a layer that owns a random generator."""

from tf_keras.src.backend.random import RandomGenerator
from tf_keras.src.core.layer import Layer


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
        self._rng_type = rng_type or ("stateful" if force_generator else None)
        self._random_generator = RandomGenerator(
            seed, rng_type=rng_type, force_generator=force_generator
        )

    def get_config(self):
        """Returns the config of a layer, and the kind of generator if given."""
        config = super().get_config()
        if self._rng_type is None:
            return config
        first = {key: config[key] for key in ("name", "trainable", "dtype")}
        return {**first, "rng_type": self._rng_type, **config}
