"""Runs one step function over time.

Eager code and `unroll=True` loop in Python. A graph takes the first step by
itself, which tells the structure and shapes of outputs and states, and the
others in one `tf.while_loop`.
"""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import dispatchable


@dispatchable
def rnn(
    step_function,
    inputs,
    initial_states,
    go_backwards=False,
    mask=None,
    constants=None,
    unroll=False,
    input_length=None,
    time_major=False,
    zero_output_for_mask=False,
    return_all_outputs=True,
):
    """Calls a function for each time step, handing states from step to step.

    Args:
        step_function: A function of `(inputs, states)`, the inputs of one
            step and a tuple of states followed by the constants. Returns
            `(outputs, new_states)`.
        inputs: A tensor of shape `(batch, steps, ...)`, or a structure of
            them.
        initial_states: A list of tensors: the states before the first step.
        go_backwards: Whether to start with the last step. Outputs are in the
            order in which they are made.
        mask: A boolean tensor of shape `(batch, steps)`, or with one more
            axis of length 1. Where it is false states stay as they are and
            the output is that of the step before.
        constants: A list of tensors given to each step.
        unroll: Whether to write each step into the graph, which is faster for
            short series and takes more memory.
        input_length: A tensor of shape `(batch,)`: how many steps of each
            sample count, if there is no mask. An integer is passed over.
        time_major: Whether inputs and outputs have the shape
            `(steps, batch, ...)`.
        zero_output_for_mask: Whether outputs are zero where the mask is
            false.
        return_all_outputs: Whether to return the outputs of all steps, or
            the last alone.

    Returns:
        `(last_output, outputs, new_states)`. `outputs` has a time axis, of
        length 1 if `return_all_outputs` is false; `new_states` is a tuple.

    Raises:
        ValueError: If the inputs have no time and feature axes, if the
            number of steps must be known and isn't.
    """
    series = tf.nest.flatten(inputs)
    for x in series:
        _check_series(x)
    if not time_major:
        series = [swap_batch_and_time(x) for x in series]
    step_count = series[0].shape[0]
    mask = _time_major_mask(mask, input_length, series[0], time_major)
    if go_backwards:
        series = [tf.reverse(x, [0]) for x in series]
        mask = None if mask is None else tf.reverse(mask, [0])
    in_python = unroll or tf.executing_eagerly()
    if in_python and step_count is None:
        raise ValueError(
            "`unroll=True` needs a known number of steps, and the inputs "
            f"have the shape {tf.nest.flatten(inputs)[0].shape}. Set the time "
            "axis in `Input(shape=...)`, or leave out `unroll`."
        )
    step = _Step(
        step_function,
        tuple(constants or ()),
        lambda xs: tf.nest.pack_sequence_as(inputs, xs),
        mask is not None,
        zero_output_for_mask,
    )
    run = _run_in_python if in_python else _run_in_graph
    last, outputs, states = run(
        step, series, mask, tuple(initial_states), return_all_outputs
    )
    if not time_major:
        outputs = tf.nest.map_structure(swap_batch_and_time, outputs)
    return last, outputs, tuple(states)


def _check_series(x):
    # A symbolic tensor raises here, and the whole call becomes one operation.
    if not isinstance(x, (tf.Tensor, tf.Variable)):
        raise TypeError(f"`rnn` takes tensors. Received: inputs={x!r}.")
    if x.shape.rank is not None and x.shape.rank < 3:
        raise ValueError(
            "`rnn` needs inputs of shape (batch, steps, features, ...), of "
            f"rank 3 or more. Received: inputs of shape {x.shape}."
        )


def swap_batch_and_time(x):
    """Returns `x` with its first two axes exchanged.

    Args:
        x: A tensor of rank 2 or more.
    """
    return tf.transpose(x, (1, 0, *range(2, x.shape.rank)))


def _time_major_mask(mask, input_length, x, time_major):
    """A boolean mask `(steps, batch)`, or with more axes; None for none."""
    if mask is not None:
        mask = tf.cast(mask, tf.bool)
        if mask.shape.rank == 3 and mask.shape[-1] == 1:
            mask = tf.squeeze(mask, -1)
        return mask if time_major else swap_batch_and_time(mask)
    if not tf.is_tensor(input_length):
        return None
    steps = tf.expand_dims(tf.range(tf.shape(x)[0]), 1)
    return steps < tf.expand_dims(tf.cast(input_length, tf.int32), 0)


