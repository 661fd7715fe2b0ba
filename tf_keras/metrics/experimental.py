"""A metric in plain Python."""

from tf_keras.src.metrics.py_metric import PyMetric as PyMetric
