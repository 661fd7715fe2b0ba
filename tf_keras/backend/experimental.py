"""Switches for how random numbers are drawn."""

from tf_keras.src.backend.random import (
    disable_tf_random_generator as disable_tf_random_generator,
)
from tf_keras.src.backend.random import (
    enable_tf_random_generator as enable_tf_random_generator,
)
from tf_keras.src.backend.random import (
    is_tf_random_generator_enabled as is_tf_random_generator_enabled,
)
