"""Cross-entropy losses: binary, categorical, sparse; plain and focal."""

import warnings

import tensorflow as tf

from tf_keras.src.backend import crossentropy as backend
from tf_keras.src.losses.loss import LossFunctionWrapper
from tf_keras.src.losses.pairing import keeps_targets, pairs_elements


def _smooth(y_true, label_smoothing, class_count):
    """Moves a part of the probability of a label to all classes evenly."""
    if isinstance(label_smoothing, (int, float)):
        if not label_smoothing:
            return y_true
    else:
        label_smoothing = tf.cast(label_smoothing, y_true.dtype)
    return y_true * (1.0 - label_smoothing) + label_smoothing / class_count


def _class_count(y_pred, axis):
    size = y_pred.shape[axis]
    return tf.cast(
        tf.shape(y_pred)[axis] if size is None else size, y_pred.dtype
    )


@pairs_elements
def binary_crossentropy(
    y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1
):
    """Computes the mean cross-entropy of yes-or-no predictions.

    Args:
        y_true: Labels 0 or 1 (or probabilities), `(batch, ..., labels)`.
        y_pred: Predictions of the same shape.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: How far labels move towards 1/2, in [0, 1]: 0.1
            makes 0.05 and 0.95 of 0 and 1.
        axis: The axis, or axes, of the mean.

    Returns:
        Losses of the shape without `axis`.

    Example:

    >>> binary_crossentropy([[0.0, 1.0]], [[0.5, 0.5]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    y_true = _smooth(y_true, label_smoothing, 2.0)
    return tf.reduce_mean(
        backend.binary_crossentropy(y_true, y_pred, from_logits=from_logits),
        axis=axis,
    )


@pairs_elements
def binary_focal_crossentropy(
    y_true,
    y_pred,
    apply_class_balancing=False,
    alpha=0.25,
    gamma=2.0,
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
):
    """Computes a binary cross-entropy that looks at hard examples.

    The cross-entropy is multiplied by `(1 - p) ** gamma`, where `p` is the
    probability given to the right answer. From Lin et al., 2017, "Focal Loss
    for Dense Object Detection", https://arxiv.org/abs/1708.02002.

    Args:
        y_true: Labels 0 or 1, `(batch, ..., labels)`.
        y_pred: Predictions of the same shape.
        apply_class_balancing: Whether to weight class 1 by `alpha` and class
            0 by `1 - alpha`.
        alpha: The weight of class 1.
        gamma: How strongly easy examples fade; 0 is plain cross-entropy.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: How far labels move towards 1/2, in [0, 1].
        axis: The axis, or axes, of the mean.

    Returns:
        Losses of the shape without `axis`.
    """
    losses = backend.binary_focal_crossentropy(
        target=_smooth(y_true, label_smoothing, 2.0),
        output=y_pred,
        apply_class_balancing=apply_class_balancing,
        alpha=alpha,
        gamma=gamma,
        from_logits=from_logits,
    )
    return tf.reduce_mean(losses, axis=axis)


@pairs_elements
def categorical_crossentropy(
    y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1
):
    """Computes the cross-entropy between one-hot labels and predictions.

    Args:
        y_true: One-hot labels (or probabilities), `(batch, ..., classes)`.
        y_pred: Predictions of the same shape.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: The part of a label that all classes share, in
            [0, 1].
        axis: The axis of the classes.

    Returns:
        Losses of the shape without `axis`.

    Raises:
        ValueError: If the shapes differ.

    Example:

    >>> categorical_crossentropy([[0.0, 1.0]], [[0.5, 0.5]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    _warn_of_one_class(y_pred, axis)
    if not isinstance(label_smoothing, (int, float)) or label_smoothing:
        y_true = _smooth(y_true, label_smoothing, _class_count(y_pred, axis))
    return backend.categorical_crossentropy(
        y_true, y_pred, from_logits=from_logits, axis=axis
    )


def _warn_of_one_class(y_pred, axis):
    if y_pred.shape.rank and y_pred.shape[axis] == 1:
        warnings.warn(
            "categorical_crossentropy compares the classes along "
            f"axis={axis}, and y_pred of shape {y_pred.shape} has one class "
            "there, so that the loss is always zero. For one yes-or-no "
            "output use binary_crossentropy.",
            stacklevel=4,
        )


@pairs_elements
def categorical_focal_crossentropy(
    y_true,
    y_pred,
    alpha=0.25,
    gamma=2.0,
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
):
    """Computes a categorical cross-entropy that looks at hard examples.

    The term of each class is multiplied by `alpha * (1 - p) ** gamma`, where
    `p` is its predicted probability. From Lin et al., 2017, "Focal Loss for
    Dense Object Detection", https://arxiv.org/abs/1708.02002.

    Args:
        y_true: One-hot labels, `(batch, ..., classes)`.
        y_pred: Predictions of the same shape.
        alpha: A weight for all classes, or a list with one for each.
        gamma: How strongly easy examples fade.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: The part of a label that all classes share, in
            [0, 1].
        axis: The axis of the classes.

    Returns:
        Losses of the shape without `axis`.
    """
    _warn_of_one_class(y_pred, axis)
    if not isinstance(label_smoothing, (int, float)) or label_smoothing:
        y_true = _smooth(y_true, label_smoothing, _class_count(y_pred, axis))
    return backend.categorical_focal_crossentropy(
        target=y_true,
        output=y_pred,
        alpha=alpha,
        gamma=gamma,
        from_logits=from_logits,
        axis=axis,
    )


@keeps_targets
def sparse_categorical_crossentropy(
    y_true, y_pred, from_logits=False, axis=-1, ignore_class=None
):
    """Computes the cross-entropy between class numbers and predictions.

    Args:
        y_true: Class numbers from 0, `(batch, ...)` or `(batch, ..., 1)`.
        y_pred: Predictions, `(batch, ..., classes)`.
        from_logits: Whether predictions are logits, not probabilities.
        axis: The axis of the classes.
        ignore_class: A number, such as -1 or 255, that marks targets without
            a loss: theirs is 0, and means do not count them.

    Returns:
        Losses of the shape without `axis`.

    Example:

    >>> sparse_categorical_crossentropy([1], [[0.5, 0.5]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    return backend.sparse_categorical_crossentropy(
        y_true,
        y_pred,
        from_logits=from_logits,
        axis=axis,
        ignore_class=ignore_class,
    )


class BinaryCrossentropy(LossFunctionWrapper):
    """The cross-entropy of yes-or-no predictions.

    Args:
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: How far labels move towards 1/2, in [0, 1].
        axis: The axis of the mean.
        reduction: One of `Reduction`.
        name: A name for messages and logs.

    Example:

    >>> round(float(BinaryCrossentropy()([[0.0, 1.0]], [[0.5, 0.5]])), 4)
    0.6931
    """

    def __init__(
        self,
        from_logits=False,
        label_smoothing=0.0,
        axis=-1,
        reduction="auto",
        name="binary_crossentropy",
    ):
        super().__init__(
            binary_crossentropy,
            reduction=reduction,
            name=name,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )
        self.from_logits = from_logits


class BinaryFocalCrossentropy(LossFunctionWrapper):
    """A binary cross-entropy that looks at hard examples.

    Args:
        apply_class_balancing: Whether to weight class 1 by `alpha` and class
            0 by `1 - alpha`.
        alpha: The weight of class 1.
        gamma: How strongly easy examples fade.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: How far labels move towards 1/2, in [0, 1].
        axis: The axis of the mean.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(
        self,
        apply_class_balancing=False,
        alpha=0.25,
        gamma=2.0,
        from_logits=False,
        label_smoothing=0.0,
        axis=-1,
        reduction="auto",
        name="binary_focal_crossentropy",
    ):
        super().__init__(
            binary_focal_crossentropy,
            reduction=reduction,
            name=name,
            apply_class_balancing=apply_class_balancing,
            alpha=alpha,
            gamma=gamma,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )
        self.from_logits = from_logits
        self.apply_class_balancing = apply_class_balancing
        self.alpha = alpha
        self.gamma = gamma


class CategoricalCrossentropy(LossFunctionWrapper):
    """The cross-entropy between one-hot labels and predictions.

    Args:
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: The part of a label that all classes share, in
            [0, 1].
        axis: The axis of the classes.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(
        self,
        from_logits=False,
        label_smoothing=0.0,
        axis=-1,
        reduction="auto",
        name="categorical_crossentropy",
    ):
        super().__init__(
            categorical_crossentropy,
            reduction=reduction,
            name=name,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )
        self.from_logits = from_logits


class CategoricalFocalCrossentropy(LossFunctionWrapper):
    """A categorical cross-entropy that looks at hard examples.

    Args:
        alpha: A weight for all classes, or a list with one for each.
        gamma: How strongly easy examples fade.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: The part of a label that all classes share, in
            [0, 1].
        axis: The axis of the classes.
        reduction: One of `Reduction`.
        name: A name for messages and logs.
    """

    def __init__(
        self,
        alpha=0.25,
        gamma=2.0,
        from_logits=False,
        label_smoothing=0.0,
        axis=-1,
        reduction="auto",
        name="categorical_focal_crossentropy",
    ):
        super().__init__(
            categorical_focal_crossentropy,
            reduction=reduction,
            name=name,
            alpha=alpha,
            gamma=gamma,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )
        self.from_logits = from_logits
        self.alpha = alpha
        self.gamma = gamma


class SparseCategoricalCrossentropy(LossFunctionWrapper):
    """The cross-entropy between class numbers and predictions.

    Args:
        from_logits: Whether predictions are logits, not probabilities.
        ignore_class: A number that marks targets without a loss, such as -1
            or 255.
        reduction: One of `Reduction`.
        name: A name for messages and logs.

    Example:

    >>> loss = SparseCategoricalCrossentropy()
    >>> round(float(loss([1], [[0.5, 0.5]])), 4)
    0.6931
    """

    def __init__(
        self,
        from_logits=False,
        ignore_class=None,
        reduction="auto",
        name="sparse_categorical_crossentropy",
    ):
        super().__init__(
            sparse_categorical_crossentropy,
            reduction=reduction,
            name=name,
            from_logits=from_logits,
            ignore_class=ignore_class,
        )
        self.from_logits = from_logits
