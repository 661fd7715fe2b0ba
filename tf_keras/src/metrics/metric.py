"""Metric: a layer whose state sums up batches."""

import functools

import numpy as np
import tensorflow as tf

from tf_keras.src.core.dtype_policy import policy_of
from tf_keras.src.core.layer import Layer
from tf_keras.src.distribute.strategies import (
    for_all_replicas,
    has_strategy,
    in_replica,
)
from tf_keras.src.foundation.config import floatx
from tf_keras.src.foundation.kernels import set_to
from tf_keras.src.foundation.tf_internals import autograph
from tf_keras.src.serialization.constructor_config import constructor_config

_PACKAGE = __name__.partition(".src.")[0] + ".src."


def _in_graphs(update_state):
    """What a graph asks of `update_state`: something to wait for.

    That is a read of the state, which a function runs after the updates. A
    user's method may use Python's control flow on tensors too.
    """
    traced = update_state
    if not update_state.__module__.startswith(_PACKAGE):
        traced = autograph(update_state)

    @functools.wraps(update_state)
    def update(self, *args, **kwargs):
        if tf.executing_eagerly():
            return update_state(self, *args, **kwargs)
        updates = traced(self, *args, **kwargs)
        if updates is None and self.weights:
            return tf.identity(self.weights[0])
        return updates

    return update


def is_reset_to_zeros(metric):
    """Whether resetting a metric sets its variables to zeros, no more."""
    cls = type(metric)
    return (
        cls.__module__.startswith(_PACKAGE)
        and metric.reset_state.__func__ is Metric.reset_state
        and bool(metric.variables)
    )


def _over_replicas(result):
    """Lets a result that is asked for in a replica count them all."""

    @functools.wraps(result)
    def result_of_all(self):
        if has_strategy() and in_replica():
            return for_all_replicas(lambda strategy: result(self))
        return result(self)

    return result_of_all


class Metric(Layer):
    """Sums up batches and gives numbers. Base class of all metrics.

    A subclass makes its state in the constructor, by `add_weight`, and writes
    `update_state` and `result`.

    Args:
        name: A name, used in logs; by default that of the class.
        dtype: The dtype of the state and of results.
        **kwargs: Further arguments of `Layer`.

    Raises:
        TypeError: If the class lacks `update_state` or `result`.

    Example:

    >>> class Largest(Metric):
    ...     def __init__(self, name="largest"):
    ...         super().__init__(name)
    ...         self.largest = self.add_weight("largest")
    ...     def update_state(self, y_true, y_pred, sample_weight=None):
    ...         value = tf.reduce_max(y_pred)
    ...         self.largest.assign(tf.maximum(self.largest, value))
    ...     def result(self):
    ...         return self.largest
    >>> metric = Largest()
    >>> metric.update_state(None, tf.constant([1.0, 3.0, 2.0]))
    >>> float(metric.result())
    3.0
    """

    _is_metric = True
    _object_identifier = "_tf_keras_metric"

    def __init__(self, name=None, dtype=None, **kwargs):
        missing = [
            method
            for method in ("update_state", "result")
            if getattr(type(self), method) is getattr(Metric, method)
        ]
        if missing:
            raise TypeError(
                f"{type(self).__name__} can't be made: a metric must write "
                f"the methods {missing}."
            )
        # Sums of 16-bit numbers overflow: the state is as exact as weights.
        dtype = policy_of(dtype).variable_dtype or floatx()
        super().__init__(name=name, dtype=dtype, **kwargs)
        self.__dict__["state_dtype"] = tf.as_dtype(dtype)
        self.stateful = True
        self.built = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        own = vars(cls)
        if "update_state" in own:
            cls.update_state = _in_graphs(cls.update_state)
        if "result" in own:
            cls.result = _over_replicas(cls.result)

    def __call__(self, *args, **kwargs):
        """Adds a batch to the state and returns the result.

        Args:
            *args: Arguments of `update_state`.
            **kwargs: More arguments of `update_state`.
        """
        self.update_state(*args, **kwargs)
        result = self.result()
        if isinstance(result, tf.Tensor):
            # Layer.add_metric looks for it.
            result._metric_obj = self
        return result

    def update_state(self, *args, **kwargs):
        """Adds a batch to the state; a subclass writes it.

        Args:
            *args: As a rule `y_true` and `y_pred`.
            **kwargs: As a rule `sample_weight`.
        """
        raise NotImplementedError("Subclasses must write `update_state`.")

    def result(self):
        """Returns a scalar tensor, or a dict of them; a subclass writes it."""
        raise NotImplementedError("Subclasses must write `result`.")

    def reset_state(self):
        """Sets the state to zeros, as at the start of an epoch."""
        if type(self).reset_states is not Metric.reset_states:
            self.reset_states()  # A subclass of before TensorFlow 2.5.
            return
        for variable in self.variables:
            # Arrays are made faster than tensors: `fit` asks often.
            zeros = np.zeros(variable.shape, variable.dtype.as_numpy_dtype)
            set_to(variable, zeros)

    def reset_states(self):
        """Calls `reset_state`; the name of before TensorFlow 2.5."""
        self.reset_state()

    def merge_state(self, metrics):
        """Adds the states of other metrics of the same kind.

        Args:
            metrics: The other metrics.

        Returns:
            A list of the variables changed.

        Raises:
            ValueError: If the state of another has another form.
        """
        changed = []
        for metric in metrics:
            if len(self.weights) != len(metric.weights):
                raise ValueError(
                    f"Metric {metric} can't be merged into {self}: it has "
                    f"{len(metric.weights)} variables, not "
                    f"{len(self.weights)}."
                )
            for mine, its in zip(self.weights, metric.weights):
                changed.append(mine.assign_add(its))
        return changed

    def add_weight(
        self,
        name,
        shape=(),
        aggregation=tf.VariableAggregation.SUM,
        synchronization=tf.VariableSynchronization.ON_READ,
        initializer=None,
        dtype=None,
    ):
        """Makes a variable of the state, and returns it.

        Args:
            name: Its name.
            shape: Its shape.
            aggregation: How the values of replicas are joined.
            synchronization: When they are joined.
            initializer: Its first value; zeros by default.
            dtype: Its dtype; that of the metric by default.
        """
        return super().add_weight(
            name=name,
            shape=shape,
            dtype=dtype,
            initializer="zeros" if initializer is None else initializer,
            trainable=False,
            synchronization=synchronization,
            aggregation=aggregation,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = {"name": self.name, "dtype": self.dtype}
        config.update(constructor_config(self, Metric, ("name", "dtype")))
        return config

    def __repr__(self):
        arguments = (f"{key}={val}" for key, val in self.get_config().items())
        return f"{type(self).__name__}({','.join(arguments)})"
