"""SGD: gradient descent, with momentum and Nesterov momentum.

Kernels: ApplyKerasMomentum; ScatterSub for sparse gradients without momentum,
which touches their rows alone.
"""

import numbers

import tensorflow as tf

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.optimizers.gradients import (
    as_dense,
    is_sparse,
    takes_duplicates,
)
from tf_keras.src.optimizers.optimizer import Optimizer


class SGD(Optimizer):
    """Gradient descent, with momentum if asked for.

    With the gradient `g`:

    - `w -= learning_rate * g`
    - with momentum: `m = momentum * m - learning_rate * g`, `w += m`
    - with Nesterov momentum: `m` as before,
      `w += momentum * m - learning_rate * g`

    From Sutskever et al., 2013, "On the importance of initialization and
    momentum in deep learning".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        momentum: How much of the last step goes into the next, in [0, 1].
        nesterov: Whether to look ahead along the momentum.
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

    Example:

    >>> weight = tf.Variable(1.0)
    >>> SGD(0.1).minimize(lambda: weight**2, [weight])
    >>> round(float(weight), 4)
    0.8
    """

    def __init__(
        self,
        learning_rate=0.01,
        momentum=0.0,
        nesterov=False,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="SGD",
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
        self.momentum = momentum
        self.nesterov = nesterov
        if isinstance(momentum, numbers.Real) and not 0 <= momentum <= 1:
            raise ValueError(
                "`momentum` must be between [0, 1]. "
                f"Received: momentum={momentum}"
            )

    def build(self, var_list):
        super().build(var_list)
        self.momentums = self.add_slots(var_list, "m")

    @takes_duplicates
    def update_step(self, gradient, variable):
        (rate,) = self.numbers(variable.dtype)
        momentums = self.momentums[self.index_of(variable)]
        if is_sparse(gradient) and not self.momentum:
            self._update_rows(gradient, variable, momentums, rate)
            return
        # Also without momentum: checkpoints hold the last step.
        kernels.ResourceApplyKerasMomentum(
            var=variable.handle,
            accum=momentums.handle,
            lr=rate,
            grad=as_dense(gradient, variable),
            momentum=self.momentum,
            use_nesterov=self.nesterov,
        )

    def _update_rows(self, gradient, variable, momentums, rate):
        rows, step = gradient.indices, gradient.values * rate
        kernels.ResourceScatterUpdate(  # In place: quicker than new zeros.
            resource=momentums.handle,
            indices=tf.range(tf.shape(momentums)[0]),
            updates=tf.zeros((), momentums.dtype),
        )
        for changed in (momentums, variable):
            kernels.ResourceScatterSub(
                resource=changed.handle, indices=rows, updates=step
            )
