"""Adadelta of TensorFlow 2.0 to 2.10.

Kernels: ApplyAdadelta and SparseApplyAdadelta.
"""

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class Adadelta(Optimizer):
    """Divides running means of squared steps by those of squared gradients.

    With the gradient `g`:

    - `a = rho * a + (1 - rho) * g**2`
    - `step = g * sqrt(d + epsilon) / sqrt(a + epsilon)`
    - `d = rho * d + (1 - rho) * step**2`
    - `w -= learning_rate * step`

    A sparse gradient moves all three in its rows alone. From Zeiler, 2012,
    "ADADELTA: An Adaptive Learning Rate Method",
    https://arxiv.org/abs/1212.5701.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        rho: How much of the running means stays in a step.
        epsilon: Keeps the division finite.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.
    """

    def __init__(
        self,
        learning_rate=0.001,
        rho=0.95,
        epsilon=1e-7,
        name="Adadelta",
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("rho", rho)
        self.epsilon = epsilon or epsilon_of_config()

    def _create_slots(self, var_list):
        for slot_name in ("accum_grad", "accum_var"):
            for var in var_list:
                self.add_slot(var, slot_name)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        rho = self._get_hyper("rho", var_dtype)
        apply_state[var_device, var_dtype]["rho"] = rho

    def _arguments(self, var, apply_state):
        numbers = self._numbers(var, apply_state)
        return {
            "var": var.handle,
            "accum": self.get_slot(var, "accum_grad").handle,
            "accum_update": self.get_slot(var, "accum_var").handle,
            "lr": numbers["lr_t"],
            "rho": numbers["rho"],
            "epsilon": self.epsilon,
        }

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return kernels.ResourceApplyAdadelta(
            grad=grad, **self._arguments(var, apply_state)
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        return kernels.ResourceSparseApplyAdadelta(
            grad=grad, indices=indices, **self._arguments(var, apply_state)
        )

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "rho"),
            epsilon=self.epsilon,
        )
        return config
