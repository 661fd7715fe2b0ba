"""CategoryEncoding: one-hot, multi-hot, counts."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import nearest

MODES = ("one_hot", "multi_hot", "count")


class CategoryEncoding(Layer):
    """Writes integers as vectors with a place for each category.

    Args:
        num_tokens: How many categories there are; integers are in
            `[0, num_tokens)`.
        output_mode: `"one_hot"`: a vector with a 1 for each integer;
            `"multi_hot"`: for each sample a vector with a 1 for each category
            that occurs; `"count"`: the same with how often it occurs.
        sparse: Whether to return a `tf.SparseTensor`.
        **kwargs: `name`, `dtype`.

    Call arguments:
        inputs: Integers of shape `(batch,)` or `(batch, n)`; also sparse or
            ragged.
        count_weights: What each integer counts, in mode `"count"`.

    Output shape:
        `(batch, num_tokens)`; for a lone axis in other modes than one-hot
        `(num_tokens,)`.

    Raises:
        ValueError: For an unknown mode; for weights in another mode.
        tf.errors.InvalidArgumentError: For integers out of range.

    Example:

    >>> CategoryEncoding(num_tokens=3)([[0, 2]]).numpy()
    array([[1., 0., 1.]], dtype=float32)
    """

    def __init__(
        self, num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.output_mode = checked_mode(output_mode, MODES, self)
        if num_tokens is None or num_tokens <= 0:
            raise ValueError(
                "CategoryEncoding needs a positive number of `num_tokens`. "
                f"Received: num_tokens={num_tokens}."
            )
        self.num_tokens = num_tokens
        self.sparse = sparse

    def call(self, inputs, count_weights=None):
        if count_weights is not None and self.output_mode != "count":
            raise ValueError(
                "`count_weights` go with output_mode='count'. Received: "
                f"output_mode={self.output_mode!r}."
            )
        inputs = as_integers(inputs)
        values = getattr(inputs, "values", inputs)
        values = getattr(inputs, "flat_values", values)
        in_range = tf.reduce_all((values >= 0) & (values < self.num_tokens))
        message = (
            f"CategoryEncoding {self.name!r} takes integers in "
            f"[0, {self.num_tokens}). Received others."
        )
        with tf.control_dependencies(
            [tf.debugging.Assert(in_range, [message, values])]
        ):
            inputs = tf.nest.map_structure(
                tf.identity, inputs, expand_composites=True
            )
        return encode(
            inputs,
            self.output_mode,
            self.num_tokens,
            self.compute_dtype,
            self.sparse,
            count_weights,
        )

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs."""
        return encoded_shape(input_shape, self.output_mode, self.num_tokens)

    def compute_output_signature(self, input_spec):
        """Returns the shape and dtype of the outputs."""
        shape = self.compute_output_shape(input_spec.shape)
        kind = tf.SparseTensorSpec if self.sparse else tf.TensorSpec
        return kind(shape, self.compute_dtype)


def checked_mode(mode, modes, layer):
    """Returns an output mode.

    Raises:
        ValueError: If it is none of `modes`.
    """
    # Programs of TensorFlow 2.4 have two other names.
    mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(mode, mode)
    if mode not in modes:
        raise ValueError(
            f"Unknown output_mode {mode!r} of {type(layer).__name__}."
            f"{nearest(str(mode), modes)} Expected one of {list(modes)}."
        )
    return mode


# The dtypes in which TensorFlow's `bincount` counts.
_COUNTED = (tf.float32, tf.float64, tf.int32, tf.int64)


def as_integers(inputs):
    """Returns a tensor, sparse tensor or ragged tensor of integers."""
    composite = (tf.Tensor, tf.SparseTensor, tf.RaggedTensor)
    if not isinstance(inputs, composite):
        inputs = tf.convert_to_tensor(inputs)
    if inputs.dtype.is_integer and inputs.dtype.size >= 4:
        return inputs
    return tf.cast(inputs, tf.int64)


def encoded_dtype(mode, dtype):
    """Returns the dtype of outputs: that of the layer, if it can hold them.

    Args:
        mode: `"int"` or another mode.
        dtype: The dtype that the layer computes in.
    """
    is_fit = mode != "int" or tf.as_dtype(dtype).is_integer
    return dtype if is_fit else tf.int64


def encode(
    inputs,
    mode,
    depth,
    dtype,
    sparse=False,
    count_weights=None,
    idf_weights=None,
):
    """Encodes integers as vectors.

    Args:
        inputs: Integers, of rank 0, 1 or 2; those of `depth` and above leave
            no trace.
        mode: `"int"`, `"one_hot"`, `"multi_hot"`, `"count"` or `"tf_idf"`.
        depth: Length of a vector.
        dtype: Dtype of the outputs.
        sparse: Whether to return a `tf.SparseTensor`.
        count_weights: What each integer counts.
        idf_weights: What each category counts, for `"tf_idf"`.

    Raises:
        ValueError: For inputs of a higher rank.
    """
    if mode == "int":
        return tf.cast(inputs, encoded_dtype(mode, dtype))
    rank = inputs.shape.rank
    given = inputs.shape
    if rank == 0:
        inputs = tf.expand_dims(inputs, -1)
    if mode == "one_hot" and rank and given[-1] != 1:
        inputs = _expand(inputs)
        if count_weights is not None:
            count_weights = tf.expand_dims(count_weights, -1)
    if inputs.shape.rank is not None and inputs.shape.rank > 2:
        raise ValueError(
            f"Inputs of rank {rank} can't be encoded with output_mode={mode!r}"
            f": the most is rank 2, of shape (batch, n), and 1 for 'one_hot'."
            f" Received: shape {given}."
        )
    binary = mode in ("one_hot", "multi_hot")
    counted = dtype if dtype in _COUNTED else tf.float32
    if count_weights is not None:
        count_weights = tf.cast(count_weights, counted)
    options = {
        "minlength": depth,
        "maxlength": depth,
        "binary_output": binary,
        "weights": count_weights,
        "axis": -1,
    }
    if sparse:
        return _sparse(inputs, depth, dtype, idf_weights, options)
    counts = tf.math.bincount(inputs, dtype=counted, **options)
    counts = tf.cast(counts, dtype)
    counts.set_shape((*inputs.shape[:-1], depth))
    if idf_weights is not None:
        counts *= tf.cast(tf.ensure_shape(idf_weights, (depth,)), dtype)
    return counts


def _expand(inputs):
    if isinstance(inputs, tf.SparseTensor):
        return tf.sparse.expand_dims(inputs, -1)
    return tf.expand_dims(inputs, -1)


def _sparse(inputs, depth, dtype, idf_weights, options):
    counts = tf.sparse.bincount(inputs, **options)
    values = tf.cast(counts.values, dtype)
    if idf_weights is not None:
        values *= tf.cast(tf.gather(idf_weights, counts.indices[:, -1]), dtype)
    shape = tf.concat([counts.dense_shape[:-1], [depth]], 0)
    result = tf.SparseTensor(counts.indices, values, shape)
    static = tf.TensorShape([*inputs.shape[:-1], depth])
    if static.rank:
        result.set_shape(static)
    return result


def encoded_shape(input_shape, mode, depth):
    """Returns the shape of what `encode` returns."""
    shape = tf.TensorShape(input_shape)
    if mode == "int":
        return shape
    if not shape.rank:
        return tf.TensorShape([depth])
    if mode == "one_hot" and shape[-1] != 1:
        return shape.concatenate([depth])
    return shape[:-1].concatenate([depth])
