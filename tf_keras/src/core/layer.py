"""Layer: the seven steps of a call, and the surface that authors see."""

import re

import numpy as np
import tensorflow as tf

from tf_keras.src import regularizers
from tf_keras.src.backend import scopes
from tf_keras.src.core import (
    call_errors,
    collected_losses,
    dtype_policy,
    hooks,
    layer_state,
    tracking,
)
from tf_keras.src.core import weights as weights_of
from tf_keras.src.core.call_context import context
from tf_keras.src.core.call_inputs import to_tensors
from tf_keras.src.core.call_spec import call_spec_of
from tf_keras.src.core.graph_attributes import GraphAttributes
from tf_keras.src.core.input_spec import InputSpec, assert_input_compatibility
from tf_keras.src.core.keras_tensor import (
    KerasTensor,
    from_type_spec,
    holds_symbolic,
    placeholder,
)
from tf_keras.src.core.masking import all_masked, apart_from, mask_of, put_mask
from tf_keras.src.core.shapes import batch_shapes_of, map_shapes, plain_shapes
from tf_keras.src.core.symbolic_call import (
    infer_outputs,
    is_inferring,
    knows_outputs,
    symbolic_call,
)
from tf_keras.src.foundation import names
from tf_keras.src.foundation.tf_internals import EagerTensor, autograph
from tf_keras.src.foundation.tracebacks import shorten
from tf_keras.src.serialization.constructor_config import (
    constructor_config,
    made_arguments,
    missing_arguments,
    own_arguments,
    takes_others,
)

