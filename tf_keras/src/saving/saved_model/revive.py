"""Makes the objects of a SavedModel: as themselves, or stand-ins for them."""

import contextlib
import inspect

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import (
    decoded_structure,
    load_partial,
)
from tf_keras.src.saving.model_json import make_model
from tf_keras.src.saving.saved_model.metadata_file import paths
from tf_keras.src.saving.saved_model.stand_ins import stand_in_class
from tf_keras.src.saving.short_config import lengthen
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object,
    find_class,
)
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.safe_mode import is_safe

_NETWORKS = ("_tf_keras_network", "_tf_keras_sequential")
_STAND_IN = "_StandIn"


class Reviver:
    """Makes the root of a SavedModel.

    Args:
        path: The folder.
        graph: The `SavedObjectGraph` of its `saved_model.pb`.
        nodes: What `metadata_file.read` returned.
        options: `tf.saved_model.LoadOptions`, or None.
    """

    def __init__(self, path, graph, nodes, options=None):
        self._path = path
        self._graph = graph
        self._options = options
        self._nodes = {
            number: node
            for number, node in nodes.items()
            if node.identifier != "_tf_keras_metric"
        }
        self._classes = {}
        self._made = {}

    def root(self):
        """Returns the model."""
        if 0 not in self._nodes:
            raise ValueError(
                f"The root of SavedModel {self._path} is no Keras model, "
                "though it holds layers. Use `tf.saved_model.load`."
            )
        if not self._needs_stand_in(0) and not self._unknown_in(0):
            return self._from_config(0)
        return self._with_stand_ins()

    # What is known ---------------------------------------------------------

    def _class(self, number):
        """The class of a node, or None if nobody knows it."""
        if number not in self._classes:
            metadata = self._nodes[number].metadata
            found = None
            with contextlib.suppress(TypeError, KeyError):  # Nobody knows it.
                found = find_class(lengthen(_named_config(metadata)))
            if not _can_make(found, _config(metadata)):
                found = None
            self._classes[number] = found
        return self._classes[number]

    def _needs_stand_in(self, number):
        return self._class(number) is None

    def _unknown_in(self, number):
        """The nodes inside of a graph of layers whose classes are unknown."""
        if self._nodes[number].identifier not in _NETWORKS:
            return []
        found = []
        for child in self._layers_of(number):
            if self._needs_stand_in(child):
                found.append(child)
            else:
                found += self._unknown_in(child)
        return found

    def _layers_of(self, number):
        """The nodes of a network's layers."""
        return list(
            dict.fromkeys(
                child.node_id
                for child in self._graph.nodes[number].children
                if child.local_name.startswith("layer")
                and child.node_id in self._nodes
            )
        )

    def _from_config(self, number):
        config = _named_config(self._nodes[number].metadata)
        return make_model(config, None, True, self._path)

    # What is not -----------------------------------------------------------

    def _with_stand_ins(self):
        """Makes stand-ins, gives them their functions, and builds on them."""
        places = paths(self._graph)
        filters = {"root": None}
        for number in self._reachable_stand_ins():
            node = self._nodes[number]
            self._made[number] = made = stand_in_class(node, self._path)(node)
            filters[places[number]] = (made, type(made).set_child)
        for number, made in list(self._made.items()):
            self._match_known(number, places, filters)
        load_partial(self._path, filters, options=self._options)
        for made in self._made.values():
            if hasattr(made, "finish"):
                made.finish()
        if 0 in self._made:
            return self._made[0]
        return self._network_on_stand_ins(0)

    def _reachable_stand_ins(self):
        """The unknown nodes that are made: outermost ones and those below."""
        starts = [0] if self._needs_stand_in(0) else self._unknown_in(0)
        found, waiting, seen = [], list(starts), set(starts)
        for number in waiting:
            if number in self._nodes and self._is_stand_in(number):
                found.append(number)
            elif number in self._nodes:
                continue  # A known layer makes what is below it.
            for child in self._graph.nodes[number].children:
                if child.node_id not in seen:
                    seen.add(child.node_id)
                    waiting.append(child.node_id)
        return found

    def _is_stand_in(self, number):
        return self._needs_stand_in(number) or bool(self._unknown_in(number))

    def _match_known(self, number, places, filters):
        """Makes the known layers below a stand-in, and names their parts."""
        waiting, seen = [number], {number}
        for current in waiting:
            for child in self._graph.nodes[current].children:
                below = child.node_id
                if below in seen or below in self._made:
                    continue
                seen.add(below)
                if below in self._nodes:
                    layer = self._known_layer(below)
                    self._made[below] = layer
                    self._match_parts(below, layer, places, filters)
                else:
                    waiting.append(below)

    def _known_layer(self, number):
        metadata = self._nodes[number].metadata
        layer = deserialize_keras_object(lengthen(_named_config(metadata)))
        shape = metadata.get("build_input_shape")
        if shape is None:
            shape = self._shape_of_call(number)
        if not layer.built and shape is not None:
            with tf.name_scope(layer.name):
                layer.build(shape)
            layer.built = True
        return layer

    def _shape_of_call(self, number):
        """The shape of a layer's inputs, by the types of a saved call.

        Files of TensorFlow 2.0 to 2.2 tell it nowhere else.
        """
        for child in self._graph.nodes[number].children:
            function = self._graph.nodes[child.node_id].function
            for name in function.concrete_functions:
                saved = self._graph.concrete_functions[name]
                args, _ = decoded_structure(saved.canonicalized_input_signature)
                if args and child.local_name == "__call__":
                    return tf.nest.map_structure(lambda x: x.shape, args[0])
        return None

    def _match_parts(self, number, value, places, filters):
        """Tells the loader which nodes exist already: a layer's and below."""
        filters[places[number]] = (value, _keep)
        if isinstance(value, tf.Variable):
            return
        value._maybe_initialize_trackable()
        children = value._trackable_children()
        for child in self._graph.nodes[number].children:
            found = children.get(child.local_name)
            place = places[child.node_id]
            if found is not None and place not in filters:
                self._match_parts(child.node_id, found, places, filters)

    def _network_on_stand_ins(self, number):
        """A graph of layers in which stand-ins take unknown layers' places."""
        classes = {}
        config = self._substituted(number, classes)
        with custom_object_scope(classes):
            return make_model(config, None, True, self._path)

    def _substituted(self, number, classes):
        metadata = self._nodes[number].metadata
        config = dict(_named_config(metadata))
        inner = dict(config["config"])
        by_name = {
            self._nodes[child].metadata.get("name"): child
            for child in self._layers_of(number)
        }
        inner["layers"] = [
            self._substituted_layer(layer, by_name, classes)
            for layer in inner["layers"]
        ]
        return {**config, "config": inner}

    def _substituted_layer(self, config, by_name, classes):
        name = config.get("name") or config["config"].get("name")
        child = by_name.get(name)
        rest = {k: v for k, v in config.items() if k == "inbound_nodes"}
        rest["name"] = name
        if child in self._made:
            key = f"{_STAND_IN}{child}"
            classes[key] = _Finished(self._made[child])
            return {"class_name": key, "config": {}, **rest}
        if child is not None and self._unknown_in(child):
            return {**self._substituted(child, classes), **rest}
        return config


