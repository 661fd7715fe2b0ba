"""DynamicEmbedding: an embedding whose vocabulary changes in training."""

import os

import tensorflow as tf

from tf_keras.src import initializers
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.layers.core.embedding_warm_start import with_known_rows
from tf_keras.src.layers.experimental.dynamic_lookup import DynamicLookup
from tf_keras.src.serialization.constructor_config import config_value

_FILE = "initial_vocabulary.txt"


class DynamicEmbedding(Layer):
    """Looks up a learnt vector for each token, and renews its vocabulary.

    A `DynamicLookup` counts which tokens come. `update_embeddings` makes the
    most frequent ones the vocabulary; tokens that stay keep their vectors.
    `tf_keras.callbacks.experimental.UpdateEmbeddingCallback` calls it at
    intervals while training runs.

    Args:
        input_dim: How many tokens have a vector of their own.
        output_dim: Length of the vectors.
        initial_vocabulary: The tokens of the first vocabulary.
        eviction_policy: As of `DynamicLookup`.
        input_length: Length of the sequences, where it is fixed.
        embedding_initializer: First values of vectors.
        num_oov_indices: How many vectors to have for tokens not in the
            vocabulary.
        **kwargs: `name`, `dtype`, `trainable`.

    Call arguments:
        inputs: A tensor of tokens, also ragged.
        learn_vocab: Whether to count them.

    Output shape:
        `(..., output_dim)`.

    Example:

    >>> layer = DynamicEmbedding(2, 8, ["a", "b"])
    >>> layer(tf.constant([["b", "z"]])).shape
    TensorShape([1, 2, 8])
    """

    _must_restore_from_config = True  # Calls take tokens, not floats.

    def __init__(
        self,
        input_dim,
        output_dim,
        initial_vocabulary,
        eviction_policy="LFU",
        input_length=None,
        embedding_initializer="uniform",
        num_oov_indices=1,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.embedding_initializer = embedding_initializer
        self.num_oov_indices = num_oov_indices
        self.embedding_layer = Embedding(
            input_dim + num_oov_indices,
            output_dim,
            embeddings_initializer=initializers.get(embedding_initializer),
            input_length=input_length,
            dtype=self.dtype_policy,
        )
        self.dynamic_lookup_layer = DynamicLookup(
            input_dim, initial_vocabulary, eviction_policy
        )

    def build(self, input_shape=None):
        self.embedding_layer.build(input_shape)
        self.dynamic_lookup_layer.build(input_shape)
        super().build(input_shape)

    def call(self, inputs, learn_vocab=True):
        indices = self.dynamic_lookup_layer(inputs, learn_vocab=learn_vocab)
        return self.embedding_layer(indices)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape with an axis for the vectors."""
        return self.embedding_layer.compute_output_shape(input_shape)

    def update_embeddings(self, strategy):
        """Makes the most frequent tokens the vocabulary.

        Args:
            strategy: The `tf.distribute.Strategy` of the training: tokens are
                counted together over its replicas.
        """
        lookup = self.dynamic_lookup_layer
        keys, counts = self.aggregate_lookup_table(
            strategy.experimental_local_results(lookup.vocabulary_table_keys),
            strategy.experimental_local_results(lookup.vocabulary_table_values),
        )
        keys, counts = keys[counts >= 0], counts[counts >= 0]  # None is free.
        old = lookup.vocabulary.numpy().tolist()
        new = self.get_top_vocabulary(keys, counts, len(old)).numpy().tolist()
        new += [token for token in old if token not in set(new)]
        new = new[: len(old)]
        table = self.embedding_layer.embeddings
        initializer = self.embedding_layer.embeddings_initializer
        # A new one: each is asked for values once.
        initializer = type(initializer).from_config(initializer.get_config())
        fresh = initializer(table.shape, dtype=table.dtype)
        known = self.embedding_layer.input_dim - self.num_oov_indices
        table.assign(with_known_rows(fresh, table, old[:known], new[:known]))
        lookup.vocabulary.assign(new)

    def aggregate_lookup_table(self, keys_list, values_list):
        """Returns the tokens of several tables, and their counts summed up.

        Args:
            keys_list: Vectors of tokens.
            values_list: Vectors of counts.
        """
        keys, places = tf.unique(tf.concat(list(keys_list), 0))
        counts = tf.concat(list(values_list), 0)
        return keys, tf.math.unsorted_segment_sum(counts, places, tf.size(keys))

    def get_top_vocabulary(self, keys, values, k):
        """Returns the `k` tokens with the highest counts, or all of them.

        Args:
            keys: A vector of tokens.
            values: Their counts.
            k: How many to return.
        """
        _, places = tf.math.top_k(values, min(k, int(tf.size(keys))))
        return tf.gather(keys, places)

    def get_vocabulary(self):
        """Returns the vocabulary that lookups use, a variable."""
        return self.dynamic_lookup_layer.get_vocabulary()

    def save_assets(self, dir_path):
        """Writes the first vocabulary to a text file, a token on each line.

        Args:
            dir_path: The folder of the file.
        """
        self.dynamic_lookup_layer.write_tokens(os.path.join(dir_path, _FILE))

    def get_config(self):
        lookup = self.dynamic_lookup_layer.get_config()
        return {
            **super().get_config(),
            "input_dim": self.embedding_layer.input_dim,
            "output_dim": self.embedding_layer.output_dim,
            "input_length": self.embedding_layer.input_length,
            "eviction_policy": lookup["eviction_policy"],
            "initial_vocabulary": lookup["initial_vocabulary"],
            "embedding_initializer": config_value(self.embedding_initializer),
            "num_oov_indices": self.num_oov_indices,
        }

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        # `input_dim` of files counts the vectors of unknown tokens too.
        count = config["input_dim"] - config["num_oov_indices"]
        return cls(**{**config, "input_dim": count})
