"""KerasTensor: stands for a value that a graph of layers will compute."""

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import (
    answer_type_spec,
    constant_value,
    constant_value_as_shape,
)

# An int tensor longer than this is no shape: its value isn't followed.
_LONGEST_SHAPE = 128


class KerasTensor:
    """The type of a value that a graph of layers will compute.

    `Input` makes the first ones, and calling a layer or a TensorFlow function
    on one makes the next. It knows shape and dtype, and from which call it
    comes; it holds no number.

    Args:
        type_spec: The `tf.TypeSpec` of the value.
        inferred_value: For a short integer vector that holds a shape: that
            shape, as a list with None for what is unknown.
        name: A name to read in messages.

    Example:

    >>> Input((3,)) + 1.0
    <KerasTensor: shape=(None, 3) dtype=float32 (created by layer
    'tf.__operators__.add')>
    """

    # NumPy leaves `array + tensor` to us.
    __array_priority__ = 100

    def __init__(self, type_spec, inferred_value=None, name=None):
        if name is None:
            name = getattr(type_spec, "name", None)
        self._type_spec = type_spec
        self._inferred_value = inferred_value
        self._name = name

    @property
    def type_spec(self):
        """The `tf.TypeSpec` of the value."""
        return self._type_spec

    @property
    def shape(self):
        """The static shape, a `tf.TensorShape`."""
        return self._type_spec.shape

    def get_shape(self):
        """Returns the static shape, as `shape`."""
        return self.shape

    def set_shape(self, shape):
        """Adds what is known about the shape.

        Raises:
            ValueError: If it contradicts what is known.
        """
        shape = self.shape.merge_with(shape)
        self._type_spec = tf.TensorSpec(
            shape, self.dtype, name=getattr(self._type_spec, "name", None)
        )

    @property
    def dtype(self):
        """The `tf.DType` of the value."""
        return self._type_spec.dtype

    @property
    def name(self):
        """The name, for messages."""
        return self._name

    @property
    def is_tensor_like(self):
        """True: TensorFlow's helpers take it for a tensor."""
        return True

    @property
    def op(self):
        """Not there: no operation computes a symbolic value yet."""
        raise TypeError(_no_such("the attribute `op`"))

    @property
    def node(self):
        """The call of a layer that this is an output of."""
        history = self._keras_history
        return history.layer._inbound_nodes[history.node_index]

    @classmethod
    def from_tensor(cls, tensor):
        """Makes one with the type of a tensor, composite tensors included."""
        if isinstance(tensor, tf.Tensor):
            # A name is None for tensors in functions that TensorFlow inlines.
            name = None if hasattr(tensor, "numpy") else tensor.name
            return KerasTensor(
                tf.TensorSpec(tensor.shape, tensor.dtype),
                inferred_value=_shape_held_by(tensor),
                name=name,
            )
        return from_type_spec(tf.type_spec_from_value(tensor))

    @classmethod
    def from_type_spec(cls, type_spec, name=None):
        """Makes one from a type, of the class that fits the type."""
        return from_type_spec(type_spec, name)

    def to_placeholder(self):
        """Returns a placeholder of this type in the current graph."""
        if self._inferred_value is not None:
            return self._shape_placeholder()
        return placeholder(self._type_spec)

    def _shape_placeholder(self):
        """A tensor from which TensorFlow can read the inferred shape."""
        if self.shape.rank == 0:
            return tf.constant(self._inferred_value[0], self.dtype)
        # Of `tf.shape` it reads single sizes too, also after a slice.
        stand_in = tf.compat.v1.placeholder(tf.bool, self._inferred_value)
        return tf.shape(stand_in, out_type=self.dtype)

    def __repr__(self):
        layer = ""
        if hasattr(self, "_keras_history"):
            layer = f" (created by layer '{self._keras_history.layer.name}')"
        inferred = ""
        if self._inferred_value is not None:
            inferred = f" inferred_value={self._inferred_value}"
        if isinstance(self._type_spec, tf.TensorSpec):
            kind = f"shape={self.shape} dtype={self.dtype.name}"
        else:
            kind = f"type_spec={self._type_spec}"
        return f"<KerasTensor: {kind}{inferred}{layer}>"

    def __str__(self):
        layer = ""
        if hasattr(self, "_keras_history"):
            name = self._keras_history.layer.name
            layer = f", description=\"created by layer '{name}'\""
        inferred = ""
        if self._inferred_value is not None:
            inferred = f", inferred_value={self._inferred_value}"
        return (
            f"KerasTensor(type_spec={self._type_spec}{inferred}, "
            f"name={self._name!r}{layer})"
        )

    # What a value would answer and a symbol can't ------------------------

    def __hash__(self):
        raise TypeError(
            f"A symbolic tensor is not hashable (this one: {self}). Use "
            "`tensor.ref()` as the key instead."
        )

    def ref(self):
        """Returns a hashable reference to this object, for dicts and sets."""
        return _Reference(self)

    def experimental_ref(self):
        """Returns what `ref` returns."""
        return self.ref()

    def __len__(self):
        raise TypeError(_no_such("`len()`"))

    def __bool__(self):
        raise TypeError(_no_such("a truth value (`if`, `and`, `or`, `not`)"))

    def __float__(self):
        raise TypeError(_no_such("`float()`"))

    def __int__(self):
        raise TypeError(_no_such("`int()`"))

    def __index__(self):
        raise TypeError(_no_such("an integer value"))

    def __array__(self, dtype=None, copy=None):
        raise TypeError(refusal("NumPy, or to a TensorFlow function", self))

    def __tf_tensor__(self, dtype=None, name=None):
        # Asked by every TensorFlow function before it offers us the call.
        return self.__array__()

    def __iter__(self):
        if self.shape.rank is None:
            raise TypeError("Cannot iterate over a tensor of unknown rank.")
        if self.shape.rank == 0:
            raise TypeError("Cannot iterate over a scalar tensor.")
        if self.shape[0] is None:
            raise TypeError(
                "Cannot iterate over a tensor with unknown first dimension."
            )
        return (self[index] for index in range(self.shape[0]))


