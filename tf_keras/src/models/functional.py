"""A model that is a graph of layers: what `Model(inputs, outputs)` makes."""

import warnings

import tensorflow as tf

from tf_keras.src.core import hooks, tracking
from tf_keras.src.core.call_errors import is_of_keras_3, keras_3_message
from tf_keras.src.core.input_layer import Input, InputLayer
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.keras_tensor import KerasTensor, from_type_spec
from tf_keras.src.core.node import shapes_of
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.core.symbolic_call import forget_scratch_graph, infer_outputs
from tf_keras.src.foundation import names
from tf_keras.src.models.add_layers import AddLoss, AddMetric
from tf_keras.src.models.graph_config import graph_from_config, graph_to_config
from tf_keras.src.models.layer_graph import LayerGraph, Plan
from tf_keras.src.models.names_of_old import NamesOfOld
from tf_keras.src.training.model import Model


class Functional(NamesOfOld, Model):
    """A model that is a graph of layers from inputs to outputs.

    Args:
        inputs: Symbolic tensors, one or a nest.
        outputs: Symbolic tensors, one or a nest.
        name: The model's name.
        trainable: Whether its weights may be trained.
        **kwargs: Arguments of `Model`.

    Raises:
        ValueError: If a tensor is not symbolic, an input comes twice, or the
            outputs can't be computed from the inputs.
    """

    # Its layers hang the masks on the outputs.
    _compute_output_and_mask_jointly = True
    _object_identifier = "_tf_keras_network"

    def __init__(self, inputs, outputs, name=None, trainable=True, **kwargs):
        self.__dict__["_graph"] = None
        if name is None and type(self) is Functional:
            name = names.unique_name("model")
        super().__init__(name=name, trainable=trainable, **kwargs)
        self._set_graph(inputs, outputs)

    def _set_graph(self, inputs, outputs):
        """Makes this model the graph between two nests of tensors."""
        _check_tensors(inputs, "input", self.name)
        _check_tensors(outputs, "output", self.name)
        inputs, outputs = _alone(inputs), _alone(outputs)
        stand_ins = {}
        inputs = tf.nest.map_structure(
            lambda tensor: _as_input(tensor, stand_ins), inputs
        )
        flat_inputs = tf.nest.flatten(inputs)
        if len({id(tensor) for tensor in flat_inputs}) < len(flat_inputs):
            raise ValueError(
                "The list of inputs passed to the model contains the same "
                "input multiple times. All inputs should only appear once. "
                f"Received inputs={inputs}"
            )
        flat_outputs = tf.nest.flatten(outputs)
        graph = LayerGraph(flat_inputs, flat_outputs, stand_ins)
        flat_outputs = [graph.resolve(tensor) for tensor in flat_outputs]
        self.__dict__.update(
            _nested_inputs=inputs,
            _nested_outputs=tf.nest.pack_sequence_as(outputs, flat_outputs),
            inputs=flat_inputs,
            outputs=flat_outputs,
            _graph=graph,
            _plan=Plan(graph, flat_inputs, flat_outputs),
            _graph_layers=list(graph.layers),
            _side_outputs=[],
            input_names=[t._keras_history.layer.name for t in flat_inputs],
            output_names=_numbered(
                [t._keras_history.layer.name for t in flat_outputs]
            ),
            _build_input_shape=shapes_of(inputs),
            _settled=True,
        )
        self.built = True
        # Inferring the outputs left a graph behind that is of no more use.
        forget_scratch_graph()

    # Running ------------------------------------------------------------

    def call(self, inputs, training=None, mask=None):
        """Runs the graph on new inputs.

        Args:
            inputs: Tensors in the nest of the model's inputs, or a dict by
                the names of its input layers.
            training: Whether layers train; passed on to them.
            mask: Masks of the inputs, in their nest.

        Returns:
            Tensors in the nest of the model's outputs.
        """
        values = self._conform(inputs)
        if mask is not None:
            for value, found in zip(values, tf.nest.flatten(mask)):
                if found is not None:
                    value._keras_mask = found
        outputs = self._plan.run(values)
        return tf.nest.pack_sequence_as(self._nested_outputs, outputs)

    def compute_mask(self, inputs, mask=None):
        """Returns the masks of the outputs, or None."""
        if self._graph is None:
            return None
        outputs = self.call(inputs, mask=mask)
        return tf.nest.map_structure(
            lambda tensor: getattr(tensor, "_keras_mask", None), outputs
        )

    def compute_output_shape(self, input_shape):
        """Returns the shapes of the outputs for shapes of the inputs."""
        dtypes = iter([tensor.dtype for tensor in self.inputs])
        inputs = map_shapes(
            lambda shape: from_type_spec(tf.TensorSpec(shape, next(dtypes))),
            input_shape,
        )
        outputs = infer_outputs(self, (inputs,), {})
        return tf.nest.map_structure(lambda output: output.shape, outputs)

    def _conform(self, inputs):
        """The inputs as a flat list, each with the rank and dtype declared."""
        flat = self._flatten_inputs(inputs)
        if len(flat) != len(self.inputs):
            raise ValueError(
                f'Layer "{self.name}" expects {len(self.inputs)} input(s), '
                f"but it received {len(flat)} input tensors. Inputs "
                f"received: {inputs}"
            )
        return [_conform_one(*pair) for pair in zip(flat, self.inputs)]

    def _conform_to_reference_input(self, tensor, ref_input):
        """`_conform` of one input, for libraries that run a graph."""
        return _conform_one(tensor, ref_input)

    def _flatten_inputs(self, inputs):
        if not isinstance(inputs, dict):
            return tf.nest.flatten(inputs)
        nested = self._nested_inputs
        names = sorted(nested) if isinstance(nested, dict) else self.input_names
        missing = [name for name in names if name not in inputs]
        if missing:
            if not isinstance(nested, dict) and len(inputs) == len(names):
                return tf.nest.flatten(inputs)  # Keys of the user's own.
            raise ValueError(
                f'Missing data for input "{missing[0]}". You passed a data '
                f"dictionary with keys {list(inputs)}. Expected the "
                f"following keys: {names}"
            )
        extra = sorted(set(inputs) - set(names))
        if extra:
            warnings.warn(
                f"Input dict contained keys {extra} which did not match any "
                f"model input of {self.name!r}. They will be ignored.",
                stacklevel=2,
            )
        return tf.nest.flatten([inputs[name] for name in names])

    @property
    def input_spec(self):
        """What the model demands of its inputs."""
        if self._graph is None:
            return None
        nested = self._nested_inputs
        is_nest = isinstance(nested, (dict, list, tuple))
        if is_nest and len(nested) != len(self.inputs):
            return None  # Nests of nests are checked as they are flattened.
        if isinstance(nested, dict):
            return [_spec_of(nested[key], key) for key in sorted(nested)]
        return [
            _spec_of(tensor, name)
            for tensor, name in zip(self.inputs, self.input_names)
        ]

    @input_spec.setter
    def input_spec(self, value):
        Model.input_spec.fset(self, value)

    def save_spec(self, dynamic_batch=True):
        """Returns the types of the arguments of a call, as of `Model`."""
        if self._nested_inputs is None:
            return super().save_spec(dynamic_batch)
        # A batch size that an input declares is the model's; one that came
        # with the data is not.
        is_open = dynamic_batch and "_infers_inputs" in vars(self)

        def spec(tensor):
            found = tensor.type_spec
            if not isinstance(found, tf.TensorSpec):
                return found
            shape = found.shape
            if is_open and shape.rank:
                shape = [None, *shape[1:]]
            name = tensor._keras_history.layer.name
            return tf.TensorSpec(shape, found.dtype, name)

        return [tf.nest.map_structure(spec, self._nested_inputs)], {}

    @property
    def input(self):
        """The symbolic inputs, in their nest."""
        return self._nested_inputs

    @property
    def output(self):
        """The symbolic outputs, in their nest."""
        return self._nested_outputs

    @property
    def input_shape(self):
        """The shapes of the inputs, in their nest."""
        return _unnested(shapes_of(self.input))

    @property
    def output_shape(self):
        """The shapes of the outputs, in their nest."""
        return _unnested(shapes_of(self.output))

    # What it is made of --------------------------------------------------

    def _tracked_objects(self):
        if self.__dict__.get("_graph") is None:
            return super()._tracked_objects()
        return tracking.without_repetition(
            self._graph_layers + super()._tracked_objects()
        )

    @property
    def _layer_dependencies(self):
        """The names under which checkpoints know the layers."""
        return self._dependencies_in("checkpoint")

    def _dependencies_in(self, save_type):
        dependencies, count = {}, 0
        for index, layer in enumerate(self._checkpoint_layers()):
            if layer.weights or _keeps_tables(layer, save_type):
                dependencies[f"layer_with_weights-{count}"] = layer
                count += 1
            dependencies[f"layer-{index}"] = layer
        return dependencies

    def _checkpoint_layers(self):
        return self.layers

    def _trackable_children(self, save_type="checkpoint", cache=None):
        children = self._dependencies_in(save_type)
        children.update(super()._trackable_children(save_type, cache))
        return children

    def _lookup_dependency(self, name, cached_dependencies=None):
        if cached_dependencies:
            return cached_dependencies.get(name)
        found = self._layer_dependencies.get(name)
        return found if found is not None else super()._lookup_dependency(name)

    # Losses and metrics of symbolic tensors ------------------------------

    def add_loss(self, losses, **kwargs):
        """Adds to what training minimises; also tensors of the graph.

        Args:
            losses: As of `Layer.add_loss`; besides, symbolic tensors that the
                graph computes from the model's inputs.
            **kwargs: As of `Layer.add_loss`.
        """
        symbolic = [t for t in _as_list(losses) if _is_symbolic(t)]
        others = [t for t in _as_list(losses) if not _is_symbolic(t)]
        for loss in symbolic:
            self._insert(AddLoss()(loss))
        if others or not symbolic:
            super().add_loss(others, **kwargs)

    def add_metric(self, value, name=None, **kwargs):
        """Adds a number to be averaged and reported; also of the graph.

        Args:
            value: As of `Layer.add_metric`, or a symbolic tensor that the
                graph computes from the model's inputs.
            name: Its name in logs.
            **kwargs: As of `Layer.add_metric`.
        """
        if not _is_symbolic(value):
            super().add_metric(value, name=name, **kwargs)
            return
        source = getattr(value, "_metric_obj", None)
        if name is None and source is None:
            raise ValueError(
                "Please give a name for your metric, as in "
                "`model.add_metric(tf.reduce_sum(x), name='total')`."
            )
        self._insert(AddMetric("mean", name or source.name)(value))

    def _insert(self, tensor):
        """Adds a call to the graph that no output uses."""
        side = [*self._side_outputs, tensor]
        stand_ins = self._graph._stand_ins
        graph = LayerGraph(self.inputs, [*self.outputs, *side], stand_ins)
        known = set(self._graph_layers)
        self._graph_layers.extend(
            layer for layer in graph.layers if layer not in known
        )
        plan = Plan(graph, self.inputs, self.outputs)
        self.__dict__.update(_graph=graph, _plan=plan, _side_outputs=side)
        self._forget_functions()

    # Config ---------------------------------------------------------------

    def get_config(self):
        """Returns the graph as a dict: layers, calls, inputs, outputs.

        A subclass whose constructor takes something else overrides it.
        """
        config = {"name": self.name, "trainable": self.trainable}
        return {**config, **graph_to_config(self)}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a model from what `get_config` returned."""
        if not all(key in config for key in ("layers", "input_layers")):
            return super().from_config(config, custom_objects)
        inputs, outputs, layers = graph_from_config(config, custom_objects)
        model = cls(
            inputs=inputs,
            outputs=outputs,
            name=config.get("name"),
            trainable=config.get("trainable", True),
        )
        _connect_side_layers(model, layers)
        return model


def _connect_side_layers(model, layers):
    """Adds layers that no output uses: those of add_loss and add_metric."""
    for layer in layers.values():
        if isinstance(layer, (AddLoss, AddMetric)):
            model._insert(layer._inbound_nodes[0].outputs)


def _alone(nest):
    """A list of one as the one; tuples and dicts as they are."""
    if isinstance(nest, list) and len(nest) == 1:
        return _alone(nest[0])
    return nest


def _check_tensors(tensors, kind, name):
    for tensor in tf.nest.flatten(tensors):
        if isinstance(tensor, KerasTensor) and hasattr(
            tensor, "_keras_history"
        ):
            continue
        if is_of_keras_3(tensor):
            raise TypeError(keras_3_message(tensor, name))
        raise ValueError(
            f"{kind.capitalize()} tensors of a Functional model must be the "
            "output of a TensorFlow `Layer` or of `Input` (thus holding past "
            f"layer metadata). Found: {tensor}"
        )


def _as_input(tensor, stand_ins):
    """The tensor, if Input made it; else an input that replaces it here."""
    if isinstance(tensor._keras_history.layer, InputLayer):
        return tensor
    if id(tensor) not in stand_ins:
        stand_ins[id(tensor)] = Input(type_spec=tensor.type_spec)
        layer = stand_ins[id(tensor)]._keras_history.layer
        layer.__dict__["_given_type_spec"] = not isinstance(
            tensor.type_spec, tf.TensorSpec
        )
        # Ids are of use only while the tensor lives.
        layer.__dict__["_replaced"] = tensor
    return stand_ins[id(tensor)]


def _conform_one(value, reference):
    """One input, with an axis of size 1 added or dropped, and cast.

    Args:
        value: A tensor; anything else is returned as it is.
        reference: The symbolic tensor of the input.

    Raises:
        ValueError: For strings where numbers are expected, and the reverse.
    """
    if value is None or not isinstance(value, (tf.Tensor, KerasTensor)):
        return value
    if not isinstance(reference.type_spec, tf.TensorSpec):
        return value
    rank, wanted = value.shape.rank, reference.shape.rank
    result = value
    if rank is not None and wanted is not None and rank != wanted:
        if rank == wanted + 1 and value.shape[-1] == 1:
            result = tf.squeeze(value, axis=-1)
        elif rank == wanted - 1 and reference.shape[-1] == 1:
            result = tf.expand_dims(value, axis=-1)
    if result.dtype != reference.dtype:
        _check_castable(result, reference)
        result = tf.cast(result, reference.dtype)
    if result is not value and hasattr(value, "_keras_mask"):
        result._keras_mask = value._keras_mask
    return result


def _check_castable(value, reference):
    if tf.string in (value.dtype, reference.dtype):
        raise ValueError(
            f"Input {reference.name!r} of the model takes "
            f"{reference.dtype.name}, and got {value.dtype.name} data of "
            f"shape {value.shape}. Strings are no numbers: turn them into "
            "numbers first, as `layers.StringLookup` does."
        )


def _spec_of(tensor, name):
    if not isinstance(tensor, KerasTensor):
        return None
    optional = getattr(tensor._keras_history.layer, "optional", False)
    if not isinstance(tensor.type_spec, tf.TensorSpec):
        return InputSpec(name=name, optional=optional)
    shape = tensor.shape
    if shape.rank is None:
        return InputSpec(name=name, optional=optional)
    # Any batch size will do: the declared one is only a hint.
    shape = [None, *shape[1:]] if shape.rank else []
    return InputSpec(
        shape=shape, allow_last_axis_squeeze=True, name=name, optional=optional
    )


def _keeps_tables(layer, save_type):
    """Whether checkpoints of published releases hold tables of a layer."""
    return any(
        below._keeps_tables(save_type)
        for below in tracking.all_layers(layer)
        if hasattr(below, "_keeps_tables")
    )


def _unnested(shapes):
    """A list of one shape as that shape."""
    if isinstance(shapes, list) and len(shapes) == 1:
        return shapes[0]
    return shapes


def _numbered(names):
    """Names, with a number where one comes again."""
    counts, result = {}, []
    for name in names:
        count = counts.get(name, 0)
        counts[name] = count + 1
        result.append(f"{name}_{count}" if count else name)
    return result


def _as_list(values):
    if isinstance(values, KerasTensor) or callable(values):
        return [values]
    return tf.nest.flatten(values)


def _is_symbolic(value):
    return isinstance(value, KerasTensor)


hooks.answer("graph_model_class", Functional)
