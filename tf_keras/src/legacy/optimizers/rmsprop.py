"""RMSprop of TensorFlow 2.0 to 2.10.

Kernels: with momentum ApplyRMSProp, ApplyCenteredRMSProp and their sparse
forms, which would need one more slot without it; then plain operations move the
mean, and ApplyAdagradV2, which leaves it as it is, takes the step.
"""

import numbers

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import kernels, move_mean, read
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class RMSprop(Optimizer):
    """Divides steps by the root of a running mean of squared gradients.

    With the gradient `g`:

    - `v = rho * v + (1 - rho) * g**2`
    - centered: `a = rho * a + (1 - rho) * g`, and `v - a**2` below for `v`
    - `w -= learning_rate * g / (sqrt(v) + epsilon)`
    - with momentum: `m = momentum * m + learning_rate * g / sqrt(v +
      epsilon)`, and `w -= m`

    A sparse gradient moves the means everywhere, and `w` in its rows alone;
    with momentum it moves nothing but its rows. From Hinton, 2012, lecture 6
    of "Neural Networks for Machine Learning".

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        rho: How much of the running means stays in a step.
        momentum: How much of the last step goes into the next, in [0, 1].
        epsilon: Keeps the division finite.
        centered: Whether to divide by the variance instead of the mean of
            squares.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.

    Raises:
        ValueError: If `momentum` is out of its range.
    """

    def __init__(
        self,
        learning_rate=0.001,
        rho=0.9,
        momentum=0.0,
        epsilon=1e-7,
        centered=False,
        name="RMSprop",
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        if isinstance(momentum, numbers.Real) and not 0 <= momentum <= 1:
            raise ValueError(
                "`momentum` must be between [0, 1]. "
                f"Received: momentum={momentum}"
            )
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("rho", rho)
        self._momentum = not isinstance(momentum, numbers.Real) or momentum > 0
        self._set_hyper("momentum", momentum)
        self.epsilon = epsilon or epsilon_of_config()
        self.centered = centered

    def _create_slots(self, var_list):
        slot_names = ["rms"]
        if self._momentum:
            slot_names.append("momentum")
        if self.centered:
            slot_names.append("mg")
        for slot_name in slot_names:
            for var in var_list:
                self.add_slot(var, slot_name)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        apply_state[var_device, var_dtype].update(
            rho=self._get_hyper("rho", var_dtype),
            momentum=self._get_hyper("momentum", var_dtype),
        )

    def _arguments(self, grad, var, numbers):
        arguments = {
            "var": var.handle,
            "ms": self.get_slot(var, "rms").handle,
            "mom": self.get_slot(var, "momentum").handle,
            "lr": numbers["lr_t"],
            "rho": numbers["rho"],
            "momentum": numbers["momentum"],
            "epsilon": self.epsilon,
            "grad": grad,
        }
        if self.centered:
            arguments["mg"] = self.get_slot(var, "mg").handle
        return arguments

    def _resource_apply_dense(self, grad, var, apply_state=None):
        numbers = self._numbers(var, apply_state)
        if self._momentum:
            kernel = (
                kernels.ResourceApplyCenteredRMSProp
                if self.centered
                else kernels.ResourceApplyRMSProp
            )
            return kernel(**self._arguments(grad, var, numbers))

        def move(slot_name, value):
            slot = self.get_slot(var, slot_name)
            move_mean(slot.handle, value, rho)
            return read(slot)

        rho = numbers["rho"]
        if self.centered:
            step = self._step(grad, move, numbers)
            return var.assign_sub(step, read_value=False)
        move("rms", tf.square(grad))
        return kernels.ResourceApplyAdagradV2(
            var=var.handle,
            accum=self.get_slot(var, "rms").handle,
            lr=numbers["lr_t"],
            epsilon=self.epsilon,
            grad=grad,
            update_slots=False,
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        numbers = self._numbers(var, apply_state)
        if self._momentum:
            kernel = (
                kernels.ResourceSparseApplyCenteredRMSProp
                if self.centered
                else kernels.ResourceSparseApplyRMSProp
            )
            arguments = self._arguments(grad, var, numbers)
            return kernel(indices=indices, **arguments)
        rho = numbers["rho"]

        def move(slot_name, value):
            slot = self.get_slot(var, slot_name)
            slot.assign(rho * slot, read_value=False)
            slot.scatter_add(tf.IndexedSlices((1.0 - rho) * value, indices))
            return tf.gather(slot, indices)

        step = self._step(grad, move, numbers)
        return var.scatter_sub(tf.IndexedSlices(step, indices))

    def _step(self, grad, move, numbers):
        square = move("rms", tf.square(grad))
        if self.centered:
            square = square - tf.square(move("mg", grad))
        return numbers["lr_t"] * grad / (tf.sqrt(square) + self.epsilon)

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "rho", "momentum"),
            epsilon=self.epsilon,
            centered=self.centered,
        )
        return config
