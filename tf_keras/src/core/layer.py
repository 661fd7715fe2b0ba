"""Layer: the seven steps of a call, and the surface that authors see."""

import numpy as np
import tensorflow as tf

from tf_keras.src import regularizers
from tf_keras.src.backend import scopes
from tf_keras.src.core import call_errors
from tf_keras.src.core import collected_losses
from tf_keras.src.core import dtype_policy
from tf_keras.src.core import hooks
from tf_keras.src.core import layer_state
from tf_keras.src.core import tracking
from tf_keras.src.core import weights as weights_of
from tf_keras.src.core.call_context import context
from tf_keras.src.core.call_spec import call_spec_of
from tf_keras.src.core.graph_attributes import GraphAttributes
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.input_spec import assert_input_compatibility
from tf_keras.src.core.keras_tensor import KerasTensor
from tf_keras.src.core.keras_tensor import holds_symbolic
from tf_keras.src.core.masking import all_masked
from tf_keras.src.core.masking import mask_of
from tf_keras.src.core.masking import put_mask
from tf_keras.src.core.node import shapes_of
from tf_keras.src.core.symbolic_call import infer_outputs
from tf_keras.src.core.symbolic_call import symbolic_call
from tf_keras.src.foundation import names
from tf_keras.src.foundation.tf_internals import EagerTensor
from tf_keras.src.foundation.tf_internals import autograph
from tf_keras.src.serialization.constructor_config import constructor_config
from tf_keras.src.serialization.constructor_config import missing_arguments

_BASE_ARGUMENTS = ("trainable", "name", "dtype", "dynamic", "kwargs")
_EXTRA_ARGUMENTS = frozenset(
    (
        "input_dim",
        "input_shape",
        "batch_input_shape",
        "batch_size",
        "weights",
        "activity_regularizer",
        "autocast",
        "implementation",
    )
)


