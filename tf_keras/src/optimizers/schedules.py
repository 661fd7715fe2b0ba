"""Learning rates that change with the step."""

import math

import tensorflow as tf

from tf_keras.src.serialization.constructor_config import (
    constructor_config,
    missing_arguments,
)
from tf_keras.src.serialization.resolve import Family


class LearningRateSchedule:
    """Gives a learning rate for each step. Base class of all schedules.

    A subclass writes `__call__`. It has a `get_config` without writing one
    if it keeps each argument of its constructor under its own name.

    Example:

    >>> class Halving(LearningRateSchedule):
    ...     def __init__(self, start):
    ...         self.start = start
    ...     def __call__(self, step):
    ...         return self.start / 2.0 ** tf.cast(step, tf.float32)
    >>> float(Halving(0.8)(2)), Halving(0.8).get_config()
    (0.20000000298023224, {'start': 0.8})
    """

    def __call__(self, step):
        """Returns the learning rate of a step; a subclass writes it.

        Args:
            step: The count of steps taken before, a scalar tensor.
        """
        raise NotImplementedError(
            f"Schedule {type(self).__name__} must write "
            "`__call__(self, step)`, which returns the learning rate."
        )

    def get_config(self):
        """Returns the constructor's arguments as a dict."""
        missing = missing_arguments(self, LearningRateSchedule)
        if missing or type(self) is LearningRateSchedule:
            raise NotImplementedError(
                f"Schedule {type(self).__name__} must write `get_config()`, "
                "or keep each argument of its constructor as an attribute "
                f"of the same name. Missing: {missing}"
            )
        return constructor_config(self, LearningRateSchedule)

    @classmethod
    def from_config(cls, config):
        """Returns a schedule made with the arguments in `config`."""
        return cls(**config)

    def _scope(self):
        return tf.name_scope(self.name or type(self).__name__)


def _numbers(rate, step, *others):
    """The rate as a tensor; the others as tensors of its dtype."""
    rate = tf.convert_to_tensor(rate)
    if not rate.dtype.is_floating:
        rate = tf.cast(rate, tf.float32)
    return rate, *(tf.cast(other, rate.dtype) for other in (step, *others))


def _check_steps(name, steps):
    if isinstance(steps, (int, float)) and steps <= 0:
        raise ValueError(
            f"`{name}` must be a positive number of steps. "
            f"Received: {name}={steps}"
        )


class ExponentialDecay(LearningRateSchedule):
    """Multiplies the rate by `decay_rate` every `decay_steps` steps.

    `rate = initial_learning_rate * decay_rate ** (step / decay_steps)`

    Args:
        initial_learning_rate: The rate at step 0.
        decay_steps: How many steps multiply the rate by `decay_rate`.
        decay_rate: The factor.
        staircase: Whether the rate falls once every `decay_steps`, instead
            of a little in each step.
        name: A scope for the operations.

    Example:

    >>> round(float(ExponentialDecay(0.1, 10, 0.5)(20)), 4)
    0.025
    """

    def __init__(
        self,
        initial_learning_rate,
        decay_steps,
        decay_rate,
        staircase=False,
        name=None,
    ):
        _check_steps("decay_steps", decay_steps)
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.decay_rate = decay_rate
        self.staircase = staircase
        self.name = name

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            rate, step, steps, factor = _numbers(
                self.initial_learning_rate,
                step,
                self.decay_steps,
                self.decay_rate,
            )
            periods = step / steps
            if self.staircase:
                periods = tf.floor(periods)
            return rate * tf.pow(factor, periods)


