"""add_loss and activity penalties, kept until the next call.

A tensor given to `add_loss` belongs to the outermost call in which it came.
Each layer notes the number of that call, so that `losses` of any layer above
tells what belongs to its own last call from what is left of earlier ones.
"""

import tensorflow as tf

from tf_keras.src.core.call_context import context
from tf_keras.src.core.tracking import all_layers


def keep(layer, loss):
    """Keeps a loss tensor of the call that is under way."""
    if layer._losses_call != context.call_number:
        layer._losses = []
        layer._losses_call = context.call_number
    layer._losses.append(loss)


def keep_activity_penalty(layer, outputs):
    """Keeps the activity regulariser's penalty, a mean over the batch."""
    with tf.name_scope("ActivityRegularizer"):
        for output in tf.nest.flatten(outputs):
            penalty = layer._activity_regularizer(output)
            if layer._sums_activity_penalty:
                keep(layer, penalty)
                continue
            batch_size = tf.cast(tf.shape(output)[0], penalty.dtype)
            # No samples, no penalty.
            keep(layer, tf.math.divide_no_nan(penalty, batch_size))


def collect(layer):
    """Returns the losses of a layer and of all below it, tensors first."""
    found = []
    last_call = layer._last_call
    for below in all_layers(layer):
        losses = getattr(below, "_losses", None)
        if losses and below._losses_call >= last_call:
            found += [loss for loss in losses if is_of_this_graph(loss)]
        for function in getattr(below, "_callable_losses", ()):
            loss = function()
            if loss is not None:
                found.append(loss)
    return found


def is_of_this_graph(tensor):
    """Whether a tensor can be used where we are: eagerly, or in this graph."""
    graph = None if hasattr(tensor, "numpy") else getattr(tensor, "graph", None)
    if tf.executing_eagerly():
        return graph is None
    current = tf.compat.v1.get_default_graph()
    while graph is not None and current is not None:
        if current is graph:
            return True
        current = getattr(current, "outer_graph", None)
    return False


def clear(layer):
    """Forgets the loss tensors of a layer and of all below it."""
    for below in all_layers(layer):
        if hasattr(below, "_losses"):
            below._losses = []
