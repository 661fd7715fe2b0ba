"""Nadam of TensorFlow 2.0 to 2.10: Adam that looks ahead.

Kernels: ApplyAdam moves both means and takes the step along theirs; then
ApplyAdagradV2, which leaves its sum as it is, takes the one along the gradient.
Plain operations for sparse gradients, which touch their rows alone.
"""

import tensorflow as tf

from tf_keras.src.foundation.config import epsilon as epsilon_of_config
from tf_keras.src.foundation.kernels import apply_adam, kernels, read
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer
from tf_keras.src.optimizers.schedules import LearningRateSchedule


class Nadam(Optimizer):
    """Adam with Nesterov's momentum.

    In step `t`, with the gradient `g`:

    - `mu_t = beta_1 * (1 - 0.5 * 0.96**(0.004 * t))`, and `p_t` the product
      of all `mu` up to `t`
    - `m = beta_1 * m + (1 - beta_1) * g`
    - `v = beta_2 * v + (1 - beta_2) * g**2`
    - `n = (1 - mu_t) * g / (1 - p_t) + mu_(t+1) * m / (1 - p_(t+1))`
    - `w -= learning_rate * n / (sqrt(v / (1 - beta_2**t)) + epsilon)`

    A sparse gradient moves the means everywhere, and `w` in its rows alone.
    From Dozat, 2015, "Incorporating Nesterov Momentum into Adam",
    http://cs229.stanford.edu/proj2015/054_report.pdf.

    Args:
        learning_rate: A number, or a function that returns the number of now.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the mean of squares stays in a step.
        epsilon: Keeps the division finite.
        name: A name.
        **kwargs: See `Optimizer`: `clipnorm`, `clipvalue`,
            `global_clipnorm`; `schedule_decay`, the 0.004 above, which
            configs hold as `decay`.

    Raises:
        ValueError: If `learning_rate` is a schedule.
    """

    def __init__(
        self,
        learning_rate=0.001,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
        name="Nadam",
        **kwargs,
    ):
        # As recorded: `decay` itself is passed over.
        kwargs["decay"] = kwargs.pop("schedule_decay", 0.004)
        learning_rate = kwargs.get("lr", learning_rate)
        if isinstance(learning_rate, LearningRateSchedule):
            raise ValueError(
                "This Nadam takes no schedule as its learning rate. Received: "
                f"learning_rate={learning_rate}. Use "
                "`tf_keras.optimizers.Nadam`."
            )
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("beta_1", beta_1)
        self._set_hyper("beta_2", beta_2)
        self.epsilon = epsilon or epsilon_of_config()
        self._m_cache = None

    def _create_all_weights(self, var_list):
        _ = self.iterations
        is_double = var_list and var_list[0].dtype.base_dtype is tf.float64
        self._momentum_cache("float64" if is_double else None)
        super()._create_all_weights(var_list)

    def _momentum_cache(self, dtype=None):
        """The product of all momentums so far, a variable."""
        if self._m_cache is None:
            self._m_cache = self.add_weight(
                "momentum_cache",
                shape=[],
                dtype=dtype,
                initializer="ones",
                aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            )
            self._weights.append(self._m_cache)
        return self._m_cache

    def _make_dependency(self, name):
        super()._make_dependency(name)
        if name in ("iter", "momentum_cache"):
            _ = self.iterations
            self._momentum_cache()

    def _create_slots(self, var_list):
        for slot_name in ("m", "v"):
            for var in var_list:
                self.add_slot(var, slot_name)

    def _prepare(self, var_list):
        self._product_before = read(self._momentum_cache())
        apply_state = super()._prepare(var_list)
        step = self._step_number(self._m_cache.dtype)
        self._m_cache.assign(
            self._product_before * self._momentum_of(step), read_value=False
        )
        return apply_state

    def _momentum_of(self, step):
        beta_1 = self._get_hyper("beta_1", step.dtype)
        return beta_1 * (1.0 - 0.5 * 0.96 ** (self._initial_decay * step))

    def _prepare_local(self, var_device, var_dtype, apply_state):
        step = self._step_number(var_dtype)
        wide = step.dtype
        now, then = self._momentum_of(step), self._momentum_of(step + 1.0)
        product = tf.cast(self._product_before, wide) * now
        beta_2 = self._get_hyper("beta_2", wide)
        # The correction of `v` is taken out of the root.
        root = tf.sqrt(1.0 - tf.pow(beta_2, step))
        rate = self._get_hyper("learning_rate", wide) * root
        is_half = var_dtype is tf.float16
        numbers = {
            "beta_1_t": self._get_hyper("beta_1", wide),
            "beta_2_t": beta_2,
            "of_gradient": rate * (1.0 - now) / (1.0 - product),
            "of_mean": rate * then / (1.0 - product * then),
            # Times the root it may be zero in float16.
            "epsilon": self.epsilon * (1.0 if is_half else root),
        }
        apply_state[var_device, var_dtype] = {
            key: tf.cast(value, var_dtype)
            for key, value in {**numbers, "zero": 0.0}.items()
        }

    def _fallback_apply_state(self, var_device, var_dtype):
        self._product_before = read(self._momentum_cache())
        return super()._fallback_apply_state(var_device, var_dtype)

    def _resource_apply_dense(self, grad, var, apply_state=None):
        numbers = self._numbers(var, apply_state)
        velocity = self.get_slot(var, "v").handle
        apply_adam(
            numbers["of_mean"],
            var=var.handle,
            m=self.get_slot(var, "m").handle,
            v=velocity,
            beta1_power=numbers["zero"],  # The rate is corrected already.
            beta2_power=numbers["zero"],
            lr=numbers["of_mean"],
            beta1=numbers["beta_1_t"],
            beta2=numbers["beta_2_t"],
            epsilon=numbers["epsilon"],
            grad=grad,
        )
        return kernels.ResourceApplyAdagradV2(
            var=var.handle,
            accum=velocity,
            lr=numbers["of_gradient"],
            epsilon=numbers["epsilon"],
            grad=grad,
            update_slots=False,
        )

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        numbers = self._numbers(var, apply_state)
        rows = []
        for slot_name, beta, value in (
            ("m", numbers["beta_1_t"], grad),
            ("v", numbers["beta_2_t"], tf.square(grad)),
        ):
            slot = self.get_slot(var, slot_name)
            slot.assign(slot * beta, read_value=False)
            slot.scatter_add(tf.IndexedSlices(value * (1.0 - beta), indices))
            rows.append(tf.gather(slot, indices))
        mean, square = rows
        step = numbers["of_gradient"] * grad + numbers["of_mean"] * mean
        step = step / (tf.sqrt(square) + numbers["epsilon"])
        return var.scatter_sub(tf.IndexedSlices(step, indices))

    def get_config(self):
        config = super().get_config()
        config.update(
            self._hyper_config("learning_rate", "decay", "beta_1", "beta_2"),
            epsilon=self.epsilon,
        )
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """See `Optimizer.from_config`."""
        config = dict(config)
        if "decay" in config:
            config["schedule_decay"] = config.pop("decay")
        return super().from_config(config, custom_objects)
