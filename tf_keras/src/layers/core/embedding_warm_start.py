"""Carries an embedding over to a new vocabulary."""

import numpy as np
import tensorflow as tf

from tf_keras.src import initializers


def warmstart_embedding_matrix(
    base_vocabulary,
    new_vocabulary,
    base_embeddings,
    new_embeddings_initializer="uniform",
):
    """Returns embeddings of a new vocabulary, known tokens' vectors kept.

    Args:
        base_vocabulary: The tokens of `base_embeddings`: a list, an array, a
            tensor, or the path of a text file with a token on each line.
        new_vocabulary: The tokens wanted, given likewise.
        base_embeddings: A matrix with a vector for each token known; more
            rows than tokens are left aside.
        new_embeddings_initializer: First values of the other tokens' vectors.

    Returns:
        A tensor with a row for each token of `new_vocabulary`.

    Raises:
        ValueError: For a file that doesn't exist, and if `base_embeddings` has
            too few rows or is no matrix.

    Example:

    >>> warmstart_embedding_matrix(["a", "b"], ["b"], [[1.0], [2.0]]).numpy()
    array([[2.]], dtype=float32)
    """
    base, new = _tokens(base_vocabulary), _tokens(new_vocabulary)
    old = tf.convert_to_tensor(base_embeddings)
    if old.shape.rank != 2:
        raise ValueError(
            "`base_embeddings` is a matrix with a row for each token of "
            f"`base_vocabulary`. Received: shape {old.shape}."
        )
    fresh = initializers.get(new_embeddings_initializer)(
        (len(new), old.shape[1]), dtype=old.dtype
    )
    return with_known_rows(fresh, old, base, new)


def with_known_rows(fresh, old, base, new):
    """Returns the matrix `fresh` with rows of `old` for the tokens it knows.

    Args:
        fresh: A matrix; its first rows belong to the tokens `new`.
        old: A matrix; its first rows belong to the tokens `base`.
        base: A list of tokens.
        new: A list of tokens.

    Raises:
        ValueError: If `old` has too few rows.
    """
    rows = {token: row for row, token in enumerate(base)}
    known = [(i, rows[token]) for i, token in enumerate(new) if token in rows]
    if not known:
        return fresh
    places, sources = zip(*known)
    if max(sources) >= old.shape[0]:
        raise ValueError(
            f"A vocabulary of {len(base)} tokens needs a matrix with as many "
            f"rows. Received: shape {old.shape}."
        )
    return tf.tensor_scatter_nd_update(
        fresh, [[place] for place in places], tf.gather(old, sources)
    )


def _tokens(vocabulary):
    """A list of `str` or integers."""
    if isinstance(vocabulary, str):
        if not tf.io.gfile.exists(vocabulary):
            raise ValueError(f"Vocabulary file {vocabulary} does not exist.")
        with tf.io.gfile.GFile(vocabulary) as file:
            return file.read().splitlines()
    if isinstance(vocabulary, (tf.Tensor, tf.Variable)):
        vocabulary = vocabulary.numpy()
    return [
        token.decode() if isinstance(token, bytes) else token
        for token in np.asarray(vocabulary).tolist()
    ]
