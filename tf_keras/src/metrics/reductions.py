"""Sum, Mean, MeanTensor, and means of a function."""

import tensorflow as tf

from tf_keras.src.core import hooks
from tf_keras.src.foundation.kernels import add_to, kernels, read, sum_all
from tf_keras.src.foundation.tf_internals import autograph
from tf_keras.src.losses.pairing import check_shapes, drop_last_axis
from tf_keras.src.losses.reduction import align
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.serialization.from_config import deserialize_keras_object


def as_numbers(values, dtype):
    """Returns values as a tensor of a dtype; of ragged ones the flat values."""
    if type(values) is int or type(values) is float:
        return tf.constant(values, dtype)
    if type(values) is tf.RaggedTensor:
        values = values.flat_values
    if not tf.is_tensor(values):
        values = tf.convert_to_tensor(values)
    if values.dtype is dtype:
        return values
    return kernels.Cast(x=values, DstT=dtype)


def weigh(values, sample_weight, dtype):
    """Returns the values times their weights, and the weights, as tensors.

    Weights that lack two axes or more weigh the means over these axes.
    """
    weights = as_numbers(sample_weight, dtype)
    if weights.shape == values.shape and weights.shape.is_fully_defined():
        return kernels.Mul(x=values, y=weights), weights
    rank, weight_rank = values.shape.rank, weights.shape.rank
    if rank and weight_rank and weight_rank < rank - 1:
        values = tf.reduce_mean(values, axis=list(range(weight_rank, rank)))
    if rank == 0:
        return values * weights, weights
    weights = align(weights, values)
    weights = tf.broadcast_to(weights, tf.shape(values))
    return values * weights, weights


def _flat_values(y_true, y_pred):
    """The values of ragged targets and predictions whose rows agree."""
    if type(y_true) is not type(y_pred):
        raise TypeError(
            "Ragged tensors are compared with ragged tensors. Received: "
            f"y_true={y_true!r}, y_pred={y_pred!r}."
        )
    for true, pred in zip(y_true.nested_row_splits, y_pred.nested_row_splits):
        message = "The rows of y_true and y_pred differ in length."
        tf.debugging.assert_equal(true, pred, message)
    return y_true.flat_values, y_pred.flat_values


