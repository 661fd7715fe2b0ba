"""LossScaleOptimizer: an optimizer around an optimizer, for float16."""

import copy
import warnings

import tensorflow as tf

from tf_keras.src.distribute.replica_values import first_replica
from tf_keras.src.distribute.strategies import for_all_replicas, has_strategy
from tf_keras.src.foundation.tf_internals import AutoTrackable
from tf_keras.src.optimizers.gradients import split_present
from tf_keras.src.optimizers.loss_scale import (
    DynamicLossScale,
    FixedLossScale,
    are_all_finite,
)
from tf_keras.src.optimizers.optimizer import Optimizer
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object

_INITIAL_SCALE = 2.0**15
_GROWTH_STEPS = 2000


def _forward(name):
    """A method that calls the inner optimizer's method of the same name."""

    def call(self, *args, **kwargs):
        return getattr(self._optimizer, name)(*args, **kwargs)

    call.__name__ = name
    call.__doc__ = f"Calls `{name}` of the inner optimizer."
    return call


class LossScaleOptimizer(Optimizer):
    """Keeps float16 gradients from vanishing by scaling the loss.

    Small gradients are zero in float16. So the loss is multiplied by a large
    number before its gradients are computed, and they are divided by it
    after. Where they get too large and are not finite, the step is left out
    and the scale halved; after some steps that went well it is doubled. From
    Micikevicius et al., 2018, "Mixed Precision Training",
    https://arxiv.org/abs/1710.03740.

    `compile` wraps the optimizer of a model with the policy
    `mixed_float16` by itself. In an own loop use `minimize`, or
    `get_scaled_loss` and `get_unscaled_gradients`.

    Other attributes, as `learning_rate`, are those of the inner optimizer.

    Args:
        inner_optimizer: The optimizer that updates variables.
        dynamic: Whether the scale adapts.
        initial_scale: The first scale; 32768 by default. If not `dynamic`,
            it is needed, and stays.
        dynamic_growth_steps: After how many good steps the scale doubles;
            2000 by default.

    Raises:
        TypeError: If `inner_optimizer` is none, or has a loss scale already.
        ValueError: For numbers that don't fit `dynamic`.

    Example:

    >>> optimizer = LossScaleOptimizer(SGD(0.1))
    >>> weight = tf.Variable(1.0)
    >>> with tf.GradientTape() as tape:
    ...     loss = optimizer.get_scaled_loss(weight**2)
    >>> gradients = tape.gradient(loss, [weight])
    >>> gradients = optimizer.get_unscaled_gradients(gradients)
    >>> _ = optimizer.apply_gradients(zip(gradients, [weight]))
    >>> round(float(weight), 4)
    0.8
    """

    def __init__(
        self,
        inner_optimizer,
        dynamic=True,
        initial_scale=None,
        dynamic_growth_steps=None,
    ):
        _check_inner(inner_optimizer)
        scale = _make_scale(dynamic, initial_scale, dynamic_growth_steps)
        vars(self).update(
            _optimizer=inner_optimizer,
            _scale=scale,
            _is_scaled=False,
            _is_building=True,  # `build` goes straight to the inner one's.
        )

    # The scale ---------------------------------------------------------------

    @property
    def inner_optimizer(self):
        """The optimizer that updates variables."""
        return self._optimizer

    @property
    def dynamic(self):
        """Whether the scale adapts."""
        return self._scale.is_dynamic

    @property
    def loss_scale(self):
        """The scale of now, a float32 tensor."""
        return self._scale()

    @property
    def dynamic_counter(self):
        """How many steps went well since the scale changed, a variable."""
        return self._scale.good_steps

    @property
    def initial_scale(self):
        """The first scale."""
        return self._scale.initial_scale

    @property
    def dynamic_growth_steps(self):
        """After how many good steps the scale doubles."""
        return self._scale.growth_steps

    def get_scaled_loss(self, loss):
        """Returns the loss times the scale.

        Args:
            loss: A tensor, or a function without arguments that returns one;
                a function then comes back.
        """
        vars(self)["_is_scaled"] = True
        if callable(loss):
            return lambda: self.get_scaled_loss(loss())
        return loss * tf.cast(self.loss_scale, loss.dtype)

    def get_unscaled_gradients(self, grads):
        """Returns gradients of a scaled loss divided by the scale.

        Args:
            grads: A list of tensors, `tf.IndexedSlices` or None.
        """
        factor = 1.0 / self.loss_scale
        return [
            None if gradient is None else _times(gradient, factor)
            for gradient in grads
        ]

    # A step ------------------------------------------------------------------

    def compute_gradients(self, loss, var_list, tape=None):
        """Returns a list of `(gradient, variable)`, scaled in between.

        Args:
            loss: A function without arguments; or a tensor, with the `tape`
                that recorded it.
            var_list: The variables, or a function that returns them.
            tape: The `tf.GradientTape` in which a tensor was computed.
        """
        if callable(loss) or tape is None:
            scaled = self.get_scaled_loss(loss)
        else:
            with tape:
                scaled = self.get_scaled_loss(loss)
        pairs = super().compute_gradients(scaled, var_list, tape)
        gradients = self.get_unscaled_gradients([pair[0] for pair in pairs])
        return [(new, pair[1]) for new, pair in zip(gradients, pairs)]

    def apply_gradients(
        self,
        grads_and_vars,
        name=None,
        skip_gradients_aggregation=False,
        **kwargs,
    ):
        """Updates variables with gradients, if all of them are finite.

        Args:
            grads_and_vars: Pairs `(gradient, variable)`, not scaled.
            name: A scope for the operations in a graph.
            skip_gradients_aggregation: Whether the gradients are summed over
                replicas already.
            **kwargs: See `Optimizer.apply_gradients`.

        Returns:
            The count of steps, a variable.
        """
        self._warn_if_unscaled()
        sums = kwargs.pop("experimental_aggregate_gradients", True)
        sums = sums and not skip_gradients_aggregation
        if not self.dynamic:
            return self._optimizer.apply_gradients(
                grads_and_vars,
                name=name,
                experimental_aggregate_gradients=sums,
                **kwargs,
            )
        grads_and_vars = list(grads_and_vars)
        if hasattr(self._optimizer, "meet"):
            self._optimizer.meet([variable for _, variable in grads_and_vars])
        gradients, variables = split_present(grads_and_vars)
        if not variables:
            return self.iterations
        if has_strategy():
            if sums:
                gradients = self._sum_gradients(gradients)
            if hasattr(self._optimizer, "build"):
                self._optimizer.build(variables)
            for_all_replicas(
                lambda strategy, gradients: self._apply_in_all(
                    strategy, gradients, variables
                ),
                gradients,
            )
        else:
            self._apply_if_finite(
                are_all_finite(gradients),
                lambda: self._apply_inner(gradients, variables),
            )
        return self.iterations

    def _apply_in_all(self, strategy, gradients, variables):
        """Decides once for all replicas, outside of them."""
        is_finite = are_all_finite(first_replica(strategy, gradients))
        self._apply_if_finite(
            is_finite,
            lambda: strategy.extended.call_for_each_replica(
                lambda gradients: self._apply_inner(gradients, variables),
                args=(gradients,),
            ),
        )

    def _apply_inner(self, gradients, variables):
        self._optimizer.apply_gradients(
            list(zip(gradients, variables)),
            experimental_aggregate_gradients=False,
        )

    def _apply_if_finite(self, is_finite, apply):
        def skip():
            if getattr(self._optimizer, "gradient_accumulation_steps", None):
                return  # The mean is that of steps which were not left out.
            self.iterations.assign_add(1, read_value=False)

        if tf.executing_eagerly():
            apply() if is_finite else skip()
        else:
            tf.cond(
                is_finite, lambda: _nothing(apply()), lambda: _nothing(skip())
            )
        self._scale.update(is_finite)

    def _warn_if_unscaled(self):
        if not self._is_scaled:
            vars(self)["_is_scaled"] = True
            warnings.warn(
                "LossScaleOptimizer.apply_gradients() was called before "
                "get_scaled_loss(): the gradients are those of a loss that "
                "was not scaled, and may have vanished. Scale the loss "
                "before its gradients are computed, and pass them through "
                "get_unscaled_gradients().",
                stacklevel=3,
            )

    # What the inner optimizer answers ----------------------------------------

    build = _forward("build")
    aggregate_gradients = _forward("aggregate_gradients")
    update_step = _forward("update_step")
    add_variable = _forward("add_variable")
    add_variable_from_reference = _forward("add_variable_from_reference")
    exclude_from_weight_decay = _forward("exclude_from_weight_decay")
    get_weights = _forward("get_weights")
    set_weights = _forward("set_weights")
    save_own_variables = _forward("save_own_variables")
    load_own_variables = _forward("load_own_variables")
    load_own_variables.sets_in_order = True

    def finalize_variable_values(self, var_list):
        """Calls the inner optimizer's, which those of before 2.11 lack."""
        if hasattr(self._optimizer, "finalize_variable_values"):
            self._optimizer.finalize_variable_values(var_list)

    @property
    def variables(self):
        """The inner optimizer's variables."""
        return self._optimizer.variables

    @property
    def iterations(self):
        """The count of steps, those left out included."""
        return self._optimizer.iterations

    @iterations.setter
    def iterations(self, variable):
        self._optimizer.iterations = variable

    @property
    def learning_rate(self):
        """The inner optimizer's learning rate."""
        return self._optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self._optimizer.learning_rate = value

    def __getattr__(self, name):
        if name in ("_optimizer", "_scale"):  # Not there while being copied.
            raise AttributeError(name)
        return getattr(self._optimizer, name)

    def __dir__(self):
        """TensorFlow looks here whether there are slots to be saved."""
        return sorted({*super().__dir__(), *dir(self._optimizer)})

    def __setattr__(self, name, value):
        own = name.startswith("_self_") or isinstance(
            getattr(type(self), name, None), property
        )
        if own or not hasattr(self._optimizer, name):
            AutoTrackable.__setattr__(self, name, value)
        else:
            setattr(self._optimizer, name, value)

    # Files and configs -------------------------------------------------------

    @property
    def _class_name_in_files(self):
        """Published releases have a class for each kind of optimizer."""
        is_new = isinstance(self._optimizer, Optimizer)
        return "LossScaleOptimizerV3" if is_new else "LossScaleOptimizer"

    def _trackable_children(self, save_type="checkpoint", **kwargs):
        """In checkpoints the inner optimizer's variables stand as ours."""
        children = dict(
            self._optimizer._trackable_children(save_type, **kwargs)
        )
        if self.dynamic:
            children["loss_scale"] = self._scale
        return children

    def _lookup_dependency(self, name, cached_dependencies=None):
        if name == "loss_scale" and self.dynamic:
            return self._scale
        return self._optimizer._lookup_dependency(name, cached_dependencies)

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        return {
            "inner_optimizer": serialize_keras_object(self._optimizer),
            "dynamic": self.dynamic,
            "initial_scale": self.initial_scale,
            "dynamic_growth_steps": self.dynamic_growth_steps,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Returns an optimizer made with the arguments in `config`.

        Args:
            config: What `get_config` returned.
            custom_objects: A dict from names to the user's own classes.
        """
        config = dict(config)
        if isinstance(config["inner_optimizer"], dict):
            config["inner_optimizer"] = deserialize_keras_object(
                config["inner_optimizer"], custom_objects
            )
        return cls(**config)

    def _state_of_scale(self):
        if not self.dynamic:
            return None
        return float(self.loss_scale), int(self.dynamic_counter)

    def _set_state_of_scale(self, state):
        if state is not None:
            self._scale.current_loss_scale.assign(state[0])
            self._scale.good_steps.assign(state[1])

    def __deepcopy__(self, memo):
        copied = _remake(
            type(self),
            copy.deepcopy(self._optimizer, memo),
            self._arguments(),
            self._state_of_scale(),
        )
        memo[id(self)] = copied
        return copied

    def __reduce__(self):
        return _remake, (
            type(self),
            self._optimizer,
            self._arguments(),
            self._state_of_scale(),
        )

    def _arguments(self):
        return self.dynamic, self.initial_scale, self.dynamic_growth_steps


def _remake(cls, inner, arguments, state):
    optimizer = cls(inner, *arguments)
    optimizer._set_state_of_scale(state)
    return optimizer


def _check_inner(inner):
    if isinstance(inner, LossScaleOptimizer):
        raise TypeError(
            "A LossScaleOptimizer can't wrap a LossScaleOptimizer. "
            f"Received: {inner}. Pass its `inner_optimizer`."
        )
    if isinstance(inner, type) or not hasattr(inner, "apply_gradients"):
        raise TypeError(
            "`inner_optimizer` must be an optimizer, such as "
            f"`tf_keras.optimizers.Adam()`. Received: {inner}"
        )


def _make_scale(dynamic, initial_scale, growth_steps):
    if not isinstance(dynamic, bool):
        raise TypeError(
            f"`dynamic` must be True or False. Received: dynamic={dynamic!r}"
        )
    if dynamic:
        return DynamicLossScale(
            _INITIAL_SCALE if initial_scale is None else initial_scale,
            _GROWTH_STEPS if growth_steps is None else growth_steps,
        )
    if initial_scale is None:
        raise ValueError(
            "`initial_scale` must be given if `dynamic` is False: it is the "
            "scale then."
        )
    if growth_steps is not None:
        raise ValueError(
            "`dynamic_growth_steps` must be None if `dynamic` is False: the "
            f"scale never grows. Received: dynamic_growth_steps={growth_steps}"
        )
    return FixedLossScale(initial_scale)


def _times(gradient, factor):
    factor = tf.cast(factor, gradient.dtype)
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(
            gradient.values * factor, gradient.indices, gradient.dense_shape
        )
    return gradient * factor


def _nothing(_):
    """What both branches of a condition return."""
    return tf.constant(0)