def refusal(taker, tensor=None):
    """Returns what to tell who passes a symbolic tensor for a value."""
    what = f"{tensor!r}, " if tensor is not None else ""
    return (
        f"You are passing {what}a symbolic tensor of a Keras model, where a "
        f"value is needed: to {taker} that can't become a layer. Such are "
        "`tf.cond`, `tf.while_loop`, `tf.map_fn`, `tf.function` and "
        "`tf.GradientTape`. Put this code into a Lambda layer or into the "
        "`call` of your own layer."
    )


def _refuse(tensor):
    raise TypeError(refusal("a TensorFlow function", tensor))


# Asked for what functions such as `tf.map_fn` work on.
answer_type_spec(KerasTensor, _refuse)


def _no_such(what):
    return (
        f"A symbolic tensor of a Keras model has no {what}: it stands for a "
        "value that is not computed yet. Put code that needs the value into "
        "a Lambda layer or into the `call` of your own layer."
    )


class _Reference:
    """Wraps a symbolic tensor as a key: equal if it is the same object."""

    def __init__(self, wrapped):
        self._wrapped = wrapped

    def deref(self):
        """Returns the symbolic tensor."""
        return self._wrapped

    def __eq__(self, other):
        return isinstance(other, _Reference) and self._wrapped is other._wrapped

    def __hash__(self):
        return id(self._wrapped)

    def __repr__(self):
        return f"<Reference wrapping {self._wrapped!r}>"


class RaggedKerasTensor(KerasTensor):
    """A symbolic `tf.RaggedTensor`; `op_layers` gives it that one's methods."""

    @property
    def ragged_rank(self):
        """How many axes are ragged."""
        return self._type_spec.ragged_rank


class SparseKerasTensor(KerasTensor):
    """A symbolic `tf.SparseTensor`; `op_layers` gives it its properties."""


class CompositeKerasTensor(KerasTensor):
    """A symbolic tensor of any other composite type."""

    @property
    def shape(self):
        """The static shape, unknown where the type has none."""
        return getattr(self._type_spec, "shape", tf.TensorShape(None))

    @property
    def dtype(self):
        """The dtype, or None where the type has none."""
        return getattr(self._type_spec, "dtype", None)


class ObjectKerasTensor(KerasTensor):
    """Stands for an object of a class that users registered.

    Args:
        value: The object that a layer returned for placeholders.
        graph: The graph that these are in.
    """

    def __init__(self, value, graph):
        super().__init__(tf.TensorSpec(value.shape, value.dtype))
        self._value = value
        self.graph = graph

    def to_placeholder(self):
        """Returns the object."""
        return self._value


_classes_by_spec = [
    (tf.TensorSpec, KerasTensor),
    (tf.RaggedTensorSpec, RaggedKerasTensor),
    (tf.SparseTensorSpec, SparseKerasTensor),
]


def register_keras_tensor_class(type_spec_cls, keras_tensor_cls):
    """Tells which `KerasTensor` class stands for values of a type.

    Args:
        type_spec_cls: A subclass of `tf.TypeSpec`.
        keras_tensor_cls: A subclass of `KerasTensor`.
    """
    _classes_by_spec.insert(0, (type_spec_cls, keras_tensor_cls))


def from_type_spec(type_spec, name=None):
    """Makes a symbolic tensor of the class that fits a type."""
    for spec_class, tensor_class in _classes_by_spec:
        if isinstance(type_spec, spec_class):
            return tensor_class(type_spec, name=name)
    return CompositeKerasTensor(type_spec, name=name)


def placeholder(type_spec):
    """Returns a placeholder of a type in the current graph."""
    if isinstance(type_spec, tf.TensorSpec):
        return tf.compat.v1.placeholder(type_spec.dtype, type_spec.shape)
    parts = tf.nest.map_structure(placeholder, type_spec._component_specs)
    return type_spec._from_components(parts)


def _shape_held_by(tensor):
    """The shape that a short integer tensor holds, as far as it is known."""
    if tensor.dtype not in (tf.int32, tf.int64) or hasattr(tensor, "numpy"):
        return None
    rank = tensor.shape.rank
    if rank == 0:
        return _size_held_by(tensor)
    if rank == 1:
        size = tensor.shape[0]
        if size is None or size > _LONGEST_SHAPE:
            return None
        shape = constant_value_as_shape(tensor)
        return shape.as_list() if shape.rank is not None else None
    return None


def _size_held_by(tensor):
    """The value of an integer tensor in a list, or None if it is unknown."""
    value = constant_value(tensor)
    if value is None:
        # Sizes cut from a shape are known only to TensorFlow's shapes.
        try:
            value = tf.fill([tensor], False).shape[0]
        except ValueError:  # Negative, thus no size.
            return None
    return None if value is None else [int(value)]


def is_symbolic(value):
    """Whether a value is a symbolic tensor."""
    return isinstance(value, KerasTensor)


def holds_symbolic(values):
    """Whether a nest holds a symbolic tensor."""
    return any(isinstance(v, KerasTensor) for v in tf.nest.flatten(values))
