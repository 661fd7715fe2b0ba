"""A recurrence whose gradient does all but one product outside of the loop.

TensorFlow would keep each step's intermediate values, and walk back through
every operation of every step. For cells whose output is their next state the
values can be had again from the states, for all steps at once, and so can
what each gate's gradient is in terms of the state's. The loop back in time is
left with one product, and weights get their gradient in one product more.
"""

import tensorflow as tf


def run(cell, projected, state, weights, mask):
    """Runs the steps of a cell, time first; returns the state after each.

    Args:
        cell: A cell with `slopes(projected, before, states, *weights)`: for
            all steps, the gradients of its sums of inputs, then of those of
            states, `(steps, batch, gates, units)`, in terms of that of the
            new state, and how much of that goes to the old state directly,
            or None.
        projected: The products of the inputs, `(steps, batch, columns)`.
        state: The first state, `(batch, units)`.
        weights: A tuple of the recurrent kernel and perhaps the bias of the
            last gate's recurrent product, or None.
        mask: Booleans `(steps, batch)`, or None.
    """
    keep = None if mask is None else tf.expand_dims(mask, -1)

    @tf.custom_gradient
    def series(projected, state, kernel, *biases):
        # Weights that are None are no arguments.
        weights_in = (kernel, *(biases or weights[1:]))
        states = _forward(cell, projected, state, weights_in, keep)

        def gradient(upstream):
            before = tf.concat((state[None], states[:-1]), 0)
            of_inputs, of_states, direct = cell.slopes(
                projected, before, states, *weights_in
            )
            if keep is not None:
                kept = tf.cast(keep, states.dtype)
                direct = 1.0 - kept + (0.0 if direct is None else direct * kept)
                of_inputs *= kept[..., None]
                of_states *= kept[..., None]
            found, first = _backward(upstream, of_states, direct, kernel)
            found = tf.expand_dims(found, 2)
            width = kernel.shape[1]
            of_sums = tf.reshape(of_states * found, (-1, width))
            flat = tf.reshape(before, (-1, kernel.shape[0]))
            gradients = [
                tf.reshape(of_inputs * found, tf.shape(projected)),
                first,
                tf.matmul(flat, of_sums, transpose_a=True),
            ]
            if biases:
                of_last = of_sums[:, width - kernel.shape[0] :]
                gradients.append(tf.reduce_sum(of_last, 0))
            return gradients

        return states, gradient

    return series(projected, state, *[w for w in weights if w is not None])


def _forward(cell, projected, state, weights, keep):
    steps = tf.shape(projected)[0]
    reads = _unstacked(projected, steps)
    keeps = None if keep is None else _unstacked(keep, steps)

    def step(time, states, state):
        parts = cell.parts(reads.read(time))
        new, _ = cell.advance(parts, state, None, weights)
        if keeps is not None:
            new = tf.where(keeps.read(time), new, state)
        new.set_shape(state.shape)
        return time + 1, states.write(time, new), new

    states = tf.TensorArray(state.dtype, steps, element_shape=state.shape)
    _, states, _ = tf.while_loop(
        lambda time, *_: time < steps,
        _several(step, projected),
        (0, states, state),
    )
    states = states.stack()
    states.set_shape((projected.shape[0], *state.shape))
    return states


def _backward(upstream, slopes, direct, kernel):
    """Gradients of the state after each step, and of the first state."""
    steps = tf.shape(upstream)[0]
    reads, slope_reads = _unstacked(upstream, steps), _unstacked(slopes, steps)
    direct_reads = None if direct is None else _unstacked(direct, steps)
    width = kernel.shape[1]

    def step(time, found, later):
        whole = reads.read(time) + later
        sums = slope_reads.read(time) * tf.expand_dims(whole, 1)
        later = tf.matmul(
            tf.reshape(sums, (-1, width)), kernel, transpose_b=True
        )
        if direct_reads is not None:
            later += direct_reads.read(time) * whole
        later.set_shape(whole.shape)
        return time - 1, found.write(time, whole), later

    shape = upstream.shape[1:]
    found = tf.TensorArray(upstream.dtype, steps, element_shape=shape)
    _, found, first = tf.while_loop(
        lambda time, *_: time >= 0,
        _several(step, upstream),
        (steps - 1, found, tf.zeros_like(upstream[0])),
    )
    return found.stack(), first


def _unstacked(x, steps):
    return tf.TensorArray(x.dtype, steps, element_shape=x.shape[1:]).unstack(x)


def _several(step, x):
    """Several steps as one turn of a loop, which costs as much as a step."""
    count = next(n for n in (8, 4, 2, 1) if not (x.shape[0] or 1) % n)

    def turn(*state):
        for _ in range(count):
            state = step(*state)
        return state

    return turn
