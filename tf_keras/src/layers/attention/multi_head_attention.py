"""MultiHeadAttention: many heads (Vaswani et al. 2017)."""

import math
import string

import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.activation.softmax import Softmax
from tf_keras.src.layers.attention.dense_attention import causal_mask
from tf_keras.src.layers.core.einsum_dense import EinsumDense
from tf_keras.src.layers.regularization.dropout import Dropout
from tf_keras.src.layers.rnn.cells import build_part
from tf_keras.src.serialization.constructor_config import arguments_config

_SHAPES = ("query_shape", "key_shape", "value_shape")


class MultiHeadAttention(Layer):
    """Lets each step of a query average values, in several ways at once.

    Query, key and value are projected once for each head; a head weighs its
    values by the products of its query and keys; the results of all heads
    are projected together.

    Vaswani et al. 2017, Attention Is All You Need,
    https://arxiv.org/abs/1706.03762

    Args:
        num_heads: How many heads.
        key_dim: Features of query and key in a head.
        value_dim: Features of the value in a head; `key_dim` by default.
        dropout: Share of the weights to drop in training.
        use_bias: Whether the projections have biases.
        output_shape: Features of the output, an integer or several; those of
            the query by default.
        attention_axes: The axes that attention goes along; by default all
            but the first and the last.
        kernel_initializer: First values of the projections' kernels.
        bias_initializer: First values of the projections' biases.
        kernel_regularizer: Penalty on the kernels.
        bias_regularizer: Penalty on the biases.
        activity_regularizer: Penalty on the outputs of projections.
        kernel_constraint: Projection of the kernels after each update.
        bias_constraint: Projection of the biases after each update.
        softmax_robust_masking: As `robust_masking` of `Softmax`.
        **kwargs: `name`, `dtype`, `trainable`.

    Call arguments:
        query: `(batch, query_steps, features)`.
        value: `(batch, value_steps, features)`.
        key: `(batch, value_steps, features)`; the value by default.
        attention_mask: Booleans `(batch, query_steps, value_steps)`: which
            values a step may see. The masks that the inputs carry count too.
        return_attention_scores: Whether to return the weights too.
        training: Whether to drop weights.
        use_causal_mask: Whether a step may not see values at later steps.

    Returns:
        `(batch, query_steps, output_features)`; and the weights
        `(batch, heads, query_steps, value_steps)` on request.

    Raises:
        ValueError: If a size is below 1.

    Example:

    >>> x = tf.ones((2, 3, 8))
    >>> MultiHeadAttention(num_heads=2, key_dim=4)(x, x).shape
    TensorShape([2, 3, 8])
    """

    def __init__(
        self,
        num_heads,
        key_dim,
        value_dim=None,
        dropout=0.0,
        use_bias=True,
        output_shape=None,
        attention_axes=None,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        softmax_robust_masking=False,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.num_heads = num_heads
        self.key_dim = key_dim
        self.value_dim = value_dim or key_dim
        if min(num_heads, key_dim, self.value_dim) < 1:
            raise ValueError(
                "MultiHeadAttention needs positive sizes. Received: num_heads="
                f"{num_heads}, key_dim={key_dim}, value_dim={value_dim}."
            )
        self.dropout = dropout
        self.use_bias = use_bias
        self._output_shape = output_shape
        self.attention_axes = _as_tuple(attention_axes)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.softmax_robust_masking = softmax_robust_masking
        self.supports_masking = True
        self.__dict__["_shapes"] = None

    # Building ------------------------------------------------------------

    def _build_parts(self, query_shape, value_shape, key_shape):
        """Makes projections for shapes that only a call tells together."""
        shapes = [
            tf.TensorShape(shape)
            for shape in (query_shape, key_shape, value_shape)
        ]
        self.__dict__["_shapes"] = shapes
        rank = shapes[0].rank
        if self.attention_axes is None:
            self.attention_axes = tuple(range(1, rank - 1))
        output_shape = _as_tuple(self._output_shape) or (shapes[0][-1],)
        with tf.init_scope():
            self._query_dense = self._projection("query", shapes[0], "key_dim")
            self._key_dense = self._projection("key", shapes[1], "key_dim")
            self._value_dense = self._projection(
                "value", shapes[2], "value_dim"
            )
            self._output_dense = self._output_projection(rank, output_shape)
            heads = shapes[0][:-1].concatenate((self.num_heads, self.value_dim))
            build_part(self._output_dense, heads)
        self._plan_products(rank)
        axes = tuple(range(-len(self.attention_axes), 0))
        self._softmax = Softmax(
            axis=axes,
            robust_masking=self.softmax_robust_masking,
            dtype=self._dtype_policy,
        )
        self._dropout_layer = Dropout(self.dropout, dtype=self._dtype_policy)

    def _projection(self, name, shape, size):
        letters = string.ascii_lowercase[: shape.rank - 1]
        layer = EinsumDense(
            f"{letters}x,xyz->{letters}yz",
            output_shape=(
                *[None] * (shape.rank - 2),
                self.num_heads,
                getattr(self, size),
            ),
            bias_axes="yz" if self.use_bias else None,
            name=name,
            **self._projection_options(),
        )
        build_part(layer, shape)
        return layer

    def _output_projection(self, rank, output_shape):
        letters = string.ascii_lowercase[: rank - 1]
        made = string.ascii_uppercase[: len(output_shape)]
        return EinsumDense(
            f"{letters}yz,yz{made}->{letters}{made}",
            output_shape=(*[None] * (rank - 2), *output_shape),
            bias_axes=made if self.use_bias else None,
            name="attention_output",
            **self._projection_options(),
        )

    def _projection_options(self):
        def copied(initializer):
            return type(initializer).from_config(initializer.get_config())

        return {
            "kernel_initializer": copied(self.kernel_initializer),
            "bias_initializer": copied(self.bias_initializer),
            "kernel_regularizer": self.kernel_regularizer,
            "bias_regularizer": self.bias_regularizer,
            "activity_regularizer": self.activity_regularizer,
            "kernel_constraint": self.kernel_constraint,
            "bias_constraint": self.bias_constraint,
            "dtype": self._dtype_policy,
        }

    def _plan_products(self, rank):
        """Writes both products as equations; heads stand before features."""
        axes = self.attention_axes
        query = list(string.ascii_lowercase[: rank + 1])
        key = list(query)
        for axis in axes:
            key[axis] = query[axis].upper()
        shared = [
            letter for axis, letter in enumerate(query[:-1]) if axis not in axes
        ]
        scores = "".join(
            shared + [query[a] for a in axes] + [key[a] for a in axes]
        )
        query, key = "".join(query), "".join(key)
        # Features of the value may be more than those of the query.
        self._score_equation = f"{key},{query}->{scores}"
        self._value_equation = f"{scores},{key[:-1]}z->{query[:-1]}z"

    # Calling -------------------------------------------------------------

    def call(
        self,
        query,
        value,
        key=None,
        attention_mask=None,
        return_attention_scores=False,
        training=None,
        use_causal_mask=False,
    ):
        key = value if key is None else key
        if self._shapes is None:
            self._build_parts(query.shape, value.shape, key.shape)
        mask = _whole_mask(query, value, key, attention_mask, use_causal_mask)
        heads = (
            self._query_dense(query),
            self._key_dense(key),
            self._value_dense(value),
        )
        outputs, scores = self._attend(*heads, mask, training)
        outputs = self._output_dense(outputs)
        return (outputs, scores) if return_attention_scores else outputs

    def _attend(self, query, key, value, mask, training):
        query *= 1.0 / math.sqrt(float(self.key_dim))
        scores = tf.einsum(self._score_equation, key, query)
        if mask is not None:
            axis = -2 * len(self.attention_axes) - 1
            for _ in range(scores.shape.rank - mask.shape.rank):
                mask = tf.expand_dims(mask, axis)
        scores = self._softmax(scores, mask)
        weights = scores
        if self.dropout:
            weights = self._dropout_layer(scores, training=training)
        outputs = tf.einsum(self._value_equation, weights, value)
        return outputs, scores

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        """Returns the query's shape with the features of the output.

        Args:
            query_shape: Shape of the query.
            value_shape: Shape of the value.
            key_shape: Shape of the key; the value's by default.

        Raises:
            ValueError: If key and value have different steps.
        """
        query_shape = tf.TensorShape(query_shape)
        value_shape = tf.TensorShape(value_shape)
        key_shape = value_shape if key_shape is None else key_shape
        key_shape = tf.TensorShape(key_shape)
        if value_shape[1:-1] != key_shape[1:-1]:
            raise ValueError(
                "Key and value need the same sizes between batch and features."
                f" Received: value_shape={value_shape}, key_shape={key_shape}."
            )
        if self._output_shape:
            return query_shape[:-1].concatenate(_as_tuple(self._output_shape))
        return query_shape

    # Config --------------------------------------------------------------

    def get_config(self):
        """Returns what the layer was made with, and for which shapes."""
        config = super().get_config()
        own = arguments_config(
            self, MultiHeadAttention, ("output_shape", *_SHAPES)
        )
        robust = own.pop("softmax_robust_masking")
        for name, value in own.items():
            config[name] = value
            if name == "use_bias":
                config["output_shape"] = self._output_shape
        shapes = self._shapes or [None] * 3
        config.update(zip(_SHAPES, shapes))
        config["softmax_robust_masking"] = robust
        return config

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        query, key, value = (config.pop(name, None) for name in _SHAPES)
        layer = cls(**config)
        if None not in (query, key, value):
            with tf.name_scope(layer.name):
                layer._build_parts(query, value, key)
        return layer


def _as_tuple(value):
    if value is None:
        return None
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _whole_mask(query, value, key, attention_mask, is_causal):
    """Which values each step may see, of all masks there are; or None."""
    masks = []
    if getattr(query, "_keras_mask", None) is not None:
        masks.append(tf.cast(query._keras_mask, tf.bool)[:, :, None])
    if getattr(value, "_keras_mask", None) is not None:
        masks.append(tf.cast(value._keras_mask, tf.bool)[:, None])
    if key is not value and getattr(key, "_keras_mask", None) is not None:
        masks.append(tf.cast(key._keras_mask, tf.bool)[:, None])
    if is_causal:
        steps = tf.shape(query)[1], tf.shape(value)[1]
        masks.append(causal_mask(*steps)[None])
    if attention_mask is not None:
        masks.append(tf.cast(attention_mask, tf.bool))
    if not masks:
        return None
    whole = masks[0]
    for mask in masks[1:]:
        whole = whole & mask
    return whole
