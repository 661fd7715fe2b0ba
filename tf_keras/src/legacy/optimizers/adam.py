"""Adam of TensorFlow 2.0 to 2.10.

Kernel: ApplyAdam, for gradients of all kinds; for AMSGrad, whose kernel XLA
does not have, ApplyAdam and ApplyAdagradV2. Both means fade where a sparse
gradient has no row, so it is summed to a dense one first: one pass.
"""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import (
    apply_adam,
    kernels,
    read,
    set_to,
)
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer
from tf_keras.src.optimizers.gradients import as_dense


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
        amsgrad: Whether to divide by the largest mean of squares so far.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.
    """

    def __init__(
        self,
        learning_rate=0.001,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
        amsgrad=False,
        name="Adam",
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("beta_1", beta_1)
        self._set_hyper("beta_2", beta_2)
        self.epsilon = epsilon or epsilon_of_config()
        self.amsgrad = amsgrad

    def _create_slots(self, var_list):
        for slot_name in ("m", "v", "vhat") if self.amsgrad else ("m", "v"):
            for var in var_list:
                self.add_slot(var, slot_name)

    def set_weights(self, weights):
        """See `Optimizer`; `vhat` of files that hold it in vain is left out."""
        count = (len(weights) - 1) // 3
        if len(self.weights) == 2 * count + 1 and len(weights) == 3 * count + 1:
            weights = weights[: 2 * count + 1]
        super().set_weights(weights)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        step = self._step_number(var_dtype)
        beta_1 = self._get_hyper("beta_1", step.dtype)
        beta_2 = self._get_hyper("beta_2", step.dtype)
        power_1, power_2 = tf.pow(beta_1, step), tf.pow(beta_2, step)
        rate = tf.cast(apply_state[var_device, var_dtype]["lr_t"], step.dtype)
        numbers = {
            "beta_1_t": beta_1,
            "beta_2_t": beta_2,
            "beta_1_power": power_1,
            "beta_2_power": power_2,
            "shrunk_1": 1.0 - 1.0 / tf.maximum(beta_1, 1e-12),
            "shrunk_2": 1.0 - 1.0 / tf.maximum(beta_2, 1e-12),
            "rate": rate * tf.sqrt(1.0 - power_2) / (1.0 - power_1),
        }
        apply_state[var_device, var_dtype].update(
            {key: tf.cast(value, var_dtype) for key, value in numbers.items()}
        )

    def _resource_apply_dense(self, grad, var, apply_state=None):
        numbers = self._numbers(var, apply_state)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        done = apply_adam(
            0.0 if self.amsgrad else numbers["rate"],
            (numbers["shrunk_1"], numbers["shrunk_2"]),
            var=var.handle,
            m=m.handle,
            v=v.handle,
            beta1_power=numbers["beta_1_power"],
            beta2_power=numbers["beta_2_power"],
            # With 0 the means alone move.
            lr=0.0 if self.amsgrad else numbers["lr_t"],
            beta1=numbers["beta_1_t"],
            beta2=numbers["beta_2_t"],
            epsilon=self.epsilon,
            grad=grad,
        )
        if not self.amsgrad:
            return done
        vhat = self.get_slot(var, "vhat")
        set_to(vhat, kernels.Maximum(x=read(vhat), y=read(v)))
        return kernels.ResourceApplyAdagradV2(
            var=var.handle,
            accum=vhat.handle,
            lr=numbers["rate"],
            epsilon=self.epsilon,
            grad=read(m),
            update_slots=False,
        )

    def _resource_apply_sparse_duplicate_indices(
        self, grad, var, indices, **kwargs
    ):
        return self._resource_apply_sparse(grad, var, indices, **kwargs)

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        dense = as_dense(tf.IndexedSlices(grad, indices), var)
        return self._resource_apply_dense(dense, var, apply_state)

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "beta_1", "beta_2"),
            epsilon=self.epsilon,
            amsgrad=self.amsgrad,
        )
        return config
