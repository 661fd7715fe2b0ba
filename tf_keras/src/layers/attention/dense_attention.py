"""BaseDenseAttention: what Attention and AdditiveAttention share."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.core.shapes import map_shapes


class BaseDenseAttention(BaseRandomLayer):
    """Averages values, weighted by how well their keys fit the query.

    A subclass writes `_calculate_scores(query, key)`.

    Args:
        dropout: Share of the weights to drop in training.
        **kwargs: `name`, `dtype`, `seed`.

    Call arguments:
        inputs: A list of query `(batch, query_steps, features)`, value
            `(batch, value_steps, features)` and, if it isn't the value, key
            `(batch, value_steps, features)`.
        mask: A list of the masks of query and value, booleans
            `(batch, steps)` or None. Values where it is false have no weight;
            outputs where the query's is false are zeros.
        training: Whether to drop weights.
        return_attention_scores: Whether to return the weights too.
        use_causal_mask: Whether a step of the query may not see values at
            later steps.

    Returns:
        `(batch, query_steps, features)`; and the weights
        `(batch, query_steps, value_steps)` on request.

    Raises:
        ValueError: If inputs or masks are no list of two or three.
    """

    def __init__(self, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        self.dropout = dropout
        self.supports_masking = True

    def build(self, input_shape):
        super().build(input_shape)

    def call(
        self,
        inputs,
        mask=None,
        training=None,
        return_attention_scores=False,
        use_causal_mask=False,
    ):
        self._check(inputs, mask)
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        query_mask, value_mask = (mask[0], mask[1]) if mask else (None, None)
        scores = self._calculate_scores(query=query, key=key)
        allowed = _allowed(scores, value_mask, use_causal_mask)
        if allowed is not None:
            scores += _penalty(scores.dtype) * tf.cast(~allowed, scores.dtype)
        weights = tf.nn.softmax(scores)
        if self.dropout > 0:
            weights = in_train_phase(
                lambda: self._random_generator.dropout(weights, self.dropout),
                weights,
                training,
            )
        outputs = tf.matmul(weights, value)
        if query_mask is not None:
            kept = tf.cast(query_mask, outputs.dtype)
            outputs *= tf.expand_dims(kept, -1)
        return (outputs, weights) if return_attention_scores else outputs

    def _calculate_scores(self, query, key):
        raise NotImplementedError

    def _check(self, inputs, mask):
        name = type(self).__name__
        if not isinstance(inputs, list) or len(inputs) not in (2, 3):
            raise ValueError(
                f"{name} needs a list of query, value and optionally key. "
                f"Received: inputs={inputs}."
            )
        if mask is None:
            return
        if not isinstance(mask, list) or not 2 <= len(mask) <= len(inputs):
            raise ValueError(
                f"{name} needs a list of the masks of query and value. "
                f"Received: mask={mask}."
            )

    def compute_mask(self, inputs, mask=None):
        """Returns the mask of the query.

        Args:
            inputs: The inputs of the call.
            mask: A list of their masks.
        """
        self._check(inputs, mask)
        if mask is None or mask[0] is None:
            return None
        return tf.convert_to_tensor(mask[0])

    def compute_output_shape(self, input_shape):
        """Returns the query's shape with the features of the value."""
        query, value, *_ = map_shapes(tf.TensorShape, input_shape)
        return query[:-1].concatenate(value[-1:])

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config["dropout"] = self.dropout
        return config


def _penalty(dtype):
    """What a score gets added that shall have no weight."""
    return tf.constant(-65504.0 if dtype == tf.float16 else -1e9, dtype)


def _allowed(scores, value_mask, is_causal):
    """Which values each query step may see; None for all."""
    allowed = None
    if value_mask is not None:
        allowed = tf.expand_dims(tf.cast(value_mask, tf.bool), -2)
    if is_causal:
        causal = causal_mask(*tf.unstack(tf.shape(scores)[-2:]))
        allowed = causal if allowed is None else allowed & causal
    return allowed


def causal_mask(query_steps, value_steps):
    """Returns booleans `(query_steps, value_steps)`: no later values."""
    rows = tf.range(query_steps)[:, None]
    return rows >= tf.range(value_steps)[None]
