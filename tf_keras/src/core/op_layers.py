"""TensorFlow functions, operators and slices on symbolic tensors, as layers.

Importing this file teaches symbolic tensors their operators, and TensorFlow
to hand us calls of its functions on them.
"""

import inspect

import tensorflow as tf

from tf_keras.src.core import symbolic_call
from tf_keras.src.core.call_spec import POSITIONAL
from tf_keras.src.core.keras_tensor import (
    KerasTensor,
    RaggedKerasTensor,
    SparseKerasTensor,
    holds_symbolic,
    refusal,
)
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.node import shapes_of
from tf_keras.src.core.pure_ops import find_pure_op, pure_op_name
from tf_keras.src.foundation import names
from tf_keras.src.foundation.tf_internals import GlobalOpDispatcher, op_name


class _OpLayer(Layer):
    """What layers around a TensorFlow function or method share."""

    _preserve_input_structure_in_config = True
    _must_restore_from_config = True

    def __init__(self, prefix, **kwargs):
        name = kwargs.pop("name", None)
        if name is None:
            name = names.unique_name(prefix, avoid=names.observed())
        kwargs["autocast"] = False
        super().__init__(name=name, **kwargs)
        self.built = True

    def get_config(self):
        """Returns the config that every layer has."""
        return {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": self.dtype,
        }

    def __call__(self, *args, **kwargs):
        # A function may take its inputs anywhere, also as keywords only.
        if holds_symbolic((args, kwargs)):
            self._note_input_shape(args, kwargs)
            self._track_variables(args, kwargs)
            return symbolic_call.symbolic_call(self, args, kwargs)
        return super().__call__(*args, **kwargs)

    def _track_variables(self, args, kwargs):
        """Keeps variables among the arguments, so that they are trained."""
        found = [
            value
            for value in tf.nest.flatten((args, kwargs))
            if isinstance(value, tf.Variable)
        ]
        if found:
            self.captured = [*getattr(self, "captured", ()), *found]

    def _note_input_shape(self, args, kwargs):
        first = args[0] if args else next(iter(kwargs.values()))
        if all(isinstance(v, KerasTensor) for v in tf.nest.flatten(first)):
            self.__dict__["_build_input_shape"] = shapes_of(first)


class TFOpLambda(_OpLayer):
    """A TensorFlow function called on symbolic tensors.

    Args:
        function: A public TensorFlow function, or its name, `"math.add"`.
        **kwargs: Arguments of `Layer`.

    Raises:
        ValueError: If a name belongs to no function that computes tensors
            from tensors and does nothing else.
    """

    def __init__(self, function, **kwargs):
        if isinstance(function, str):
            self.__dict__["symbol"] = function
            function = find_pure_op(function)
        else:
            self.__dict__["symbol"] = pure_op_name(function)
        self.__dict__["function"] = function
        label = self.symbol or function.__name__
        super().__init__("tf." + label if self.symbol else label, **kwargs)
        self.__dict__["_call_spec"] = _spec_of_function(function)

    def call(self, *args, **kwargs):
        """Calls the function.

        Raises:
            TypeError: If a symbolic tensor is hidden in a function that it
                takes, as in `tf.cond`.
        """
        try:
            return self.function(*args, **kwargs)
        except TypeError as error:
            if "KerasTensor" not in str(error):
                raise
            raise TypeError(refusal(f"`{self.name}`")) from error

    def get_config(self):
        """Returns the config of a layer and the function's name.

        Raises:
            ValueError: If the function isn't public in TensorFlow.
        """
        if not self.symbol:
            raise ValueError(
                f"This layer ({self.name}) calls {self.function}, which is "
                "no public function of TensorFlow and can't be written to a "
                "config. Put it into a layer of your own."
            )
        return {**super().get_config(), "function": self.symbol}

    def __getstate__(self):
        state = super().__getstate__()
        state.pop("function")
        return state

    def __setstate__(self, state):
        super().__setstate__(state)
        self.__dict__["function"] = find_pure_op(self.symbol)
        self.__dict__["_call_spec"] = _spec_of_function(self.function)


class SlicingOpLambda(TFOpLambda):
    """A slice of a symbolic tensor, `x[:, 1:]`.

    Args as of `TFOpLambda`.
    """

    def call(self, *args, **kwargs):
        """Slices, after turning dicts from configs back to slices."""
        args, kwargs = _map_slices(_to_slice, (args, kwargs))
        return self.function(*args, **kwargs)


