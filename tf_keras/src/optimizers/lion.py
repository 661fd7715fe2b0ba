"""Lion: steps of one size, in the direction of a sign.

Plain operations; sparse gradients are summed to dense ones first.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import kernels, read, step_along
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Lion(Optimizer):
    """Steps by the sign of a mean of gradients.

    With the gradient `g`:

    - `w -= learning_rate * sign(beta_1 * m + (1 - beta_1) * g)`
    - `m = beta_2 * m + (1 - beta_2) * g`

    All steps have one size, so the learning rate should be about a tenth of
    that for Adam. From Chen et al., 2023, "Symbolic Discovery of Optimization
    Algorithms", https://arxiv.org/abs/2302.06675.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_1: The part of the mean in the direction of the step, in (0, 1].
        beta_2: How much of the mean stays in a step.
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
        learning_rate=0.0001,
        beta_1=0.9,
        beta_2=0.99,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Lion",
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
        if not 0 < beta_1 <= 1:
            raise ValueError(
                "`beta_1` must be in (0, 1], or Lion does not learn. "
                f"Received: beta_1={beta_1}"
            )

    def build(self, var_list):
        super().build(var_list)
        self._momentums = self.add_slots(var_list, "m")

    @takes_duplicates
    def update_step(self, gradient, variable):
        (rate,) = self.numbers(variable.dtype)
        gradient = as_dense(gradient, variable)
        momentum = self._momentums[self.index_of(variable)]
        away = kernels.Sub(x=read(momentum), y=gradient)
        mean = kernels.AddV2(x=kernels.Mul(x=away, y=self.beta_1), y=gradient)
        step_along(variable, rate, kernels.Sign(x=mean))
        rate = tf.cast(1.0 - self.beta_2, variable.dtype)
        step_along(momentum, rate, away)
