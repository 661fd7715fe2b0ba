"""A model that is a list of layers."""

import tensorflow as tf

from tf_keras.src.core import layer_state
from tf_keras.src.core.call_errors import is_of_keras_3, keras_3_message
from tf_keras.src.core.input_layer import Input, InputLayer
from tf_keras.src.core.keras_tensor import KerasTensor, is_symbolic
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.foundation.tracebacks import shorten
from tf_keras.src.models.functional import Functional
from tf_keras.src.models.module_wrapper import ModuleWrapper
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import serialize_keras_object
from tf_keras.src.training.model import Model


class _OnDemand:
    """What `Functional` keeps about its graph, made when first asked for.

    So that adding many layers one by one stays cheap.
    """

    def __set_name__(self, cls, name):
        self._name = name

    def __get__(self, model, cls=None):
        if model is None:
            return self
        if model.__dict__.get("_last") is None:
            return None
        start = model._list[0]._inbound_nodes[0].outputs
        model._set_graph(start, model._last)
        return model.__dict__[self._name]


class Sequential(Functional):
    """A model that is a list of layers, each with one input and one output.

    If the first layer knows its input's shape the model is built at once,
    otherwise by `build` or by the first call.

    Args:
        layers: A list of layers.
        name: The model's name.

    Raises:
        TypeError: For what is no layer.
        ValueError: If two layers share a name, or one has several outputs.

    Example:

    >>> model = Sequential([Input((3,)), layers.Dense(2)])
    >>> model.output_shape
    (None, 2)
    """

    _object_identifier = "_tf_keras_sequential"

    inputs = _OnDemand()
    outputs = _OnDemand()
    input_names = _OnDemand()
    output_names = _OnDemand()
    _nested_inputs = _OnDemand()
    _nested_outputs = _OnDemand()
    _graph = _OnDemand()
    _graph_layers = _OnDemand()
    _plan = _OnDemand()

    def __init__(self, layers=None, name=None):
        self.__dict__["_list"] = []
        self.__dict__["_names"] = set()
        self.__dict__["_last"] = None
        Model.__init__(self, name=name)
        if layers is not None:
            for layer in (
                layers if isinstance(layers, (list, tuple)) else [layers]
            ):
                self.add(layer)

    @property
    def layers(self):
        """The layers, without the input's, in a list."""
        found = list(self._list)
        if found and isinstance(found[0], InputLayer):
            return found[1:]
        return found

    def _tracked_objects(self):
        attributes = Layer._tracked_objects(self)
        known = {id(layer) for layer in self._list}
        rest = [value for value in attributes if id(value) not in known]
        return [*self._list, *rest]

    def _weight_holders(self):
        return self._list

    # Adding and removing -------------------------------------------------

    def add(self, layer):
        """Adds a layer at the end.

        Args:
            layer: A layer, or the symbolic tensor that `Input` returned.

        Raises:
            TypeError: If it is something else.
            ValueError: If its name is taken, or it has several outputs.
        """
        layer = self._as_layer(layer)
        if layer.name in self._names:
            raise ValueError(
                "All layers added to a Sequential model should have unique "
                f'names. Name "{layer.name}" is already the name of a layer '
                "in this model. Pass another `name`."
            )
        if not self._list and not isinstance(layer, InputLayer):
            start = _input_for(layer)
            if start is not None:
                self._begin(start)
        if isinstance(layer, InputLayer) and not self._list:
            self._begin(layer._inbound_nodes[0].outputs)
            return
        if self._last is not None:
            self.__dict__["_last"] = self._checked(layer(self._last), layer)
        self._list.append(layer)
        self._names.add(layer.name)
        self._forget_graph()

    def _as_layer(self, layer):
        if is_symbolic(layer) and hasattr(layer, "_keras_history"):
            origin = layer._keras_history.layer
            if isinstance(origin, InputLayer):
                return origin
        if is_of_keras_3(layer):
            raise TypeError(keras_3_message(layer, self.name))
        if isinstance(layer, tf.Module) and not isinstance(layer, Layer):
            return ModuleWrapper(layer)
        if not isinstance(layer, Layer):
            raise TypeError(
                "The added layer must be an instance of class Layer. "
                f"Received: layer={layer} of type {type(layer)}."
            )
        return layer

    def _checked(self, outputs, layer):
        if len(tf.nest.flatten(outputs)) != 1:
            raise ValueError(
                "All layers in a Sequential model should have a single output "
                f"tensor. Layer {layer.name!r} has "
                f"{len(tf.nest.flatten(outputs))}. Use `Model(inputs, "
                "outputs)` for models with several."
            )
        return outputs

    def _begin(self, tensor):
        self._list.append(tensor._keras_history.layer)
        self.__dict__["_last"] = tensor
        self._forget_graph()

    def _forget_graph(self):
        for key, value in vars(Sequential).items():
            if isinstance(value, _OnDemand):
                self.__dict__.pop(key, None)
        is_built = self._last is not None
        self.__dict__["built"] = is_built
        self.__dict__["_build_input_shape"] = None
        if is_built:
            start = self._list[0]._inbound_nodes[0].outputs
            self.__dict__["_build_input_shape"] = tuple(start.shape)
        self._forget_functions()

    def pop(self):
        """Removes the last layer.

        Raises:
            TypeError: If there is none.
        """
        if not self.layers:
            raise TypeError("There are no layers in the model.")
        removed = self._list.pop()
        self._names.discard(removed.name)
        if self._last is not None:
            self.__dict__["_last"] = self._last.node.keras_inputs[0]
            del removed._inbound_nodes[-1]
            previous = self._last._keras_history.layer
            if previous._outbound_nodes:
                del previous._outbound_nodes[-1]
        if not self.layers:
            self._list.clear()
            self.__dict__["_last"] = None
        self._forget_graph()

    # Building and calling ------------------------------------------------

    def build(self, input_shape=None):
        """Makes the weights, for a model whose first layer names no shape.

        Args:
            input_shape: The shape of the inputs, with the batch axis.

        Raises:
            ValueError: If the shape is needed and not given.
        """
        if self._last is not None:
            self.built = True
            return
        if input_shape is None:
            raise ValueError("You must provide an `input_shape` argument.")
        if isinstance(input_shape, dict):
            Model.build(self, input_shape)
            return
        dtype = self.layers[0].compute_dtype if self.layers else None
        self._build_graph(
            map_shapes(tf.TensorShape, input_shape), dtype or "float32"
        )

    def _run_build(self, input_shape):
        """Nothing: `__call__` has built the graph already."""

    def __call__(self, *args, **kwargs):
        inputs = args[0] if args else kwargs.get("inputs")
        try:
            if self.__dict__.get("_last") is None and self._list:
                self._build_for_inputs(inputs)
            try:
                return super().__call__(*args, **kwargs)
            except ValueError:
                if not self._relax_for(inputs):
                    raise
            return super().__call__(*args, **kwargs)
        except Exception as error:
            shorten(error)
            raise

    def _relax_for(self, inputs):
        """Opens the sizes that first inputs had and these have not.

        Only where the shape was never declared. Returns whether it helped.
        """
        known = self.__dict__.get("_inferred_shape")
        if known is None or not hasattr(inputs, "shape"):
            return False
        shape = tf.TensorShape(inputs.shape)
        if shape.rank != known.rank or known.is_compatible_with(shape):
            return False
        pairs = zip(known.as_list(), shape.as_list())
        relaxed = [size if size == new else None for size, new in pairs]
        dtype, before = self.inputs[0].dtype, (list(self._list), self._last)
        nodes = [
            (kept, list(kept))
            for layer in self._list
            for kept in (layer._inbound_nodes, layer._outbound_nodes)
        ]
        self._forget_nodes()
        self._list[:] = self.layers
        try:
            self._build_graph(tf.TensorShape(relaxed), dtype)
        except (TypeError, ValueError):  # A layer needs the size it knows.
            for kept, were in nodes:
                kept[:] = were
            self._list[:], self.__dict__["_last"] = before
            self._forget_graph()
            return False
        self.__dict__["_inferred_shape"] = tf.TensorShape(relaxed)
        return True

    def _forget_nodes(self):
        """Drops the calls of this graph, if none but this model knows them."""
        nodes = [self._last.node]
        while nodes[-1].parent_nodes:
            nodes += nodes[-1].parent_nodes
        if not all(
            layer._inbound_nodes[-1] in nodes
            and all(node in nodes for node in layer._outbound_nodes)
            for layer in self._list
        ):
            return
        for layer in self._list:
            del layer._inbound_nodes[-1]
            layer._outbound_nodes.clear()

    def _build_for_inputs(self, inputs):
        flat = tf.nest.flatten(inputs)
        is_one = len(flat) == 1 and not isinstance(inputs, dict)
        if not is_one or not hasattr(flat[0], "shape"):
            return  # `call` will run the layers one by one.
        if not isinstance(flat[0], (tf.RaggedTensor, tf.SparseTensor)):
            shape = tf.TensorShape(flat[0].shape)
            if shape.rank:
                shape = tf.TensorShape([None, *shape[1:]])
            self._build_graph(shape, tf.as_dtype(flat[0].dtype))
            self.__dict__["_inferred_shape"] = shape

    def _build_graph(self, shape, dtype):
        """Calls all layers on a symbolic input; undoes it if one fails."""
        layers = list(self._list)
        name = layers[0].name + "_input"
        start = Input(batch_shape=shape, dtype=dtype, name=name)
        tensor = start
        with layer_state.all_or_nothing(self, layers):
            for layer in layers:
                tensor = self._checked(layer(tensor), layer)
        self._list[:] = [start._keras_history.layer, *layers]
        self.__dict__.update(_last=tensor, _infers_inputs=True)
        self._forget_graph()

    def call(self, inputs, training=None, mask=None):
        """Runs the layers one after another.

        Args:
            inputs: A tensor.
            training: Whether layers train; passed on to them.
            mask: The mask of the inputs.
        """
        if self._last is not None:
            return super().call(inputs, training=training, mask=mask)
        if mask is not None:
            inputs._keras_mask = mask
        for layer in self._list:
            inputs = self._checked(layer(inputs), layer)
        return inputs

    def compute_output_shape(self, input_shape):
        """Returns the shape of the outputs for a shape of the inputs."""
        shape = input_shape
        for layer in self.layers:
            shape = layer.compute_output_shape(shape)
        return shape

    def compute_mask(self, inputs, mask):
        """Returns the mask of the outputs."""
        outputs = self.call(inputs, mask=mask)
        return getattr(outputs, "_keras_mask", None)

    # What it is made of --------------------------------------------------

    def _check_built(self):
        if not self.built and self._list:
            unbuilt = [layer for layer in self._list if not layer.built]
            if unbuilt:
                raise ValueError(
                    f"Weights for model {self.name!r} have not yet been "
                    "created. Weights are created when the model is first "
                    "called on inputs or `build()` is called with an "
                    "`input_shape`."
                )

    @property
    def weights(self):
        """All variables, layer by layer.

        Raises:
            ValueError: If the model isn't built.
        """
        self._check_built()
        return super().weights

    @property
    def trainable_weights(self):
        """The variables that optimizers may change; raises as `weights`."""
        self._check_built()
        return super().trainable_weights

    @property
    def non_trainable_weights(self):
        """The other variables; raises as `weights`."""
        self._check_built()
        return super().non_trainable_weights

    @property
    def input_spec(self):
        """What the model demands of its input: that of its first layer."""
        if "_last" in self.__dict__ and self._last is not None:
            return Functional.input_spec.fget(self)
        return None

    @property
    def input(self):
        """The symbolic input."""
        return self._known("_nested_inputs", "input")

    @property
    def output(self):
        """The symbolic output."""
        return self._known("_nested_outputs", "output")

    @property
    def input_shape(self):
        """The shape of the input, a tuple."""
        return tuple(self.input.shape)

    @property
    def output_shape(self):
        """The shape of the output, a tuple."""
        return tuple(self.output.shape)

    def _known(self, key, what):
        found = getattr(self, key)
        if found is None:
            raise AttributeError(
                f"Sequential model {self.name!r} has no {what} yet: build it "
                "by `build(input_shape)` or call it on a batch of data."
            )
        return found

    def get_weight_paths(self):
        """Returns a dict from paths, `"layers[0].kernel"`, to variables."""
        paths = {}
        for index, layer in enumerate(self.layers):
            for name, value in layer._tracked.items():
                if isinstance(value, tf.Variable):
                    paths[f"layers[{index}].{name}"] = value
        return paths

    def get_config(self):
        """Returns the model's name and the configs of its layers."""
        return {
            "name": self.name,
            "layers": [serialize_keras_object(layer) for layer in self._list],
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a model from what `get_config` returned.

        Args:
            config: The dict; a list of layers' configs in files of Keras 2.1.
            custom_objects: A dict from names to the user's own classes.
        """
        name, build_shape = None, None
        layer_configs = config
        if isinstance(config, dict):
            name = config.get("name")
            build_shape = config.get("build_input_shape")
            layer_configs = config["layers"]
        model = cls(name=name)
        with custom_object_scope(custom_objects):
            for layer_config in layer_configs:
                model.add(deserialize_keras_object(layer_config))
        if model._last is None and build_shape and model.layers:
            model.build(build_shape)
        return model


def _input_for(layer):
    """A symbolic input of the shape that a first layer names, or None."""
    shape = getattr(layer, "_batch_input_shape", None)
    if shape is not None:
        return Input(
            batch_shape=shape, dtype=layer.dtype, name=layer.name + "_input"
        )
    if isinstance(layer, Functional) and layer.inputs:
        inner = layer.inputs[0]
        if len(layer.inputs) == 1 and isinstance(inner, KerasTensor):
            return Input(
                batch_shape=tuple(inner.shape),
                dtype=inner.dtype,
                name=layer.name + "_input",
            )
    return None
