"""A loss for each output, weighted into one number."""

import functools

import tensorflow as tf

from tf_keras.src.distribute import replica_values, strategies
from tf_keras.src.losses import resolve
from tf_keras.src.losses.loss import Loss, LossFunctionWrapper
from tf_keras.src.losses.reduction import Reduction
from tf_keras.src.metrics.reductions import Mean
from tf_keras.src.training import output_nests

_PER_SAMPLE = (Reduction.AUTO, Reduction.SUM_OVER_BATCH_SIZE)


class CompiledLosses:
    """The losses that `compile` was given, called on a batch.

    Args:
        losses: A loss, name or function, or a nest of them.
        loss_weights: None, or numbers in the same kinds of nest.
        output_names: A name for each output, or None until outputs are seen.

    Raises:
        ValueError: If a name is unknown.
    """

    # Values by metrics' names, of a backup, for metrics yet to be made.
    values_to_adopt = None

    def __init__(self, losses, loss_weights=None, output_names=None):
        self._user_losses = losses
        self._user_loss_weights = loss_weights
        self._output_names = output_names
        self._total = Mean(name="loss")
        self._check_names()
        self.built = False

    def _check_names(self):
        """Unknown names are told at once; objects are made with outputs."""
        for loss in tf.nest.flatten(self._user_losses):
            if isinstance(loss, str):
                resolve.find(loss)
        for weight in tf.nest.flatten(self._user_loss_weights):
            if isinstance(weight, str):
                raise TypeError(
                    "`loss_weights` must be numbers. Received: "
                    f"loss_weights={self._user_loss_weights!r}."
                )

    @property
    def metrics(self):
        """The running means: of the total, and of each output's loss."""
        if not self.built:
            return []
        return [self._total, *(m for m in self._means if m is not None)]

    def build(self, y_pred):
        """Makes the losses of the outputs, once."""
        if self._output_names is None:
            self._output_names = output_nests.names_of_outputs(y_pred)
        names = self._output_names
        losses = output_nests.spread(
            _flat_lists(self._user_losses), y_pred, names, "loss"
        )
        self._losses = [
            _make_loss(loss, name) for loss, name in zip(losses, names)
        ]
        self._weights = output_nests.spread(
            _flat_lists(self._user_loss_weights), y_pred, names, "loss_weights"
        )
        self._means = [
            Mean(name=f"{name}_loss")
            if len(names) > 1 and loss is not None
            else None
            for loss, name in zip(self._losses, names)
        ]
        self.built = True
        adopt(self.values_to_adopt, self.metrics)

    def reset_state(self):
        """Sets all running means to zero."""
        for metric in self.metrics:
            metric.reset_state()

    def __call__(
        self, y_true, y_pred, sample_weight=None, regularization_losses=None
    ):
        """Returns the total loss of a batch and updates the means.

        Args:
            y_true: Targets, in a nest like the outputs or by their names.
            y_pred: The model's outputs.
            sample_weight: None, one array for all outputs, or a nest.
            regularization_losses: Scalars to add, `model.losses`.
        """
        if not self.built:
            self.build(y_pred)
        names = self._output_names
        targets = output_nests.flatten_like(
            y_true,
            y_pred,
            names,
            "y",
            [loss is not None for loss in self._losses],
        )
        weights = self._spread_weights(sample_weight, y_pred)
        values, shown, batch_size, share = [], [], None, None
        for index, output in enumerate(tf.nest.flatten(y_pred)):
            target, loss = targets[index], self._losses[index]
            if target is None or loss is None:
                continue
            value = self._one(index, target, output, weights[index])
            if batch_size is None:
                batch_size = tf.shape(target)[0]
                if tf.distribute.has_strategy():
                    share = replica_values.share_of(batch_size)
            shown.append(self._show(index, value, batch_size))
            values.append(self._share(index, value, share))
        if regularization_losses:
            penalty = _sum(regularization_losses)
            shown.append(penalty)
            replicas = strategies.replica_count()
            values.append(penalty / replicas if replicas > 1 else penalty)
        if not values:
            return tf.zeros(())
        # Evaluation needs no share, but its sum over replicas must end.
        with tf.control_dependencies([] if share is None else [share]):
            # The means count samples: a last partial batch counts less.
            self._total.update_state(_sum(shown), sample_weight=batch_size)
        return _sum(values)

    def _spread_weights(self, sample_weight, y_pred):
        names = self._output_names
        if isinstance(sample_weight, (dict, list, tuple)):
            return output_nests.flatten_like(
                sample_weight, y_pred, names, "sample_weight"
            )
        return [sample_weight] * len(names)

    def _one(self, index, target, output, weights):
        target, output, weights = output_nests.match(target, output, weights)
        try:
            value = self._losses[index](target, output, sample_weight=weights)
        except ValueError as error:
            raise self._explained(error, index, target, output) from error
        return value

    def _explained(self, error, index, target, output):
        """The error, with the user's names for what did not fit."""
        name = self._losses[index].name
        return ValueError(
            f"Loss {name!r} of output {self._output_names[index]!r} failed "
            f"for targets of shape {target.shape} and outputs of shape "
            f"{output.shape}. {error}"
        )

    def _show(self, index, value, batch_size):
        """Updates an output's mean; returns its part of the total shown."""
        if self._losses[index].reduction == Reduction.SUM:
            replicas = strategies.replica_count()
            value = value * replicas if replicas > 1 else value
        if self._means[index] is not None:
            self._means[index].update_state(value, sample_weight=batch_size)
        weight = self._weights[index]
        return value if weight is None else value * tf.cast(weight, value.dtype)

    def _share(self, index, value, share):
        """An output's part of what this replica minimises."""
        weight = self._weights[index]
        if weight is not None:
            value = value * tf.cast(weight, value.dtype)
        if self._losses[index].reduction in _PER_SAMPLE:
            # Gradients are summed over replicas, whose rows may differ.
            if share is not None:
                value = value * tf.cast(share, value.dtype)
        return value


def _flat_lists(values):
    """Lists in a list opened: each loss is that of one output."""
    if isinstance(values, (list, tuple)) and any(
        isinstance(value, (list, tuple)) for value in values
    ):
        return [leaf for part in values for leaf in _leaves(part)]
    return values


def _leaves(part):
    return tf.nest.flatten(part) if isinstance(part, (list, tuple)) else [part]


def adopt(values, metrics):
    """Gives metrics that were just made the values of a backup.

    Args:
        values: A dict from names to lists of arrays, or None.
        metrics: The metrics.
    """
    with tf.init_scope():
        for metric in metrics if values else ():
            for variable, value in zip(
                metric.variables, values.get(metric.name, ())
            ):
                variable.assign(value)


def _sum(values):
    if len(values) == 1:
        return values[0]
    dtype = max((value.dtype for value in values), key=lambda d: d.size)
    values = [tf.cast(value, dtype) for value in values]
    if all(value.shape.rank == 0 for value in values):
        return tf.add_n(values)
    # Of a loss that isn't reduced: the gradient is that of the sum.
    return functools.reduce(tf.add, values)


def _make_loss(loss, output_name):
    if loss is None:
        return None
    loss = resolve.get(loss)
    if not isinstance(loss, Loss):
        name = getattr(loss, "__name__", None)
        if name is None:  # A callable object; any class with __call__.
            name = type(loss).__name__
        loss = LossFunctionWrapper(loss, name=name)
    loss.allow_sum_over_batch_size = True
    loss.output_name = output_name
    return loss