def _needed_arguments(cls):
    """The arguments that a constructor can't do without."""
    parameters = inspect.signature(cls).parameters.values()
    named = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        p.name
        for p in parameters
        if p.default is p.empty and p.kind not in named
    ]


def _can_make(cls, config):
    """Whether an object can be made from its config, here and now."""
    if config is None:  # The layer had no `get_config`.
        return cls is not None and not _needed_arguments(cls)
    # The code of a Lambda is not run, where its saved call does the same.
    is_code = isinstance(config.get("function"), (list, tuple, dict))
    return not (is_safe() and is_code and "function_type" in config)


class _Finished:
    """Stands where a class is looked up, and gives the object it has."""

    def __init__(self, made):
        self._made = made
        self.__name__ = type(made).__name__

    def from_config(self, config):
        """Returns the object."""
        return self._made


def _keep(parent, name, value):
    """Sets nothing: the parent knows its parts already."""


# TensorFlow 2.1 to 2.4 wrote this for a layer without a config.
_NO_CONFIG = "layer was saved without config"


def _config(metadata):
    """The config of a node, or None if it has none."""
    whole = metadata.get("model_config")
    config = metadata.get("config")
    if isinstance(whole, dict) and whole.get("config") is not None:
        config = whole["config"]
    if isinstance(config, dict) and _NO_CONFIG in config:
        return None
    return config


def _named_config(metadata):
    """The short config of a node, as HDF5 files hold configs."""
    return {
        "class_name": metadata["class_name"],
        "config": _config(metadata) or {},
    }
