"""Hashing: hash to bins."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.config import floatx
from tf_keras.src.layers.preprocessing.category_encoding import (
    checked_mode,
    encode,
    encoded_dtype,
    encoded_shape,
)

MODES = ("int", "one_hot", "multi_hot", "count")


class Hashing(Layer):
    """Puts strings or integers into bins, by a hash that never changes.

    Without a salt it is FarmHash64; with one, SipHash64 (Aumasson and
    Bernstein 2012, https://131002.net/siphash/siphash.pdf), which nobody can
    aim at without knowing the salt.

    Args:
        num_bins: How many bins there are, with that of the mask.
        mask_value: What goes to bin 0, where nothing else goes then.
        salt: An integer or two, for another hash.
        output_mode: `"int"` for the bin, or a mode of `CategoryEncoding`.
        sparse: Whether to return a `tf.SparseTensor`, in other modes.
        **kwargs: `name`, `dtype`.

    Input shape:
        Any; dense, sparse or ragged.

    Output shape:
        The input's shape, or that of `CategoryEncoding`.

    Raises:
        ValueError: If an argument is out of range.

    Example:

    >>> Hashing(num_bins=3)(["a", "b", "a"]).shape
    TensorShape([3])
    """

    def __init__(
        self,
        num_bins,
        mask_value=None,
        salt=None,
        output_mode="int",
        sparse=False,
        **kwargs,
    ):
        check_bins(num_bins, self)
        mode = checked_mode(output_mode, MODES, self)
        kwargs = with_dtype(kwargs, mode, sparse, self, any_dtype=True)
        super().__init__(**kwargs)
        self.num_bins = num_bins
        self.mask_value = mask_value
        self.salt = self._checked_salt(salt)
        self.output_mode = mode
        self.sparse = sparse

    def _checked_salt(self, salt):
        if salt is None:
            return None
        if isinstance(salt, (tuple, list)) and len(salt) == 2:
            return list(salt)
        if isinstance(salt, int):
            return [salt, salt]
        raise ValueError(
            "The `salt` of Hashing is an integer or a pair of integers. "
            f"Received: salt={salt}."
        )

    def call(self, inputs):
        composite = (tf.Tensor, tf.SparseTensor, tf.RaggedTensor)
        if not isinstance(inputs, composite):
            inputs = tf.convert_to_tensor(inputs)
        if isinstance(inputs, tf.SparseTensor):
            indices = inputs.with_values(self._bins(inputs.values))
        elif isinstance(inputs, tf.RaggedTensor):
            indices = tf.ragged.map_flat_values(self._bins, inputs)
        else:
            indices = self._bins(inputs)
        return encode(
            indices,
            self.output_mode,
            self.num_bins,
            self.compute_dtype,
            self.sparse,
        )

    def _bins(self, values):
        bin_count = self.num_bins
        mask = None
        if self.mask_value is not None and bin_count > 1:
            is_text = isinstance(self.mask_value, (str, bytes))
            if is_text != (values.dtype == tf.string):
                raise TypeError(
                    f"Layer {self.name!r} can't look for mask_value="
                    f"{self.mask_value!r} among inputs of dtype "
                    f"{values.dtype.name}. Pass one of that kind."
                )
            mask = tf.equal(values, tf.cast(self.mask_value, values.dtype))
            bin_count -= 1
        text = values
        check_kind(values, self)
        if values.dtype != tf.string:
            text = tf.as_string(tf.cast(values, tf.int64))
        if self.salt is None:
            bins = tf.strings.to_hash_bucket_fast(text, bin_count)
        else:
            bins = tf.strings.to_hash_bucket_strong(text, bin_count, self.salt)
        if mask is None:
            return bins
        return tf.where(mask, tf.zeros_like(bins), bins + 1)

    def compute_output_shape(self, input_shape):
        """Returns the input's shape, as published Keras does in every mode."""
        return tf.TensorShape(input_shape)

    def compute_output_signature(self, input_spec):
        """Returns the shape and dtype of the outputs."""
        shape = encoded_shape(input_spec.shape, self.output_mode, self.num_bins)
        kind = tf.SparseTensorSpec if self.sparse else tf.TensorSpec
        dtype = encoded_dtype(self.output_mode, self.compute_dtype)
        return kind(shape, dtype)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        for name in ("num_bins", "salt", "mask_value", "output_mode", "sparse"):
            value = getattr(self, name)
            config[name] = list(value) if name == "salt" and value else value
        return config


def check_kind(values, layer):
    """Raises ValueError unless values are texts or integers."""
    if values.dtype != tf.string and not values.dtype.is_integer:
        raise ValueError(
            f"{type(layer).__name__} hashes texts and integers. Received: "
            f"values of dtype {values.dtype.name}. Round or bucket them first."
        )


def check_bins(num_bins, layer):
    """Raises ValueError unless there is a bin."""
    if num_bins is None or num_bins <= 0:
        raise ValueError(
            f"{type(layer).__name__} needs a positive number of `num_bins`. "
            f"Received: num_bins={num_bins}."
        )


def with_dtype(kwargs, mode, sparse, layer, any_dtype=False):
    """Returns keyword arguments with the dtype that goes with a mode.

    Raises:
        ValueError: If `sparse` or, unless it is `any_dtype`, the dtype does
            not go with the mode.
    """
    name = type(layer).__name__
    if mode == "int" and sparse:
        raise ValueError(
            f"{name} returns integers in output_mode='int', which are never "
            "made sparse. Received: sparse=True."
        )
    if kwargs.get("dtype") is None:
        return {**kwargs, "dtype": "int64" if mode == "int" else floatx()}
    dtype = kwargs["dtype"]
    is_plain = isinstance(dtype, (str, tf.DType))
    is_checked = is_plain and not any_dtype and "mixed" not in str(dtype)
    if mode == "int" and is_checked:
        if not tf.as_dtype(dtype).is_integer:
            raise ValueError(
                f"{name} returns integers in output_mode='int'. Received: "
                f"dtype={dtype}."
            )
    return kwargs
