"""Adafactor: Adam with little memory.

Plain operations, with L2Loss for sums of squares. A sparse gradient of a matrix
moves all means, and its own rows of the variable.
"""

import tensorflow as tf

from tf_keras.src.foundation.kernels import (
    kernels,
    move_mean,
    read,
    set_to,
    step_along,
)
from tf_keras.src.optimizers.gradients import as_dense, is_sparse
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
            if variable.shape.rank < 2:
                # Checkpoints have a number here.
                self._r.append(self._unused())
                self._c.append(self._unused())
            else:
                self._r.append(self._add_slot(variable, "r", -1))
                self._c.append(self._add_slot(variable, "c", -2))
            self._v.append(self.add_variable_from_reference(variable, "v"))

    def _add_slot(self, variable, name, axis):
        """A slot without one axis of the variable."""
        shape = variable.shape.as_list()
        if None in shape:  # The sizes of now.
            shape = tf.shape(variable).numpy().tolist()
        del shape[axis]
        return self.add_variable_from_reference(variable, name, shape=shape)

    def _unused(self):
        return tf.Variable(0, name="unused", trainable=False)

    def step_numbers(self, learning_rate, step):
        rate = learning_rate
        if self.relative_step:
            rate = tf.minimum(rate, tf.math.rsqrt(step))
        return rate, 1.0 - tf.pow(step, self.beta_2_decay)

    def update_step(self, gradient, variable):
        rate, kept = self.numbers(variable.dtype)
        rate = rate * tf.maximum(_size(read(variable)), self.epsilon_2)
        index = self.index_of(variable)
        if is_sparse(gradient) and variable.shape.rank == 2:
            self._update_rows(gradient, variable, index, rate, kept)
            return
        gradient = as_dense(gradient, variable)
        square = kernels.Square(x=gradient)
        if gradient.shape.rank < 2:
            scale = self._move(self._v[index], square, kept)
        else:
            means = tf.reduce_mean(square, -1), tf.reduce_mean(square, -2)
            rows, columns = self._move_factors(index, *means, kept)
            scale = rows[..., tf.newaxis] * columns[..., tf.newaxis, :]
            # Not read again; checkpoints hold it.
            set_to(self._v[index], scale)
        step = kernels.Mul(x=gradient, y=kernels.Rsqrt(x=scale))
        step_along(variable, rate / self._excess(_size(step)), step)

    def _update_rows(self, gradient, variable, index, rate, kept):
        """The same for a matrix where some rows have a gradient."""
        values, places = gradient.values, gradient.indices
        square, count = kernels.Square(x=values), tf.shape(variable)[0]
        row_means = tf.math.unsorted_segment_sum(
            tf.reduce_mean(square, -1), places, count
        )
        count = tf.cast(count, values.dtype)
        column_means = tf.reduce_sum(square, -2) / count
        rows, columns = self._move_factors(index, row_means, column_means, kept)
        set_to(self._v[index], rows[:, tf.newaxis] * columns)
        scale = tf.gather(rows, places)[:, tf.newaxis] * columns
        step = kernels.Mul(x=values, y=kernels.Rsqrt(x=scale))
        # Rows without a gradient stand still.
        size = tf.sqrt(tf.reduce_sum(tf.reduce_mean(step**2, -1)) / count)
        step = rate / self._excess(size) * step
        kernels.ResourceScatterSub(
            resource=variable.handle, indices=places, updates=step
        )

    def _excess(self, size):
        return tf.maximum(size / self.clip_threshold, 1.0)

    def _move_factors(self, index, row_means, column_means, kept):
        """Returns what a mean of squares is the outer product of."""
        rows = self._move(self._r[index], row_means, kept)
        columns = self._move(self._c[index], column_means, kept)
        return rows / tf.reduce_mean(rows, -1, keepdims=True), columns

    def _move(self, mean, square, kept):
        """Moves a running mean towards squares."""
        move_mean(mean.handle, square + self.epsilon_1, kept)
        return read(mean)


def _size(values):
    """The root of the mean of squares."""
    count = values.shape.num_elements()
    if values.dtype.size < 4 or not count:  # In 16 bits a sum may be too large.
        return tf.sqrt(tf.reduce_mean(tf.square(values)))
    return tf.sqrt(kernels.L2Loss(t=values) * (2.0 / count))
