"""Optimizer: the base class of the optimizers of TensorFlow 2.0 to 2.10."""

import inspect
import warnings

import tensorflow as tf

from tf_keras.src.distribute.replica_values import (
    parts,
    sum_over_replicas,
    update_on_each_device,
)
from tf_keras.src.distribute.strategies import has_strategy, in_replica
from tf_keras.src.foundation.kernels import read
from tf_keras.src.foundation.tf_internals import answer_saved_object
from tf_keras.src.legacy.optimizers.slots import SlotState
from tf_keras.src.optimizers.gradients import (
    clip,
    is_sparse,
    split_present,
    sum_duplicates,
)
from tf_keras.src.optimizers.schedules import LearningRateSchedule, deserialize

_CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
_KEYWORDS = (*_CLIPS, "clips_values_last", "decay", "lr")


class Optimizer(SlotState):
    """Changes variables along their gradients, as before TensorFlow 2.11.

    A subclass gives its numbers to `_set_hyper` in the constructor, makes
    its slots in `_create_slots(var_list)` by `add_slot`, and updates one
    variable in `_resource_apply_dense(grad, var, apply_state)` and, for
    `tf.IndexedSlices`, in `_resource_apply_sparse(grad, var, indices,
    apply_state)`. What all variables share in a step it may compute in
    `_prepare_local(var_device, var_dtype, apply_state)`.

    New programs had better take the optimizers of `tf_keras.optimizers`.

    Args:
        name: A name; the variables of the optimizer start with it.
        gradient_aggregator: A function from a list of `(gradient, variable)`
            to such a list, instead of the sum over replicas.
        gradient_transformers: A list of functions from a list of `(gradient,
            variable)` to such a list, called after that.
        **kwargs: `clipnorm`, the largest norm of the gradient of one
            variable; `clipvalue`, the largest absolute value in a gradient;
            `global_clipnorm`, the largest norm of all gradients together;
            `decay`, by which the learning rate falls as `1 / (1 + decay *
            steps)`; and `lr`, the older name of `learning_rate`.

    Raises:
        ValueError: For negative numbers, or two ways of clipping norms.
        TypeError: For unknown arguments.

    Example:

    >>> class Plain(Optimizer):
    ...     def __init__(self, learning_rate=0.1, name="Plain", **kwargs):
    ...         super().__init__(name, **kwargs)
    ...         self._set_hyper("learning_rate", learning_rate)
    ...     def _resource_apply_dense(self, grad, var, apply_state=None):
    ...         return var.assign_sub(self._decayed_lr(var.dtype) * grad)
    >>> weight = tf.Variable(1.0)
    >>> _ = Plain().minimize(lambda: weight**2, [weight])
    >>> round(float(weight), 4)
    0.8
    """

    def __init__(
        self,
        name,
        gradient_aggregator=None,
        gradient_transformers=None,
        **kwargs,
    ):
        _check_keywords(type(self).__name__, kwargs)
        self._start_state(name)
        self.gradient_aggregator = gradient_aggregator
        self.gradient_transformers = gradient_transformers or []
        self.clipnorm = kwargs.get("clipnorm")
        self.clipvalue = kwargs.get("clipvalue")
        self.global_clipnorm = kwargs.get("global_clipnorm")
        # The order of the package `keras`; its files are read with this.
        self._clips_values_last = kwargs.get("clips_values_last", False)
        decay = kwargs.get("decay", 0.0)
        if decay < 0.0:
            raise ValueError(
                f"`decay` must not be negative. Received: decay={decay}"
            )
        self._initial_decay = decay
        self._hyper["decay"] = decay

    @property
    def clipnorm(self):
        """The largest norm of the gradient of one variable, or None."""
        return self._clipnorm

    @clipnorm.setter
    def clipnorm(self, value):
        if value is not None and vars(self).get("_global_clipnorm"):
            raise _two_norms(value, self._global_clipnorm)
        self._clipnorm = value

    @property
    def clipvalue(self):
        """The largest absolute value in a gradient, or None."""
        return self._clipvalue

    @clipvalue.setter
    def clipvalue(self, value):
        self._clipvalue = value

    @property
    def global_clipnorm(self):
        """The largest norm of all gradients together, or None."""
        return self._global_clipnorm

    @global_clipnorm.setter
    def global_clipnorm(self, value):
        if value is not None and self._clipnorm:
            raise _two_norms(self._clipnorm, value)
        self._global_clipnorm = value

    # A step ------------------------------------------------------------------

    def minimize(self, loss, var_list, grad_loss=None, name=None, tape=None):
        """Computes gradients of a loss and applies them: one step.

        Args:
            loss: A function without arguments; or a tensor, with the `tape`
                that recorded it.
            var_list: The variables, or a function that returns them.
            grad_loss: The gradient of `loss`; ones by default.
            name: A scope for the operations in a graph.
            tape: The `tf.GradientTape` in which a tensor was computed.

        Returns:
            The count of steps, a variable.

        Raises:
            ValueError: If `loss` is a tensor without a tape, or no variable
                has a gradient.
        """
        pairs = self._compute_gradients(loss, var_list, grad_loss, tape)
        return self.apply_gradients(pairs, name=name)

    def _compute_gradients(self, loss, var_list, grad_loss=None, tape=None):
        """Returns a list of `(gradient, variable)`."""
        if callable(loss):
            with tf.GradientTape() as tape:
                if not callable(var_list):
                    tape.watch(var_list)
                loss = loss()
        elif tape is None:
            raise ValueError(
                "A loss that is a tensor needs the `tape` that recorded it. "
                f"Received: loss={loss}, tape=None. Give the tape, or a "
                "function that computes the loss."
            )
        if callable(var_list):
            var_list = var_list()
        var_list = tf.nest.flatten(var_list)
        gradients = tape.gradient(loss, var_list, grad_loss)
        return list(zip(gradients, var_list))

    def apply_gradients(
        self, grads_and_vars, name=None, experimental_aggregate_gradients=True
    ):
        """Updates variables with their gradients: one step.

        Args:
            grads_and_vars: Pairs `(gradient, variable)`. A gradient may be
                None, and its variable stays as it is.
            name: A scope for the operations in a graph.
            experimental_aggregate_gradients: Whether to sum the gradients
                over replicas; else they are summed already.

        Returns:
            The count of steps, a variable.

        Raises:
            ValueError: If no variable has a gradient.
        """
        gradients, variables = split_present(grads_and_vars)
        if not variables:
            return self.iterations
        self.build(variables)
        if tf.executing_eagerly():
            return self._apply(
                gradients, variables, experimental_aggregate_gradients
            )
        with tf.name_scope(name or self._name):
            return self._apply(
                gradients, variables, experimental_aggregate_gradients
            )

    def _apply(self, gradients, variables, sums):
        pairs = list(zip(gradients, variables))
        if sums:
            pairs = self._aggregate_gradients(pairs)
        pairs = self._transform_gradients(pairs)
        gradients = [gradient for gradient, _ in pairs]
        variables = [variable for _, variable in pairs]
        apply_state = self._prepare(variables)

        def update(_, part, gradient):
            self._update(part, gradient, apply_state)

        if has_strategy():
            update_on_each_device(variables, update, gradients)
        else:
            for gradient, variable in pairs:
                self._update(variable, gradient, apply_state)
        self.iterations.assign_add(1, read_value=False)
        return self.iterations

    def _aggregate_gradients(self, grads_and_vars):
        """Sums gradients over replicas."""
        pairs = list(grads_and_vars)
        if self.gradient_aggregator is not None:
            return self.gradient_aggregator(pairs)
        if not (has_strategy() and in_replica() and pairs):
            return pairs
        summed = sum_over_replicas([gradient for gradient, _ in pairs])
        return [(new, pair[1]) for new, pair in zip(summed, pairs)]

    def _transform_gradients(self, grads_and_vars):
        """Clips gradients and calls `gradient_transformers`."""
        pairs = list(grads_and_vars)
        if self._clipvalue or self._clipnorm or self._global_clipnorm:
            gradients = [gradient for gradient, _ in pairs]
            ways = [
                (None, self._clipvalue, None),
                (self._clipnorm, None, self._global_clipnorm),
            ]
            if self._clips_values_last:
                ways.reverse()
            for way in ways:
                gradients = clip(gradients, *way)
            pairs = [(new, pair[1]) for new, pair in zip(gradients, pairs)]
        for transform in self.gradient_transformers:
            pairs = list(transform(pairs))
        return pairs

    def _update(self, variable, gradient, apply_state):
        """All that a step does to a variable, or its part on one device."""
        if is_sparse(gradient):
            kwargs = self._state_for("_resource_apply_sparse", apply_state)
            self._resource_apply_sparse_duplicate_indices(
                gradient.values, variable, gradient.indices, **kwargs
            )
        else:
            kwargs = self._state_for("_resource_apply_dense", apply_state)
            self._resource_apply_dense(gradient, variable, **kwargs)
        constraint = getattr(variable, "constraint", None)
        if constraint is not None:
            variable.assign(constraint(variable), read_value=False)

    def _state_for(self, method, apply_state):
        """`apply_state` as a keyword; the oldest subclasses don't take it."""
        accepted = vars(self).setdefault("_takes_state", {})
        if method not in accepted:
            names = inspect.signature(getattr(self, method)).parameters
            accepted[method] = "apply_state" in names
        return {"apply_state": apply_state} if accepted[method] else {}

    def _resource_apply_dense(self, grad, handle, apply_state=None):
        """Updates one variable; a subclass writes it."""
        raise NotImplementedError(
            f"{type(self).__name__} must write "
            "`_resource_apply_dense(self, grad, var, apply_state=None)`, "
            "which updates one variable."
        )

    def _resource_apply_sparse(self, grad, handle, indices, apply_state=None):
        """Updates rows of a variable; a subclass writes it."""
        raise NotImplementedError(
            f"{type(self).__name__} must write `_resource_apply_sparse(self, "
            "grad, var, indices, apply_state=None)` for sparse gradients."
        )

    def _resource_apply_sparse_duplicate_indices(
        self, grad, handle, indices, **kwargs
    ):
        """The same where rows may stand twice; their sum counts."""
        slices = sum_duplicates(tf.IndexedSlices(grad, indices))
        return self._resource_apply_sparse(
            slices.values, handle, slices.indices, **kwargs
        )

    def _resource_scatter_add(self, x, i, v):
        x.scatter_add(tf.IndexedSlices(v, i))
        return x.value()

    def _resource_scatter_update(self, x, i, v):
        x.scatter_update(tf.IndexedSlices(v, i))
        return x.value()

    # Numbers that all variables share in a step ------------------------------

    def _prepare(self, var_list):
        """Returns a dict from `(device, dtype)` to numbers of this step."""
        keys = {
            (part.device, part.dtype.base_dtype)
            for variable in var_list
            for part in (parts(variable) or (variable,))
        }
        apply_state = {}
        for device, dtype in sorted(keys, key=str):
            apply_state[device, dtype] = {}
            with tf.device(device):
                self._prepare_local(device, dtype, apply_state)
        return apply_state

    def _prepare_local(self, var_device, var_dtype, apply_state):
        """Adds numbers to `apply_state[(var_device, var_dtype)]`."""
        if "learning_rate" in self._hyper:
            numbers = apply_state.setdefault((var_device, var_dtype), {})
            numbers["lr_t"] = self._decayed_lr(var_dtype)

    def _fallback_apply_state(self, var_device, var_dtype):
        """The numbers of one device, for an update outside of a step."""
        apply_state = {(var_device, var_dtype): {}}
        self._prepare_local(var_device, var_dtype, apply_state)
        return apply_state[var_device, var_dtype]

    def _numbers(self, var, apply_state):
        """The numbers of this step for a variable."""
        key = (var.device, var.dtype.base_dtype)
        return (apply_state or {}).get(key) or self._fallback_apply_state(*key)

    def _decayed_lr(self, var_dtype):
        """Returns the learning rate of now, a tensor."""
        wide = _wide(var_dtype)
        rate = self._get_hyper("learning_rate", wide)
        if isinstance(rate, LearningRateSchedule):
            rate = tf.cast(rate(read(self.iterations)), wide)
        if self._initial_decay > 0.0:
            step = tf.cast(read(self.iterations), wide)
            rate = rate / (1.0 + self._get_hyper("decay", wide) * step)
        return tf.cast(rate, var_dtype)

    def _step_number(self, var_dtype):
        """The number of this step, 1 at first, exact in 16 bits as well."""
        return tf.cast(read(self.iterations) + 1, _wide(var_dtype))

    # Graphs without tapes ----------------------------------------------------

    def get_gradients(self, loss, params):
        """Returns the gradients of a tensor of a graph.

        Args:
            loss: A tensor, in a `tf.function`.
            params: A list of variables.

        Raises:
            RuntimeError: In eager code, where a `tf.GradientTape` is needed.
            ValueError: If a variable has no gradient.
        """
        if tf.executing_eagerly():
            raise RuntimeError(
                "`get_gradients` and `get_updates` work on graphs, as inside "
                "of a `tf.function`. In eager code use `minimize`, or "
                "`tf.GradientTape` and `apply_gradients`."
            )
        params = tf.nest.flatten(params)
        gradients = tf.gradients(loss, params)
        missing = [
            variable.name
            for variable, gradient in zip(params, gradients)
            if gradient is None
        ]
        if missing:
            raise ValueError(
                f"No gradient for the variables {missing}: the loss does not "
                "depend on them through operations that have gradients."
            )
        return gradients

    def get_updates(self, loss, params):
        """Applies the gradients of a tensor of a graph.

        Args:
            loss: A tensor, in a `tf.function`.
            params: A list of variables.

        Returns:
            A list of the count of steps.

        Raises:
            RuntimeError: In eager code, where a `tf.GradientTape` is needed.
        """
        params = tf.nest.flatten(params)
        pairs = zip(self.get_gradients(loss, params), params)
        return [self.apply_gradients(pairs)]

    # Configs and copies ------------------------------------------------------

    def get_config(self):
        """Returns the name and what clips gradients, where it is given."""
        config = {"name": self._name}
        for clips in _CLIPS:
            if getattr(self, clips) is not None:
                config[clips] = getattr(self, clips)
        return config

    def _hyper_config(self, *names):
        """The numbers of these names, for `get_config`."""
        config = {name: self._serialize_hyperparameter(name) for name in names}
        if "decay" in config:
            config["decay"] = self._initial_decay
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Returns an optimizer made with the arguments in `config`.

        Args:
            config: What `get_config` returned.
            custom_objects: A dict from names to the user's own schedules.
        """
        config = dict(config)
        if "lr" in config:
            config["learning_rate"] = config.pop("lr")
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = deserialize(
                config["learning_rate"], custom_objects
            )
        return cls(**config)

    def _live_config(self):
        """The config, with a schedule as it is: it needs no name then."""
        config = self.get_config()
        rate = self._hyper.get("learning_rate")
        if isinstance(rate, LearningRateSchedule):
            config["learning_rate"] = rate
        return config

    def __deepcopy__(self, memo):
        """A copy with own state, for the same (or the copied) variables."""
        copy = type(self).from_config(self._live_config())
        memo[id(self)] = copy
        if self._known:
            copy.build([memo.get(id(var), var) for var in self._known])
            copy.set_weights(self.get_weights())
        return copy

    def __reduce__(self):
        values = self.get_weights()
        return _unpickle, (type(self), self._live_config(), values)

    @property
    def _object_identifier(self):
        return "optimizer"  # By which tf.saved_model.load finds `_Revived`.


class _Revived(Optimizer):
    """What `tf.saved_model.load` finds in place of an optimizer: its state."""

    def __init__(self):
        super().__init__("RestoredOptimizer")
        self._hypers_created = True

    def _set_child(self, name, value):
        if name == "iter":
            self.iterations = value
        else:
            self._hyper[name] = value
            self._track_trackable(value, name, overwrite=True)

    def get_config(self):
        raise NotImplementedError(
            "An optimizer that was loaded by tf.saved_model.load has its "
            "state, but not its config. Make a new one, or load the model by "
            "`tf_keras.models.load_model`."
        )


answer_saved_object("optimizer", Optimizer, _Revived, _Revived._set_child)


def _unpickle(cls, config, values):
    optimizer = cls.from_config(config)
    if values:
        optimizer.iterations.assign(values[0])
        optimizer._pending_values = values
    return optimizer


def _check_keywords(owner, kwargs):
    unknown = sorted(set(kwargs) - set(_KEYWORDS))
    if unknown:
        raise TypeError(
            f"{owner} does not take the arguments {unknown}. Beside its own "
            f"it takes {list(_KEYWORDS)}."
        )
    for name, value in kwargs.items():
        if value is not None and name != "lr" and value < 0:
            raise ValueError(f"Expected {name} >= 0. Received: {name}={value}")
    if "lr" in kwargs:
        warnings.warn(
            "The argument `lr` has the name `learning_rate` now.", stacklevel=4
        )


def _two_norms(clipnorm, global_clipnorm):
    return ValueError(
        "`clipnorm` and `global_clipnorm` exclude each other. Received: "
        f"clipnorm={clipnorm}, global_clipnorm={global_clipnorm}. Give one "
        "of them."
    )


def _wide(dtype):
    """At least float32: powers of 0.999 are lost in 16 bits."""
    return dtype if dtype.size > 4 else tf.float32