_BASE_ARGUMENTS = ("trainable", "name", "dtype", "dynamic")
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
_TRAINING = {"training"}
_OURS = "tf_keras.src."
_NOT_IN_SCOPES = re.compile(r"[^A-Za-z0-9_.\\/>-]")


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
        (
            "_tracked",
            "_inbound_nodes",
            "_outbound_nodes",
            "_losses",
            "_made_with",
            "_metrics",
        )
    )
    _is_layer = True  # TensorFlow's data structures ask for this name.
    _is_metric = False
    # What a SavedModel calls this kind of object.
    _object_identifier = "_tf_keras_layer"
    # Whether a SavedModel holds the config alone, and not the call.
    _must_restore_from_config = False
    # Whether `call` hangs masks on its outputs itself.
    _compute_output_and_mask_jointly = False
    # Whether files hold the arguments of a call in their own nest.
    _preserve_input_structure_in_config = False

    def __new__(cls, *args, **kwargs):
        layer = super().__new__(cls)
        # Here and not in __init__: subclasses may set attributes before it.
        layer.__dict__.update(layer_state.initial_state())
        if not cls.__module__.startswith(_OURS):
            layer.__dict__["_made_with"] = args, kwargs
        return layer

    def __init__(
        self, trainable=True, name=None, dtype=None, dynamic=False, **kwargs
    ):
        for key in kwargs:
            if key not in _EXTRA_ARGUMENTS:
                raise TypeError("Keyword argument not understood:", key)
        if not isinstance(trainable, (bool, np.bool_, tf.Variable)):
            raise TypeError(
                "Expected `trainable` argument to be a boolean, but got: "
                f"{trainable}"
            )
        self._set_name(name)
        self._trainable = bool(trainable)
        self._dynamic = bool(dynamic)
        self._set_dtype_policy(dtype, kwargs.get("autocast", True))
        if kwargs:
            self.activity_regularizer = kwargs.get("activity_regularizer")
            self.__dict__["_initial_weights"] = kwargs.get("weights")
            shape = _batch_input_shape(kwargs)
            if shape is not None:
                self.__dict__["_batch_input_shape"] = shape
        self._finish_init()

    def _finish_init(self):
        """Decides once what each call would ask."""
        cls = type(self)
        self.__dict__["_computes_mask"] = (
            cls.compute_mask is not Layer.compute_mask
            and not cls._compute_output_and_mask_jointly
        )
        # Last: __call__ tells by it that the constructor ran.
        self.__dict__["_call_spec"] = call_spec_of(cls)

    def _set_name(self, name, zero_based=True):
        if name is None:
            prefix = names.snake_case(type(self).__name__)
            name = names.unique_name(prefix, zero_based=zero_based)
        elif isinstance(name, str):
            names.observe(name)
        else:
            raise TypeError(
                f"Expected `name` argument to be a string, but got: {name}"
            )
        self._name = name

    def _set_dtype_policy(self, dtype, autocast=True):
        policy = dtype_policy.policy_of(dtype)
        compute = policy.compute_dtype and tf.as_dtype(policy.compute_dtype)
        is_cast = autocast and compute is not None and compute.is_floating
        state = self.__dict__
        state["_dtype_policy"] = policy
        state["_autocast"] = bool(autocast)
        # What inputs and weights are cast to; None for no cast.
        state["_autocast_dtype"] = compute if is_cast else None

    # What authors write --------------------------------------------------

    def build(self, input_shape):
        """Makes the weights. Called once, before the first `call`.

        Args:
            input_shape: The shape of the first argument of `call`, a
                `tf.TensorShape` or a nest of them.
        """
        self.__dict__["_build_input_shape"] = input_shape
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
                f"an input_mask: {mask}. Set `self.supports_masking = True` "
                "in its constructor if the mask should pass through."
            )
        return None

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs for a shape of the inputs.

        The base class finds it by a call on symbolic tensors.

        Args:
            input_shape: A shape or a nest of shapes, batch size included.
        """
        if not self.built:
            self._build_under_own_name(map_shapes(tf.TensorShape, input_shape))
        dtype = self.compute_dtype or "float32"
        outputs = self._infer(
            map_shapes(lambda shape: tf.TensorSpec(shape, dtype), input_shape)
        )
        return tf.nest.map_structure(lambda output: output.shape, outputs)

    def compute_output_signature(self, input_signature):
        """Returns the `tf.TensorSpec` of the outputs.

        Args:
            input_signature: The `tf.TensorSpec` of the inputs, or a nest.
        """
        specs = tf.nest.flatten(input_signature)
        dtype = self.compute_dtype or specs[0].dtype
        shapes = tf.nest.map_structure(lambda spec: spec.shape, input_signature)
        return map_shapes(
            lambda shape: tf.TensorSpec(shape, dtype),
            self.compute_output_shape(shapes),
        )

    def _infer(self, signature):
        """Symbolic outputs for inputs of a signature; records no node."""
        inputs = tf.nest.map_structure(from_type_spec, signature)
        return infer_outputs(self, (inputs,), {})

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
        config = {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": dtype_policy.serialize(self._dtype_policy),
        }
        if hasattr(self, "_batch_input_shape"):
            config["batch_input_shape"] = self._batch_input_shape
        if self._dynamic:
            config["dynamic"] = True
        if not self._autocast and _tells_autocast(type(self)):
            config["autocast"] = False
        config.update(constructor_config(self, Layer, _BASE_ARGUMENTS))
        if (
            self._activity_regularizer is not None
            and type(self).get_config is Layer.get_config
        ):
            penalty = regularizers.serialize(self._activity_regularizer)
            config.setdefault("activity_regularizer", penalty)
        return config

    get_config.reads_constructor = True

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        rest = {}
        is_of_user = not cls.__module__.startswith(_OURS)
        if is_of_user and hasattr(cls.get_config, "reads_constructor"):
            config, rest = _split_config(cls, made_arguments(config))
        try:
            layer = cls(**config)
        except TypeError as error:
            raise TypeError(
                f"{cls.__name__} can't be made from its config: {error}. The "
                "keys of `get_config()` should be arguments of the "
                f"constructor. Config: {str(config)[:300]}"
            ) from error
        if "name" in rest:
            layer._set_name(rest["name"])
            layer.trainable = rest.get("trainable", True)
        return layer

    def get_build_config(self):
        """Returns what `build` was called with, or None."""
        if self._build_input_shape is None:
            return None
        return {"input_shape": plain_shapes(self._build_input_shape)}

    def build_from_config(self, config):
        """Builds the layer as `get_build_config` says."""
        input_shape = config["input_shape"]
        if input_shape is not None and not self.built:
            self._build_under_own_name(input_shape)

    # A call, in seven steps ----------------------------------------------

    def __call__(self, *args, **kwargs):
        # 1. Bind the arguments.
        spec = self.__dict__.get("_call_spec")
        if spec is None:
            raise RuntimeError(
                "You must call `super().__init__()` in the constructor of "
                f"{type(self).__name__}, before it is called."
            )
        if args:
            inputs, args = args[0], args[1:]
        elif spec.first_name in kwargs:
            inputs = kwargs.pop(spec.first_name)
        else:
            raise ValueError(
                "The first argument to `Layer.call` must always be passed. "
                f"Layer {self.name!r} got no {spec.first_name!r}."
            )
        is_eager = type(inputs) is EagerTensor
        if not is_eager or args or (kwargs and kwargs.keys() != _TRAINING):
            # 2. On symbolic inputs, infer the output and record a node.
            if holds_symbolic((inputs, args, kwargs)):
                return self._symbolic_call(inputs, args, kwargs)
            inputs = to_tensors(inputs, self)
        training, args = self._bind_training(spec, args, kwargs)
        mask, args = self._bind_mask(spec, inputs, args, kwargs)
        # 3. Enter the call.
        outer_training, outer_dtype = context.training, context.autocast_dtype
        built_before = len(context.built)
        layers = context.layers
        if not layers:
            context.call_number += 1
        layers.append(self)
        context.training = training
        context.autocast_dtype = self._autocast_dtype
        self.__dict__["_last_call"] = context.call_number
        try:
            if self._settled and tf.executing_eagerly():
                return self._run(self.call, inputs, args, kwargs, mask)
            return self._build_and_run(inputs, args, kwargs, mask)
        except Exception as error:
            layer_state.undo_builds(built_before)
            shorten(error)
            raise
        finally:
            layers.pop()
            context.training = outer_training
            context.autocast_dtype = outer_dtype
            if not layers:
                context.built.clear()

    def _bind_training(self, spec, args, kwargs):
        """Finds the training flag: the caller's, the outer call's, or ours."""
        if not spec.expects_training:
            # Meant for the layers inside of this one.
            training = kwargs.pop("training", None)
            return (context.training if training is None else training), args
        training = spec.given("training", spec.training_index, args, kwargs)
        if training is not None:
            return training, args
        training = context.training
        if training is None:
            if scopes.learning_phase_is_set():
                training = bool(scopes.learning_phase())
            else:
                training = spec.default_training
        if training is not None or spec.training_index is None:
            index = spec.training_index
            args = spec.put("training", index, training, args, kwargs)
        return training, args

    def _bind_mask(self, spec, inputs, args, kwargs):
        """Finds the mask: the caller's, else what the inputs carry."""
        if not spec.expects_mask:
            if self._supports_masking or self._computes_mask:
                return mask_of(inputs), args
            return None, args
        mask = spec.given("mask", spec.mask_index, args, kwargs)
        if mask is None:
            mask = mask_of(inputs)
            if mask is not None:
                args = spec.put("mask", spec.mask_index, mask, args, kwargs)
        return mask, args

    def _build_and_run(self, inputs, args, kwargs, mask):
        """Steps 4 to 7, under the layer's own name."""
        is_eager = tf.executing_eagerly()
        built_before = len(context.built)
        with self._entered_scope(is_eager):
            # 4. Build, the first time only.
            if not self.built:
                self._build_for(inputs)
            call = self.call
            if not is_eager:
                if is_inferring() and (
                    self._dynamic or knows_outputs(self, inputs)
                ):
                    call = self._stand_in_call
                elif self._call_spec.needs_autograph:
                    call = autograph(call)
            outputs = self._run(call, inputs, args, kwargs, mask)
        self.__dict__["_seen_output_shape"] = batch_shapes_of(outputs)
        # Names matter to new weights: without any, later calls skip them.
        if is_eager and self.built and len(context.built) == built_before:
            self.__dict__["_settled"] = True
        return outputs

    def _stand_in_call(self, inputs, *args, **kwargs):
        """Placeholders for what `call` would return."""
        return self._outputs_like(inputs, placeholder)

    def _infer_known(self, inputs, kwargs, scope):
        """Symbolic outputs without a run: steps 3 and 4, and the types of 6."""
        try:
            with layer_state.all_or_nothing(self, ()):
                if not self.built:
                    with tf.name_scope(f"{scope}{self._name_scope()}/"):
                        self._build_for(inputs)
                if self.input_spec is not None:
                    assert_input_compatibility(
                        self.input_spec, inputs, self.name
                    )
                try:
                    outputs = self._outputs_like(inputs, KerasTensor)
                except Exception as error:
                    call_errors.explain(error, self, inputs, (), kwargs)
                    raise
        except Exception as error:
            shorten(error)
            raise
        self.__dict__["_seen_output_shape"] = batch_shapes_of(outputs)
        return outputs

    def _outputs_like(self, inputs, make):
        """What is made of the types of the outputs for these inputs."""
        if type(self).compute_output_shape is Layer.compute_output_shape:
            raise NotImplementedError(
                f"Layer {self.name!r} is dynamic: its `call` can't tell the "
                "shape of symbolic outputs. Write `compute_output_shape`"
                f"(input_shape)` in {type(self).__name__}."
            )
        shapes = tf.nest.map_structure(lambda x: x.shape, inputs)
        dtype = self.compute_dtype or tf.nest.flatten(inputs)[0].dtype
        # Some programs cut the name of the layer from that of its output.
        name = f"{self.name}/outputs:0"
        return map_shapes(
            lambda shape: make(tf.TensorSpec(shape, dtype, name)),
            self.compute_output_shape(shapes),
        )

    def _run(self, call, inputs, args, kwargs, mask):
        """Steps 5 to 7: check and cast, compute, collect."""
        spec = self.input_spec
        if spec is not None:
            assert_input_compatibility(spec, inputs, self.name)
        # 5. Cast.
        dtype = self._autocast_dtype
        if dtype is not None and (
            type(inputs) is not EagerTensor or inputs.dtype is not dtype
        ):
            inputs = _cast_inputs(inputs, dtype)
        # 6. Compute.
        try:
            outputs = call(inputs, *args, **kwargs)
        except Exception as error:
            call_errors.explain(error, self, inputs, args, kwargs)
            raise
        # 7. Collect the penalty and the mask.
        if self._activity_regularizer is not None:
            collected_losses.keep_activity_penalty(self, outputs)
        if self._computes_mask or (
            mask is not None
            and self._supports_masking
            and not self._compute_output_and_mask_jointly
        ):
            if not all_masked(outputs):
                outputs = apart_from(inputs, outputs)
                put_mask(outputs, self.compute_mask(inputs, mask))
        return outputs

    def _symbolic_call(self, inputs, args, kwargs):
        """Infers the outputs of a call on symbolic tensors; records it."""
        if not self._call_spec.expects_training:
            kwargs.pop("training", None)
        return symbolic_call(self, (inputs, *args), kwargs)

    def _entered_scope(self, is_eager):
        """The name scope of a call; in a graph one name is one scope."""
        name = self._name_scope()
        if is_eager:
            return tf.name_scope(name)
        outer = tf.get_current_name_scope()
        name = _NOT_IN_SCOPES.sub("_", f"{outer}/{name}" if outer else name)
        return tf.name_scope(name + "/")

    def _build_for(self, inputs):
        """Builds the layer for inputs, so that a failure can be undone."""
        if self.input_spec is not None:
            assert_input_compatibility(self.input_spec, inputs, self.name)
        layer_state.note_build(self)
        flat = tf.nest.flatten(inputs)
        input_shape = None
        if all(hasattr(value, "shape") for value in flat):
            input_shape = tf.nest.map_structure(lambda x: x.shape, inputs)
        with tf.init_scope():  # Weights outlive the graph being traced.
            self._run_build(input_shape)
        # A `build` that does not call its base's leaves these undone.
        Layer.build(self, input_shape)
        self._set_initial_weights()

    def _run_build(self, input_shape):
        self.build(input_shape)

    def _set_initial_weights(self):
        if self._initial_weights is not None:
            self.set_weights(self._initial_weights)
            self.__dict__["_initial_weights"] = None

    def _build_under_own_name(self, input_shape):
        """Builds the layer outside of a call, with names as in one."""
        with tf.name_scope(self._name_scope()):
            self.build(input_shape)
        Layer.build(self, input_shape)
        self._set_initial_weights()

    def _name_scope(self):
        return self._name

    # Weights -------------------------------------------------------------

    def add_weight(
        self,
        name=None,
        shape=None,
        dtype=None,
        initializer=None,
        regularizer=None,
        trainable=None,
        constraint=None,
        use_resource=None,
        synchronization=tf.VariableSynchronization.AUTO,
        aggregation=tf.VariableAggregation.NONE,
        **kwargs,
    ):
        """Makes a variable that belongs to the layer.

        Args:
            name: Its name inside of the layer's, also in checkpoints.
            shape: A tuple of sizes; a scalar by default.
            dtype: The layer's variable dtype by default.
            initializer: First values; `"glorot_uniform"` by default for
                floating point, zeros for integers.
            regularizer: A penalty on it, found in `losses`.
            trainable: Whether optimizers may change it.
            constraint: A projection applied after each update.
            use_resource: Ignored: every variable is a resource.
            synchronization: When replicas' copies are brought together.
            aggregation: How replicas' updates are brought together.
            **kwargs: `experimental_autocast`: whether it reads in the compute
                dtype; `getter`: what makes the variable.

        Returns:
            A `tf.Variable`.

        Raises:
            TypeError: For an unknown keyword, or a shape that isn't known.
            ValueError: If it is trainable and synchronised on read, or if
                its dtype needs an initializer.
        """
        return weights_of.add_weight(
            self,
            name,
            shape,
            dtype,
            initializer,
            regularizer,
            trainable,
            constraint,
            synchronization,
            aggregation,
            kwargs,
        )

    def add_variable(self, *args, **kwargs):
        """Does what `add_weight` does; the name of old programs."""
        return self.add_weight(*args, **kwargs)

    def _tracked_objects(self):
        """What attributes hold of layers, modules, variables and nests."""
        return list(self._tracked.values())

    def _parts(self):
        """The layers and variables right below this layer, in order."""
        tracked = self._tracked_objects()
        return tracking.leaves(tracked) if tracked else tracked

    def _parts_besides_own(self):
        """As `_parts` without metrics; nothing if there are only weights."""
        tracked = self._tracked_objects()
        for value in tracked:
            if not isinstance(value, tf.Variable):
                return [
                    part
                    for part in tracking.leaves(tracked)
                    if self._is_metric or not tracking.is_metric(part)
                ]
        return ()

    @property
    def trainable(self):
        """Whether optimizers may change the weights; set for all below."""
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        for layer in tracking.all_layers(self):
            if layer is self:
                self.__dict__["_trainable"] = bool(value)
            elif tracking.is_layer(layer):
                layer._trainable = bool(value)

    @property
    def trainable_weights(self):
        """The variables that optimizers may change: own, then below."""
        if not self._trainable:
            return []
        found = list(self._trainable_weights)
        parts = self._parts_besides_own()
        if not parts:
            return found
        for part in parts:
            if not isinstance(part, tf.Variable):
                found += part.trainable_weights
            elif part.trainable:
                found.append(part)
        return tracking.without_repetition(found)

    @property
    def non_trainable_weights(self):
        """The other variables; all of them if the layer is frozen."""
        found = list(self._non_trainable_weights)
        if not self._trainable:
            found = self._trainable_weights + found
        parts = self._parts_besides_own()
        if not parts:
            return found
        for part in parts:
            if not isinstance(part, tf.Variable):
                found += (
                    part.non_trainable_weights
                    if self._trainable
                    else part.weights
                )
            elif not (part.trainable and self._trainable):
                found.append(part)
        return tracking.without_repetition(found)

    @property
    def weights(self):
        """All variables: the trainable ones first."""
        return tracking.without_repetition(
            self.trainable_weights + self.non_trainable_weights
        )

    def _dedup_weights(self, weights):
        """Leaves repeated weights out: wrappers of other libraries ask."""
        return tracking.without_repetition(weights)

    @property
    def variables(self):
        """All variables, as `weights`."""
        return self.weights

    @property
    def trainable_variables(self):
        """The variables that optimizers may change."""
        return self.trainable_weights

    @property
    def non_trainable_variables(self):
        """The variables that optimizers don't change."""
        return self.non_trainable_weights

    def get_weights(self):
        """Returns the values of `weights` as a list of NumPy arrays."""
        return weights_of.get_weights(self)

    def set_weights(self, weights):
        """Sets the values of `weights`.

        Args:
            weights: Arrays in the order of `get_weights`.

        Raises:
            ValueError: If their number or a shape does not fit; then nothing
                is set.
        """
        weights_of.set_weights(self, weights)

    def count_params(self):
        """Returns how many numbers the weights hold.

        Raises:
            ValueError: If the layer isn't built.
        """
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer {self.name}, but "
                "the layer isn't built. You can build it manually via: "
                f"`{self.name}.build(batch_input_shape)`."
            )
        return weights_of.count_params(self.weights)

    def finalize_state(self):
        """Called when state that is set up apart from calls is complete."""

    def save_own_variables(self, store):
        """Puts the layer's own weights into a dict of arrays.

        Args:
            store: A dict or a group of an open file; keys are `"0"`, `"1"`...
        """
        for index, variable in enumerate(self._own_variables()):
            store[f"{index}"] = variable.numpy()

    save_own_variables.puts_in_order = True

    def load_own_variables(self, store):
        """Sets the layer's own weights from what `save_own_variables` put.

        Raises:
            ValueError: If their number or a shape does not fit.
        """
        variables = self._own_variables()
        if len(store.keys()) != len(variables):
            raise ValueError(
                f"Layer {self.name!r} expects {len(variables)} variables, but "
                f"the file holds {len(store.keys())} for it"
                + (". The layer isn't built yet." if not self.built else ".")
            )
        values = [store[f"{index}"] for index in range(len(variables))]
        for variable, value in zip(variables, values):
            weights_of.check_shape(self, variable, value)
        weights_of.assign_all(zip(variables, values))

    load_own_variables.sets_in_order = True  # Files may do so themselves.

    def _own_variables(self):
        return self._trainable_weights + self._non_trainable_weights

    # Losses and metrics --------------------------------------------------

    def add_loss(self, losses, **kwargs):
        """Adds to what training minimises.

        Args:
            losses: Inside `call`, a scalar tensor or a list of them, kept
                until the next call. Anywhere, a function without arguments
                that returns one, kept for good.
            **kwargs: `inputs`, which old programs pass, is ignored.

        Raises:
            TypeError: For another keyword argument.
            ValueError: For a tensor outside of a call.
        """
        kwargs.pop("inputs", None)
        if kwargs:
            raise TypeError(f"Unknown keyword arguments: {list(kwargs)}.")
        for loss in tf.nest.flatten(losses):
            if callable(loss):
                self._callable_losses.append(loss)
            elif loss is not None:
                self._add_loss_tensor(loss)

    def _add_loss_tensor(self, loss):
        if not context.layers:
            raise ValueError(
                "Expected a symbolic tensor or a callable for the loss value "
                f"of layer {self.name!r}, outside of its `call`. Wrap the "
                "computation in a `lambda` without arguments. "
                f"Received: {loss!r}."
            )
        collected_losses.keep(self, tf.convert_to_tensor(loss))

    @property
    def losses(self):
        """Penalties of this layer and of those below, a list of scalars."""
        return collected_losses.collect(self)

    def add_metric(self, value, name=None, **kwargs):
        """Adds a number to be averaged and reported by training.

        Args:
            value: A scalar tensor, or the result of calling a metric.
            name: Its name in logs. Not needed for a metric's result.
            **kwargs: `aggregation`, which old programs pass, is ignored.

        Raises:
            TypeError: For another keyword argument.
            ValueError: Without a name where one is needed.
        """
        kwargs.pop("aggregation", None)
        if kwargs:
            raise TypeError(f"Unknown keyword arguments: {list(kwargs)}.")
        source = getattr(value, "_metric_obj", None)
        if source is None and name is None:
            raise ValueError(
                "Please give a name for your metric, as in "
                "`self.add_metric(tf.reduce_sum(inputs), name='total')`."
            )
        metric = self._metric_named(name or source.name)
        if source is not None:
            if metric is None:
                self._metrics.append(source)
            return
        if metric is None:
            metric = hooks.ask("mean_metric")(name, dtype=value.dtype)
            self._metrics.append(metric)
        metric(value)

    def _metric_named(self, name):
        for metric in self._metrics:
            if metric.name == name:
                return metric
        return None

    @property
    def metrics(self):
        """The metrics of this layer and of those below."""
        found = []
        for layer in tracking.all_layers(self):
            found += getattr(layer, "_metrics", ())
            if layer is not self and getattr(layer, "_is_metric", False):
                found.append(layer)
        return tracking.without_repetition(found)

    @property
    def updates(self):
        """Empty: assignments run as part of `call`."""
        return []

    def add_update(self, updates):
        """Runs update functions at once, for programs of TensorFlow 1.

        Args:
            updates: Functions without arguments; finished updates are ignored.
        """
        for update in tf.nest.flatten(updates):
            if callable(update):
                update()

    # Attributes ----------------------------------------------------------

    @property
    def name(self):
        """The name, unique among those that were not given by the user."""
        return self._name

    @property
    def name_scope(self):
        """The name scope of the layer, as of any `tf.Module`."""
        return tf.name_scope(self._name_scope())

    @property
    def dtype(self):
        """The dtype of the weights, as a string."""
        return self._dtype_policy.variable_dtype

    @property
    def variable_dtype(self):
        """The dtype of the weights, as a string."""
        return self._dtype_policy.variable_dtype

    @property
    def compute_dtype(self):
        """The dtype of the arithmetic and of outputs, as a string."""
        return self._dtype_policy.compute_dtype

    @property
    def dtype_policy(self):
        """The `mixed_precision.Policy`."""
        return self._dtype_policy

    @property
    def dynamic(self):
        """Whether this layer or one below can only run eagerly."""
        return any(
            getattr(layer, "_dynamic", False)
            for layer in tracking.all_layers(self)
        )

    @property
    def stateful(self):
        """Whether this layer or one below keeps state between batches."""
        return any(
            getattr(layer, "_stateful", False)
            for layer in tracking.all_layers(self)
        )

    @stateful.setter
    def stateful(self, value):
        self.__dict__["_stateful"] = value

    @property
    def supports_masking(self):
        """Whether a mask passes through the layer."""
        return self._supports_masking

    @supports_masking.setter
    def supports_masking(self, value):
        self.__dict__["_supports_masking"] = value

    @property
    def activity_regularizer(self):
        """The penalty on outputs, or None."""
        return self._activity_regularizer

    @activity_regularizer.setter
    def activity_regularizer(self, regularizer):
        self.__dict__["_activity_regularizer"] = regularizers.get(regularizer)

    @property
    def input_spec(self):
        """What the layer demands of its inputs: an `InputSpec` or a nest."""
        return self._input_spec

    @input_spec.setter
    def input_spec(self, value):
        for spec in tf.nest.flatten(value):
            if spec is not None and not isinstance(spec, InputSpec):
                raise TypeError(
                    "Layer input_spec must be an instance of InputSpec. "
                    f"Got: {spec}"
                )
        self.__dict__["_input_spec"] = value

    def _flatten_layers(self, recursive=True, include_self=True):
        """Yields this layer and those below; a name that libraries use."""
        if include_self:
            yield self
        if recursive:
            yield from (
                layer
                for layer in tracking.all_layers(self)[1:]
                if not tracking.is_metric(layer)
            )
        else:
            yield from tracking.layers_in(self._tracked_objects())

    @property
    def _self_tracked_trackables(self):
        """What is tracked; a name that libraries use."""
        return self._tracked_objects()

    def __setattr__(self, name, value):
        # A property's setter knows what to track of the value.
        is_property = isinstance(getattr(type(self), name, None), property)
        if type(value) not in tracking.PLAIN_TYPES and not is_property:
            tracking.assign(self, name, value)
            return
        if name in self._tracked:
            tracking.forget(self, name)
        try:
            object.__setattr__(self, name, value)
        except AttributeError as error:
            raise _explained_attribute(name, error) from None

    def __delattr__(self, name):
        tracking.forget(self, name)
        super().__delattr__(name)

    def __getstate__(self):
        return layer_state.copied_state(self)

    def __setstate__(self, state):
        self.__dict__.update(layer_state.initial_state())
        self.__dict__.update(state)
        self.__dict__["_call_spec"] = call_spec_of(type(self))

    def __repr__(self):
        return f"<{type(self).__name__} name={self._name!r}>"

    def _trackable_children(self, save_type="checkpoint", cache=None):
        # Not tf.Module's: it reads every attribute in search of functions.
        children = {ref.name: ref.ref for ref in self._checkpoint_dependencies}
        if save_type == "savedmodel" and cache is not None:
            return hooks.ask("saved_model_view")(self, children, cache)
        return children


