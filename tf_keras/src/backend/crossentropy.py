"""Cross-entropies of probabilities or logits, and their focal forms.

A prediction that a sigmoid or softmax has just made is traced back to its
logits: from them the loss is exact where the probability is rounded to 0 or 1.
"""

import warnings

import tensorflow as tf

from tf_keras.src.foundation import config
from tf_keras.src.foundation.tf_internals import dispatchable


def mark_logits(output, logits):
    """Notes on a probability which logits it was made of.

    Args:
        output: What the operation returned.
        logits: What it was given.
    """
    output._keras_logits = logits


def _find_logits(output, op_type):
    """The logits that `output` was made of, or None.

    Noted logits serve every loss, also that of another function: the binary
    loss of a softmax reads each logit on its own, as models have trained
    since 2.3.
    """
    logits = getattr(output, "_keras_logits", None)
    if logits is None and tf.is_symbolic_tensor(output):
        if output.op.type == op_type:
            return output.op.inputs[0]
    return logits


def _trace_back(output, from_logits, op_type, function_name):
    """Returns `output` or its logits, and whether it is logits."""
    logits = _find_logits(output, op_type)
    if logits is None:
        return output, from_logits
    if from_logits:
        warnings.warn(
            f"`{function_name}` was called with from_logits=True, but its "
            f"`output` was made by an activation and holds probabilities. "
            "The loss is computed from what that was given. Take away one of "
            "the two.",
            stacklevel=4,
        )
    return logits, True


def _prepare(target, output):
    """Both as tensors, the target in the type of the output."""
    output = _as_tensor(output)
    return tf.cast(_as_tensor(target), output.dtype), output


def _as_tensor(x):
    is_tensor = isinstance(getattr(x, "shape", None), tf.TensorShape)
    if hasattr(x, "_keras_history"):
        # `dispatchable` catches this and makes one layer of the function.
        raise TypeError(f"{x!r} is a symbolic tensor.")
    return x if is_tensor else tf.convert_to_tensor(x)


def _check_shapes(target, output, function_name):
    if not target.shape.is_compatible_with(output.shape):
        raise ValueError(
            f"`{function_name}` needs a target of the shape of the output. "
            f"Received: target.shape={target.shape} and "
            f"output.shape={output.shape}, which are incompatible."
        )


def _inside(probabilities):
    """Probabilities kept away from 0 and 1, where logarithms end."""
    epsilon = config.epsilon()
    return tf.clip_by_value(probabilities, epsilon, 1.0 - epsilon)


def _normalized(output, axis):
    return output / tf.reduce_sum(output, axis, keepdims=True)


def _checked_axis(axis, output, function_name):
    rank = output.shape.rank
    if rank is not None and not -rank <= axis < rank:
        raise ValueError(
            f"`{function_name}` was called with axis={axis}, but `output` "
            f"has shape {output.shape}, of rank {rank}."
        )
    return axis


@dispatchable
def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """Returns `-sum(target * log(output))` over the classes.

    Args:
        target: Probabilities of the classes, in the shape of `output`.
        output: Predicted probabilities, which are scaled to sum 1; or logits.
        from_logits: Whether `output` is logits.
        axis: The axis of the classes.

    Returns:
        A tensor of the output's shape without `axis`.

    Raises:
        ValueError: If the shapes don't fit.

    Example:

    >>> target = tf.constant([[0.0, 1.0]])
    >>> categorical_crossentropy(target, tf.constant([[0.5, 0.5]])).numpy()
    array([0.6931472], dtype=float32)
    """
    name = "categorical_crossentropy"
    target, output = _prepare(target, output)
    _check_shapes(target, output, name)
    axis = _checked_axis(axis, output, name)
    output, from_logits = _trace_back(output, from_logits, "Softmax", name)
    if from_logits:
        return tf.nn.softmax_cross_entropy_with_logits(
            labels=target, logits=output, axis=axis
        )
    output = _inside(_normalized(output, axis))
    return -tf.reduce_sum(target * tf.math.log(output), axis)


@dispatchable
def categorical_focal_crossentropy(
    target, output, alpha=0.25, gamma=2.0, from_logits=False, axis=-1
):
    """Returns the cross-entropy with easy examples weighted down.

    `-sum(alpha * (1 - output) ** gamma * target * log(output))`: Lin et al.
    2017, https://arxiv.org/abs/1708.02002

    Args:
        target: Probabilities of the classes, in the shape of `output`.
        output: Predicted probabilities, which are scaled to sum 1; or logits.
        alpha: The weight of all classes, or a list with one for each.
        gamma: How much easy examples are weighted down; 0 not at all.
        from_logits: Whether `output` is logits.
        axis: The axis of the classes.

    Returns:
        A tensor of the output's shape without `axis`.

    Raises:
        ValueError: If the shapes don't fit.
    """
    name = "categorical_focal_crossentropy"
    target, output = _prepare(target, output)
    _check_shapes(target, output, name)
    axis = _checked_axis(axis, output, name)
    output, from_logits = _trace_back(output, from_logits, "Softmax", name)
    if from_logits:
        output = tf.nn.softmax(output, axis=axis)
    output = _inside(_normalized(output, axis))
    factor = tf.cast(alpha, output.dtype) * tf.pow(1.0 - output, gamma)
    return -tf.reduce_sum(factor * target * tf.math.log(output), axis)


