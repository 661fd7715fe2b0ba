"""Layers that turn raw data into a model's input."""

from tf_keras.src.layers.preprocessing.rescaling import Rescaling as Rescaling
