"""Metrics for each output."""

import copy

import tensorflow as tf

from tf_keras.src.metrics import accuracy, resolve
from tf_keras.src.metrics.iou import BinaryIoU, MeanIoU, OneHotMeanIoU
from tf_keras.src.metrics.metric import Metric
from tf_keras.src.metrics.reductions import MeanMetricWrapper
from tf_keras.src.training import output_nests
from tf_keras.src.training.compiled_losses import adopt

_ACCURACY = ("accuracy", "acc")
_CROSSENTROPY = ("crossentropy", "ce")
_MEAN_IOU = ("mean_io_u", "meaniou", "one_hot_mean_io_u", "onehotmeaniou")


class CompiledMetrics:
    """The metrics that `compile` was given, updated by batches.

    Args:
        metrics: Metrics, names or functions: a list for every output, or a
            list of lists or dict of lists.
        weighted_metrics: The same; these take sample weights into account.
        output_names: A name for each output, or None until outputs are seen.
        from_serialized: Whether names have their output's prefix already.

    Raises:
        ValueError: If a name is unknown.
    """

    values_to_adopt = None

    def __init__(
        self,
        metrics=None,
        weighted_metrics=None,
        output_names=None,
        from_serialized=False,
    ):
        self._user_metrics = metrics
        self._user_weighted_metrics = weighted_metrics
        self._output_names = output_names
        self._from_serialized = from_serialized
        self._check_names()
        self.built = False

    def _check_names(self):
        both = [self._user_metrics, self._user_weighted_metrics]
        for metric in tf.nest.flatten(both):
            if isinstance(metric, str):
                _check_name(metric)

    @property
    def metrics(self):
        """The metrics output by output, for each the unweighted ones first."""
        if not self.built:
            return []
        return [
            metric
            for metrics, weighted in zip(self._metrics, self._weighted)
            for metric in (*metrics, *weighted)
        ]

    @property
    def unweighted_metrics(self):
        """The metrics that ignore sample weights, in a list."""
        return [m for ms in self._metrics for m in ms] if self.built else None

    @property
    def weighted_metrics(self):
        """The metrics that take sample weights, in a list."""
        return [m for ms in self._weighted for m in ms] if self.built else None

    def for_files(self):
        """Returns the metrics of each output once made, else as given.

        Returns:
            A dict with `metrics` and `weighted_metrics`, None for none given.
        """
        given = self._user_metrics, self._user_weighted_metrics
        made = (self._metrics, self._weighted) if self.built else given
        return {
            name: None if as_given is None else as_made
            for name, as_given, as_made in zip(
                ("metrics", "weighted_metrics"), given, made
            )
        }

    def build(self, y_pred, y_true):
        """Makes the metrics of the outputs, once."""
        if self._output_names is None:
            self._output_names = output_nests.names_of_outputs(y_pred)
        names = self._output_names
        outputs = tf.nest.flatten(y_pred)
        both = [
            _lists_of_outputs(given, y_pred, names, what)
            for given, what in (
                (self._user_metrics, "metrics"),
                (self._user_weighted_metrics, "weighted_metrics"),
            )
        ]
        self._wanted = [any(lists) for lists in zip(*both)]
        if any(self._wanted):
            targets = self._targets(y_true, y_pred)
        else:
            targets = outputs  # No metric will look at them.
        made = [
            [
                [_make(m, y, y_p) for m in of_output if m is not None]
                for of_output, y, y_p in zip(lists, targets, outputs)
            ]
            for lists in both
        ]
        self._metrics, self._weighted = made
        self.built = True
        self._name_by_outputs()
        adopt(self.values_to_adopt, self.metrics)

    def _name_by_outputs(self):
        """Makes names unique: with the output's before, and `weighted_`."""
        _check_objects(self.metrics)
        if not self._from_serialized:
            for name, metrics, weighted in zip(
                self._output_names, self._metrics, self._weighted
            ):
                taken = {metric._name for metric in metrics}
                for metric in weighted:
                    if metric._name in taken:
                        metric._name = f"weighted_{metric._name}"
                if len(self._output_names) > 1:
                    for metric in (*metrics, *weighted):
                        metric._name = f"{name}_{metric._name}"
        _check_names_differ(self.metrics)

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch to every metric.

        Args:
            y_true: Targets, in a nest like the outputs or by their names.
            y_pred: The model's outputs.
            sample_weight: None, one array for all outputs, or a nest.
        """
        if not self.built:
            self.build(y_pred, y_true)
        if not any(self._wanted):
            return
        names = self._output_names
        targets = self._targets(y_true, y_pred)
        if isinstance(sample_weight, (dict, list, tuple)):
            weights = output_nests.flatten_like(
                sample_weight, y_pred, names, "sample_weight"
            )
        else:
            weights = [sample_weight] * len(names)
        for index, output in enumerate(tf.nest.flatten(y_pred)):
            metrics, weighted = self._metrics[index], self._weighted[index]
            target = targets[index]
            if target is None or not (metrics or weighted):
                continue
            mask = getattr(output, "_keras_mask", None)
            target, output, weight = output_nests.match(
                target, output, weights[index]
            )
            if mask is not None:
                mask = tf.cast(mask, output.dtype)
                weight = mask if weight is None else _both(mask, weight)
            for metric in metrics:
                metric.update_state(target, output, sample_weight=mask)
            for metric in weighted:
                metric.update_state(target, output, sample_weight=weight)

    def _targets(self, y_true, y_pred):
        return output_nests.flatten_like(
            y_true, y_pred, self._output_names, "y", self._wanted
        )

    def reset_state(self):
        """Sets all metrics to their start."""
        for metric in self.metrics:
            metric.reset_state()


def _check_objects(metrics):
    if len(set(map(id, metrics))) < len(metrics):
        names = [metric.name for metric in metrics]
        raise ValueError(
            "One metric object stands twice in `metrics` and "
            "`weighted_metrics`, and would count each batch twice. Give each "
            f"place an object of its own. Received metrics named {names}."
        )


def _check_names_differ(metrics):
    names = [metric.name for metric in metrics]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(
                f"Found two metrics with the name {name!r}. Give one another "
                "`name`."
            )


def _both(mask, weight):
    """Weights of samples, times a mask of their time steps."""
    while weight.shape.rank < mask.shape.rank:
        weight = tf.expand_dims(weight, axis=-1)
    if weight.shape.rank > mask.shape.rank:
        mask = tf.expand_dims(mask, axis=-1)
    return mask * weight


def _lists_of_outputs(metrics, y_pred, names, what):
    """A list of metrics for each output."""
    if metrics is None:
        return [[] for _ in names]
    if isinstance(metrics, dict):
        lists = output_nests.spread(metrics, y_pred, names, what)
        return [_opened(found) for found in lists]
    metrics = _as_list(metrics)
    if any(isinstance(metric, (list, tuple, dict)) for metric in metrics):
        lists = output_nests.spread(metrics, y_pred, names, what)
        return [_opened(found) for found in lists]
    # A plain list is meant for every output, and each counts for itself.
    return [
        [_copied(metric) if index else metric for metric in metrics]
        for index in range(len(names))
    ]


def _copied(metric):
    if isinstance(metric, Metric):
        return type(metric).from_config(copy.deepcopy(metric.get_config()))
    return metric


def _as_list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _opened(value):
    """The metrics of an output, from lists that may be nested as it is."""
    if not isinstance(value, (list, tuple)):
        return _as_list(value)
    return [metric for part in value for metric in _opened(part)]


def _check_name(name):
    if name.lower() not in _ACCURACY + _CROSSENTROPY:
        resolve.find(name)


def _make(metric, y_true, y_pred):
    """The metric object that a name, function or object means."""
    name = None
    if isinstance(metric, str):
        name = metric
        if name.lower() in _ACCURACY:
            metric = _accuracy_for(y_true, y_pred)
        elif name.lower() in _CROSSENTROPY:
            metric = _crossentropy_for(y_true, y_pred)
        elif name.lower() in _MEAN_IOU:
            metric = _mean_iou_for(y_true, y_pred)
        else:
            metric = resolve.get(name)
    elif isinstance(metric, dict):
        metric = resolve.get(metric)
    if isinstance(metric, type):
        metric = metric()
    if isinstance(metric, Metric):
        return metric
    if name is None:
        name = getattr(metric, "__name__", None) or type(metric).__name__
    return MeanMetricWrapper(metric, name=name)


def _is_binary(y_pred):
    return y_pred.shape.rank is not None and y_pred.shape[-1:] == [1]


def _is_sparse(y_true, y_pred):
    """Whether targets are class numbers beside predictions of each class."""
    true, pred = y_true.shape, y_pred.shape
    if true.rank is None or pred.rank is None:
        return False
    return true.rank < pred.rank or (true[-1] == 1 and pred[-1] != 1)


def _accuracy_for(y_true, y_pred):
    if _is_binary(y_pred):
        return accuracy.binary_accuracy
    if _is_sparse(y_true, y_pred):
        return accuracy.sparse_categorical_accuracy
    return accuracy.categorical_accuracy


def _crossentropy_for(y_true, y_pred):
    if _is_binary(y_pred):
        return resolve.get("binary_crossentropy")
    if _is_sparse(y_true, y_pred):
        return resolve.get("sparse_categorical_crossentropy")
    return resolve.get("categorical_crossentropy")


def _mean_iou_for(y_true, y_pred):
    """Mean intersection over union, over the classes of the last axis."""
    if _is_binary(y_pred):
        return BinaryIoU(name="mean_io_u")
    classes = y_pred.shape[-1]
    if _is_sparse(y_true, y_pred):
        return MeanIoU(classes, name="mean_io_u", sparse_y_pred=False)
    return OneHotMeanIoU(classes, name="mean_io_u", sparse_y_pred=False)
