"""Adagrad: steps that get smaller where gradients have been large.

Kernel: ApplyAdagradV2, where its epsilon, which stands outside of the root, can
be what ours comes to inside of it; plain operations otherwise. Sparse gradients
touch their rows alone.
"""

import functools

import tensorflow as tf

from tf_keras.src.distribute.strategies import has_strategy
from tf_keras.src.foundation.kernels import (
    add_to,
    kernels,
    read,
    step_along,
)
from tf_keras.src.foundation.tf_internals import PLAIN_VARIABLES
from tf_keras.src.optimizers.gradients import is_sparse
from tf_keras.src.optimizers.optimizer import Optimizer


class Adagrad(Optimizer):
    """Divides steps by the root of the sum of all squared gradients.

    With the gradient `g`:

    - `a = a + g**2`
    - `w -= learning_rate * g / sqrt(a + epsilon)`

    From Duchi et al., 2011, "Adaptive Subgradient Methods for Online Learning
    and Stochastic Optimization".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        initial_accumulator_value: Where the sums start, not negative.
        epsilon: Keeps the division finite.
        weight_decay: See `Optimizer`, as for all that follow.
        clipnorm: The largest norm of one gradient.
        clipvalue: The largest absolute value in a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether to keep moving averages of the variables.
        ema_momentum: How much of an average stays in a step.
        ema_overwrite_frequency: After how many steps variables become their
            averages.
        jit_compile: Kept in the config.
        name: A name.
        **kwargs: `lr`, the older name of `learning_rate`.
    """

    def __init__(
        self,
        learning_rate=0.001,
        initial_accumulator_value=0.1,
        epsilon=1e-7,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Adagrad",
        **kwargs,
    ):
        super().__init__(
            name=name,
            weight_decay=weight_decay,
            clipnorm=clipnorm,
            clipvalue=clipvalue,
            global_clipnorm=global_clipnorm,
            use_ema=use_ema,
            ema_momentum=ema_momentum,
            ema_overwrite_frequency=ema_overwrite_frequency,
            jit_compile=jit_compile,
            **kwargs,
        )
        vars(self).update(_exact={}, _traced=set())
        self._learning_rate = self._build_learning_rate(learning_rate)
        self.initial_accumulator_value = initial_accumulator_value
        self.epsilon = epsilon

    def build(self, var_list):
        super().build(var_list)
        self._accumulators = self.add_slots(
            var_list, "accumulator", accumulator=self.initial_accumulator_value
        )
        for accumulator in self._accumulators:
            if type(accumulator) not in PLAIN_VARIABLES:
                continue
            # Checkpoints set variables without a word to the optimizer.
            restore = type(accumulator)._restore_from_tensors
            accumulator._restore_from_tensors = functools.partial(
                self._restore, restore, accumulator
            )

    def update_step(self, grad, variable):
        (rate,) = self.numbers(variable.dtype)
        accumulator = self._accumulators[self.index_of(variable)]
        if is_sparse(grad):
            self._update_rows(grad, variable, accumulator, rate)
        elif self._is_kernel_exact(accumulator):
            start = self.initial_accumulator_value
            kernels.ResourceApplyAdagradV2(
                var=variable.handle,
                accum=accumulator.handle,
                lr=rate,
                # sqrt(a + epsilon) - sqrt(a), for the least `a` there is.
                epsilon=self.epsilon / (2.0 * start**0.5),
                grad=grad,
            )
        else:
            add_to(accumulator, kernels.Square(x=grad))
            total = kernels.AddV2(x=read(accumulator), y=self.epsilon)
            step = kernels.Mul(x=grad, y=kernels.Rsqrt(x=total))
            step_along(variable, rate, step)

    def _is_kernel_exact(self, accumulator):
        """Whether the kernel's step is ours to the last bit of a float32.

        For sums from `a` upward the relative difference is at most
        `epsilon / (8 * a)`. State of another optimizer may be below `a`, so it
        is looked at once.
        """
        start = self.initial_accumulator_value
        if start <= 0 or self.epsilon > 1.01e-6 * start:
            return False
        if accumulator.dtype.size > 4:
            return False
        found = self._exact.get(id(accumulator))
        if found is None:
            with tf.init_scope():
                found = not has_strategy() and tf.executing_eagerly()
                found = found and bool(tf.reduce_min(accumulator) >= start)
            self._exact[id(accumulator)] = found
        if found and not tf.executing_eagerly():
            self._traced.add(id(accumulator))
        return found

    def state_was_set(self):
        """Lets the kernel, to which traced steps keep, work on any state."""
        for accumulator in self._accumulators:
            self._fit_to_kernel(accumulator)

    def _restore(self, restore, accumulator, restored_tensors):
        result = restore(accumulator, restored_tensors)
        self._fit_to_kernel(accumulator)
        return result

    def _fit_to_kernel(self, accumulator):
        """Adds epsilon to sums below the first, which is what counts there.

        What the kernel adds outside of the root is then at most
        `sqrt(epsilon)` of it, and nothing once the sum has grown.
        """
        if id(accumulator) not in self._traced:
            self._exact.pop(id(accumulator), None)  # It is looked at again.
            return
        is_low = accumulator < self.initial_accumulator_value
        more = tf.where(is_low, accumulator + self.epsilon, accumulator)
        accumulator.assign(more, read_value=False)

    def _update_rows(self, gradient, variable, accumulator, rate):
        values, rows = gradient.values, gradient.indices
        accumulator.scatter_add(tf.IndexedSlices(tf.square(values), rows))
        total = tf.gather(accumulator, rows)
        step = rate * values * tf.math.rsqrt(total + self.epsilon)
        variable.scatter_sub(tf.IndexedSlices(step, rows))
