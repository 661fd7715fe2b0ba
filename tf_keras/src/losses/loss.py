"""Loss: the losses of a batch, weighted and reduced to one number."""

import re
import warnings

import tensorflow as tf

from tf_keras.src.distribute.strategies import has_strategy
from tf_keras.src.foundation.tf_internals import autograph
from tf_keras.src.losses.pairing import check_shapes, drop_last_axis
from tf_keras.src.losses.reduction import Reduction, reduce_losses
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object,
    find_function,
)
from tf_keras.src.serialization.to_config import serialize_function

_NOT_IN_SCOPES = re.compile(r"[^A-Za-z0-9_.]")
_MEANS = (Reduction.AUTO, Reduction.SUM_OVER_BATCH_SIZE)


class Loss:
    """Computes how wrong predictions are. Base class of all losses.

    A subclass writes `call`, which returns the losses of the samples;
    calling the object weights and reduces them.

    Args:
        reduction: One of `Reduction`.
        name: A name for messages and logs.

    Example:

    >>> class FourthPower(Loss):
    ...     def call(self, y_true, y_pred):
    ...         return tf.reduce_mean((y_pred - y_true) ** 4, axis=-1)
    >>> float(FourthPower()(tf.zeros((2, 1)), tf.ones((2, 1))))
    1.0
    """

    # `compile` sets these two: means are defined inside `fit`, and messages
    # name the output that the loss belongs to.
    allow_sum_over_batch_size = False
    output_name = None

    def __init__(self, reduction="auto", name=None):
        Reduction.validate(reduction)
        self.reduction = reduction
        self.name = name

    def __call__(self, y_true, y_pred, sample_weight=None):
        """Returns the reduced loss of a batch.

        Args:
            y_true: Targets.
            y_pred: Predictions. A `_keras_mask` that layers left on them
                hides what it marks False.
            sample_weight: None, or weights that broadcast to the losses: a
                scalar, one for each sample, or one for each loss.

        Returns:
            A scalar; with reduction `NONE` the weighted losses.

        Raises:
            ValueError: If a mean is asked for under a strategy outside
                `fit`, or if the weights don't fit.
        """
        if tf.executing_eagerly():
            losses = self.call(y_true, y_pred)
            return self._reduce(losses, y_pred, sample_weight)
        with tf.name_scope(self._scope_name()):
            losses = autograph(self.call)(y_true, y_pred)
            return self._reduce(losses, y_pred, sample_weight)

    def call(self, y_true, y_pred):
        """Returns the losses of the samples; a subclass writes it.

        Args:
            y_true: Targets, `(batch, ...)`.
            y_pred: Predictions, `(batch, ...)`.

        Returns:
            A tensor `(batch, ...)`, as a rule without the last axis.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must write `call(self, y_true, y_pred)`, "
            "which returns a loss for each sample."
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {"reduction": self.reduction, "name": self.name}

    @classmethod
    def from_config(cls, config):
        """Returns a loss made with the arguments in `config`."""
        return cls(**config)

    def _reduce(self, losses, y_pred, sample_weight):
        if not tf.is_tensor(losses):
            losses = tf.convert_to_tensor(losses)
        # A loss may hide samples itself, as `ignore_class` does.
        mask = getattr(losses, "_keras_mask", None)
        if mask is None:
            mask = getattr(y_pred, "_keras_mask", None)
        if self.reduction in _MEANS and not self.allow_sum_over_batch_size:
            self._refuse_means_under_strategy()
        return reduce_losses(losses, self.reduction, sample_weight, mask)

    def _refuse_means_under_strategy(self):
        if has_strategy():
            raise ValueError(
                f"Loss {self._scope_name()!r} has reduction "
                f"{self.reduction!r}, which is not defined in an own loop "
                "under a `tf.distribute.Strategy`: each replica would divide "
                "by its own batch size. Use `Reduction.SUM` or "
                "`Reduction.NONE` and divide by the global batch size: "
                "`tf.nn.compute_average_loss(losses, "
                "global_batch_size=size)`."
            )

    def _scope_name(self):
        name = self.name or type(self).__name__
        return _NOT_IN_SCOPES.sub("_", name).strip("_") or "loss"


class LossFunctionWrapper(Loss):
    """Makes a loss of a function.

    Args:
        fn: A function of `(y_true, y_pred, **kwargs)` that returns the
            losses of the samples.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
        **kwargs: Further arguments for `fn`.

    Example:

    >>> absolute = LossFunctionWrapper(lambda true, pred: abs(true - pred))
    >>> float(absolute(tf.constant([0.0, 1.0]), tf.constant([0.0, 3.0])))
    1.0
    """

    def __init__(self, fn, reduction="auto", name=None, **kwargs):
        super().__init__(reduction=reduction, name=name)
        self.fn = fn
        self.fn_arguments = kwargs
        self._has_warned = False

    def call(self, y_true, y_pred):
        """Returns the losses that the function gives for the samples.

        Args:
            y_true: Targets.
            y_pred: Predictions.
        """
        if getattr(self.fn, "pairs_elements", False):
            y_true, y_pred = self._make_equal(y_true, y_pred)
            return self.fn(y_true, y_pred, **self.fn_arguments)
        if tf.executing_eagerly():
            return self.fn(y_true, y_pred, **self.fn_arguments)
        return autograph(self.fn)(y_true, y_pred, **self.fn_arguments)

    def _make_equal(self, y_true, y_pred):
        """Drops an axis of size 1 too many; warns of silent broadcasting."""
        if not (hasattr(y_true, "shape") and hasattr(y_pred, "shape")):
            return y_true, y_pred
        if y_true.shape == y_pred.shape:
            return y_true, y_pred
        if tf.is_tensor(y_true) and tf.is_tensor(y_pred):
            y_true, y_pred = drop_last_axis(y_true, y_pred)
        check_shapes("Loss", self._scope_name(), y_true.shape, y_pred.shape)
        if not self._has_warned:
            self._warn_of_broadcast(
                tf.TensorShape(y_true.shape), tf.TensorShape(y_pred.shape)
            )
        return y_true, y_pred

    def _warn_of_broadcast(self, true_shape, pred_shape):
        if true_shape.is_compatible_with(pred_shape):
            return
        self._has_warned = True
        output = f" of output {self.output_name!r}" if self.output_name else ""
        warnings.warn(
            f"Loss {self._scope_name()!r}{output} compares targets of shape "
            f"{true_shape} with predictions of shape {pred_shape}. They will "
            "be broadcast where they can be, so that each value meets "
            "several: seldom what is meant. Give both the same shape.",
            stacklevel=5,
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        arguments = {
            name: value.numpy() if isinstance(value, tf.Variable) else value
            for name, value in self.fn_arguments.items()
        }
        return {**super().get_config(), **arguments, "fn": _plain(self.fn)}

    @classmethod
    def from_config(cls, config):
        """Returns a loss made with the arguments in `config`."""
        config = dict(config)
        fn = config.pop("fn", None)
        if cls is LossFunctionWrapper:
            if isinstance(fn, str):
                fn = find_function(fn)
            elif isinstance(fn, dict):
                fn = deserialize_keras_object(fn)
            config["fn"] = fn
        return cls(**config)


def _plain(fn):
    """The name of a function, or the code of a lambda."""
    config = serialize_function(fn)
    is_lambda = config["class_name"] == "__lambda__"
    return config if is_lambda else config["config"]
