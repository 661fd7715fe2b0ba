"""Adamax of TensorFlow 2.0 to 2.10.

Kernel: ApplyAdaMax; plain operations for sparse gradients, on their rows, and
for bfloat16, which the kernel does not have.
"""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class Adamax(Optimizer):
    """Scales steps by a mean of gradients and their largest value.

    In step `t`, with the gradient `g`:

    - `m = beta_1 * m + (1 - beta_1) * g`
    - `v = max(beta_2 * v, abs(g))`
    - `w -= learning_rate / (1 - beta_1**t) * m / (v + epsilon)`

    A sparse gradient moves all three in its rows alone. From Kingma and Ba,
    2014, "Adam: A Method for Stochastic Optimization", section 7.1,
    https://arxiv.org/abs/1412.6980.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the largest value stays in a step.
        epsilon: Keeps the division finite.
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
        name="Adamax",
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("beta_1", beta_1)
        self._set_hyper("beta_2", beta_2)
        self.epsilon = epsilon or epsilon_of_config()

    def _create_slots(self, var_list):
        for slot_name in ("m", "v"):
            for var in var_list:
                self.add_slot(var, slot_name)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        step = self._step_number(var_dtype)
        power = tf.pow(self._get_hyper("beta_1", step.dtype), step)
        apply_state[var_device, var_dtype].update(
            beta_1_t=self._get_hyper("beta_1", var_dtype),
            beta_2_t=self._get_hyper("beta_2", var_dtype),
            beta_1_power=tf.cast(power, var_dtype),
        )

    def _resource_apply_dense(self, grad, var, apply_state=None):
        numbers = self._numbers(var, apply_state)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        if var.dtype == tf.bfloat16:
            mean, largest, step = self._move(m, v, grad, numbers)
            m.assign(mean, read_value=False)
            v.assign(largest, read_value=False)
            return var.assign_sub(step, read_value=False)
        return kernels.ResourceApplyAdaMax(
            var=var.handle,
            m=m.handle,
            v=v.handle,
            beta1_power=numbers["beta_1_power"],
            lr=numbers["lr_t"],
            beta1=numbers["beta_1_t"],
            beta2=numbers["beta_2_t"],
            epsilon=self.epsilon,
            grad=grad,
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        numbers = self._numbers(var, apply_state)
        m, v = self.get_slot(var, "m"), self.get_slot(var, "v")
        rows = tf.gather(m, indices), tf.gather(v, indices)
        mean, largest, step = self._move(*rows, grad, numbers)
        m.scatter_update(tf.IndexedSlices(mean, indices))
        v.scatter_update(tf.IndexedSlices(largest, indices))
        return var.scatter_sub(tf.IndexedSlices(step, indices))

    def _move(self, mean, largest, grad, numbers):
        """The new mean, the new largest value, and the step."""
        beta_1 = numbers["beta_1_t"]
        mean = beta_1 * mean + (1.0 - beta_1) * grad
        largest = tf.maximum(numbers["beta_2_t"] * largest, tf.abs(grad))
        rate = numbers["lr_t"] / (1.0 - numbers["beta_1_power"])
        return mean, largest, rate * mean / (largest + self.epsilon)

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "beta_1", "beta_2"),
            epsilon=self.epsilon,
        )
        return config
