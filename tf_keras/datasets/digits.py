"""Handwritten digits that come with the package."""

from tf_keras.src.datasets.digits import load_data as load_data
