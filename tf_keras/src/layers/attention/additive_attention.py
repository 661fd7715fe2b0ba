"""AdditiveAttention: additive attention (Bahdanau et al. 2014)."""

import tensorflow as tf

from tf_keras.src.core.input_spec import known_size
from tf_keras.src.layers.attention.dense_attention import BaseDenseAttention


class AdditiveAttention(BaseDenseAttention):
    """Averages values, weighted by a function of the sum of query and key.

    Bahdanau et al. 2014, Neural Machine Translation by Jointly Learning to
    Align and Translate, https://arxiv.org/abs/1409.0473

    Args:
        use_scale: Whether each feature of the sum has a learnt weight.
        **kwargs: `dropout`, as of `BaseDenseAttention`, `name`, `dtype`.

    Call arguments:
        As of `BaseDenseAttention`.

    Example:

    >>> query, value = tf.ones((2, 3, 4)), tf.ones((2, 5, 4))
    >>> AdditiveAttention()([query, value]).shape
    TensorShape([2, 3, 4])
    """

    def __init__(self, use_scale=True, **kwargs):
        super().__init__(**kwargs)
        self.use_scale = use_scale

    def build(self, input_shape):
        self.scale = None
        if self.use_scale:
            self.scale = self.add_weight(
                "scale",
                shape=(known_size(input_shape[1], axis=-1),),
                initializer="glorot_uniform",
            )
        super().build(input_shape)

    def _calculate_scores(self, query, key):
        sums = tf.tanh(tf.expand_dims(query, -2) + tf.expand_dims(key, -3))
        if self.scale is not None:
            sums *= self.scale
        return tf.reduce_sum(sums, -1)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config["use_scale"] = self.use_scale
        return config
