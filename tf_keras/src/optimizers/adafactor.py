"""Adafactor: Adam with little memory.

Plain operations; sparse gradients are summed to dense ones first.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import kernels, read, set_to, step_along
from tf_keras.src.optimizers.gradients import as_dense, takes_duplicates
from tf_keras.src.optimizers.optimizer import Optimizer


class Adafactor(Optimizer):
    """Scales steps by row and column means of squared gradients.

    A matrix keeps one number for each row and each column instead of one for
    each element. In step `t`, with the gradient `g`, the mean `rms`
    of squares under a root, and `beta = 1 - t**beta_2_decay`:

    - `r = beta * r + (1 - beta) * mean(g**2 + epsilon_1)` along each row,
      `c` the same along each column, `v = r * c / mean(r)`
    - other than matrices: `v = beta * v + (1 - beta) * (g**2 + epsilon_1)`
    - `u = g / sqrt(v)`, `u = u / max(1, rms(u) / clip_threshold)`
    - `rate = min(learning_rate, 1 / sqrt(t))`
    - `w -= max(epsilon_2, rms(w)) * rate * u`

    From Shazeer and Stern, 2018, "Adafactor: Adaptive Learning Rates with
    Sublinear Memory Cost", https://arxiv.org/abs/1804.04235. There is no
    momentum.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        beta_2_decay: How fast the means grow longer, negative.
        epsilon_1: Added to squares of gradients.
        epsilon_2: The least size of a variable that steps are scaled by.
        clip_threshold: Steps whose root mean square is above are made smaller.
        relative_step: Whether the rate falls as `1 / sqrt(t)` when that is less
            than `learning_rate`.
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
        beta_2_decay=-0.8,
        epsilon_1=1e-30,
        epsilon_2=1e-3,
        clip_threshold=1.0,
        relative_step=True,
        weight_decay=None,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="Adafactor",
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
        self.beta_2_decay = beta_2_decay
        self.epsilon_1 = epsilon_1
        self.epsilon_2 = epsilon_2
        self.clip_threshold = clip_threshold
        self.relative_step = relative_step

    def build(self, var_list):
        super().build(var_list)
        self._r, self._c, self._v = [], [], []
        for variable in var_list:
            shape = variable.shape
            if shape.rank < 2:
                # Checkpoints have a number here.
                self._r.append(self._unused())
                self._c.append(self._unused())
            else:
                self._r.append(self._add_slot(variable, "r", shape[:-1]))
                columns = shape[:-2] + shape[-1:]
                self._c.append(self._add_slot(variable, "c", columns))
            self._v.append(self._add_slot(variable, "v", shape))

    def _add_slot(self, variable, name, shape):
        return self.add_variable_from_reference(variable, name, shape=shape)

    def _unused(self):
        return tf.Variable(0, name="unused", trainable=False)

    def step_numbers(self, learning_rate, step):
        rate = learning_rate
        if self.relative_step:
            rate = tf.minimum(rate, tf.math.rsqrt(step))
        return rate, 1.0 - tf.pow(step, self.beta_2_decay)

    @takes_duplicates
    def update_step(self, gradient, variable):
        rate, kept = self.numbers(variable.dtype)
        gradient = as_dense(gradient, variable)
        square = kernels.Square(x=gradient)
        index = self.index_of(variable)
        if gradient.shape.rank < 2:
            scale = self._move(self._v[index], square, kept)
        else:
            r, c = self._r[index], self._c[index]
            rows = self._move(r, tf.reduce_mean(square, -1), kept)
            columns = self._move(c, tf.reduce_mean(square, -2), kept)
            rows = rows / tf.reduce_mean(rows, -1, keepdims=True)
            scale = rows[..., tf.newaxis] * columns[..., tf.newaxis, :]
            # Not read again; checkpoints hold it.
            set_to(self._v[index], scale)
        update = kernels.Mul(x=gradient, y=kernels.Rsqrt(x=scale))
        rate = rate * tf.maximum(_size(read(variable)), self.epsilon_2)
        excess = tf.maximum(_size(update, self.clip_threshold), 1.0)
        step_along(variable, rate / excess, update)

    def _move(self, mean, square, kept):
        """Moves a running mean towards squares."""
        away = read(mean) - (square + self.epsilon_1)
        step_along(mean, 1.0 - kept, away)
        return read(mean)


def _size(values, unit=1.0):
    """The root of the mean of squares, in units."""
    count = values.shape.num_elements()
    if values.dtype.size < 4 or not count:  # In 16 bits a sum may be too large.
        return tf.sqrt(tf.reduce_mean(tf.square(values))) / unit
    return tf.sqrt(kernels.L2Loss(t=values) * (2.0 / (count * unit**2)))
