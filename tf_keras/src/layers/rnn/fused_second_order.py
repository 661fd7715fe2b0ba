"""Gradients of gradients of the fused LSTM, which TensorFlow leaves out.

Steps are computed once more, one
by one, and differentiated twice; gradients of first order cost what they did.
"""

import tensorflow as tf

_OPERATION = "BlockLSTMGrad"


def _differentiated(operation, *gradients):
    """Gradients with respect to the inputs of `BlockLSTMGrad`."""
    limit, x, memory, state, weights = operation.inputs[:5]
    bias, made = operation.inputs[8], operation.inputs[15]
    upstream = operation.inputs[16:18]
    given = [x, memory, state, weights, bias, *upstream]
    with tf.GradientTape() as outer:
        outer.watch(given)
        with tf.GradientTape() as inner:
            inner.watch(given[:5])
            outputs = _run(limit, *given[:5])
        first = inner.gradient(
            outputs,
            given[:5],
            output_gradients=given[5:],
            unconnected_gradients=tf.UnconnectedGradients.ZERO,
        )
    # Outputs: those of x, memory, state, weights, three peepholes, bias.
    wanted = [gradients[i] for i in (0, 1, 2, 3, 7)]
    second = outer.gradient(
        first,
        given,
        output_gradients=wanted,
        unconnected_gradients=tf.UnconnectedGradients.ZERO,
    )
    with tf.control_dependencies(_checks(limit, made, outputs[1])):
        second = [tf.identity(gradient) for gradient in second]
    second = dict(zip((1, 2, 3, 4, 8, 16, 17), second))
    return [second.get(i) for i in range(len(operation.inputs))]


def _checks(limit, made, recomputed):
    """Another's `BlockLSTM` may have a forget bias or a clip, unknown here."""
    limit = tf.cast(limit, tf.int32)
    check = tf.debugging.assert_near(
        made[:limit],
        recomputed[:limit],
        1e-2,
        1e-2,
        "There is no second-order gradient of a BlockLSTM with a forget bias, "
        "a clip or peepholes.",
    )
    return [] if check is None else [check]


def _run(limit, x, memory, state, weights, bias):
    """Memories and outputs of all steps, zeros beyond the limit."""

    def step(before, now):
        old_memory, old_state = before
        inputs, is_there = now
        gates = tf.concat([inputs, old_state], 1) @ weights + bias
        in_gate, candidate, forget_gate, out_gate = tf.split(gates, 4, axis=1)
        new_memory = tf.sigmoid(in_gate) * tf.tanh(candidate)
        new_memory += tf.sigmoid(forget_gate) * old_memory
        new_state = tf.tanh(new_memory) * tf.sigmoid(out_gate)
        return (
            tf.where(is_there, new_memory, tf.zeros_like(new_memory)),
            tf.where(is_there, new_state, tf.zeros_like(new_state)),
        )

    steps = tf.range(tf.shape(x)[0], dtype=tf.int32)
    is_there = steps < tf.cast(limit, tf.int32)
    return tf.scan(step, (x, is_there), initializer=(memory, state))


def register():
    """Tells TensorFlow how to differentiate `BlockLSTMGrad`."""
    try:
        tf.RegisterGradient(_OPERATION)(_differentiated)
    except KeyError:
        pass  # A later TensorFlow has its own, or this ran before.
