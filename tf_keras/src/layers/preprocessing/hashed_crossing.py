"""HashedCrossing: crossed features."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.layers.preprocessing.category_encoding import (
    checked_mode,
    encode,
    encoded_shape,
)
from tf_keras.src.layers.preprocessing.hashing import (
    check_bins,
    check_kind,
    with_dtype,
)
from tf_keras.src.serialization.constructor_config import arguments_config


class HashedCrossing(Layer):
    """Puts combinations of features into bins, by a hash that never changes.

    Args:
        num_bins: How many bins there are.
        output_mode: `"int"` for the bin, or `"one_hot"`.
        sparse: Whether to return a `tf.SparseTensor`, in the second mode.
        **kwargs: `name`, `dtype`.

    Input shape:
        A tuple or list of two or more features, strings or integers, each of
        shape `()`, `(batch,)` or `(batch, 1)`.

    Output shape:
        The shape of a feature, or `(batch, num_bins)`.

    Raises:
        ValueError: If an argument is out of range; at a call, for inputs that
            can't be crossed.

    Example:

    >>> HashedCrossing(num_bins=5)((["a", "b"], [1, 2])).shape
    TensorShape([2])
    """

    def __init__(self, num_bins, output_mode="int", sparse=False, **kwargs):
        check_bins(num_bins, self)
        mode = checked_mode(output_mode, ("int", "one_hot"), self)
        # Integers are never made sparse, whatever is asked.
        is_sparse = sparse and mode != "int"
        super().__init__(**with_dtype(kwargs, mode, is_sparse, self))
        self.num_bins = num_bins
        self.output_mode = mode
        self.sparse = sparse

    def call(self, inputs):
        self._check(inputs)
        inputs = [tf.convert_to_tensor(value) for value in inputs]
        for value in inputs:
            check_kind(value, self)
        rank = inputs[0].shape.rank
        if rank < 2:
            inputs = [tf.reshape(value, (-1, 1)) for value in inputs]
        crossed = tf.sparse.cross_hashed(inputs, self.num_bins)
        bins = tf.sparse.to_dense(crossed)
        if rank == 2:
            bins = tf.reshape(bins, (-1, 1))
            bins.set_shape((inputs[0].shape[0], 1))
        elif rank == 1:
            bins = tf.reshape(bins, (-1,))
            bins.set_shape((inputs[0].shape[0],))
        else:
            bins = tf.reshape(bins, ())
        return encode(
            bins,
            self.output_mode,
            self.num_bins,
            self.compute_dtype,
            self.sparse,
        )

    def _check(self, inputs):
        if not isinstance(inputs, (list, tuple)) or len(inputs) < 2:
            raise ValueError(
                "HashedCrossing crosses a list of two or more features. "
                f"Received: inputs={inputs}."
            )
        for value in inputs:
            if isinstance(value, (tf.SparseTensor, tf.RaggedTensor)):
                raise ValueError(
                    "HashedCrossing takes dense tensors only. Received: "
                    f"{value}."
                )
            shape = tf.TensorShape(getattr(value, "shape", None))
            if shape.rank is not None and (
                shape.rank > 2 or (shape.rank == 2 and shape[1] != 1)
            ):
                raise ValueError(
                    "HashedCrossing takes features of shape (), (batch,) or "
                    f"(batch, 1). Received: a feature of shape {shape}."
                )

    def compute_output_shape(self, input_shapes):
        """Returns the shape of the outputs."""
        shape = map_shapes(tf.TensorShape, input_shapes)[0]
        return encoded_shape(shape, self.output_mode, self.num_bins)

    def compute_output_signature(self, input_specs):
        """Returns the shape and dtype of the outputs."""
        shape = self.compute_output_shape([x.shape for x in input_specs])
        kind = tf.SparseTensorSpec if self.sparse else tf.TensorSpec
        return kind(shape, self.compute_dtype)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        return {**config, **arguments_config(self, HashedCrossing)}
