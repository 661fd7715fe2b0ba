"""How a mask travels: as the attribute `_keras_mask` of its tensor."""

import tensorflow as tf


def mask_of(inputs):
    """Returns the masks of inputs in their nest, or None if none has one."""
    mask = getattr(inputs, "_keras_mask", None)
    if mask is not None or isinstance(inputs, tf.Tensor):
        return mask
    masks = tf.nest.map_structure(
        lambda tensor: getattr(tensor, "_keras_mask", None), inputs
    )
    if all(found is None for found in tf.nest.flatten(masks)):
        return None
    return masks


def put_mask(outputs, masks):
    """Hangs masks on outputs. Outputs that take no attribute go without."""
    flat_outputs = tf.nest.flatten(outputs)
    if masks is None:
        flat_masks = [None] * len(flat_outputs)
    else:
        flat_masks = tf.nest.flatten(masks)
    for tensor, mask in zip(flat_outputs, flat_masks):
        if mask is None and not hasattr(tensor, "_keras_mask"):
            continue
        try:
            tensor._keras_mask = mask
        except AttributeError:
            # Composite tensors and objects with slots can't carry a mask.
            continue


def apart_from(inputs, outputs):
    """Returns the outputs; each that is an input itself becomes a copy.

    So that hanging a mask on it does not change what the caller holds.
    """
    given = {id(tensor) for tensor in tf.nest.flatten(inputs)}
    return tf.nest.map_structure(
        lambda output: (
            tf.identity(output)
            if id(output) in given and isinstance(output, tf.Tensor)
            else output
        ),
        outputs,
    )


def all_masked(outputs):
    """Whether every output carries a mask already."""
    return all(
        getattr(tensor, "_keras_mask", None) is not None
        for tensor in tf.nest.flatten(outputs)
    )
