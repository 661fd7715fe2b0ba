"""Ftrl: follow the regularized leader, for sparse models.

Kernel: ApplyFtrlV2, for gradients of all kinds.
"""

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Ftrl(Optimizer):
    """Follows the regularized leader: keeps most weights at exactly zero.

    With the gradient `g`, the power `p = -learning_rate_power` and
    `l2 = l2_regularization_strength + beta / (2 * learning_rate)`:

    - `g2 = g + 2 * l2_shrinkage_regularization_strength * w`
    - `b = a + g**2`
    - `z = z + g2 - (b**p - a**p) / learning_rate * w`
    - `w = (sign(z) * l1 - z) / (b**p / learning_rate + 2 * l2)` where
      `abs(z) > l1`, else 0
    - `a = b`

    From McMahan et al., 2013, "Ad Click Prediction: a View from the
    Trenches".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        learning_rate_power: How fast the rate falls, not positive; 0 keeps it.
        initial_accumulator_value: Where the sums start, not negative.
        l1_regularization_strength: Not negative; more makes more weights zero.
        l2_regularization_strength: Not negative, a penalty on the weights.
        l2_shrinkage_regularization_strength: Not negative, a penalty that only
            takes part in the gradient.
        beta: Added to the root of the sum of squares, as in the paper.
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
        learning_rate_power=-0.5,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        l2_shrinkage_regularization_strength=0.0,
        beta=0.0,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Ftrl",
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
        self.learning_rate_power = learning_rate_power
        self.initial_accumulator_value = initial_accumulator_value
        self.l1_regularization_strength = l1_regularization_strength
        self.l2_regularization_strength = l2_regularization_strength
        self.l2_shrinkage_regularization_strength = (
            l2_shrinkage_regularization_strength
        )
        self.beta = beta
        self._check_ranges()

    def _check_ranges(self):
        for name in (
            "initial_accumulator_value",
            "l1_regularization_strength",
            "l2_regularization_strength",
            "l2_shrinkage_regularization_strength",
        ):
            if getattr(self, name) < 0:
                raise ValueError(
                    f"`{name}` must not be negative. "
                    f"Received: {name}={getattr(self, name)}"
                )
        if self.learning_rate_power > 0:
            raise ValueError(
                "`learning_rate_power` must not be positive. Received: "
                f"learning_rate_power={self.learning_rate_power}"
            )

    def build(self, var_list):
        super().build(var_list)
        self._accumulators, self._linears = self.add_slots(
            var_list,
            "accumulator",
            "linear",
            accumulator=self.initial_accumulator_value,
        )

    def step_numbers(self, learning_rate, step):
        l2 = self.l2_regularization_strength
        return learning_rate, l2 + self.beta / (2.0 * learning_rate)

    @takes_duplicates
    def update_step(self, gradient, variable):
        rate, l2 = self.numbers(variable.dtype)
        index = self.index_of(variable)
        kernels.ResourceApplyFtrlV2(
            var=variable.handle,
            accum=self._accumulators[index].handle,
            linear=self._linears[index].handle,
            grad=as_dense(gradient, variable),
            lr=rate,
            l1=self.l1_regularization_strength,
            l2=l2,
            l2_shrinkage=self.l2_shrinkage_regularization_strength,
            lr_power=self.learning_rate_power,
        )
