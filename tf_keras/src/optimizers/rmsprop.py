"""RMSprop: steps divided by the root of a running mean of squares.

Kernels: ApplyRMSProp and ApplyCenteredRMSProp with momentum; plain operations
without it, because the kernels would need one more slot. Sparse gradients then
move the means everywhere, and the variable at their rows alone.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import (
    kernels,
    move_mean,
    read,
    step_along,
)
from tf_keras.src.optimizers.gradients import as_dense, is_sparse
from tf_keras.src.optimizers.optimizer import Optimizer


class RMSprop(Optimizer):
    """Divides steps by the root of a running mean of squared gradients.

    With the gradient `g`:

    - `v = rho * v + (1 - rho) * g**2`
    - centered: `a = rho * a + (1 - rho) * g`, and `v - a**2` below for `v`
    - `step = learning_rate * g / sqrt(v + epsilon)`
    - with momentum: `m = momentum * m + step`, and `m` below for `step`
    - `w -= step`

    From Hinton, 2012, lecture 6 of "Neural Networks for Machine Learning".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        rho: How much of the running means stays in a step.
        momentum: How much of the last step goes into the next.
        epsilon: Keeps the division finite.
        centered: Whether to divide by the variance instead of the mean of
            squares.
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
        rho=0.9,
        momentum=0.0,
        epsilon=1e-7,
        centered=False,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=100,
        jit_compile=True,
        name="RMSprop",
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
        self._learning_rate = self._build_learning_rate(learning_rate)
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered

    def build(self, var_list):
        super().build(var_list)
        self._velocities = self.add_slots(var_list, "velocity")
        self._momentums = []
        if self.momentum > 0:
            self._momentums = self.add_slots(var_list, "momentum")
        self._average_gradients = []
        if self.centered:
            self._average_gradients = self.add_slots(
                var_list, "average_gradient"
            )

    def update_step(self, gradient, variable):
        (rate,) = self.numbers(variable.dtype)
        index = self.index_of(variable)
        if self.momentum > 0:
            gradient = as_dense(gradient, variable)
            self._apply_kernel(gradient, variable, index, rate)
            return
        velocity = self._velocities[index]
        scale = self._move(velocity, gradient, tf.square)
        if self.centered:
            mean = self._average_gradients[index]
            scale = scale - tf.square(self._move(mean, gradient, tf.identity))
        root = tf.math.rsqrt(scale + self.epsilon)
        if is_sparse(gradient):
            rows = tf.IndexedSlices(
                rate * gradient.values * root, gradient.indices
            )
            variable.scatter_sub(rows)
        else:
            step_along(variable, rate, gradient * root)

    def _move(self, mean, gradient, function):
        """Moves a running mean; returns it, at a sparse gradient's rows."""
        rho = self.rho
        if not is_sparse(gradient):
            move_mean(mean.handle, function(gradient), rho)
            return read(mean)
        values = (1.0 - rho) * function(gradient.values)
        mean.assign(rho * mean, read_value=False)
        mean.scatter_add(tf.IndexedSlices(values, gradient.indices))
        return tf.gather(mean, gradient.indices)

    def _apply_kernel(self, gradient, variable, index, rate):
        arguments = {
            "var": variable.handle,
            "ms": self._velocities[index].handle,
            "mom": self._momentums[index].handle,
            "lr": rate,
            "rho": self.rho,
            "momentum": self.momentum,
            "epsilon": self.epsilon,
            "grad": gradient,
        }
        if self.centered:
            mean = self._average_gradients[index].handle
            kernels.ResourceApplyCenteredRMSProp(mg=mean, **arguments)
        else:
            kernels.ResourceApplyRMSProp(**arguments)
