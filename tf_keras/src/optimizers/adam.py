"""Adam: steps scaled by running means of gradients and their squares.

Kernel: ApplyAdam, for gradients of all kinds; for AMSGrad, whose kernel XLA
does not have, ApplyAdam and ApplyAdagradV2. Both means fade where a sparse
gradient has no row, so it is summed to a dense one first: one pass.
"""

import functools

import tensorflow as tf

from tf_keras.src.foundation.kernels import apply_adam, kernels, read, set_to
from tf_keras.src.foundation.tf_internals import EagerTensor
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Adam(Optimizer):
    """Scales steps by running means of gradients and of their squares.

    In step `t`, with the gradient `g`:

    - `m = beta_1 * m + (1 - beta_1) * g`
    - `v = beta_2 * v + (1 - beta_2) * g**2`
    - `rate = learning_rate * sqrt(1 - beta_2**t) / (1 - beta_1**t)`
    - `w -= rate * m / (sqrt(v) + epsilon)`

    From Kingma and Ba, 2014, "Adam: A Method for Stochastic Optimization",
    https://arxiv.org/abs/1412.6980, with the "epsilon hat" of the end of its
    section 2; AMSGrad from Reddi et al., 2018, "On the Convergence of Adam
    and Beyond".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the mean of squares stays in a step.
        epsilon: Keeps the division finite.
        adaptive_epsilon: Whether `epsilon` is the one of algorithm 1 of the
            paper, added to the corrected root: here `epsilon * sqrt(1 -
            beta_2**t)`.
        amsgrad: Whether to divide by the largest mean of squares so far.
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
        adaptive_epsilon=False,
        amsgrad=False,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Adam",
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
        self.adaptive_epsilon = adaptive_epsilon
        self.amsgrad = amsgrad

    def build(self, var_list):
        super().build(var_list)
        self._momentums, self._velocities = self.add_slots(var_list, "m", "v")
        if self.amsgrad:
            self._velocity_hats = self.add_slots(var_list, "vhat")

    def step_numbers(self, learning_rate, step):
        betas = self.beta_1, self.beta_2
        if type(step) is not EagerTensor:  # Kernels see the dtype themselves.
            betas = [tf.constant(beta, step.dtype) for beta in betas]
        power_1, power_2 = (kernels.Pow(x=beta, y=step) for beta in betas)
        epsilon = self.epsilon
        if self.adaptive_epsilon:
            epsilon = epsilon * kernels.Sqrt(x=1.0 - power_2)
        corrected = None
        if self.amsgrad or type(step) is not EagerTensor:
            root = kernels.Sqrt(x=1.0 - power_2)
            corrected = learning_rate * root / (1.0 - power_1)
        return learning_rate, power_1, power_2, epsilon, corrected

    @takes_duplicates
    def update_step(self, gradient, variable):
        numbers = self.numbers(variable.dtype)
        rate, power_1, power_2, epsilon, corrected = numbers
        index = self.index_of(variable)
        m, v = self._momentums[index], self._velocities[index]
        still = self.amsgrad  # With a rate of 0 the means alone move.
        if type(rate) is EagerTensor:
            run_kernel = kernels.ResourceApplyAdam
        else:
            run_kernel = functools.partial(
                apply_adam, 0.0 if still else corrected
            )
        run_kernel(
            var=variable.handle,
            m=m.handle,
            v=v.handle,
            beta1_power=power_1,
            beta2_power=power_2,
            lr=0.0 if still else rate,
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=epsilon,
            grad=as_dense(gradient, variable),
        )
        if not still:
            return
        vhat = self._velocity_hats[index]
        set_to(vhat, kernels.Maximum(x=read(vhat), y=read(v)))
        kernels.ResourceApplyAdagradV2(
            var=variable.handle,
            accum=vhat.handle,
            lr=corrected,
            epsilon=epsilon,
            grad=read(m),
            update_slots=False,
        )

    def get_config(self):
        config = super().get_config()
        config.update(
            beta_1=self.beta_1,
            beta_2=self.beta_2,
            epsilon=self.epsilon,
            amsgrad=self.amsgrad,
        )
        if self.adaptive_epsilon:  # Older releases don't know it.
            config["adaptive_epsilon"] = True
        return config
