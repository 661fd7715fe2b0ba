"""Adagrad of TensorFlow 2.0 to 2.10.

Kernels: ApplyAdagradV2 and SparseApplyAdagradV2.
"""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class Adagrad(Optimizer):
    """Divides steps by the root of the sum of all squared gradients.

    With the gradient `g`:

    - `a += g**2`
    - `w -= learning_rate * g / (sqrt(a) + epsilon)`

    A sparse gradient moves both in its rows alone. From Duchi et al., 2011,
    "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", http://www.jmlr.org/papers/volume12/duchi11a/duchi11a.pdf.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        initial_accumulator_value: What the sums start with, not negative.
        epsilon: Keeps the division finite.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.

    Raises:
        ValueError: If `initial_accumulator_value` is negative.
    """

    def __init__(
        self,
        learning_rate=0.001,
        initial_accumulator_value=0.1,
        epsilon=1e-7,
        name="Adagrad",
        **kwargs,
    ):
        if initial_accumulator_value < 0.0:
            raise ValueError(
                "`initial_accumulator_value` must not be negative. Received: "
                f"initial_accumulator_value={initial_accumulator_value}"
            )
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._initial_accumulator_value = initial_accumulator_value
        self.epsilon = epsilon or epsilon_of_config()

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "accumulator", self._first_sums)

    def _first_sums(self, shape, dtype):
        return tf.cast(tf.fill(shape, self._initial_accumulator_value), dtype)

    def _arguments(self, var, apply_state):
        return {
            "var": var.handle,
            "accum": self.get_slot(var, "accumulator").handle,
            "lr": self._numbers(var, apply_state)["lr_t"],
            "epsilon": self.epsilon,
        }

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return kernels.ResourceApplyAdagradV2(
            grad=grad, **self._arguments(var, apply_state)
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        return kernels.ResourceSparseApplyAdagradV2(
            grad=grad, indices=indices, **self._arguments(var, apply_state)
        )

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay"),
            initial_accumulator_value=self._initial_accumulator_value,
            epsilon=self.epsilon,
        )
        return config
