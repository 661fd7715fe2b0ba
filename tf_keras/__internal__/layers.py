"""Base classes of layers that other packages of TensorFlow use."""

from tf_keras.src.core.random_layer import BaseRandomLayer as BaseRandomLayer
