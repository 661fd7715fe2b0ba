"""Sequences of numbers."""

from tf_keras.src.foundation.arrays import pad_sequences as pad_sequences
