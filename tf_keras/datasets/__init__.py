"""Data sets: small ones that come with the package, others downloaded."""

from tf_keras.datasets import digits as digits
