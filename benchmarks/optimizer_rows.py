"""Steps of each optimizer, on sets of variables of three kinds.

`small`: 500 variables of 64 x 64. `sparse`: a table of 1,000,000 x 32 with
gradients for 256 rows. `large`: 10 variables of 4,000,000 elements.
"""

import functools

import numpy as np
import tensorflow as tf
from optimizer_names import STEPS

_SHAPES = {"small": [(64, 64)] * 500, "large": [(2000, 2000)] * 10}
_TABLE, _ROWS = (1_000_000, 32), 256
RATE = 0.001


def problem(kind):
    """The variables and gradients of a kind, the same for all contenders."""
    random = np.random.RandomState(0)
    if kind == "sparse":
        values = random.normal(size=(_ROWS, _TABLE[1])).astype("float32")
        rows = random.randint(0, _TABLE[0], _ROWS)
        gradient = tf.IndexedSlices(
            tf.constant(values), tf.constant(rows), tf.constant(_TABLE)
        )
        return [tf.Variable(tf.ones(_TABLE))], [gradient]
    shapes = _SHAPES[kind]
    gradient = tf.constant(random.normal(size=shapes[0]).astype("float32"))
    return [tf.Variable(tf.ones(shape)) for shape in shapes], [gradient] * len(
        shapes
    )


def first_of(variable):
    """Reads one number; reading all copies a table that rows are put into."""
    return float(variable.sparse_read([0])[0, 0])


def _step(keras, kind, name, face):
    optimizers = keras.optimizers
    optimizers = optimizers.legacy if face == "legacy" else optimizers
    optimizer = getattr(optimizers, name)(RATE)
    variables, gradients = problem(kind)

    @tf.function
    def step():
        optimizer.apply_gradients(zip(gradients, variables))

    return lambda: (step(), first_of(variables[-1]))[1]


ROWS = {
    row: functools.partial(_step, kind=kind, name=name, face=face)
    for row, (kind, face, name) in STEPS.items()
}
