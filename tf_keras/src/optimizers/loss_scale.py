"""The scale of a loss: fixed or adapting, so that float16 gradients fit."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import AutoTrackable


class FixedLossScale:
    """A scale that stays.

    Args:
        scale: A number.
    """

    is_dynamic = False
    growth_steps = None
    good_steps = None

    def __init__(self, scale):
        self.initial_scale = float(scale)

    def __call__(self):
        """Returns the scale."""
        return tf.constant(self.initial_scale)


class DynamicLossScale(AutoTrackable):
    """A scale that doubles while gradients are finite, and halves when not.

    Args:
        initial_scale: The first scale.
        growth_steps: After how many finite steps in a row the scale doubles.
    """

    is_dynamic = True

    def __init__(self, initial_scale, growth_steps):
        self.initial_scale = float(initial_scale)
        self.growth_steps = int(growth_steps)
        # Checkpoints hold these two names.
        self.current_loss_scale = _number(
            self.initial_scale, "current_loss_scale", tf.float32
        )
        self.good_steps = _number(0, "good_steps", tf.int64)

    def __call__(self):
        """Returns the scale of now."""
        return tf.convert_to_tensor(self.current_loss_scale)

    def update(self, is_finite):
        """Adapts the scale after a step.

        Args:
            is_finite: Whether all gradients were finite, a boolean tensor.
        """
        scale = self()
        good_steps = tf.convert_to_tensor(self.good_steps) + 1
        is_long = good_steps >= self.growth_steps
        larger = scale * 2.0
        is_growing = is_finite & is_long & tf.math.is_finite(larger)
        kept = tf.where(is_finite, scale, tf.maximum(scale / 2.0, 1.0))
        self.current_loss_scale.assign(tf.where(is_growing, larger, kept))
        goes_on = is_finite & tf.logical_not(is_long)
        self.good_steps.assign(
            tf.where(goes_on, good_steps, tf.zeros_like(good_steps))
        )


def _number(value, name, dtype):
    with tf.init_scope():
        return tf.Variable(
            value,
            name=name,
            dtype=dtype,
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )


def are_all_finite(gradients):
    """Returns whether all numbers in gradients are finite, as a tensor."""
    values = [
        gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        for gradient in gradients
        if gradient is not None
    ]
    return tf.reduce_all(
        [tf.reduce_all(tf.math.is_finite(value)) for value in values]
    )
