"""Attention: dot-product attention (Luong et al. 2015)."""

import tensorflow as tf

from tf_keras.src.layers.attention.dense_attention import BaseDenseAttention


class Attention(BaseDenseAttention):
    """Averages values, weighted by products of query and key.

    Luong et al. 2015, Effective Approaches to Attention-based Neural Machine
    Translation, https://arxiv.org/abs/1508.04025

    Args:
        use_scale: Whether to multiply the scores by a learnt number.
        score_mode: `"dot"`: the product of query and key; `"concat"`: the sum
            of the hyperbolic tangent of their sum, times a learnt number.
        **kwargs: `dropout`, as of `BaseDenseAttention`, `name`, `dtype`.

    Call arguments:
        As of `BaseDenseAttention`.

    Raises:
        ValueError: For another `score_mode`.

    Example:

    >>> query, value = tf.ones((2, 3, 4)), tf.ones((2, 5, 4))
    >>> Attention()([query, value]).shape
    TensorShape([2, 3, 4])
    """

    def __init__(self, use_scale=False, score_mode="dot", **kwargs):
        super().__init__(**kwargs)
        if score_mode not in ("dot", "concat"):
            raise ValueError(
                "Attention has the score modes 'dot' and 'concat'. Received: "
                f"score_mode={score_mode!r}."
            )
        self.use_scale = use_scale
        self.score_mode = score_mode

    def build(self, input_shape):
        self.scale = self.concat_score_weight = None
        if self.use_scale:
            self.scale = self.add_weight("scale", (), initializer="ones")
        if self.score_mode == "concat":
            self.concat_score_weight = self.add_weight(
                "concat_score_weight", (), initializer="ones"
            )
        super().build(input_shape)

    def _calculate_scores(self, query, key):
        if self.score_mode == "dot":
            scores = tf.matmul(query, key, transpose_b=True)
            return scores if self.scale is None else scores * self.scale
        sums = tf.expand_dims(query, -2) + tf.expand_dims(key, -3)
        if self.scale is not None:
            sums *= self.scale
        return self.concat_score_weight * tf.reduce_sum(tf.tanh(sums), -1)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config["use_scale"] = self.use_scale
        config["score_mode"] = self.score_mode
        return config
