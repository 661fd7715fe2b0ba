"""Steps of each optimizer, on sets of variables of three kinds.

`small`: 500 variables of 64 x 64. `sparse`: a table of 1,000,000 x 32 with
gradients for 256 rows. `large`: 10 variables of 4,000,000 elements.
"""

import functools

import numpy as np
import tensorflow as tf
from targets import STEPS

_SHAPES = {"small": [(64, 64)] * 500, "large": [(2000, 2000)] * 10}
_TABLE, _ROWS = (1_000_000, 32), 256
RATE = 0.001

kernels = tf.raw_ops


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
    if face == "legacy":
        optimizers = optimizers.legacy
        if not hasattr(optimizers, "Optimizer"):
            raise NotImplementedError("no legacy optimizers")
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


# By hand: loops over TensorFlow's kernels, where it has one ------------------


def _sgd(_):
    return functools.partial(kernels.ResourceApplyGradientDescent, alpha=RATE)


def _adam(step):
    return functools.partial(
        kernels.ResourceApplyAdam,
        beta1_power=tf.pow(0.9, step),
        beta2_power=tf.pow(0.999, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adamax(step):
    return functools.partial(
        kernels.ResourceApplyAdaMax,
        beta1_power=tf.pow(0.9, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adagrad(_):
    return functools.partial(
        kernels.ResourceApplyAdagradV2, lr=RATE, epsilon=1e-7
    )


def _adadelta(_):
    return functools.partial(
        kernels.ResourceApplyAdadelta, lr=RATE, rho=0.95, epsilon=1e-7
    )


def _ftrl(_):
    return functools.partial(
        kernels.ResourceApplyFtrlV2,
        lr=RATE,
        l1=0.0,
        l2=0.0,
        l2_shrinkage=0.0,
        lr_power=-0.5,
    )


# For each optimizer: its kernel, the names of its slots and the gradient.
_UPDATES = {
    "SGD": (_sgd, (), "delta"),
    "Adam": (_adam, ("m", "v"), "grad"),
    "Adamax": (_adamax, ("m", "v"), "grad"),
    "Adagrad": (_adagrad, ("accum",), "grad"),
    "Adadelta": (_adadelta, ("accum", "accum_update"), "grad"),
    "Ftrl": (_ftrl, ("accum", "linear"), "grad"),
}


def _raw_step(_, kind, name):
    make, slot_names, gradient_name = _UPDATES[name]
    variables, gradients = problem(kind)
    starts = {} if name == "Adadelta" else {"accum": 0.1}
    slots = [
        {
            slot: tf.Variable(
                tf.fill(tf.shape(variable), starts.get(slot, 0.0))
            )
            for slot in slot_names
        }
        for variable in variables
    ]
    count = tf.Variable(0, dtype=tf.int64)

    @tf.function
    def step():
        update = make(tf.cast(count.assign_add(1), tf.float32))
        for variable, gradient, of_variable in zip(variables, gradients, slots):
            handles = {name: slot.handle for name, slot in of_variable.items()}
            handles[gradient_name] = tf.convert_to_tensor(gradient)
            update(var=variable.handle, **handles)

    return lambda: (step(), first_of(variables[-1]))[1]


RAW_ROWS = {
    f"step_{kind}_{face}{name}": functools.partial(
        _raw_step, kind=kind, name=name
    )
    for kind in ("small", "sparse", "large")
    for face in ("", "legacy_")
    for name in _UPDATES
    # Only Adam has to touch each row of a table.
    if kind != "sparse" or name == "Adam"
}
