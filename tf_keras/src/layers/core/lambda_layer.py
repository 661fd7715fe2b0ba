"""Lambda: a Python function as a layer."""

import inspect
import sys
import types

import numpy as np
import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.functions import (
    code_of_function,
    function_of_code,
)


class Lambda(Layer):
    """Computes its output by a Python function.

    For short functions without weights. Python code is not portable: a file
    holds it as bytecode, which is read by the same Python version only, and
    not in safe mode. For more write a `Layer`.

    Args:
        function: A function of the inputs; it may also take `mask` and
            `training`.
        output_shape: The outputs' shape without the batch axis, or a function
            of the input's shape that returns it with that axis. Inferred if
            None.
        mask: The outputs' mask, or a function of inputs and mask.
        arguments: A dict of more arguments of `function`.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        Any nest.

    Output shape:
        What `function` returns.

    Raises:
        TypeError: If `function` can't be called.
        ValueError: At a call, if `function` makes a variable or reads one
            that is no attribute of the layer: it would neither be trained
            nor saved.

    Example:

    >>> Lambda(lambda x: x**2)(tf.constant([3.0])).numpy()
    array([9.], dtype=float32)
    """

    def __init__(
        self, function, output_shape=None, mask=None, arguments=None, **kwargs
    ):
        super().__init__(**kwargs)
        if not callable(function):
            raise TypeError(
                "The `function` of Lambda must be callable. Received: "
                f"function={function!r}."
            )
        self.function = function
        self.arguments = arguments or {}
        self.mask = mask
        self.supports_masking = True
        self._output_shape = output_shape
        parameters = _parameters_of(function)
        self._takes_mask = "mask" in parameters
        self._takes_training = "training" in parameters
        self._is_checked = False

    def call(self, inputs, mask=None, training=None):
        arguments = dict(self.arguments)
        if self._takes_mask:
            arguments["mask"] = mask
        if self._takes_training:
            arguments["training"] = training
        if self._is_checked and tf.executing_eagerly():
            return self.function(inputs, **arguments)
        with tf.GradientTape(watch_accessed_variables=True) as tape:
            with tf.variable_creator_scope(self._refuse_to_make):
                outputs = self.function(inputs, **arguments)
        self._refuse_to_read(tape.watched_variables())
        self._is_checked = True
        return outputs

    def _refuse_to_make(self, next_creator, **kwargs):
        raise ValueError(
            f"The function of the Lambda layer {self.name!r} makes a variable"
            f"{_named(kwargs.get('name'))}. A new one would be made at each "
            f"call, and none trained or saved. {_ADVICE}"
        )

    def _refuse_to_read(self, variables):
        own = {id(weight) for weight in self.weights}
        foreign = [v.name for v in variables if id(v) not in own]
        if foreign:
            raise ValueError(
                f"The function of the Lambda layer {self.name!r} reads "
                f"variables that the layer does not know: {foreign}. They "
                f"would neither be trained nor saved with it. {_ADVICE}"
            )

    def compute_mask(self, inputs, mask=None):
        return self.mask(inputs, mask) if callable(self.mask) else self.mask

    def compute_output_shape(self, input_shape):
        if self._output_shape is None:
            return super().compute_output_shape(input_shape)
        if callable(self._output_shape):
            return map_shapes(tf.TensorShape, self._output_shape(input_shape))
        batch_size = tf.TensorShape(_first_shape(input_shape))[0]
        return map_shapes(
            lambda shape: tf.TensorShape((batch_size, *shape)),
            self._output_shape,
        )

    def get_config(self):
        config = Layer.get_config(self)
        for key in ("output_shape", "mask"):
            config.pop(key, None)
        for key, value in (
            ("function", self.function),
            ("output_shape", self._output_shape),
            ("mask", self.mask),
        ):
            if key != "mask" or value is not None:
                config.update(_describe(key, value))
        config["arguments"] = dict(self.arguments)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        config = dict(config)
        given = registry.get_registered_object(
            config.get("name"), custom_objects
        )
        for key in ("function", "output_shape", "mask"):
            if key == "function" and given is not None:
                for part in (f"{key}_type", "module"):
                    config.pop(part, None)
                config[key] = given
            elif key in config:
                config[key] = _restore(key, config, custom_objects)
        return cls(**config)


_ADVICE = (
    "Write a subclass of `Layer` that makes the variable in `build` and "
    "uses it in `call`; a layer that is called inside belongs there too."
)


def _named(name):
    return f" named {name!r}" if name else ""


def _parameters_of(function):
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):  # Built in C, without a signature.
        return {}


def _first_shape(shapes):
    """The first shape of a nest of shapes."""
    found = []
    map_shapes(found.append, shapes)
    return found[0]


# Functions in configs --------------------------------------------------------

_MODULE_KEY = {"function": "module"}


def _describe(key, value):
    """The three entries of a config that hold a function or plain value."""
    kind, module = "raw", None
    if callable(value) and not isinstance(value, tf.Tensor):
        module = getattr(value, "__module__", None)
        if isinstance(value, types.FunctionType) and not (
            registry.is_registered(value)
        ):
            kind, value = "lambda", code_of_function(value)
        else:
            kind, value = "function", registry.get_registered_name(value)
    module_key = _MODULE_KEY.get(key, f"{key}_module")
    return {key: value, f"{key}_type": kind, module_key: module}


def _restore(key, config, custom_objects):
    """Takes the three entries out and returns what they describe."""
    value = config.pop(key)
    kind = config.pop(f"{key}_type", "raw")
    module = config.pop(_MODULE_KEY.get(key, f"{key}_module"), None)
    if kind == "function":
        found = registry.get_registered_object(value, custom_objects)
        if found is None:
            raise ValueError(
                f"The config of a Lambda layer names the function {value!r} "
                f"of the module {module!r}. Pass it in `custom_objects`, or "
                "decorate it with "
                "`@tf_keras.saving.register_keras_serializable()`."
            )
        return found
    if kind == "lambda":
        known = vars(sys.modules[module]) if module in sys.modules else {}
        try:
            return function_of_code(value, {"tf": tf, "np": np, **known})
        except ValueError as error:
            name = config.get("name")
            raise ValueError(
                f"The {key} of the Lambda layer {name!r} is stored as "
                "bytecode, which only the version of Python that wrote the "
                f"file can read. Pass `custom_objects={{{name!r}: function}}` "
                f"to use a function of yours. {error}"
            ) from error
    if isinstance(value, dict):  # Files of Keras 3 hold functions like this.
        return deserialize_keras_object(value, custom_objects)
    return tuple(value) if isinstance(value, list) and key != "mask" else value
