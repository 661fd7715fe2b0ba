"""Means of the hinge losses."""

from tf_keras.src.losses import hinge as losses
from tf_keras.src.metrics.reductions import MeanMetricWrapper


class Hinge(MeanMetricWrapper):
    """The mean hinge loss of labels -1 and 1 (or 0 and 1).

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="hinge", dtype=None):
        super().__init__(losses.hinge, name, dtype=dtype)


class SquaredHinge(MeanMetricWrapper):
    """The mean squared hinge loss.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="squared_hinge", dtype=None):
        super().__init__(losses.squared_hinge, name, dtype=dtype)


class CategoricalHinge(MeanMetricWrapper):
    """The mean margin between the right class and the best wrong one.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="categorical_hinge", dtype=None):
        super().__init__(losses.categorical_hinge, name, dtype=dtype)
