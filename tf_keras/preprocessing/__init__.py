"""Data brought into the shape that models take."""

from tf_keras.preprocessing import sequence as sequence
