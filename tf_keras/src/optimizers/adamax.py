"""Adamax: Adam with the largest gradient in place of the mean of squares.

Kernel: ApplyAdaMax, for gradients of all kinds; plain operations in bfloat16,
for which there is no kernel on a CPU.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Adamax(Optimizer):
    """Scales steps by the largest recent gradient.

    In step `t`, with the gradient `g`:

    - `m = beta_1 * m + (1 - beta_1) * g`
    - `u = max(beta_2 * u, abs(g))`
    - `w -= learning_rate / (1 - beta_1**t) * m / (u + epsilon)`

    From Kingma and Ba, 2014, section 7.1, https://arxiv.org/abs/1412.6980.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the largest gradient stays in a step.
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
        name="Adamax",
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

    def build(self, var_list):
        super().build(var_list)
        self._m, self._u = self.add_slots(var_list, "m", "u")

    def step_numbers(self, learning_rate, step):
        return learning_rate, kernels.Pow(
            x=tf.constant(self.beta_1, step.dtype), y=step
        )

    @takes_duplicates
    def update_step(self, gradient, variable):
        rate, power = self.numbers(variable.dtype)
        index = self.index_of(variable)
        gradient = as_dense(gradient, variable)
        m, u = self._m[index], self._u[index]
        if variable.dtype is tf.bfloat16:
            self._update_plainly(gradient, variable, m, u)
            return
        kernels.ResourceApplyAdaMax(
            var=variable.handle,
            m=m.handle,
            v=u.handle,
            beta1_power=power,
            lr=rate,
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=gradient,
        )

    def _update_plainly(self, gradient, variable, m, u):
        rate, power = self.numbers(variable.dtype)
        m = m.assign_add((gradient - m) * (1.0 - self.beta_1), read_value=True)
        u = u.assign(
            tf.maximum(self.beta_2 * u, tf.abs(gradient)), read_value=True
        )
        rate = rate / (1.0 - power)
        variable.assign_sub(rate * m / (u + self.epsilon), read_value=False)