class _Step:
    """One step, with masking."""

    def __init__(self, function, constants, pack, is_masked, zero_output):
        self.function = function
        self.constants = constants
        self.pack = pack
        self.is_masked = is_masked
        self.zero_output = zero_output

    def __call__(self, xs, mask, states, previous_output):
        """Returns the output and states after one step.

        Args:
            xs: The flat inputs of the step.
            mask: Its mask, if there is one.
            states: A tuple of states.
            previous_output: The output before; None before the first step.
        """
        output, new_states = self.function(
            self.pack(xs), states + self.constants
        )
        new_states = tf.nest.pack_sequence_as(
            states, tf.nest.flatten(new_states)
        )
        if not self.is_masked:
            return output, new_states
        if previous_output is None or self.zero_output:
            previous_output = tf.nest.map_structure(tf.zeros_like, output)
        return (
            _choose(mask, output, previous_output),
            _choose(mask, new_states, states),
        )


def _choose(mask, new, old):
    """The new values where the mask is true."""

    def choose(new, old):
        wide = mask
        for _ in range(new.shape.rank - mask.shape.rank):
            wide = tf.expand_dims(wide, -1)
        return tf.where(wide, new, old)

    return tf.nest.map_structure(choose, new, old)


def _run_in_python(step, series, mask, states, return_all_outputs):
    steps = zip(*(tf.unstack(x) for x in series))
    masks = tf.unstack(mask) if mask is not None else None
    made, output = [], None
    for time, xs in enumerate(steps):
        step_mask = masks[time] if masks else None
        output, states = step(xs, step_mask, states, output)
        if return_all_outputs:
            made.append(output)
    if return_all_outputs:
        outputs = tf.nest.map_structure(lambda *steps: tf.stack(steps), *made)
    else:
        outputs = _with_time_axis(output)
    return output, outputs, states


def _with_time_axis(output):
    return tf.nest.map_structure(lambda x: tf.expand_dims(x, 0), output)


def _run_in_graph(step, series, mask, states, return_all_outputs):
    step_count = series[0].shape[0]
    size = tf.shape(series[0])[0] if step_count is None else step_count
    reads = [_unstacked(x, size) for x in series]
    mask_read = None if mask is None else _unstacked(mask, size)

    def take(time, states, previous_output):
        xs = [array.read(time) for array in reads]
        step_mask = None if mask_read is None else mask_read.read(time)
        return step(xs, step_mask, states, previous_output)

    output, states = take(0, states, None)
    flat = tf.nest.flatten(output)
    arrays = ()
    if return_all_outputs:
        arrays = tuple(
            tf.TensorArray(x.dtype, size, element_shape=x.shape).write(0, x)
            for x in flat
        )

    def body(time, arrays, output, states):
        new_output, new_states = take(time, states, output)
        _keep_shapes((new_output, new_states), (output, states))
        values = tf.nest.flatten(new_output)
        arrays = tuple(
            array.write(time, value) for array, value in zip(arrays, values)
        )
        return time + 1, arrays, new_output, new_states

    _, arrays, output, states = tf.while_loop(
        lambda time, *_: time < size,
        body,
        (1, arrays, output, states),
        parallel_iterations=32,
        maximum_iterations=size,
    )
    if not return_all_outputs:
        return output, _with_time_axis(output), states
    stacked = [array.stack() for array in arrays]
    for outputs, value in zip(stacked, flat):
        outputs.set_shape([step_count, *value.shape])
    return output, tf.nest.pack_sequence_as(output, stacked), states


def _unstacked(x, size):
    return tf.TensorArray(x.dtype, size, element_shape=x.shape[1:]).unstack(x)


def _keep_shapes(new, old):
    for new_value, old_value in zip(tf.nest.flatten(new), tf.nest.flatten(old)):
        new_value.set_shape(old_value.shape)
