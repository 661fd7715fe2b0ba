"""What layers of other packages are built with."""

from tf_keras.src.core.random_layer import BaseRandomLayer as BaseRandomLayer
from tf_keras.src.layers.attention.dense_attention import (
    BaseDenseAttention as BaseDenseAttention,
)
