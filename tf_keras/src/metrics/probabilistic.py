"""Means of cross-entropies and divergences."""

from tf_keras.src.losses import crossentropy, similarity
from tf_keras.src.metrics.reductions import MeanMetricWrapper


class BinaryCrossentropy(MeanMetricWrapper):
    """The mean cross-entropy of yes-or-no predictions.

    Args:
        name: A name.
        dtype: The dtype of the result.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: How far labels move towards 1/2, in [0, 1].

    Example:

    >>> metric = BinaryCrossentropy()
    >>> round(float(metric([[0.0, 1.0]], [[0.5, 0.5]])), 4)
    0.6931
    """

    def __init__(
        self,
        name="binary_crossentropy",
        dtype=None,
        from_logits=False,
        label_smoothing=0,
    ):
        super().__init__(
            crossentropy.binary_crossentropy,
            name,
            dtype=dtype,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
        )


class CategoricalCrossentropy(MeanMetricWrapper):
    """The mean cross-entropy between one-hot labels and predictions.

    Args:
        name: A name.
        dtype: The dtype of the result.
        from_logits: Whether predictions are logits, not probabilities.
        label_smoothing: The part of a label that all classes share, in
            [0, 1].
        axis: The axis of the classes.
    """

    def __init__(
        self,
        name="categorical_crossentropy",
        dtype=None,
        from_logits=False,
        label_smoothing=0,
        axis=-1,
    ):
        super().__init__(
            crossentropy.categorical_crossentropy,
            name,
            dtype=dtype,
            from_logits=from_logits,
            label_smoothing=label_smoothing,
            axis=axis,
        )


class SparseCategoricalCrossentropy(MeanMetricWrapper):
    """The mean cross-entropy between class numbers and predictions.

    Args:
        name: A name.
        dtype: The dtype of the result.
        from_logits: Whether predictions are logits, not probabilities.
        ignore_class: A number that marks targets that don't count.
        axis: The axis of the classes.
    """

    def __init__(
        self,
        name="sparse_categorical_crossentropy",
        dtype=None,
        from_logits=False,
        ignore_class=None,
        axis=-1,
    ):
        super().__init__(
            crossentropy.sparse_categorical_crossentropy,
            name,
            dtype=dtype,
            from_logits=from_logits,
            ignore_class=ignore_class,
            axis=axis,
        )


class KLDivergence(MeanMetricWrapper):
    """The mean Kullback-Leibler divergence from prediction to target.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="kullback_leibler_divergence", dtype=None):
        super().__init__(similarity.kl_divergence, name, dtype=dtype)


class Poisson(MeanMetricWrapper):
    """The mean Poisson loss of counts.

    Args:
        name: A name.
        dtype: The dtype of the result.
    """

    def __init__(self, name="poisson", dtype=None):
        super().__init__(similarity.poisson, name, dtype=dtype)
