"""A recurrence whose gradient does all but one product outside of the loop.

TensorFlow would walk back through every operation of every step. For cells
whose output is their next state, what each gate's gradient is in terms of the
state's follows, for all steps at once, from the states and from what the cell
keeps of its steps. The loop back in time is left with one product, and weights
get their gradient in one product more.
"""

import tensorflow as tf

# Up to so many steps stand one by one in a graph: a fifth less time than a
# loop takes, but longer to trace.
_MOST_UNROLLED = 40


def run(cell, projected, state, weights, mask, return_all):
    """Runs the steps of a cell, time first.

    Args:
        cell: A cell with `renew(projected, state, weights)`, which returns
            the new state and a list of what `slopes` asks for of the step,
            `kept_widths` times as wide as the state; and
            `slopes(before, states, *kept)`, which returns for all steps: the
            gradients of a step's sums in terms of that of the new state,
            `(steps, batch, columns)`; those of the last gate as far as inputs
            are concerned, if they differ, or None; how much goes to the old
            state directly, or None.
        projected: The products of the inputs, `(steps, batch, columns)`.
        state: The first state, `(batch, units)`.
        weights: A tuple of the recurrent kernel and perhaps the bias of its
            products, or None.
        mask: Booleans `(steps, batch)`, or None.
        return_all: Whether to return the states after all steps, not only
            the last.
    """
    keep = None if mask is None else tf.expand_dims(mask, -1)

    @tf.custom_gradient
    def series(projected, state, kernel, *biases):
        # Weights that are None are no arguments.
        weights_in = (kernel, *(biases or weights[1:]))
        (states, *kept), last = _forward(
            cell, projected, state, weights_in, keep
        )

        def gradient(upstream):
            before = tf.concat((state[None], states[:-1]), 0)
            of_sums, of_last, direct = _masked(
                cell.slopes(before, states, *kept), keep
            )
            found, sums, first = _backward(
                upstream, of_sums, direct, kernel, return_all
            )
            units, width = kernel.shape
            flat = tf.reshape(sums, (-1, width))
            of_biases = [tf.reduce_sum(flat, 0)] if biases else []
            if of_last is not None:
                others = sums[..., : width - units]
                sums = tf.concat((others, of_last * found), -1)
            before = tf.reshape(before, (-1, units))
            of_kernel = tf.matmul(before, flat, transpose_a=True)
            return [sums, first, of_kernel, *of_biases]

        return states if return_all else last, gradient

    return series(projected, state, *[w for w in weights if w is not None])


def _masked(slopes, keep):
    """Slopes where steps that are left out hand on what comes."""
    of_sums, of_last, direct = slopes
    if keep is None:
        return slopes
    kept = tf.cast(keep, of_sums.dtype)
    direct = 1.0 - kept + (0.0 if direct is None else direct * kept)
    return of_sums * kept, None if of_last is None else of_last * kept, direct


def _forward(cell, projected, state, weights, keep):
    """The states after all steps and what to keep of them; the last state."""

    def step(now, state):
        new, kept = cell.renew(now[0], state, weights)
        if keep is not None:
            new = tf.where(now[1], new, state)
        new.set_shape(state.shape)
        return (new, *kept), new

    series = (projected,) if keep is None else (projected, keep)
    batch, units = state.shape
    shapes = [(batch, width * units) for width in (1, *cell.kept_widths)]
    return _scan(step, series, state, shapes)


def _backward(upstream, slopes, direct, kernel, has_all):
    """Gradients of states and sums of all steps, and of the first state."""
    count = kernel.shape[1] // kernel.shape[0]
    series = {"slopes": slopes, "direct": direct}
    if has_all:
        series["upstream"] = upstream
    series = {key: x for key, x in series.items() if x is not None}

    def step(now, later):
        now = dict(zip(series, now))
        whole = later + now["upstream"] if has_all else later
        sums = now["slopes"] * (
            tf.concat([whole] * count, -1) if count > 1 else whole
        )
        later = tf.matmul(sums, kernel, transpose_b=True)
        if direct is not None:
            later += now["direct"] * whole
        later.set_shape(whole.shape)
        return (whole, sums), later

    last = tf.zeros_like(upstream[0]) if has_all else upstream
    shapes = [last.shape, slopes.shape[1:]]
    (found, sums), first = _scan(step, series.values(), last, shapes, -1)
    return found, sums, first


def _scan(step, series, state, shapes, direction=1):
    """Goes through tensors along their first axis, with a state.

    Args:
        step: A function of a tuple of a step's tensors and of the state that
            returns a sequence of tensors of the state's dtype, and the state.
        series: Tensors of as many steps.
        state: The first state.
        shapes: Those of a step's outputs.
        direction: -1 to go from the end to the start.

    Returns:
        A tuple of tensors of all steps, in the order of the series, and the
        last state.
    """
    series = list(series)
    steps = series[0].shape[0]
    if not steps or steps > _MOST_UNROLLED:
        return _loop(step, series, state, shapes, direction)
    found = []
    for now in list(zip(*map(tf.unstack, series)))[::direction]:
        outputs, state = step(now, state)
        found.append(outputs)
    return [tf.stack(x) for x in zip(*found[::direction])], state


def _loop(step, series, state, shapes, direction):
    """`_scan` as a loop in the graph."""
    steps = tf.shape(series[0])[0]
    reads = [_array(x.dtype, steps, x.shape[1:]).unstack(x) for x in series]
    arrays = [_array(state.dtype, steps, shape) for shape in shapes]

    def turn(time, arrays, state):
        outputs, state = step([x.read(time) for x in reads], state)
        arrays = [a.write(time, x) for a, x in zip(arrays, outputs)]
        return time + direction, arrays, state

    _, arrays, state = tf.while_loop(
        lambda time, *_: (time >= 0) & (time < steps),
        _several(turn, series[0]),
        (0 if direction > 0 else steps - 1, arrays, state),
    )
    found = [array.stack() for array in arrays]
    for x, shape in zip(found, shapes):
        x.set_shape((series[0].shape[0], *shape))
    return found, state


def _array(dtype, steps, shape):
    return tf.TensorArray(dtype, steps, element_shape=shape)


def _several(step, x):
    """Several steps as one turn of a loop, which costs as much as a step."""
    count = next(n for n in (8, 4, 2, 1) if not (x.shape[0] or 1) % n)

    def turn(*state):
        for _ in range(count):
            state = step(*state)
        return state

    return turn