class Sum(Metric):
    """The sum of values, or of values times weights.

    Args:
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> float(Sum()([1.0, 2.0, 4.0]))
    7.0
    """

    def __init__(self, name="sum", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.total = self.add_weight("total")

    def update_state(self, values, sample_weight=None):
        """Adds values.

        Args:
            values: Numbers of any shape.
            sample_weight: None, or weights that broadcast to `values`.
        """
        values = as_numbers(values, self.state_dtype)
        if sample_weight is not None:
            values, _ = weigh(values, sample_weight, self.state_dtype)
        add_to(self.total, sum_all(values))

    def result(self):
        """Returns the sum."""
        return tf.identity(self.total)


class Mean(Metric):
    """The mean of values, weighted if weights are given.

    Args:
        name: A name.
        dtype: The dtype of the result.

    Example:

    >>> float(Mean()([1.0, 2.0, 6.0], sample_weight=[1.0, 1.0, 0.0]))
    1.5
    """

    def __init__(self, name="mean", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.total = self.add_weight("total")
        self.count = self.add_weight("count")

    def update_state(self, values, sample_weight=None):
        """Adds values.

        Args:
            values: Numbers of any shape.
            sample_weight: None, or weights that broadcast to `values`.
        """
        values = as_numbers(values, self.state_dtype)
        if sample_weight is None:
            count = self._count_of(values)
        else:
            values, weights = weigh(values, sample_weight, self.state_dtype)
            count = sum_all(weights)
        add_to(self.total, sum_all(values))
        add_to(self.count, count)

    def _count_of(self, values):
        count = values.shape.num_elements()
        if count is None:
            return tf.cast(tf.size(values), self.state_dtype)
        if self.state_dtype is tf.float32:
            return float(count)  # Kernels take it as float32.
        return tf.constant(count, self.state_dtype)

    def result(self):
        """Returns the mean; 0 before any value."""
        return kernels.DivNoNan(x=read(self.total), y=read(self.count))


class MeanMetricWrapper(Mean):
    """The mean of a function of targets and predictions.

    Args:
        fn: A function of `(y_true, y_pred, **kwargs)`, which returns a value
            for each sample (or for each of its steps).
        name: A name.
        dtype: The dtype of the result.
        **kwargs: Further arguments for `fn`.

    Example:

    >>> metric = MeanMetricWrapper(lambda true, pred: abs(true - pred))
    >>> float(metric(tf.constant([0.0, 1.0]), tf.constant([0.0, 3.0])))
    1.0
    """

    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(name=name, dtype=dtype)
        self.__dict__["_fn"] = fn
        self.__dict__["_fn_arguments"] = kwargs

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: Targets.
            y_pred: Predictions.
            sample_weight: None, or weights that broadcast to what the
                function returns.
        """
        y_true, y_pred = self._as_pair(y_true, y_pred)
        fn = self._fn
        if not tf.executing_eagerly():
            fn = autograph(fn)
        values = fn(y_true, y_pred, **self._fn_arguments)
        mask = getattr(values, "_keras_mask", None)
        if mask is not None:
            mask = tf.cast(mask, self.state_dtype)
            if sample_weight is None:
                sample_weight = mask
            else:
                weights = as_numbers(sample_weight, self.state_dtype)
                sample_weight = mask * align(weights, values)
        super().update_state(values, sample_weight)

    def _as_pair(self, y_true, y_pred):
        """Both as tensors of the metric's dtype and, where it fits, rank."""
        if tf.RaggedTensor in (type(y_true), type(y_pred)):
            y_true, y_pred = _flat_values(y_true, y_pred)
        y_true = as_numbers(y_true, self.state_dtype)
        y_pred = as_numbers(y_pred, self.state_dtype)
        if y_true.shape == y_pred.shape:
            return y_true, y_pred
        y_true, y_pred = drop_last_axis(y_true, y_pred)
        if getattr(self._fn, "pairs_elements", False):
            check_shapes("Metric", self.name, y_true.shape, y_pred.shape)
        return y_true, y_pred

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = super().get_config()
        for name, value in self._fn_arguments.items():
            is_variable = isinstance(value, tf.Variable)
            config[name] = value.numpy() if is_variable else value
        if type(self) is MeanMetricWrapper:
            config["fn"] = self._fn
        return config

    @classmethod
    def from_config(cls, config):
        """Returns a metric made with the arguments in `config`."""
        config = dict(config)
        fn = config.pop("fn", None)
        if cls is not MeanMetricWrapper:
            return cls(**config)
        if not callable(fn):
            fn = deserialize_keras_object(fn)
        return cls(fn, **config)


class MeanTensor(Metric):
    """The mean of tensors, element by element.

    Args:
        name: A name.
        dtype: The dtype of the result.
        shape: The shape of the tensors; by default that of the first.

    Example:

    >>> metric = MeanTensor()
    >>> metric.update_state([1.0, 2.0])
    >>> metric.update_state([3.0, 2.0])
    >>> metric.result().numpy()
    array([2., 2.], dtype=float32)
    """

    def __init__(self, name="mean_tensor", dtype=None, shape=None):
        super().__init__(name=name, dtype=dtype)
        self._total = self._count = self._shape = None
        if shape is not None:
            self._make_state(shape)

    def _make_state(self, shape):
        self._shape = tf.TensorShape(shape)
        self._total = self.add_weight("total", shape=self._shape)
        self._count = self.add_weight("count", shape=self._shape)

    @property
    def total(self):
        """The sum of the tensors, a variable, or None before the first."""
        return self._total

    @property
    def count(self):
        """The sum of the weights, a variable, or None before the first."""
        return self._count

    def update_state(self, values, sample_weight=None):
        """Adds a tensor.

        Args:
            values: A tensor, of the same shape each time.
            sample_weight: None, or weights that broadcast to `values`.

        Raises:
            ValueError: If the shape is another than before.
        """
        values = tf.cast(values, self.state_dtype)
        if self._total is None:
            self._make_state(values.shape)
        elif values.shape != self._shape:
            raise ValueError(
                f"MeanTensor {self.name!r} takes tensors of one shape. "
                f"Expected: {self._shape}, as before. "
                f"Received: {values.shape}."
            )
        weights = tf.ones_like(values)
        if sample_weight is not None:
            values, weights = weigh(values, sample_weight, self.state_dtype)
        add_to(self._total, values)
        add_to(self._count, weights)

    def result(self):
        """Returns the mean of the tensors.

        Raises:
            ValueError: Before the first tensor.
        """
        if self._total is None:
            raise ValueError(
                f"MeanTensor {self.name!r} has no value yet. Call "
                "`update_state(values)` first."
            )
        return tf.math.divide_no_nan(read(self._total), read(self._count))

    def get_config(self):
        """Returns the constructor's arguments as a dict, but for `shape`."""
        return {"name": self.name, "dtype": self.dtype}


hooks.answer("mean_metric", Mean)
