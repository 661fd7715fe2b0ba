"""Steps of each optimizer, on sets of variables of three kinds.

`small`: 500 variables of 64 x 64. `sparse`: a table of 1,000,000 x 32 with
gradients for 256 rows. `large`: 10 variables of 4,000,000 elements. Gradients
are arguments of a step, and all are different: of constants the graph would
compute once for all what belongs to each step and variable.
"""

import functools

import numpy as np
import tensorflow as tf
from targets import STEPS

_SHAPES = {"small": (500, 64, 64), "large": (10, 2000, 2000)}
_TABLE, _ROWS = (1_000_000, 32), 256
RATE = 0.001

kernels = tf.raw_ops


def problem(kind):
    """What a step works on, the same for all contenders.

    Returns:
        The variables; the arguments of a step; a function from them to the
        gradients; and the row of the last variable that is compared.
    """
    random = np.random.RandomState(0)
    if kind == "sparse":
        values = random.normal(size=(_ROWS, _TABLE[1])).astype("float32")
        rows = random.randint(0, _TABLE[0], _ROWS)
        return (
            [tf.Variable(tf.ones(_TABLE))],
            (tf.constant(values), tf.constant(rows)),
            lambda *given: [tf.IndexedSlices(*given, tf.constant(_TABLE))],
            rows[0],
        )
    count, *shape = _SHAPES[kind]
    gradients = random.normal(size=_SHAPES[kind]).astype("float32")
    variables = [tf.Variable(tf.ones(shape)) for _ in range(count)]
    return variables, (tf.constant(gradients),), tf.unstack, 0


def _row(variables, arguments, row, step):
    """Runs a step; reads one number, as reading all copies a table."""

    def run():
        step(*arguments)
        return float(variables[-1].sparse_read([row])[0, 0])

    return run


def _step(keras, kind, name, face):
    optimizers = keras.optimizers
    if face == "legacy":
        optimizers = optimizers.legacy
        if not hasattr(optimizers, "Optimizer"):
            raise NotImplementedError("no legacy optimizers")
    optimizer = getattr(optimizers, name)(RATE)
    variables, arguments, gradients_of, row = problem(kind)

    @tf.function
    def step(*arguments):
        optimizer.apply_gradients(zip(gradients_of(*arguments), variables))

    return _row(variables, arguments, row, step)


ROWS = {
    row: functools.partial(_step, kind=kind, name=name, face=face)
    for row, (kind, face, name) in STEPS.items()
}


# By hand: loops over TensorFlow's kernels, where it has one ------------------


def _read(handle):
    return kernels.ReadVariableOp(resource=handle, dtype=tf.float32)


def _descend(var, rate, direction):
    kernels.ResourceApplyGradientDescent(var=var, alpha=rate, delta=direction)


def _sgd(step, product):
    # Keeps the last step, as both packages do.
    return functools.partial(
        kernels.ResourceApplyKerasMomentum, lr=RATE, momentum=0.0
    )


def _legacy_sgd(step, product):
    return lambda var, grad: _descend(var, RATE, grad)


def _adam(step, product):
    return functools.partial(
        kernels.ResourceApplyAdam,
        beta1_power=tf.pow(0.9, step),
        beta2_power=tf.pow(0.999, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adamw(step, product):
    adam = _adam(step, product)

    def update(var, **others):
        _descend(var, RATE * 0.004, _read(var))
        adam(var=var, **others)

    return update


def _nadam(step, product):
    now, then = (0.9 * (1.0 - 0.5 * 0.96**t) for t in (step, step + 1.0))
    product = product.assign(product * now)
    root = tf.sqrt(1.0 - 0.999**step)
    epsilon, rate = 1e-7 * root, RATE * root
    of_mean = rate * then / (1.0 - product * then)
    of_gradient = rate * (1.0 - now) / (1.0 - product)

    def update(var, m, v, grad):
        kernels.ResourceApplyAdam(
            var=var,
            m=m,
            v=v,
            beta1_power=0.0,
            beta2_power=0.0,
            lr=of_mean,
            beta1=0.9,
            beta2=0.999,
            epsilon=epsilon,
            grad=grad,
        )
        kernels.ResourceApplyAdagradV2(
            var=var,
            accum=v,
            lr=of_gradient,
            epsilon=epsilon,
            grad=grad,
            update_slots=False,
        )

    return update


def _rmsprop(step, product):
    def update(var, v, grad):
        _descend(v, 0.1, _read(v) - tf.square(grad))
        _descend(var, RATE, grad * tf.math.rsqrt(_read(v) + 1e-7))

    return update


def _lion(step, product):
    def update(var, m, grad):
        away = _read(m) - grad
        _descend(var, RATE, tf.sign(0.9 * away + grad))
        _descend(m, 0.01, away)

    return update


def _adamax(step, product):
    return functools.partial(
        kernels.ResourceApplyAdaMax,
        beta1_power=tf.pow(0.9, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adagrad(step, product):
    return functools.partial(
        kernels.ResourceApplyAdagradV2, lr=RATE, epsilon=1e-7
    )


def _adadelta(step, product):
    return functools.partial(
        kernels.ResourceApplyAdadelta, lr=RATE, rho=0.95, epsilon=1e-7
    )


def _ftrl(step, product):
    return functools.partial(
        kernels.ResourceApplyFtrlV2,
        lr=RATE,
        l1=0.0,
        l2=0.0,
        l2_shrinkage=0.0,
        lr_power=-0.5,
    )


# For each optimizer: its update, and its slots with their first values.
_UPDATES = {
    "SGD": (_sgd, {"accum": 0.0}),
    "legacy_SGD": (_legacy_sgd, {}),
    "Adam": (_adam, {"m": 0.0, "v": 0.0}),
    "AdamW": (_adamw, {"m": 0.0, "v": 0.0}),
    "Nadam": (_nadam, {"m": 0.0, "v": 0.0}),
    "Adamax": (_adamax, {"m": 0.0, "v": 0.0}),
    "Adagrad": (_adagrad, {"accum": 0.1}),
    "Adadelta": (_adadelta, {"accum": 0.0, "accum_update": 0.0}),
    "Ftrl": (_ftrl, {"accum": 0.1, "linear": 0.0}),
    "RMSprop": (_rmsprop, {"v": 0.0}),
    "Lion": (_lion, {"m": 0.0}),
}
# Those of before 2.11 that do the same.
_UPDATES |= {
    f"legacy_{name}": _UPDATES[name]
    for name in ("Adam", "Adamax", "Adagrad", "Adadelta", "Ftrl", "RMSprop")
}


def _raw_step(_, kind, name):
    make, starts = _UPDATES[name]
    variables, arguments, gradients_of, row = problem(kind)
    slots = [
        {slot: tf.Variable(tf.fill(v.shape, x)) for slot, x in starts.items()}
        for v in variables
    ]
    count, product = tf.Variable(0, dtype=tf.int64), tf.Variable(1.0)

    @tf.function
    def step(*arguments):
        update = make(tf.cast(count.assign_add(1), tf.float32), product)
        gradients = map(tf.convert_to_tensor, gradients_of(*arguments))
        for variable, gradient, own in zip(variables, gradients, slots):
            handles = {slot: own[slot].handle for slot in own}
            update(var=variable.handle, grad=gradient, **handles)

    return _row(variables, arguments, row, step)


RAW_ROWS = {
    f"step_{kind}_{name}": functools.partial(_raw_step, kind=kind, name=name)
    for kind in ("small", "sparse", "large")
    for name in _UPDATES
    # Only Adam has to touch each row of a table.
    if kind != "sparse" or name in ("Adam", "legacy_Adam")
}