class Layer(GraphAttributes, tf.Module):
    """Weights, and a computation that uses them: what models are made of.

    A subclass writes `__init__` (what it is made with), `build` (the weights,
    once the input's shape is known) and `call` (the mathematics). Layers,
    variables and metrics kept in attributes, lists or dicts become part of
    it. Its config is read from attributes named like the constructor's
    arguments; otherwise it writes `get_config`.

    Args:
        trainable: Whether an optimizer may change its weights.
        name: Its name; by default the class's, numbered.
        dtype: What it computes in and keeps weights in: a dtype, a
            `mixed_precision.Policy` or its name; None for the global policy.
        dynamic: Whether `call` can only run eagerly.
        **kwargs: `input_shape`, `batch_input_shape`, `batch_size`,
            `input_dim`: the input's shape, for a first layer of a
            `Sequential`. `weights`: first values, as for `set_weights`.
            `activity_regularizer`: a penalty on outputs. `autocast`: whether
            inputs are cast to the compute dtype.

    Raises:
        TypeError: For an unknown argument.

    Example:

    >>> class Scale(Layer):
    ...     def build(self, input_shape):
    ...         self.scale = self.add_weight("scale", (), initializer="ones")
    ...         super().build(input_shape)
    ...     def call(self, inputs):
    ...         return self.scale * inputs
    >>> Scale()(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
    """

    # tf.Module walks attributes to find variables; these it should not.
    _TF_MODULE_IGNORED_PROPERTIES = frozenset(
        ("_tracked", "_inbound_nodes", "_outbound_nodes", "_losses", "_metrics")
    )
    _is_layer = True  # TensorFlow's data structures ask for this name.
    _is_metric = False
    _preserve_input_structure_in_config = False
    # Whether a subclass must be handed symbolic inputs by another path.
    _must_restore_from_config = False

    def __new__(cls, *args, **kwargs):
        layer = super().__new__(cls)
        # Here and not in __init__: subclasses may set attributes before it.
        layer.__dict__.update(layer_state.initial_state())
        return layer

    def __init__(
        self, trainable=True, name=None, dtype=None, dynamic=False, **kwargs
    ):
        unknown = kwargs.keys() - _EXTRA_ARGUMENTS
        if unknown:
            raise TypeError(
                f"Keyword argument not understood: {sorted(unknown)} in "
                f"{type(self).__name__}."
            )
        if not isinstance(trainable, (bool, np.bool_, tf.Variable, int)):
            raise TypeError(
                f"Expected `trainable` to be a boolean, but got: {trainable}"
            )
        self._set_name(name)
        self._trainable = bool(trainable)
        self._dynamic = bool(dynamic)
        self._set_dtype_policy(dtype, kwargs.get("autocast", True))
        regularizer = kwargs.get("activity_regularizer")
        if regularizer is not None:
            self._activity_regularizer = regularizers.get(regularizer)
        if kwargs:
            self._initial_weights = kwargs.get("weights")
            shape = _batch_input_shape(kwargs)
            if shape is not None:
                self._batch_input_shape = shape
        # Last: __call__ tells by it that the constructor ran.
        self._call_spec = call_spec_of(type(self))

    def _set_name(self, name, zero_based=True):
        if name is None:
            prefix = names.snake_case(type(self).__name__)
            name = names.unique_name(prefix, zero_based=zero_based)
        elif not isinstance(name, str):
            raise TypeError(f"Expected `name` to be a string, but got: {name}")
        else:
            names.observe(name)
        self._name = name

    def _set_dtype_policy(self, dtype, autocast):
        policy = dtype_policy.policy_of(dtype)
        self._dtype_policy = policy
        compute = policy.compute_dtype and tf.as_dtype(policy.compute_dtype)
        is_floating = compute is not None and compute.is_floating
        self._autocast = bool(autocast)
        # What inputs and weights are cast to; None for no cast.
        self._autocast_dtype = compute if autocast and is_floating else None

    # What authors write --------------------------------------------------

    def build(self, input_shape):
        """Makes the weights. Called once, before the first `call`.

        Args:
            input_shape: The shape of the first argument of `call`, a
                `tf.TensorShape` or a nest of them.
        """
        self._build_input_shape = input_shape
        self.built = True

    def call(self, inputs, *args, **kwargs):
        """Computes the outputs. Subclasses override it.

        Args:
            inputs: A tensor or a nest of tensors.
            *args: More inputs.
            **kwargs: More inputs; `training` and `mask` are filled in for a
                `call` that names them.
        """
        return inputs

    def compute_mask(self, inputs, mask=None):
        """Returns the mask of the outputs.

        Args:
            inputs: What `call` got.
            mask: The mask of the inputs.

        Raises:
            TypeError: If there is a mask and the layer does not support it.
        """
        if self._supports_masking:
            return mask
        if any(found is not None for found in tf.nest.flatten(mask)):
            raise TypeError(
                f"Layer {self.name} does not support masking, but was passed "
                f"a mask: {mask}. Set `self.supports_masking = True` in its "
                "constructor if the mask should pass through."
            )
        return None

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs for a shape of the inputs.

        The base class finds it by a call on symbolic tensors.
        """
        self._maybe_build_from_shape(input_shape)
        signature = _map_shapes(
            lambda shape: tf.TensorSpec(shape, self.compute_dtype or "float32"),
            input_shape,
        )
        outputs = self._infer(signature)
        return tf.nest.map_structure(lambda out: out.shape, outputs)

    def compute_output_signature(self, input_signature):
        """Returns the `tf.TensorSpec` of the outputs.

        Args:
            input_signature: The `tf.TensorSpec` of the inputs, or a nest.
        """
        shapes = tf.nest.map_structure(lambda s: s.shape, input_signature)
        dtype = self.compute_dtype
        if dtype is None:
            dtype = tf.nest.flatten(input_signature)[0].dtype
        return _map_shapes(
            lambda shape: tf.TensorSpec(shape, dtype),
            self.compute_output_shape(shapes),
        )

    def _infer(self, signature):
        inputs = tf.nest.map_structure(KerasTensor, signature)
        kwargs = {"training": False} if self._call_spec.training_index else {}
        return infer_outputs(self, (inputs,), kwargs)

    def get_config(self):
        """Returns what the layer was made with, as a dict for `from_config`.

        The base class reads each argument of a subclass's constructor from
        the attribute of the same name.

        Raises:
            NotImplementedError: If an argument is no attribute.
        """
        missing = missing_arguments(self, Layer, _BASE_ARGUMENTS)
        if missing:
            raise NotImplementedError(
                f"Layer {type(self).__name__} was created with arguments "
                f"{missing} that are no attributes of it. Keep each as an "
                "attribute of the same name, or override `get_config()`."
            )
        config = {"name": self.name, "trainable": self.trainable}
        config["dtype"] = dtype_policy.serialize(self._dtype_policy)
        if hasattr(self, "_batch_input_shape"):
            config["batch_input_shape"] = self._batch_input_shape
        if self._dynamic:
            config["dynamic"] = True
        config.update(constructor_config(self, Layer, _BASE_ARGUMENTS))
        return config

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        try:
            return cls(**config)
        except TypeError as error:
            raise TypeError(
                f"{cls.__name__} can't be made from its config: {error}. The "
                "keys of `get_config()` should be arguments of the "
                f"constructor. Config: {str(config)[:300]}"
            ) from error

    def get_build_config(self):
        """Returns what `build` was called with, or None."""
        if self._build_input_shape is None:
            return None
        return {"input_shape": _plain_shapes(self._build_input_shape)}

    def build_from_config(self, config):
        """Builds the layer as `get_build_config` says."""
        input_shape = config["input_shape"]
        if input_shape is not None and not self.built:
            self._build_under_own_name(input_shape)

    # A call, in seven steps ------------------------------------------------

    def __call__(self, *args, **kwargs):
        # 1. Bind the arguments.
        spec = self.__dict__.get("_call_spec")
        if spec is None:
            raise RuntimeError(
                f"You must call `super().__init__()` in the constructor of "
                f"{type(self).__name__} before it is called."
            )
        if args:
            inputs, args = args[0], args[1:]
        elif spec.first_name in kwargs:
            inputs = kwargs.pop(spec.first_name)
        else:
            raise ValueError(
                "The first argument to `Layer.call` must always be passed. "
                f"Layer {self.name!r} was called without {spec.first_name!r}."
            )
        # 2. On symbolic inputs, infer the output and record a node.
        if type(inputs) is not EagerTensor or args or kwargs:
            if holds_symbolic((inputs, args, kwargs)):
                return self._symbolic_call(inputs, args, kwargs)
            inputs = call_errors.to_tensors(inputs, self)
        training = kwargs.get("training")
        if spec.expects_training:
            training, args = self._fill_training(args, kwargs)
        elif training is not None or "training" in kwargs:
            del kwargs["training"]  # For the layers inside of this one.
        if training is None:
            training = context.training
        mask = None
        if spec.expects_mask:
            mask, args = self._fill_mask(inputs, args, kwargs)
        elif self._supports_masking or self._computes_mask:
            mask = mask_of(inputs)
        # 3. Enter the call.
        outer = context.training, context.autocast_dtype
        built_before = len(context.built)
        if not context.layers:
            context.call_number += 1
        context.layers.append(self)
        context.training = training
        context.autocast_dtype = self._autocast_dtype
        self.__dict__["_last_call"] = context.call_number
        try:
            if self.built and not self._tracked_layers and inputs_are_eager(inputs):
                return self._run(self.call, inputs, args, kwargs, mask)
            with self._call_scope():
                return self._build_and_run(inputs, args, kwargs, mask)
        except Exception as error:
            layer_state.undo_builds(built_before)
            raise call_errors.explained(error, self, inputs, args, kwargs)
        finally:
            context.layers.pop()
            context.training, context.autocast_dtype = outer
            if not context.layers:
                context.built.clear()

    def _run(self, call, inputs, args, kwargs, mask):
        """Steps 5 to 7 of a call: cast, compute, collect."""
        if self.input_spec is not None:
            assert_input_compatibility(self.input_spec, inputs, self.name)
        # 5. Cast.
        dtype = self._autocast_dtype
        if dtype is not None:
            if type(inputs) is not EagerTensor or inputs.dtype is not dtype:
                inputs = cast_inputs(inputs, dtype)
        # 6. Compute.
        outputs = call(inputs, *args, **kwargs)
        # 7. Collect the penalty and the mask.
        if self._activity_regularizer is not None:
            collected_losses.keep_activity_penalty(self, outputs)
        if self._computes_mask or (self._supports_masking and mask is not None):
            self._put_mask(inputs, outputs, mask)
        return outputs
