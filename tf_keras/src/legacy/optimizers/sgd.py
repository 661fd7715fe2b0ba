"""SGD of TensorFlow 2.0 to 2.10: plain gradient descent, or momentum.

Kernels: ApplyGradientDescent, ApplyKerasMomentum, and for sparse gradients
ScatterSub and SparseApplyKerasMomentum.
"""

import numbers

from tf_keras.src.foundation.kernels import kernels
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer


class SGD(Optimizer):
    """Moves against the gradient, with or without momentum.

    With the gradient `g`:

    - `m = momentum * m - learning_rate * g`
    - `w += m`; with `nesterov`, `w += momentum * m - learning_rate * g`

    A sparse gradient moves `m` and `w` in its rows alone. From Sutskever et
    al., 2013, "On the importance of initialization and momentum in deep
    learning", http://jmlr.org/proceedings/papers/v28/sutskever13.pdf.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        momentum: How much of the last step goes into the next, in [0, 1].
        nesterov: Whether to look ahead by one step of momentum.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`, `decay`.

    Raises:
        ValueError: If `momentum` is out of its range.
    """

    def __init__(
        self,
        learning_rate=0.01,
        momentum=0.0,
        nesterov=False,
        name="SGD",
        **kwargs,
    ):
        super().__init__(name, **kwargs)
        if isinstance(momentum, numbers.Real) and not 0 <= momentum <= 1:
            raise ValueError(
                "`momentum` must be between [0, 1]. "
                f"Received: momentum={momentum}"
            )
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._momentum = not isinstance(momentum, numbers.Real) or momentum > 0
        self._set_hyper("momentum", momentum)
        self.nesterov = nesterov

    def _create_slots(self, var_list):
        if self._momentum:
            for var in var_list:
                self.add_slot(var, "momentum")

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        momentum = self._get_hyper("momentum", var_dtype)
        apply_state[var_device, var_dtype]["momentum"] = momentum

    def _resource_apply_dense(self, grad, var, apply_state=None):
        numbers = self._numbers(var, apply_state)
        if not self._momentum:
            return kernels.ResourceApplyGradientDescent(
                var=var.handle, alpha=numbers["lr_t"], delta=grad
            )
        return kernels.ResourceApplyKerasMomentum(
            var=var.handle,
            accum=self.get_slot(var, "momentum").handle,
            lr=numbers["lr_t"],
            grad=grad,
            momentum=numbers["momentum"],
            use_nesterov=self.nesterov,
        )

    def _resource_apply_sparse_duplicate_indices(
        self, grad, var, indices, **kwargs
    ):
        if self._momentum:
            return super()._resource_apply_sparse_duplicate_indices(
                grad, var, indices, **kwargs
            )
        rate = self._numbers(var, kwargs.get("apply_state"))["lr_t"]
        return kernels.ResourceScatterSub(
            resource=var.handle, indices=indices, updates=grad * rate
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        numbers = self._numbers(var, apply_state)
        return kernels.ResourceSparseApplyKerasMomentum(
            var=var.handle,
            accum=self.get_slot(var, "momentum").handle,
            lr=numbers["lr_t"],
            grad=grad,
            indices=indices,
            momentum=numbers["momentum"],
            use_nesterov=self.nesterov,
        )

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "momentum"),
            nesterov=self.nesterov,
        )
        return config
