"""Base classes of layers that other packages of TensorFlow use."""

from tf_keras.src.core.random_layer import BaseRandomLayer as BaseRandomLayer
from tf_keras.src.layers.attention.dense_attention import (
    BaseDenseAttention as BaseDenseAttention,
)
