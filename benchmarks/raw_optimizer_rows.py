"""The same steps as loops over TensorFlow's kernels, where it has one."""

import functools

import tensorflow as tf
from optimizer_rows import RATE, first_of, problem

_kernels = tf.raw_ops


def _sgd(_):
    return functools.partial(_kernels.ResourceApplyGradientDescent, alpha=RATE)


def _adam(step):
    return functools.partial(
        _kernels.ResourceApplyAdam,
        beta1_power=tf.pow(0.9, step),
        beta2_power=tf.pow(0.999, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adamax(step):
    return functools.partial(
        _kernels.ResourceApplyAdaMax,
        beta1_power=tf.pow(0.9, step),
        lr=RATE,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-7,
    )


def _adagrad(_):
    return functools.partial(
        _kernels.ResourceApplyAdagradV2, lr=RATE, epsilon=1e-7
    )


def _adadelta(_):
    return functools.partial(
        _kernels.ResourceApplyAdadelta, lr=RATE, rho=0.95, epsilon=1e-7
    )


def _ftrl(_):
    return functools.partial(
        _kernels.ResourceApplyFtrlV2,
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


def _step(_, kind, name):
    make, slot_names, gradient_name = _UPDATES[name]
    variables, gradients = problem(kind)
    slots = [
        {
            slot: tf.Variable(tf.fill(tf.shape(variable), 0.1))
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


ROWS = {
    f"step_{kind}_{face}{name}": functools.partial(_step, kind=kind, name=name)
    for kind in ("small", "sparse", "large")
    for face in ("", "legacy_")
    for name in _UPDATES
    # Only Adam has to touch each row of a table.
    if kind != "sparse" or name == "Adam"
}
