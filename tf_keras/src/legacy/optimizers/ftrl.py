"""Ftrl of TensorFlow 2.0 to 2.10: follow the regularized leader.

Kernels: ApplyFtrlV2 and SparseApplyFtrlV2.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class Ftrl(Optimizer):
    """Follows the regularized leader, for large sparse models.

    With the gradient `g` and `s = g + 2 * l2_shrinkage * w`:

    - `n_new = n + g**2`
    - `z += s - (n_new**-p - n**-p) / learning_rate * w`, where `p` is
      `learning_rate_power`
    - `w = (sign(z) * l1 - z) / (n_new**-p / learning_rate + 2 * l2 + beta /
      learning_rate)` where `abs(z) > l1`, else 0

    A sparse gradient moves all three in its rows alone. From McMahan et al.,
    2013, "Ad Click Prediction: a View from the Trenches".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        learning_rate_power: Not positive; 0 keeps the rate fixed.
        initial_accumulator_value: What the sums of squares start with, not
            negative.
        l1_regularization_strength: Not negative, a penalty on the weights.
        l2_regularization_strength: Not negative, a penalty on the weights.
        name: A name.
        l2_shrinkage_regularization_strength: Not negative, a penalty that only
            takes part in the gradient.
        beta: Added to the root of the sum of squares, as in the paper.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.

    Raises:
        ValueError: For numbers out of their range.
    """

    def __init__(
        self,
        learning_rate=0.001,
        learning_rate_power=-0.5,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        name="Ftrl",
        l2_shrinkage_regularization_strength=0.0,
        beta=0.0,
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        _check_not_negative(
            initial_accumulator_value=initial_accumulator_value,
            l1_regularization_strength=l1_regularization_strength,
            l2_regularization_strength=l2_regularization_strength,
            l2_shrinkage_regularization_strength=(
                l2_shrinkage_regularization_strength
            ),
        )
        if learning_rate_power > 0.0:
            raise ValueError(
                "`learning_rate_power` must not be positive. Received: "
                f"learning_rate_power={learning_rate_power}"
            )
        # As recorded: the older name `lr` is passed over here.
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("learning_rate_power", learning_rate_power)
        self._set_hyper(
            "l1_regularization_strength", l1_regularization_strength
        )
        self._set_hyper(
            "l2_regularization_strength", l2_regularization_strength
        )
        self._set_hyper("beta", beta)
        self._initial_accumulator_value = initial_accumulator_value
        self._l2_shrinkage_regularization_strength = (
            l2_shrinkage_regularization_strength
        )

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "accumulator", self._first_sums)
            self.add_slot(var, "linear")

    def _first_sums(self, shape, dtype):
        return tf.cast(tf.fill(shape, self._initial_accumulator_value), dtype)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        numbers = apply_state[var_device, var_dtype]
        beta = self._get_hyper("beta", var_dtype)
        l2 = self._get_hyper("l2_regularization_strength", var_dtype)
        numbers.update(
            l1=self._get_hyper("l1_regularization_strength", var_dtype),
            l2=l2 + beta / (2.0 * numbers["lr_t"]),
            lr_power=self._get_hyper("learning_rate_power", var_dtype),
        )

    def _arguments(self, var, apply_state):
        numbers = self._numbers(var, apply_state)
        return {
            "var": var.handle,
            "accum": self.get_slot(var, "accumulator").handle,
            "linear": self.get_slot(var, "linear").handle,
            "lr": numbers["lr_t"],
            "l1": numbers["l1"],
            "l2": numbers["l2"],
            "l2_shrinkage": self._l2_shrinkage_regularization_strength,
            "lr_power": numbers["lr_power"],
        }

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return kernels.ResourceApplyFtrlV2(
            grad=grad, **self._arguments(var, apply_state)
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        return kernels.ResourceSparseApplyFtrlV2(
            grad=grad, indices=indices, **self._arguments(var, apply_state)
        )

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay"),
            initial_accumulator_value=self._initial_accumulator_value,
            **self._hyper_config(
                "learning_rate_power",
                "l1_regularization_strength",
                "l2_regularization_strength",
                "beta",
            ),
            l2_shrinkage_regularization_strength=(
                self._l2_shrinkage_regularization_strength
            ),
        )
        return config


def _check_not_negative(**values):
    for name, value in values.items():
        if value < 0.0:
            raise ValueError(
                f"`{name}` must not be negative. Received: {name}={value}"
            )
