"""Nadam: Adam with Nesterov momentum.

Kernels: ApplyAdam moves both means and takes the step along theirs; then
ApplyAdagradV2, which leaves its sum as it is, takes the one along the gradient.
Sparse gradients are summed to dense ones first.
"""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.kernels import apply_adam, kernels
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Nadam(Optimizer):
    """Adam that looks ahead along its momentum.

    In step `t`, with the gradient `g`,
    `u(t) = beta_1 * (1 - 0.96**t / 2)` and `p` the product of all `u` up to
    `u(t)`:

    - `m = beta_1 * m + (1 - beta_1) * g`
    - `v = beta_2 * v + (1 - beta_2) * g**2`
    - `mean = u(t+1) * m / (1 - p * u(t+1)) + (1 - u(t)) * g / (1 - p)`
    - `w -= learning_rate * mean / (sqrt(v / (1 - beta_2**t)) + epsilon)`

    From Dozat, 2016, "Incorporating Nesterov Momentum into Adam".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the mean of squares stays in a step.
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
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Nadam",
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
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        with tf.init_scope():
            self._u_product = tf.Variable(
                1.0,
                trainable=False,
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )

    def build(self, var_list):
        super().build(var_list)
        self._momentums, self._velocities = self.add_slots(var_list, "m", "v")

    def state_was_set(self):
        """Computes anew what files don't hold."""
        steps = np.arange(1.0, int(self.iterations) + 1.0)
        factors = self.beta_1 * (1.0 - 0.5 * np.power(0.96, steps))
        self._u_product.assign(np.prod(factors))

    def start_step(self):
        super().start_step()
        step = tf.cast(self.iterations + 1, tf.float32)
        self._u_product.assign(self._u_product * self._u(step))

    def _u(self, step):
        return self.beta_1 * (
            1.0 - 0.5 * tf.pow(tf.constant(0.96, step.dtype), step)
        )

    def step_numbers(self, learning_rate, step):
        product = tf.cast(self._u_product, step.dtype)
        u_now, u_next = self._u(step), self._u(step + 1.0)
        # The correction of `v` is taken out of the root.
        beta_2 = tf.constant(self.beta_2, step.dtype)
        root = tf.sqrt(1.0 - tf.pow(beta_2, step))
        rate = learning_rate * root
        return (
            rate * u_next / (1.0 - product * u_next),
            rate * (1.0 - u_now) / (1.0 - product),
            self.epsilon * root,
            tf.zeros_like(root),
        )

    @takes_duplicates
    def update_step(self, gradient, variable):
        of_mean, of_gradient, epsilon, zero = self.numbers(variable.dtype)
        if variable.dtype is tf.float16:  # Else it may be zero there.
            epsilon = self.epsilon
        gradient = as_dense(gradient, variable)
        index = self.index_of(variable)
        velocity = self._velocities[index].handle
        apply_adam(
            of_mean,
            var=variable.handle,
            m=self._momentums[index].handle,
            v=velocity,
            beta1_power=zero,  # The rate is corrected already.
            beta2_power=zero,
            lr=of_mean,
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=epsilon,
            grad=gradient,
        )
        kernels.ResourceApplyAdagradV2(
            var=variable.handle,
            accum=velocity,
            lr=of_gradient,
            epsilon=epsilon,
            grad=gradient,
            update_slots=False,
        )