class InverseTimeDecay(LearningRateSchedule):
    """Divides the rate by a number that grows evenly.

    `rate = initial_learning_rate / (1 + decay_rate * step / decay_steps)`

    Args:
        initial_learning_rate: The rate at step 0.
        decay_steps: In how many steps the divisor grows by `decay_rate`.
        decay_rate: How much the divisor grows.
        staircase: Whether the rate falls once every `decay_steps`, instead
            of a little in each step.
        name: A scope for the operations.
    """

    def __init__(
        self,
        initial_learning_rate,
        decay_steps,
        decay_rate,
        staircase=False,
        name=None,
    ):
        _check_steps("decay_steps", decay_steps)
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.decay_rate = decay_rate
        self.staircase = staircase
        self.name = name

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            rate, step, steps, growth = _numbers(
                self.initial_learning_rate,
                step,
                self.decay_steps,
                self.decay_rate,
            )
            periods = step / steps
            if self.staircase:
                periods = tf.floor(periods)
            return rate / (1.0 + growth * periods)


class PiecewiseConstantDecay(LearningRateSchedule):
    """Keeps the rate between boundaries and changes it there.

    Args:
        boundaries: Steps in rising order. The step of a boundary still has
            the rate before it.
        values: The rates: one more than boundaries.
        name: A scope for the operations.

    Raises:
        ValueError: If the counts don't fit.

    Example:

    >>> schedule = PiecewiseConstantDecay([10, 20], [1.0, 0.5, 0.1])
    >>> [round(float(schedule(step)), 1) for step in (10, 11, 21)]
    [1.0, 0.5, 0.1]
    """

    def __init__(self, boundaries, values, name=None):
        if len(boundaries) != len(values) - 1:
            raise ValueError(
                "There must be one value more than boundaries. Received: "
                f"boundaries={boundaries} of length {len(boundaries)}, "
                f"values={values} of length {len(values)}."
            )
        self.boundaries = boundaries
        self.values = values
        self.name = name

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            values = tf.convert_to_tensor(self.values)
            boundaries = tf.convert_to_tensor(self.boundaries)
            step = tf.convert_to_tensor(step)
            # Counts of steps go beyond the whole numbers of float32.
            exact = step.dtype.is_integer and boundaries.dtype.is_integer
            dtype = tf.int64 if exact else tf.float64
            passed = tf.cast(step, dtype) > tf.cast(boundaries, dtype)
            return tf.gather(values, tf.math.count_nonzero(passed))


class PolynomialDecay(LearningRateSchedule):
    """Lets the rate fall along a polynomial to an end, and stay there.

    `rate = (initial - end) * (1 - step / decay_steps) ** power + end`

    Args:
        initial_learning_rate: The rate at step 0.
        decay_steps: After how many steps the end is reached.
        end_learning_rate: The rate at the end.
        power: The power of the polynomial; 1 is a straight line.
        cycle: Whether the rate rises again after the end: `decay_steps` then
            becomes the next multiple of itself.
        name: A scope for the operations.
    """

    def __init__(
        self,
        initial_learning_rate,
        decay_steps,
        end_learning_rate=0.0001,
        power=1.0,
        cycle=False,
        name=None,
    ):
        _check_steps("decay_steps", decay_steps)
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.end_learning_rate = end_learning_rate
        self.power = power
        self.cycle = cycle
        self.name = name

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            rate, step, steps, end, power = _numbers(
                self.initial_learning_rate,
                step,
                self.decay_steps,
                self.end_learning_rate,
                self.power,
            )
            if self.cycle:
                steps *= tf.maximum(tf.math.ceil(step / steps), 1.0)
            else:
                step = tf.minimum(step, steps)
            return (rate - end) * tf.pow(1.0 - step / steps, power) + end


