"""Optimizer: gradients in, variables updated."""

import re
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.distribute.replica_values import (
    sum_over_replicas,
    update_on_each_device,
)
from tf_keras.src.distribute.strategies import has_strategy, in_replica
from tf_keras.src.foundation.config import floatx
from tf_keras.src.foundation.kernels import (
    kernels,
    move_mean,
    read,
    step_along,
)
from tf_keras.src.foundation.tf_internals import PLAIN_VARIABLES
from tf_keras.src.optimizers import accumulation
from tf_keras.src.optimizers.gradients import (
    clip,
    is_sparse,
    split_present,
    sum_duplicates,
)
from tf_keras.src.optimizers.optimizer_state import (
    OptimizerState,
    state_variable,
)
from tf_keras.src.optimizers.schedules import LearningRateSchedule, deserialize
from tf_keras.src.serialization.constructor_config import constructor_config
from tf_keras.src.serialization.to_config import serialize_keras_object

# Constructor arguments that every optimizer has, in the order of configs.
_SHARED_ARGUMENTS = (
    "name",
    "weight_decay",
    "clipnorm",
    "global_clipnorm",
    "clipvalue",
    "use_ema",
    "ema_momentum",
    "ema_overwrite_frequency",
    "jit_compile",
)


class Optimizer(OptimizerState):
    """Changes variables along their gradients. Base class of all optimizers.

    A subclass writes `update_step`, which updates one variable; where it
    keeps state for each variable, it makes that in `build`. It gives its
    learning rate to `self._build_learning_rate` and keeps the result as
    `self._learning_rate`.

    An optimizer may meet variables late, as when layers are unfrozen. They
    get their state then; all others keep theirs.

    Args:
        name: A name; the variables of the optimizer start with it.
        weight_decay: How much of itself, times the learning rate, each
            variable loses in a step; None for nothing.
        clipnorm: The largest norm of the gradient of one variable, or None.
        clipvalue: The largest absolute value in a gradient, or None.
        global_clipnorm: The largest norm of all gradients together, or None.
        use_ema: Whether to keep a moving average of each variable.
        ema_momentum: How much of the average stays in a step, in [0, 1].
        ema_overwrite_frequency: After how many steps the variables become
            their averages; None for the end of training only.
        jit_compile: Kept in the config. The update of most optimizers is one
            kernel a variable, which compiling doesn't make faster; to compile
            whole steps use `Model.compile(jit_compile=True)`.
        **kwargs: `gradient_accumulation_steps`: over how many steps gradients
            are gathered before their mean is used, see `accumulation`; and
            `lr`, the older name of `learning_rate`.

    Raises:
        ValueError: For values out of range, or two ways of clipping norms.
        TypeError: For unknown arguments.

    Example:

    >>> class Plain(Optimizer):
    ...     def __init__(self, learning_rate=0.1, name="Plain", **kwargs):
    ...         super().__init__(name, **kwargs)
    ...         self._learning_rate = self._build_learning_rate(learning_rate)
    ...     def update_step(self, gradient, variable):
    ...         variable.assign_sub(self.learning_rate * gradient)
    >>> weight = tf.Variable(1.0)
    >>> Plain().minimize(lambda: weight**2, [weight])
    >>> round(float(weight), 4)
    0.8
    """

    def __init__(
        self,
        name,
        weight_decay=0,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        **kwargs,
    ):
        self._start_step_options()
        self.name = name
        self.weight_decay = weight_decay
        self.clipnorm = clipnorm
        self.global_clipnorm = global_clipnorm
        self.clipvalue = clipvalue
        self.use_ema = use_ema
        self.ema_momentum = ema_momentum
        self.ema_overwrite_frequency = ema_overwrite_frequency
        self.jit_compile = bool(
            jit_compile and tf.config.list_physical_devices("GPU")
        )
        self._check_arguments()
        self._take_old_arguments(kwargs)
        self._start_state()

    def _start_step_options(self):
        """Attributes that are no state: checkpoints don't follow them."""
        vars(self).update(
            _undecayed_names=[],
            _undecayed_keys=set(),
            _numbers=None,
            _lr_function=None,
            _lr_argument=None,
            _accumulation_steps=None,
            _sums_duplicates=not getattr(
                type(self).update_step, "takes_duplicates", False
            ),
        )

    def _check_arguments(self):
        if self.clipnorm is not None and self.global_clipnorm is not None:
            raise ValueError(
                "`clipnorm` and `global_clipnorm` exclude each other. "
                f"Received: clipnorm={self.clipnorm}, "
                f"global_clipnorm={self.global_clipnorm}. Give one of them."
            )
        if not self.use_ema:
            return
        if not 0 <= self.ema_momentum <= 1:
            raise ValueError(
                "`ema_momentum` must be in the range [0, 1]. "
                f"Received: ema_momentum={self.ema_momentum}"
            )
        steps = self.ema_overwrite_frequency
        if steps and (not isinstance(steps, (int, np.integer)) or steps < 1):
            raise ValueError(
                "`ema_overwrite_frequency` must be a whole number of steps, "
                "at least 1, or None. "
                f"Received: ema_overwrite_frequency={steps}"
            )

    def _take_old_arguments(self, kwargs):
        kwargs.pop("is_legacy_optimizer", None)  # A key of configs.
        vars(self)["_accumulation_steps"] = accumulation.checked(
            kwargs.pop("gradient_accumulation_steps", None)
        )
        if "lr" in kwargs:
            warnings.warn(
                "The argument `lr` has the name `learning_rate` now.",
                stacklevel=4,
            )
            vars(self)["_lr_argument"] = kwargs.pop("lr")
        if kwargs.get("decay"):
            raise ValueError(
                "The argument `decay` is not taken by "
                f"{type(self).__name__}. Give the schedule itself, "
                "`learning_rate=schedules.InverseTimeDecay(learning_rate, "
                "decay_steps=1, decay_rate=decay)`, or use "
                f"`optimizers.legacy.{type(self).__name__}`."
            )
        kwargs.pop("decay", None)
        if kwargs:
            raise TypeError(
                f"{type(self).__name__} does not take the arguments "
                f"{sorted(kwargs)}."
            )

    # A step ------------------------------------------------------------------

    def minimize(self, loss, var_list, tape=None):
        """Computes the gradients of a loss and applies them.

        Args:
            loss: A function without arguments; or a tensor, with the `tape`
                that recorded it.
            var_list: The variables, or a function that returns them.
            tape: The `tf.GradientTape` in which a tensor was computed.
        """
        self.apply_gradients(self.compute_gradients(loss, var_list, tape))

    def compute_gradients(self, loss, var_list, tape=None):
        """Returns a list of `(gradient, variable)`.

        Args:
            loss: A function without arguments; or a tensor, with the `tape`
                that recorded it.
            var_list: The variables, or a function that returns them.
            tape: The `tf.GradientTape` in which a tensor was computed.

        Raises:
            ValueError: For a tensor without its tape.
        """
        if callable(loss):
            with tape or tf.GradientTape() as tape:
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
        return list(zip(tape.gradient(loss, var_list), var_list))

    def apply_gradients(
        self,
        grads_and_vars,
        name=None,
        skip_gradients_aggregation=False,
        **kwargs,
    ):
        """Updates variables with their gradients: one step.

        Args:
            grads_and_vars: Pairs `(gradient, variable)`. A gradient may be
                None, and its variable stays as it is.
            name: A scope for the operations in a graph.
            skip_gradients_aggregation: Whether the gradients are summed over
                replicas already.
            **kwargs: `experimental_aggregate_gradients`, the older opposite
                of `skip_gradients_aggregation`.

        Returns:
            The count of steps, a variable.

        Raises:
            ValueError: If no variable has a gradient.
            TypeError: For unknown arguments.
        """
        if kwargs:
            skip_gradients_aggregation = _wants_no_sum(
                kwargs, skip_gradients_aggregation
            )
        grads_and_vars = list(grads_and_vars)
        self.meet([variable for _, variable in grads_and_vars])
        gradients, variables = split_present(grads_and_vars)
        if not variables:
            return self._iterations
        if tf.executing_eagerly():
            return self._apply(gradients, variables, skip_gradients_aggregation)
        with tf.name_scope(name or self.name or type(self).__name__):
            return self._apply(gradients, variables, skip_gradients_aggregation)

    def aggregate_gradients(self, grads_and_vars):
        """Returns the pairs with gradients summed over all replicas.

        Args:
            grads_and_vars: Pairs `(gradient, variable)`, in a replica.
        """
        gradients, variables = split_present(grads_and_vars)
        return list(zip(self._sum_gradients(gradients), variables))

    def _sum_gradients(self, gradients):
        if has_strategy() and in_replica() and gradients:
            return sum_over_replicas(gradients)
        return gradients

    def _apply(self, gradients, variables, skip_aggregation):
        if has_strategy() and not skip_aggregation:
            gradients = self._sum_gradients(gradients)
        if self._accumulation_steps:
            accumulation.accumulate(self, gradients, variables)
        else:
            self.use_gradients(gradients, variables)
        return self._count_step()

    def use_gradients(self, gradients, variables):
        """Updates variables with gradients that are summed over replicas.

        Args:
            gradients: A list of tensors or `tf.IndexedSlices`.
            variables: The variables, in the same order.
        """
        if self.clipnorm or self.clipvalue or self.global_clipnorm:
            gradients = clip(
                gradients, self.clipnorm, self.clipvalue, self.global_clipnorm
            )
        if self._sums_duplicates:
            gradients = [
                sum_duplicates(gradient) if is_sparse(gradient) else gradient
                for gradient in gradients
            ]
        own = vars(self)
        own["_numbers"] = {}
        try:
            self.start_step()
            if has_strategy():
                update_on_each_device(
                    variables, self._update_on_device, gradients
                )
            else:
                self._update_here(gradients, variables)
        finally:
            own["_numbers"] = None

    def start_step(self):
        """Does what comes once a step, before the variables are updated."""
        if self._lr_function is not None:
            rate = self._rate_variable()
            rate.assign(tf.cast(self._lr_function(), rate.dtype))

    def _update_here(self, gradients, variables):
        if self.weight_decay:
            for variable in variables:
                self._decay(variable, variable)
        for gradient, variable in zip(gradients, variables):
            self.update_step(gradient, variable)
        if self.use_ema:
            for variable in variables:
                self._average(variable)
        if self._constraints:
            for variable in variables:
                self._constrain(variable, variable)

    def _update_on_device(self, variable, part, gradient):
        """All that a step does to the part of a variable on one device."""
        if self.weight_decay:
            self._decay(variable, part)
        self.update_step(gradient, part)
        if self.use_ema:
            self._average(part)
        if self._constraints:
            self._constrain(variable, part)

    def _count_step(self):
        iterations = self._iterations
        if type(iterations) in PLAIN_VARIABLES and iterations.dtype is tf.int64:
            kernels.AssignAddVariableOp(
                resource=iterations.handle, value=self._one
            )
        else:
            iterations.assign_add(1)
        return iterations

    def update_step(self, gradient, variable):
        """Updates one variable; a subclass writes it.

        Args:
            gradient: A tensor, or `tf.IndexedSlices` without repeated
                indices.
            variable: The variable.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must write "
            "`update_step(self, gradient, variable)`, which updates one "
            "variable."
        )

    # Numbers that all variables share in a step ------------------------------

    def numbers(self, dtype):
        """Returns `step_numbers` for this step, in a dtype.

        They are computed once a step, whatever the number of variables.
        """
        numbers = self._numbers
        if numbers is None:  # update_step was called on its own.
            return self._compute_numbers(dtype)
        found = numbers.get(dtype)
        if found is None:
            found = numbers[dtype] = self._compute_numbers(dtype)
        return found

    def _compute_numbers(self, dtype):
        # Powers of 0.999 are lost in 16 bits.
        wide = dtype if dtype.size > 4 else tf.float32
        step = kernels.Cast(x=self._updates_done(), DstT=wide)
        step = kernels.AddV2(x=step, y=1.0)
        rate = read(self._rate_variable())
        if rate.dtype is not wide:
            rate = kernels.Cast(x=rate, DstT=wide)
        numbers = self.step_numbers(rate, step)
        if wide is dtype:
            return numbers
        return tuple(
            tf.cast(number, dtype) if tf.is_tensor(number) else number
            for number in numbers
        )

    def step_numbers(self, learning_rate, step):
        """Returns what `update_step` needs to know of the step, as a tuple.

        Args:
            learning_rate: A scalar tensor, at least float32.
            step: The number of this step, 1 at first, of the same dtype.
        """
        return (learning_rate,)

    def _updates_done(self):
        """How often variables were updated: the steps, where each does."""
        steps, each = read(self._iterations), self._accumulation_steps
        return steps // each if each else steps

    @property
    def iterations(self):
        """The count of updates, an int64 variable; a tensor where gradients
        of several steps are accumulated for one.
        """
        if self._accumulation_steps:
            return self._updates_done()
        return self._iterations

    @iterations.setter
    def iterations(self, variable):
        OptimizerState.iterations.fset(self, variable)

    @property
    def gradient_accumulation_steps(self):
        """Over how many steps gradients are gathered for one update."""
        return self._accumulation_steps

    @gradient_accumulation_steps.setter
    def gradient_accumulation_steps(self, steps):
        vars(self)["_accumulation_steps"] = accumulation.checked(steps)
        if self._known:
            self.build_again()

    # Learning rate -----------------------------------------------------------

    @property
    def learning_rate(self):
        """The learning rate, a variable; under a schedule that of now."""
        if not hasattr(self, "_learning_rate"):
            raise ValueError(
                f"{type(self).__name__} has no learning rate. Its "
                "constructor must set `self._learning_rate = "
                "self._build_learning_rate(learning_rate)`."
            )
        return self._rate_variable()

    @learning_rate.setter
    def learning_rate(self, value):
        if isinstance(value, LearningRateSchedule):
            self._learning_rate = self._build_learning_rate(value)
            return
        if isinstance(self._learning_rate, LearningRateSchedule):
            raise TypeError(
                "The learning rate follows a `LearningRateSchedule`, so it "
                "can't be set to a number. Make the optimizer with a number, "
                f"or set another schedule. Received: {value}"
            )
        vars(self)["_lr_function"] = None
        self._learning_rate.assign(value)

    @property
    def lr(self):
        """The older name of `learning_rate`."""
        return self.learning_rate

    @lr.setter
    def lr(self, value):
        self.learning_rate = value

    def _rate_variable(self):
        rate = self._learning_rate
        if isinstance(rate, LearningRateSchedule):
            return self._current_learning_rate
        return rate

    def _build_learning_rate(self, learning_rate):
        """Returns the schedule, or a variable that holds the number."""
        if self._lr_argument is not None:
            learning_rate = self._lr_argument
        vars(self)["_lr_function"] = None
        with tf.init_scope():
            if isinstance(learning_rate, LearningRateSchedule):
                self._current_learning_rate = state_variable(
                    learning_rate(self._iterations),
                    "current_learning_rate",
                    floatx(),
                )
                vars(self)["_lr_function"] = self._rate_of_schedule
                return learning_rate
            if callable(learning_rate) and not tf.is_tensor(learning_rate):
                vars(self)["_lr_function"] = learning_rate
                learning_rate = learning_rate()
            return state_variable(learning_rate, "learning_rate", floatx())

    def _rate_of_schedule(self):
        return self._learning_rate(self._iterations)

    # State -------------------------------------------------------------------

    def build(self, var_list):
        """Makes the state for variables. Calling it first is not needed.

        A subclass calls `super().build(var_list)`, then makes a variable of
        state for each in `var_list` by `add_variable_from_reference`. It may
        be called again: `var_list` then holds new variables as well.

        Args:
            var_list: The variables to be updated.
        """
        super().build(var_list)
        if self._accumulation_steps:
            self._accumulators = self.add_slots(var_list, "accumulator")
        if self.use_ema:
            self._model_variables_moving_average = [
                self.add_variable_from_reference(
                    variable, "average", initial_value=variable
                )
                for variable in var_list
            ]

    # What can be added to a step ---------------------------------------------

    def exclude_from_weight_decay(self, var_list=None, var_names=None):
        """Frees variables of weight decay. Call it before the first step.

        Args:
            var_list: Variables.
            var_names: Regular expressions; variables whose name they match.

        Raises:
            ValueError: If the optimizer has been built.
        """
        if self._index_dict:
            raise ValueError(
                "`exclude_from_weight_decay()` must be called before the "
                "optimizer is built, which the first step does."
            )
        self._undecayed_keys.update(map(self._var_key, var_list or []))
        self._undecayed_names.extend(var_names or [])

    def _use_weight_decay(self, variable):
        return self._var_key(variable) not in self._undecayed_keys and not any(
            re.search(pattern, variable.name)
            for pattern in self._undecayed_names
        )

    def _decay(self, variable, part):
        has_exceptions = self._undecayed_keys or self._undecayed_names
        if has_exceptions and not self._use_weight_decay(variable):
            return
        key = ("decay", part.dtype)
        if key not in self._numbers:  # Once a step for all variables.
            rate = tf.cast(read(self._rate_variable()), part.dtype)
            self._numbers[key] = rate * self.weight_decay
        step_along(part, self._numbers[key], read(part))

    def _average(self, variable):
        average = self._model_variables_moving_average[self.index_of(variable)]
        move_mean(average.handle, read(variable), self.ema_momentum)
        if self.ema_overwrite_frequency:
            step = self._updates_done() + 1
            is_time = step % self.ema_overwrite_frequency == 0
            new = tf.where(is_time, read(average), read(variable))
            variable.assign(new, read_value=False)

    def finalize_variable_values(self, var_list):
        """Sets variables to their moving averages, if there are any.

        Args:
            var_list: The variables.
        """
        if self.use_ema:
            for variable in var_list:
                index = self.index_of(variable)
                variable.assign(self._model_variables_moving_average[index])

    def _constrain(self, variable, part):
        constraint = self._constraints.get(id(variable))
        if constraint is not None:
            part.assign(constraint(part), read_value=False)

    # Values and configs ------------------------------------------------------

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        config = {name: getattr(self, name) for name in _SHARED_ARGUMENTS}
        config["is_legacy_optimizer"] = False
        if self._accumulation_steps:  # Older releases don't know it.
            config["gradient_accumulation_steps"] = self._accumulation_steps
        if hasattr(self, "_learning_rate"):
            config["learning_rate"] = self._serialize_hyperparameter(
                self._learning_rate
            )
        config.update(
            constructor_config(
                self, Optimizer, skip=(*_SHARED_ARGUMENTS, "learning_rate")
            )
        )
        return config

    def _serialize_hyperparameter(self, value):
        """Returns a number or the config of a schedule."""
        if isinstance(value, LearningRateSchedule):
            return serialize_keras_object(value)
        if isinstance(value, tf.Variable):
            return value.numpy()
        return value() if callable(value) else value

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Returns an optimizer made with the arguments in `config`.

        Args:
            config: What `get_config` returned.
            custom_objects: A dict from names to the user's own schedules.
        """
        config = dict(config)
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = deserialize(
                config["learning_rate"], custom_objects
            )
        return cls(**config)

    def _live_config(self):
        """The config, with a schedule as it is: it needs no name then."""
        config = self.get_config()
        rate = getattr(self, "_learning_rate", None)
        if isinstance(rate, LearningRateSchedule):
            config["learning_rate"] = rate
        return config


def _wants_no_sum(kwargs, skip):
    sums = kwargs.pop("experimental_aggregate_gradients", None)
    if kwargs:
        raise TypeError(
            f"apply_gradients does not take the arguments {sorted(kwargs)}."
        )
    return skip if sums is None else not sums
