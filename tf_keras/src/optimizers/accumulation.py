"""Gradient accumulation: the mean of several steps' gradients, used once.

With `gradient_accumulation_steps=n` an optimizer changes variables at each
n-th step, by the mean of the gradients since the change before, as if batches
were n times as large. Clipping, weight decay, averages and the count
`iterations` see only these updates; schedules see every step. Gradients that
are left when training ends wait for the next steps.
"""

import numpy as np
import tensorflow as tf

from tf_keras.src.distribute.replica_values import update_on_each_device
from tf_keras.src.distribute.strategies import (
    for_all_replicas,
    has_strategy,
    in_replica,
)


def checked(steps):
    """Returns the number of steps; None for one, which is no accumulation.

    Raises:
        ValueError: If it is no whole number of at least 1.
    """
    if steps is None:
        return None
    is_whole = isinstance(steps, (int, np.integer)) and steps is not True
    if not is_whole or steps < 1:
        raise ValueError(
            "`gradient_accumulation_steps` must be a whole number, at least 2 "
            "to have an effect, or None. Received: "
            f"gradient_accumulation_steps={steps!r}"
        )
    return int(steps) if steps > 1 else None


def accumulate(optimizer, gradients, variables):
    """Adds up gradients; at every n-th step their mean is used.

    Args:
        optimizer: The optimizer, built.
        gradients: A list of tensors, summed over replicas.
        variables: The variables, in the same order.
    """
    gradients = [tf.convert_to_tensor(gradient) for gradient in gradients]
    if has_strategy() and in_replica():
        # A condition around updates must stand outside of the replicas.
        for_all_replicas(
            lambda strategy, gradients: _step(
                optimizer,
                lambda use: _in_replicas(strategy, use, gradients),
                variables,
            ),
            gradients,
        )
    else:
        _step(optimizer, lambda use: use(gradients), variables)


def _in_replicas(strategy, use, gradients):
    if in_replica():
        return use(gradients)
    return strategy.extended.call_for_each_replica(use, args=(gradients,))


def _step(optimizer, run, variables):
    steps = optimizer.gradient_accumulation_steps
    sums = [
        optimizer._accumulators[optimizer.index_of(variable)]
        for variable in variables
    ]

    def add(gradients):
        _change(sums, "assign_add", gradients)

    def use(gradients):
        means = [
            (total + gradient) / tf.cast(steps, gradient.dtype)
            for total, gradient in zip(sums, gradients)
        ]
        optimizer.use_gradients(means, variables)
        zeros = [tf.zeros_like(gradient) for gradient in gradients]
        _change(sums, "assign", zeros)

    is_last = (optimizer._iterations + 1) % steps == 0
    if tf.executing_eagerly():
        run(use if is_last else add)
    else:
        tf.cond(is_last, lambda: _none(run(use)), lambda: _none(run(add)))


def _change(sums, change, values):
    """Calls a method of variables, on each device if there are several."""

    def change_one(_, part, value):
        getattr(part, change)(value, read_value=False)

    if has_strategy():
        update_on_each_device(sums, change_one, values)
        return
    for total, value in zip(sums, values):
        change_one(None, total, value)


def _none(_):
    """What both branches of a condition return."""
    return tf.constant(0)
