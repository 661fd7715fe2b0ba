"""Batch renormalisation: what ties a batch's moments to the moving ones.

Ioffe 2017, Batch Renormalization: Towards Reducing Minibatch Dependence in
Batch-Normalized Models, https://arxiv.org/abs/1702.03275
"""

import tensorflow as tf

_BOUNDS = ("rmax", "rmin", "dmax")


def checked_clipping(clipping):
    """Returns the bounds of the correction as a dict.

    Args:
        clipping: A dict with any of `rmax`, `rmin` (of the ratio of
            deviations) and `dmax` (of the distance of means).

    Raises:
        ValueError: For another key.
    """
    unknown = sorted(set(clipping) - set(_BOUNDS))
    if unknown:
        raise ValueError(
            f"`renorm_clipping` takes the keys {_BOUNDS}. Received: {unknown}."
        )
    return dict(clipping)


def correction(mean, deviation, moving_mean, moving_deviation, clipping):
    """Returns ratio and distance that correct a normalised batch.

    Args:
        mean: The batch's mean.
        deviation: The batch's standard deviation.
        moving_mean: The moving average of means.
        moving_deviation: The moving average of deviations.
        clipping: Bounds, as from `checked_clipping`.

    Returns:
        `(ratio, distance)`: the output is `normalised * ratio + distance`.
        No gradient flows through them.
    """
    ratio = deviation / moving_deviation
    distance = (mean - moving_mean) / moving_deviation
    if clipping.get("rmin") is not None:
        ratio = tf.maximum(ratio, clipping["rmin"])
    if clipping.get("rmax") is not None:
        ratio = tf.minimum(ratio, clipping["rmax"])
    if clipping.get("dmax") is not None:
        bound = clipping["dmax"]
        distance = tf.clip_by_value(distance, -bound, bound)
    return tf.stop_gradient(ratio), tf.stop_gradient(distance)
