"""Adadelta: steps in the units of the steps before.

Kernel: ApplyAdadelta, for gradients of all kinds.
"""

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Adadelta(Optimizer):
    """Scales steps by the ratio of past steps to past gradients.

    With the gradient `g`:

    - `a = rho * a + (1 - rho) * g**2`
    - `step = sqrt(d + epsilon) / sqrt(a + epsilon) * g`
    - `d = rho * d + (1 - rho) * step**2`
    - `w -= learning_rate * step`

    From Zeiler, 2012, "ADADELTA: An Adaptive Learning Rate Method",
    https://arxiv.org/abs/1212.5701, where the learning rate is 1.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        rho: How much of the running means stays in a step.
        epsilon: Starts the steps and keeps the division finite.
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
        rho=0.95,
        epsilon=1e-7,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Adadelta",
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
        self.epsilon = epsilon

    def build(self, var_list):
        super().build(var_list)
        self._accumulated_grads, self._accumulated_delta_vars = self.add_slots(
            var_list, "accumulated_grad", "accumulated_delta_var"
        )

    @takes_duplicates
    def update_step(self, grad, variable):
        (rate,) = self.numbers(variable.dtype)
        index = self.index_of(variable)
        kernels.ResourceApplyAdadelta(
            var=variable.handle,
            accum=self._accumulated_grads[index].handle,
            accum_update=self._accumulated_delta_vars[index].handle,
            lr=rate,
            rho=self.rho,
            epsilon=self.epsilon,
            grad=as_dense(grad, variable),
        )