class ClassMethod(_OpLayer):
    """A class method of a TensorFlow class, called on symbolic tensors.

    Args:
        cls_ref: The class.
        method_name: The method's name.
        **kwargs: Arguments of `Layer`.
    """

    def __init__(self, cls_ref, method_name, **kwargs):
        state = self.__dict__
        state["cls_ref"] = cls_ref
        state["cls_symbol"] = op_name(cls_ref) or cls_ref.__name__
        state["method_name"] = method_name
        super().__init__(f"tf.{self.cls_symbol}.{method_name}", **kwargs)

    def call(self, args, kwargs):
        """Calls the method."""
        return getattr(self.cls_ref, self.method_name)(*args, **kwargs)

    def get_config(self):
        """Returns the config of a layer, and the names of class and method."""
        return {
            **super().get_config(),
            "cls_symbol": self.cls_symbol,
            "method_name": self.method_name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes the layer again.

        Raises:
            ValueError: For a class other than TensorFlow's composite tensors.
        """
        del custom_objects
        config = dict(config)
        symbol = config.pop("cls_symbol")
        classes = {
            "RaggedTensor": tf.RaggedTensor,
            "SparseTensor": tf.SparseTensor,
        }
        symbol = symbol.rpartition(".")[2]
        if symbol not in classes or config["method_name"].startswith("_"):
            raise ValueError(
                f"A file asks for the method {config['method_name']!r} of "
                f"the class {symbol!r}. Expected a public method of one of "
                f"{sorted(classes)}."
            )
        return cls(classes[symbol], **config)


class InstanceProperty(_OpLayer):
    """A property of a symbolic composite tensor, `ragged.values`.

    Args:
        attr_name: The property's name.
        **kwargs: Arguments of `Layer`.
    """

    def __init__(self, attr_name, **kwargs):
        self.__dict__["attr_name"] = _public(attr_name)
        super().__init__("input." + attr_name, **kwargs)

    def call(self, obj):
        """Reads the property."""
        return getattr(obj, self.attr_name)

    def get_config(self):
        """Returns the config of a layer and the property's name."""
        return {**super().get_config(), "attr_name": self.attr_name}


class InstanceMethod(InstanceProperty):
    """A method of a symbolic composite tensor, `ragged.to_tensor()`.

    Args:
        attr_name: The method's name.
        **kwargs: Arguments of `Layer`.
    """

    def call(self, obj, args, kwargs):
        """Calls the method."""
        return getattr(obj, self.attr_name)(*args, **kwargs)


def _public(name):
    if name.startswith("_"):
        raise ValueError(
            f"A file asks for the attribute {name!r} of a tensor. Expected a "
            "public one."
        )
    return name


class _FunctionSpec:
    """What `Layer.__call__` asks of a signature, for a TensorFlow function."""

    expects_training = False
    expects_mask = False
    needs_autograph = False
    default_training = None
    training_index = None
    mask_index = None

    def __init__(self, function):
        self.function = function
        try:
            parameters = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):  # Built in C, without a signature.
            parameters = ()
        names = [p.name for p in parameters if p.kind in POSITIONAL]
        self.first_name = names[0] if names else "inputs"
        self.names = names[1:]


_function_specs = {}


def _spec_of_function(function):
    if function not in _function_specs:
        _function_specs[function] = _FunctionSpec(function)
    return _function_specs[function]


# Slices as plain data --------------------------------------------------------


