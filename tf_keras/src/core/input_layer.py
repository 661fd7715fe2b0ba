"""Input: where a graph of layers begins."""

import tensorflow as tf

# Imported for what it does: it gives symbolic tensors their operators.
from tf_keras.src.core import op_layers  # noqa: F401
from tf_keras.src.core.keras_tensor import KerasTensor, from_type_spec
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.node import Node
from tf_keras.src.foundation import config as settings
from tf_keras.src.foundation import names


class InputLayer(Layer):
    """Holds one input of a graph of layers. `Input` makes it.

    Args:
        input_shape: The shape without the batch axis.
        batch_size: The size of the batch axis, if it is fixed.
        dtype: The dtype; `backend.floatx()` by default.
        input_tensor: A symbolic tensor to take as the input, instead of a
            shape.
        sparse: Whether the input is a `tf.SparseTensor`.
        name: The layer's name.
        ragged: Whether the input is a `tf.RaggedTensor`.
        type_spec: The `tf.TypeSpec` of the input, instead of all above.
        optional: Whether the input may be None.
        **kwargs: `batch_input_shape`: the shape with the batch axis.

    Raises:
        ValueError: If arguments contradict each other or one is unknown.
    """

    _object_identifier = "_tf_keras_input_layer"

    def __init__(
        self,
        input_shape=None,
        batch_size=None,
        dtype=None,
        input_tensor=None,
        sparse=None,
        name=None,
        ragged=None,
        type_spec=None,
        optional=False,
        **kwargs,
    ):
        batch_input_shape = kwargs.pop("batch_input_shape", None)
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments: {list(kwargs)}")
        if sparse and ragged:
            raise ValueError(
                "An input can't be sparse and ragged at once. Pass one of "
                "`sparse=True` and `ragged=True`."
            )
        if batch_input_shape is not None and input_shape is not None:
            raise ValueError(
                "InputLayer takes one of `input_shape` and "
                f"`batch_input_shape`. Received: input_shape={input_shape}, "
                f"batch_input_shape={batch_input_shape}."
            )
        if input_shape is not None:
            batch_input_shape = (batch_size, *_as_tuple(input_shape))
        elif batch_input_shape is not None:
            batch_input_shape = tuple(batch_input_shape)
        name = name or names.unique_name("input", zero_based=False)
        is_given = type_spec is not None
        if is_given:
            _refuse_others(input_shape, dtype, input_tensor, sparse, ragged)
        else:
            type_spec = _type_spec_of(
                batch_input_shape, dtype, input_tensor, sparse, ragged, name
            )
        super().__init__(
            name=name,
            dtype=_layer_dtype(type_spec),
            autocast=False,
        )
        self.built = True
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.optional = optional
        self.supports_masking = True
        state = self.__dict__
        state["_type_spec"] = type_spec
        state["_given_type_spec"] = is_given
        shape = getattr(type_spec, "shape", None)
        state["_batch_input_shape"] = (
            tuple(shape)
            if shape is not None and shape.rank is not None
            else None
        )
        # Also around a tensor: that one keeps the place that it comes from.
        Node(self, outputs=from_type_spec(type_spec, name=self.name))

    def get_config(self):
        """Returns what the layer was made with."""
        if self._given_type_spec:
            return {"name": self.name, "type_spec": self._type_spec}
        return {
            "batch_input_shape": self._batch_input_shape,
            "dtype": self._type_spec.dtype.name,
            "sparse": self.sparse,
            "ragged": self.ragged,
            "name": self.name,
            "optional": self.optional,
        }

    @property
    def dtype(self):
        """The dtype of the input, as a string."""
        dtype = getattr(self._type_spec, "dtype", None)
        return dtype.name if dtype is not None else None


def _as_tuple(shape):
    if isinstance(shape, int):
        return (shape,)
    return tuple(shape)


def _layer_dtype(type_spec):
    dtype = getattr(type_spec, "dtype", None)
    return dtype.name if dtype is not None else None


def _refuse_others(*others):
    if any(other not in (None, False) for other in others):
        raise ValueError(
            "`type_spec` says all about an input. Leave out `shape`, "
            "`dtype`, `tensor`, `sparse` and `ragged`."
        )


def _type_spec_of(shape, dtype, input_tensor, sparse, ragged, name):
    if input_tensor is not None:
        if not isinstance(input_tensor, KerasTensor):
            raise ValueError(
                "The `tensor` of an Input should be symbolic, the output of "
                f"a layer or of Input. Received: {input_tensor!r}. A constant "
                "needs no Input: use it in the graph as it is."
            )
        return input_tensor.type_spec
    dtype = tf.as_dtype(dtype or settings.floatx())
    if sparse:
        return tf.SparseTensorSpec(shape, dtype)
    if ragged:
        # Known sizes at the end are the same for all rows.
        unknown = [i for i, size in enumerate(shape) if size is None]
        return tf.RaggedTensorSpec(shape, dtype, max(unknown, default=0))
    return tf.TensorSpec(shape, dtype, name)


def Input(
    shape=None,
    batch_size=None,
    name=None,
    dtype=None,
    sparse=None,
    tensor=None,
    ragged=None,
    type_spec=None,
    optional=False,
    **kwargs,
):
    """Begins a graph of layers: returns a symbolic tensor.

    Args:
        shape: The shape without the batch axis; None for a size that varies.
        batch_size: The size of the batch axis, if it is fixed.
        name: The name of the input, the key for data given as dicts.
        dtype: The dtype; `backend.floatx()` by default.
        sparse: Whether the input is a `tf.SparseTensor`.
        tensor: A symbolic tensor to take as an input, instead of a shape.
        ragged: Whether the input is a `tf.RaggedTensor`.
        type_spec: The `tf.TypeSpec` of the input, instead of all above.
        optional: Whether the input may be None.
        **kwargs: `batch_shape` or `batch_input_shape`: the shape with the
            batch axis.

    Returns:
        A `KerasTensor`. Calling a layer or any TensorFlow function on it
        continues the graph; `Model(inputs, outputs)` closes it.

    Raises:
        ValueError: If arguments are missing, unknown or contradict.

    Example:

    >>> inputs = Input((3,))
    >>> model = Model(inputs, tf.nn.relu(inputs) + 1.0)
    """
    batch_shape = kwargs.pop("batch_shape", None)
    if batch_shape is None:
        batch_shape = kwargs.pop("batch_input_shape", None)
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments: {list(kwargs)}")
    if shape is not None and batch_shape is not None:
        raise ValueError(
            "Pass `shape` or `batch_shape` to Input, not both. Received: "
            f"shape={shape}, batch_shape={batch_shape}."
        )
    if shape is None and batch_shape is None and tensor is None:
        if type_spec is None:
            raise ValueError(
                "Input needs a `shape`, without the batch axis: `()` for "
                "scalars. Or pass `tensor` or `type_spec`."
            )
    layer = InputLayer(
        input_shape=shape,
        batch_input_shape=batch_shape,
        batch_size=batch_size,
        name=name,
        dtype=dtype,
        sparse=sparse,
        ragged=ragged,
        input_tensor=tensor,
        type_spec=type_spec,
        optional=optional,
    )
    return layer._inbound_nodes[0].outputs