def _split_config(cls, config):
    """The arguments that a user's constructor takes, and those it settles."""
    if takes_others(cls):
        return config, {}
    config, rest = dict(config), {}
    for name in (*_BASE_ARGUMENTS, *_EXTRA_ARGUMENTS):
        if name in config and name not in own_arguments(cls):
            rest[name] = config.pop(name)
    return config, rest


def _tells_autocast(cls):
    """Whether configs of a class hold `autocast`: published files of the
    catalogue's layers don't.
    """
    return (
        cls.__init__ is Layer.__init__
        or not cls.__module__.startswith("tf_keras.")
    ) and cls.get_config is Layer.get_config


def _explained_attribute(name, error):
    if "setter" not in str(error) and "can't set" not in str(error):
        return error
    return AttributeError(
        f'Can\'t set the attribute "{name}": it is a read-only property of '
        "layers. Please choose a different name."
    )


def _cast_inputs(inputs, dtype):
    """Casts floating point tensors, also the values of composite ones."""

    def cast(value):
        if hasattr(value, "dtype") and isinstance(value, _CAST):
            found = value.dtype
            if found.is_floating and found != dtype:
                return tf.cast(value, dtype)
        return value

    if isinstance(inputs, tf.Tensor):
        return cast(inputs)
    return tf.nest.map_structure(cast, inputs)


_CAST = (tf.Tensor, tf.SparseTensor, tf.RaggedTensor, tf.Variable)


def _batch_input_shape(kwargs):
    """The input's shape that constructor arguments give, or None."""
    if kwargs.get("batch_input_shape") is not None:
        return tuple(kwargs["batch_input_shape"])
    shape = kwargs.get("input_shape")
    if shape is None and kwargs.get("input_dim") is not None:
        shape = (kwargs["input_dim"],)
    if shape is None:
        return None
    if isinstance(shape, int):
        shape = (shape,)
    return (kwargs.get("batch_size"), *shape)