def _map_slices(function, value):
    """Applies a function to what is a slice, or was one, inside of nests."""
    if isinstance(value, slice) or _is_slice_dict(value):
        return function(value)
    if isinstance(value, dict):
        return {k: _map_slices(function, v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_map_slices(function, v) for v in value)
    return value


def _is_slice_dict(value):
    return isinstance(value, dict) and value.keys() == {"start", "stop", "step"}


def _to_slice(value):
    return slice(value["start"], value["stop"], value["step"])


def _to_dict(value):
    return {"start": value.start, "stop": value.stop, "step": value.step}


def _slice(tensor, slice_spec):
    layer = SlicingOpLambda(tf.__operators__.getitem)
    return layer(tensor, _map_slices(_to_dict, slice_spec))


# Operators -------------------------------------------------------------------

# Straight to the layer: by way of TensorFlow's own operators a call would
# first fail in TensorFlow, which costs more than all the rest.
_BINARY = {
    "add": tf.__operators__.add,
    "sub": tf.math.subtract,
    "mul": tf.math.multiply,
    "truediv": tf.math.truediv,
    "div": tf.math.truediv,
    "floordiv": tf.compat.v1.floor_div,
    "mod": tf.math.floormod,
    "pow": tf.math.pow,
    "matmul": tf.linalg.matmul,
}
_COMPARING = {
    "lt": tf.math.less,
    "le": tf.math.less_equal,
    "gt": tf.math.greater,
    "ge": tf.math.greater_equal,
}
_LOGICAL = {
    "and": (tf.math.logical_and, tf.bitwise.bitwise_and),
    "or": (tf.math.logical_or, tf.bitwise.bitwise_or),
    "xor": (tf.math.logical_xor, tf.bitwise.bitwise_xor),
}
_EQUALITY = {"eq": tf.__operators__.eq, "ne": tf.__operators__.ne}


def _like(value, tensor):
    """A number or array before an operator as a tensor of the other's dtype."""
    if isinstance(value, (KerasTensor, tf.Tensor, tf.Variable)):
        return value
    return tf.convert_to_tensor(value, dtype=tensor.dtype)


def _binary(function):
    def operator(self, other):
        return TFOpLambda(_for(self, function))(self, other, name=None)

    def reflected(self, other):
        other = _like(other, self)
        return TFOpLambda(_for(self, function))(other, self, name=None)

    return operator, reflected


def _for(tensor, function):
    """The function itself, or the one that takes ragged tensors."""
    if isinstance(tensor, RaggedKerasTensor) and function is _BINARY["add"]:
        return tf.math.add
    return function


def _logical(on_bool, on_int):
    def choose(tensor):
        return on_bool if tensor.dtype == tf.bool else on_int

    def operator(self, other):
        return TFOpLambda(choose(self))(self, other, name=None)

    def reflected(self, other):
        return TFOpLambda(choose(self))(_like(other, self), self, name=None)

    return operator, reflected


def _equality(function):
    def operator(self, other):
        if other is None:
            return function is _EQUALITY["ne"]
        return TFOpLambda(function)(self, other)

    return operator


def _invert(self):
    is_bool = self.dtype == tf.bool
    function = tf.math.logical_not if is_bool else tf.bitwise.invert
    return TFOpLambda(function)(self, name=None)


def _install_operators():
    pairs = {name: _binary(function) for name, function in _BINARY.items()}
    pairs.update((name, _logical(*both)) for name, both in _LOGICAL.items())
    for name, (operator, reflected) in pairs.items():
        setattr(KerasTensor, f"__{name}__", operator)
        setattr(KerasTensor, f"__r{name}__", reflected)
    for name, function in _COMPARING.items():
        setattr(KerasTensor, f"__{name}__", _binary(function)[0])
    for name, function in _EQUALITY.items():
        setattr(KerasTensor, f"__{name}__", _equality(function))
    KerasTensor.__neg__ = lambda x: TFOpLambda(tf.math.negative)(x, name=None)
    KerasTensor.__abs__ = lambda x: TFOpLambda(tf.math.abs)(x, name=None)
    KerasTensor.__invert__ = _invert
    KerasTensor.__getitem__ = _slice


def _install_members(keras_class, tensor_class, properties, methods):
    """Gives a symbolic class the members of the tensor it stands for."""
    for name in properties:
        getter = _make_property(name)
        getter.__doc__ = f"What `{tensor_class.__name__}.{name}` will be."
        setattr(keras_class, name, property(getter, doc=getter.__doc__))
    for name in methods:
        method = _make_method(name)
        method.__name__ = name
        method.__doc__ = f"Calls `{tensor_class.__name__}.{name}` as a layer."
        setattr(keras_class, name, method)


def _make_property(name):
    return lambda self: InstanceProperty(name)(self)


def _make_method(name):
    def method(self, *args, **kwargs):
        return InstanceMethod(name)(self, args, kwargs)

    return method


_RAGGED_METHODS = (
    "bounding_shape merge_dims nested_row_lengths nested_value_rowids nrows "
    "row_lengths row_limits row_starts to_sparse to_tensor value_rowids "
    "with_flat_values with_row_splits_dtype with_values"
).split()


def _ragged_slice(self, slice_spec):
    layer = SlicingOpLambda(tf.__operators__.ragged_getitem)
    return layer(self, _map_slices(_to_dict, slice_spec))


_install_operators()
RaggedKerasTensor.__getitem__ = _ragged_slice
_install_members(
    RaggedKerasTensor,
    tf.RaggedTensor,
    ("flat_values", "nested_row_splits", "row_splits", "values"),
    _RAGGED_METHODS,
)
_install_members(
    SparseKerasTensor,
    tf.SparseTensor,
    ("dense_shape", "indices", "values"),
    ("with_values",),
)


# TensorFlow's functions ------------------------------------------------------


class _SymbolicDispatcher(GlobalOpDispatcher):
    """Turns a TensorFlow function called on symbolic tensors into a layer."""

    def handle(self, op, args, kwargs):
        if not holds_symbolic((args, kwargs)):
            return self.NOT_SUPPORTED
        owner = _class_of_method(op)
        if owner is not None:
            return ClassMethod(owner, op.__name__)(args[1:], kwargs)
        return TFOpLambda(op)(*args, **kwargs)


def _class_of_method(op):
    """The composite tensor class that a dispatched class method is of."""
    for cls in (tf.RaggedTensor, tf.SparseTensor):
        method = vars(cls).get(getattr(op, "__name__", ""))
        if isinstance(method, classmethod) and method.__func__ is op:
            return cls
    return None


_SymbolicDispatcher().register()