@dispatchable
def sparse_categorical_crossentropy(
    target, output, from_logits=False, axis=-1, ignore_class=None
):
    """Returns `-log(output[target])` for integer classes.

    Args:
        target: Class indices, of the output's shape without `axis` (or with
            that axis of size 1).
        output: Predicted probabilities, or logits.
        from_logits: Whether `output` is logits.
        axis: The axis of the classes.
        ignore_class: A target whose loss is zero, such as -1 or 255; None
            for none.

    Returns:
        A tensor of the output's shape without `axis`.

    Raises:
        ValueError: If `axis` is none of the output's.
    """
    name = "sparse_categorical_crossentropy"
    output = _as_tensor(output)
    axis = _checked_axis(axis, output, name)
    target = tf.cast(_as_tensor(target), tf.int64)
    output, from_logits = _trace_back(output, from_logits, "Softmax", name)
    if not from_logits:
        output = tf.math.log(_inside(output))
    rank = output.shape.rank
    if rank is not None and axis % rank != rank - 1:
        order = [i for i in range(rank) if i != axis % rank] + [axis % rank]
        output = tf.transpose(output, order)
    if rank is None or (rank > 1 and target.shape.rank != rank - 1):
        _check_indices(target.shape, output.shape)
        target = tf.reshape(target, tf.shape(output)[:-1])
    elif rank == 1 and target.shape.rank:
        output = tf.reshape(output, [-1, output.shape[0]])
    if ignore_class is None:
        return tf.nn.sparse_softmax_cross_entropy_with_logits(target, output)
    return _ignoring(ignore_class, target, output)


def _check_indices(target_shape, output_shape):
    """Refuses targets that hold too many or too few indices for a sample."""
    if not target_shape.rank or not output_shape.rank or target_shape.rank < 2:
        return
    given = target_shape[1:].num_elements()
    wanted = output_shape[1:-1].num_elements()
    if given is not None and wanted is not None and given != wanted:
        raise ValueError(
            "sparse_categorical_crossentropy takes one class index for each "
            f"prediction. Received targets of shape {target_shape} and "
            f"outputs of shape {output_shape}. Are the targets one-hot? Then "
            "use categorical_crossentropy."
        )


def _ignoring(ignore_class, target, logits):
    """The loss with zeros where the target is `ignore_class`."""
    is_valid = tf.not_equal(target, tf.cast(ignore_class, target.dtype))
    target = tf.where(is_valid, target, 0)
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(target, logits)
    loss = tf.where(is_valid, loss, 0)
    loss._keras_mask = is_valid
    return loss


@dispatchable
def binary_crossentropy(target, output, from_logits=False):
    """Returns the cross-entropy of each number with its target.

    `-target * log(output) - (1 - target) * log(1 - output)`

    Args:
        target: Probabilities, usually 0 or 1.
        output: Predicted probabilities, or logits.
        from_logits: Whether `output` is logits.

    Returns:
        A tensor of the output's shape.
    """
    target, output = _prepare(target, output)
    output, from_logits = _trace_back(
        output, from_logits, "Sigmoid", "binary_crossentropy"
    )
    if from_logits:
        return tf.nn.sigmoid_cross_entropy_with_logits(
            labels=target, logits=output
        )
    output = _inside(output)
    epsilon = config.epsilon()
    likelihood = target * tf.math.log(output + epsilon)
    likelihood += (1.0 - target) * tf.math.log(1.0 - output + epsilon)
    return -likelihood


def binary_focal_crossentropy(
    target,
    output,
    apply_class_balancing=False,
    alpha=0.25,
    gamma=2.0,
    from_logits=False,
):
    """Returns the binary cross-entropy with easy examples weighted down.

    The weight is `(1 - p) ** gamma`, where `p` is the probability given to
    the truth: Lin et al. 2017, https://arxiv.org/abs/1708.02002

    Args:
        target: Probabilities, usually 0 or 1.
        output: Predicted probabilities, or logits.
        apply_class_balancing: Whether to weight ones by `alpha` and zeros by
            `1 - alpha` as well.
        alpha: The weight of ones, in [0, 1].
        gamma: How much easy examples are weighted down; 0 not at all.
        from_logits: Whether `output` is logits.

    Returns:
        A tensor of the output's shape.
    """
    target, output = _prepare(target, output)
    loss = binary_crossentropy(target, output, from_logits)
    probability = tf.math.sigmoid(output) if from_logits else output
    of_truth = target * probability + (1.0 - target) * (1.0 - probability)
    loss = tf.pow(1.0 - of_truth, gamma) * loss
    if apply_class_balancing:
        loss = (target * alpha + (1.0 - target) * (1.0 - alpha)) * loss
    return loss
