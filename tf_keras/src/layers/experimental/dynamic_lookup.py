"""DynamicLookup: a vocabulary that learns which tokens are frequent."""

import os

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.from_config import deserialize_keras_object

# Places that no token has taken yet: their count, and what stands in them.
_FREE = -1
_FILLERS = {"string": "unk", "int32": -1, "int64": -1}
_FILE = "vocabulary.txt"


class DynamicLookup(Layer):
    """Tokens to indices, while it counts which tokens come.

    The vocabulary that lookups use stays as it is. Beside it a table counts
    the batches in which tokens came; a new token takes the place of the least
    frequent one. What the table holds can become the vocabulary, as
    `DynamicEmbedding` does from time to time.

    Args:
        vocabulary_size: How many tokens have an index of their own. The table
            holds a fifth more.
        initial_vocabulary: The tokens of the first vocabulary: a tensor, an
            array or a list of strings or integers.
        eviction_policy: Which tokens lose their place: `"LFU"`, the least
            frequent ones.
        **kwargs: `name`, `trainable`.

    Call arguments:
        inputs: A tensor of tokens, also ragged.
        learn_vocab: Whether to count them.

    Output shape:
        The input's, int64: a token's index, `vocabulary_size` for others.

    Raises:
        ValueError: For another policy, and without a vocabulary.

    Example:

    >>> DynamicLookup(2, ["a", "b"])(tf.constant(["b", "z"])).numpy()
    array([1, 2])
    """

    _must_restore_from_config = True  # Calls take tokens, not floats.

    def __init__(
        self,
        vocabulary_size,
        initial_vocabulary,
        eviction_policy="LFU",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if eviction_policy != "LFU":
            raise ValueError(
                f"{eviction_policy} eviction policy is currently unsupported "
                "by DynamicLookup layer. It currently only supports `LFU`."
            )
        tokens = _tokens(initial_vocabulary)
        self.vocabulary_size = vocabulary_size
        self.eviction_policy = eviction_policy
        self.vocabulary_dtype = tokens.dtype.name
        self.__dict__["initial_vocabulary"] = tokens
        self.internal_table_size = int(vocabulary_size * 1.2)
        known = min(self.internal_table_size, tokens.shape[0])
        free = [self.internal_table_size - known]
        filler = tf.constant(_FILLERS[self.vocabulary_dtype], tokens.dtype)
        with tf.init_scope():
            self.vocabulary_table_keys = tf.Variable(
                tf.concat([tokens[:known], tf.fill(free, filler)], 0),
                trainable=False,
                name="vocabulary_table_keys",
            )
            self.vocabulary_table_values = tf.Variable(
                tf.concat([tf.fill([known], 0), tf.fill(free, _FREE)], 0),
                trainable=False,
                name="vocabulary_table_values",
            )

    def build(self, input_shape=None):
        self.vocabulary = tf.Variable(
            self.initial_vocabulary, trainable=False, name="vocabulary"
        )
        super().build(input_shape)

    def call(self, inputs, learn_vocab=True):
        if isinstance(inputs, tf.RaggedTensor):
            return tf.ragged.map_flat_values(self.call, inputs, learn_vocab)
        inputs = tf.convert_to_tensor(inputs)
        if learn_vocab:
            unique, _ = tf.unique(tf.reshape(inputs, [-1]))
            self.update_internal_vocabulary(unique)
        is_token = inputs[..., None] == self.vocabulary
        return tf.where(
            tf.reduce_any(is_token, -1),
            tf.argmax(is_token, -1),
            tf.cast(self.vocabulary_size, tf.int64),
        )

    def compute_output_shape(self, input_shape):
        """Returns the input's shape."""
        return tf.TensorShape(input_shape)

    def update_internal_vocabulary(self, unique):
        """Counts tokens in the table, and lets new ones in.

        Args:
            unique: A vector of different tokens.

        Returns:
            `unique`.
        """
        keys, counts = self.vocabulary_table_keys, self.vocabulary_table_values
        keys, counts = tf.identity(keys), tf.identity(counts)
        size = self.internal_table_size
        is_used = counts > _FREE
        is_known = (unique[:, None] == keys) & is_used
        new = unique[~tf.reduce_any(is_known, 1)]
        new = tf.sparse.to_dense(  # Sorted, as a set is.
            tf.sets.difference(new[None], new[None, :0]), self._filler()
        )[0, :size]
        # The rarest lose their place, the first of equals first.
        rarest = tf.argsort(counts, stable=True)[: tf.size(new)]
        stays = tf.tensor_scatter_nd_update(
            tf.ones_like(is_used), rarest[:, None], tf.zeros_like(new, tf.bool)
        )
        counts += tf.cast(tf.reduce_any(is_known, 0), counts.dtype)
        parts = stays & is_used, stays & ~is_used
        self.vocabulary_table_keys.assign(
            tf.concat([keys[parts[0]], new, keys[parts[1]]], 0)
        )
        ones = tf.ones_like(new, counts.dtype)
        self.vocabulary_table_values.assign(
            tf.concat([counts[parts[0]], ones, counts[parts[1]]], 0)
        )
        return unique

    def _filler(self):
        return tf.constant(
            _FILLERS[self.vocabulary_dtype], self.vocabulary_dtype
        )

    def get_top_vocabulary(self, k):
        """Returns the `k` most frequent tokens of the table, or all of them."""
        k = min(k, self.internal_table_size)
        _, places = tf.math.top_k(self.vocabulary_table_values, k)
        return tf.gather(self.vocabulary_table_keys, places)

    def get_vocabulary(self):
        """Returns the vocabulary that lookups use, a variable."""
        return self.vocabulary

    def save_assets(self, dir_path):
        """Writes the first vocabulary to a text file, a token on each line.

        Args:
            dir_path: The folder of the file.
        """
        self.write_tokens(os.path.join(dir_path, _FILE))

    def write_tokens(self, path):
        """Writes the first vocabulary to a text file."""
        tokens = tf.as_string(self.initial_vocabulary)
        lines = tf.strings.reduce_join(tokens, separator="\n")
        tf.io.write_file(path, lines)

    def get_config(self):
        return {
            **super().get_config(),
            "vocabulary_size": self.vocabulary_size,
            "initial_vocabulary": self.initial_vocabulary.numpy().tolist(),
            "eviction_policy": self.eviction_policy,
        }


def _tokens(vocabulary):
    """The tokens as a vector of strings or integers."""
    if vocabulary is not None:
        if isinstance(vocabulary, list):  # Of a file, perhaps.
            vocabulary = deserialize_keras_object(vocabulary)
        tokens = tf.convert_to_tensor(vocabulary)
        if tokens.dtype.name in _FILLERS and tokens.shape.rank == 1:
            return tokens
    raise ValueError(
        "DynamicLookup needs an `initial_vocabulary`: a vector of strings, "
        f"int32 or int64. Received: {vocabulary!r}."
    )
