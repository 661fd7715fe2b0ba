"""PyMetric: a metric in plain Python."""

import functools

import tensorflow as tf

from tf_keras.src.metrics.metric import Metric


class PyMetric(Metric):
    """A metric whose methods run as plain Python, also in a graph.

    A subclass keeps its state in ordinary attributes and writes
    `update_state`, `result` and `reset_state`. They get tensors with values,
    so that NumPy and other libraries can be used. This is slow, and can't be
    saved as a graph, run by XLA or on a TPU.

    Args:
        name: A name.
        dtype: The dtype of the result.
        **kwargs: Further arguments of `Layer`.

    Example:

    >>> class Highest(PyMetric):
    ...     def reset_state(self):
    ...         self.highest = 0.0
    ...     def update_state(self, y_true, y_pred, sample_weight=None):
    ...         self.highest = max(self.highest, y_pred.numpy().max())
    ...     def result(self):
    ...         return self.highest
    >>> float(Highest()([0.0], tf.constant([0.2, 0.7])).numpy().round(4))
    0.699999988079071
    """

    def __init__(self, name=None, dtype=None, **kwargs):
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.reset_state()

    def __init_subclass__(cls, **kwargs):
        own = dict(vars(cls))
        if "update_state" in own:
            cls.update_state = _eagerly_updated(own["update_state"])
        if "result" in own:
            cls.result = _eager_result(own["result"])
        # Not Metric's: it would convert the methods for graphs.
        super(Metric, cls).__init_subclass__(**kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch; a subclass writes it.

        Args:
            y_true: Targets, a tensor with a value.
            y_pred: Predictions, a tensor with a value.
            sample_weight: None, or weights.
        """
        raise NotImplementedError("Subclasses must write `update_state`.")

    def merge_state(self, metrics):
        """Adds the states of other metrics; a subclass may write it.

        Args:
            metrics: Other metrics of this class.
        """
        raise NotImplementedError("Subclasses must write `merge_state`.")

    def reset_state(self):
        """Sets the state to its start; a subclass writes it."""
        raise NotImplementedError("Subclasses must write `reset_state`.")

    def result(self):
        """Returns a number; a subclass writes it."""
        raise NotImplementedError("Subclasses must write `result`.")


def _eagerly_updated(update_state):
    @functools.wraps(update_state)
    def update(self, y_true, y_pred, sample_weight=None):
        values = [y_true, y_pred]
        if sample_weight is not None:
            values.append(sample_weight)
        tf.py_function(
            lambda *values: update_state(self, *values), values, Tout=[]
        )

    return update


def _eager_result(result):
    @functools.wraps(result)
    def result_of_python(self):
        return tf.py_function(lambda: result(self), [], self.state_dtype)

    return result_of_python
