"""Embedding: integers to vectors."""

import tensorflow as tf

from tf_keras.src import constraints, initializers, regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.constructor_config import arguments_config


class Embedding(Layer):
    """Looks up a learnt vector for each integer.

    Args:
        input_dim: How many integers there are: the inputs lie in
            [0, input_dim).
        output_dim: Length of the vectors.
        embeddings_initializer: First values of the vectors.
        embeddings_regularizer: Penalty on the vectors.
        activity_regularizer: Penalty on the outputs.
        embeddings_constraint: Projection of the vectors after each update.
        mask_zero: Whether 0 means padding: the output then carries a mask
            that is false where the input is 0.
        input_length: Length of the sequences, where it is fixed; a `Dense`
            behind a `Flatten` needs to know it.
        sparse: Whether to return a `tf.SparseTensor`, which holds vectors
            only where a sparse input has entries.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        `(batch, ...)`, integers; also sparse and ragged tensors.

    Output shape:
        `(batch, ..., output_dim)`.

    Raises:
        ValueError: If a dimension is not positive.

    Example:

    >>> Embedding(100, 8)(tf.constant([[3, 5, 7]])).shape
    TensorShape([1, 3, 8])
    """

    def __init__(
        self,
        input_dim,
        output_dim,
        embeddings_initializer="uniform",
        embeddings_regularizer=None,
        activity_regularizer=None,
        embeddings_constraint=None,
        mask_zero=False,
        input_length=None,
        sparse=False,
        **kwargs,
    ):
        if input_dim <= 0 or output_dim <= 0:
            raise ValueError(
                "Embedding needs positive sizes. Received: "
                f"input_dim={input_dim}, output_dim={output_dim}."
            )
        if "input_shape" not in kwargs and "batch_input_shape" not in kwargs:
            kwargs["input_shape"] = (
                tuple(input_length)
                if isinstance(input_length, (list, tuple))
                else (input_length,)
            )
        # Indices that come as floats keep all their digits.
        kwargs["autocast"] = False
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.embeddings_regularizer = regularizers.get(embeddings_regularizer)
        self.embeddings_constraint = constraints.get(embeddings_constraint)
        self.mask_zero = mask_zero
        self.input_length = input_length
        self.sparse = sparse
        self.supports_masking = mask_zero
        self.__dict__["_compute_type"] = tf.as_dtype(self.compute_dtype)

    def build(self, input_shape):
        self.embeddings = self.add_weight(
            "embeddings",
            shape=(self.input_dim, self.output_dim),
            initializer=self.embeddings_initializer,
            regularizer=self.embeddings_regularizer,
            constraint=self.embeddings_constraint,
        )
        super().build(input_shape)

    def call(self, inputs):
        if isinstance(inputs, tf.SparseTensor):
            return self._look_up_sparse(inputs)
        if isinstance(inputs, tf.RaggedTensor):
            return tf.ragged.map_flat_values(self._look_up, inputs)
        outputs = self._look_up(inputs)
        return tf.sparse.from_dense(outputs) if self.sparse else outputs

    def _look_up(self, indices):
        if indices.dtype not in (tf.int32, tf.int64):
            indices = tf.cast(indices, tf.int32)
        if isinstance(self.embeddings, tf.Variable):
            vectors = self.embeddings.sparse_read(indices)
        else:  # In parts, on several parameter servers.
            vectors = tf.nn.embedding_lookup(self.embeddings, indices)
        dtype = self._compute_type
        return vectors if vectors.dtype is dtype else tf.cast(vectors, dtype)

    def _look_up_sparse(self, inputs):
        """Vectors where there are entries; else that of 0, or nothing."""
        if not self.sparse:
            return self._look_up(tf.sparse.to_dense(inputs))
        vectors = self._look_up(inputs.values)
        count = tf.cast(tf.shape(vectors)[0], tf.int64)
        places = tf.tile(tf.range(self.output_dim, dtype=tf.int64), [count])
        rows = tf.repeat(inputs.indices, self.output_dim, axis=0)
        return tf.SparseTensor(
            tf.concat((rows, places[:, None]), axis=1),
            tf.reshape(vectors, (-1,)),
            tf.concat((inputs.dense_shape, [self.output_dim]), axis=0),
        )

    def compute_mask(self, inputs, mask=None):
        return tf.not_equal(inputs, 0) if self.mask_zero else None

    def compute_output_shape(self, input_shape):
        input_shape = tf.TensorShape(input_shape)
        return self._with_known_length(input_shape).concatenate(self.output_dim)

    def _with_known_length(self, input_shape):
        if self.input_length is None:
            return input_shape
        lengths = tf.TensorShape(
            self.input_length
            if isinstance(self.input_length, (list, tuple))
            else (self.input_length,)
        )
        if not input_shape[1:].is_compatible_with(lengths):
            raise ValueError(
                f"Embedding {self.name!r} expects sequences of "
                f"input_length={self.input_length}. Received: "
                f"input_shape={tuple(input_shape)}."
            )
        return input_shape[:1].concatenate(input_shape[1:].merge_with(lengths))

    def get_config(self):
        config = super().get_config()
        # Published files hold no `sparse`.
        config.update(arguments_config(self, Embedding, skip=("sparse",)))
        return config
