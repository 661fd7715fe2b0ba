"""Symbolic tensors as `tf_keras.backend` makes and knows them."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.keras_tensor import is_symbolic


def placeholder(
    shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=False
):
    """Begins a graph of layers, as `Input` does; for old programs.

    Args:
        shape: The shape with the batch axis; None for sizes that vary.
        ndim: The rank, where there is no shape.
        dtype: The dtype; `floatx()` by default.
        sparse: Whether the input is a `tf.SparseTensor`.
        name: Its name.
        ragged: Whether the input is a `tf.RaggedTensor`.

    Returns:
        A symbolic tensor.

    Raises:
        ValueError: If it should be sparse and ragged at once.
    """
    if shape is None and ndim is not None:
        shape = (None,) * ndim
    shape = tf.TensorShape(shape)
    if sparse or ragged or shape.rank is not None:
        return Input(
            batch_shape=None if shape.rank is None else tuple(shape),
            dtype=dtype,
            sparse=sparse,
            ragged=ragged,
            name=name,
        )
    return Input(type_spec=tf.TensorSpec(None, dtype or "float32"), name=name)


def is_keras_tensor(x):
    """Whether a tensor is symbolic, the output of `Input` or of a layer.

    Args:
        x: A tensor of any kind.

    Raises:
        ValueError: If it is no tensor at all.

    Example:

    >>> is_keras_tensor(tf.constant(1.0))
    False
    """
    if is_symbolic(x):
        return hasattr(x, "_keras_history")
    known = (tf.Tensor, tf.Variable, tf.SparseTensor, tf.RaggedTensor)
    if not isinstance(x, known):
        kind = "a NumPy array" if isinstance(x, np.ndarray) else type(x)
        raise ValueError(
            "`is_keras_tensor` tells symbolic tensors from others. Expected "
            f"a tensor. Received {kind}: {x!r}"
        )
    return False
