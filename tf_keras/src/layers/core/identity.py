"""Identity: returns its input."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer


class Identity(Layer):
    """Returns its input: a place for a layer that may come later.

    Args as of `Layer`.

    Input shape:
        Any nest.

    Output shape:
        The input's.

    Example:

    >>> Identity()(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
    """

    def call(self, inputs):
        return tf.nest.map_structure(tf.identity, inputs)