class CosineDecay(LearningRateSchedule):
    """Lets the rate fall along half a cosine, after an optional rise.

    From Loshchilov and Hutter, 2017, "SGDR: Stochastic Gradient Descent with
    Warm Restarts", https://arxiv.org/abs/1608.03983. The rise in a straight
    line is of Goyal et al., 2017, https://arxiv.org/abs/1706.02677.

    Args:
        initial_learning_rate: The rate at step 0.
        decay_steps: How many steps the fall takes.
        alpha: The rate at the end, as a part of the rate at the start of
            the fall.
        name: A scope for the operations.
        warmup_target: The rate that the rise ends at; None for no rise.
        warmup_steps: How many steps the rise takes, before the fall.
    """

    def __init__(
        self,
        initial_learning_rate,
        decay_steps,
        alpha=0.0,
        name=None,
        warmup_target=None,
        warmup_steps=0,
    ):
        _check_steps("decay_steps", decay_steps)
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.alpha = alpha
        self.name = name
        self.warmup_target = warmup_target
        self.warmup_steps = warmup_steps

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            rate, step, steps, alpha = _numbers(
                self.initial_learning_rate, step, self.decay_steps, self.alpha
            )
            if self.warmup_target is None:
                return self._fall(rate, step, steps, alpha)
            rate, target, rise = _numbers(
                rate, self.warmup_target, self.warmup_steps
            )
            return tf.where(
                step < rise,
                rate + (target - rate) * tf.math.divide_no_nan(step, rise),
                self._fall(target, step - rise, steps, alpha),
            )

    def _fall(self, rate, step, steps, alpha):
        part = tf.minimum(step, steps) / steps
        height = 0.5 * (1.0 + tf.cos(math.pi * part))
        return rate * ((1.0 - alpha) * height + alpha)


class CosineDecayRestarts(LearningRateSchedule):
    """Lets the rate fall along half a cosine, again and again.

    From Loshchilov and Hutter, 2017, "SGDR: Stochastic Gradient Descent with
    Warm Restarts", https://arxiv.org/abs/1608.03983.

    Args:
        initial_learning_rate: The rate at step 0.
        first_decay_steps: How many steps the first fall takes.
        t_mul: How much longer each fall is than the one before.
        m_mul: How much higher each fall starts than the one before.
        alpha: The lowest rate, as a part of the first.
        name: A scope for the operations.
    """

    def __init__(
        self,
        initial_learning_rate,
        first_decay_steps,
        t_mul=2.0,
        m_mul=1.0,
        alpha=0.0,
        name=None,
    ):
        _check_steps("first_decay_steps", first_decay_steps)
        self.initial_learning_rate = initial_learning_rate
        self.first_decay_steps = first_decay_steps
        self.t_mul = t_mul
        self.m_mul = m_mul
        self.alpha = alpha
        self.name = name

    def __call__(self, step):
        """Returns the learning rate of a step."""
        with self._scope():
            rate, step, steps, longer, higher, alpha = _numbers(
                self.initial_learning_rate,
                step,
                self.first_decay_steps,
                self.t_mul,
                self.m_mul,
                self.alpha,
            )
            restarts, part = self._position(step / steps, longer)
            height = 0.5 * (1.0 + tf.cos(math.pi * part))
            height *= tf.pow(higher, restarts)
            return rate * ((1.0 - alpha) * height + alpha)

    def _position(self, periods, longer):
        """How many falls are done, and which part of the present one."""
        if self.t_mul == 1.0:
            restarts = tf.floor(periods)
            return restarts, periods - restarts
        # The lengths of the falls are a geometric series.
        restarts = tf.floor(
            tf.math.log(1.0 - periods * (1.0 - longer)) / tf.math.log(longer)
        )
        length = tf.pow(longer, restarts)
        done = (1.0 - length) / (1.0 - longer)
        return restarts, (periods - done) / length


_family = Family(
    "learning rate schedule",
    {
        cls.__name__: cls
        for cls in (
            ExponentialDecay,
            InverseTimeDecay,
            PiecewiseConstantDecay,
            PolynomialDecay,
            CosineDecay,
            CosineDecayRestarts,
        )
    },
    base=LearningRateSchedule,
)


def serialize(learning_rate_schedule, use_legacy_format=False):
    """Returns the config of a schedule.

    Args:
        learning_rate_schedule: A `LearningRateSchedule`.
        use_legacy_format: Whether to return the short form of old files.
    """
    return _family.serialize(learning_rate_schedule, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Returns the schedule that a config means.

    Args:
        config: What `serialize` returned.
        custom_objects: A dict from names to the user's own schedules.
        use_legacy_format: Whether the config is in the short form.
    """
    return _family.deserialize(config, custom_objects, use_legacy_format)
