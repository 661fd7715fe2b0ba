"""keras_metadata.pb: what the objects of a SavedModel are, in JSON.

The file holds one message for each layer and metric: the number of its node in
the SavedModel's graph of objects, its path from the root, the kind of object,
and a JSON of how it was made. Before 2.5 the JSON stood in `saved_model.pb`.
"""

import json
import os
from typing import NamedTuple

import numpy as np
import tensorflow as tf
from google.protobuf import (
    descriptor_pb2,
    descriptor_pool,
    message,
    message_factory,
)

FILE_NAME = "keras_metadata.pb"
_PACKAGE = "tf_keras.saved_metadata"
_PRODUCER, _MIN_CONSUMER = 2, 1
_MAX_BYTES = 1 << 30


def _message_class():
    """The class of the file's message, made from its fields.

    In a pool of its own: other copies of Keras in the process have messages
    of the same names.
    """
    field = descriptor_pb2.FieldDescriptorProto
    number, text, nested = field.TYPE_INT32, field.TYPE_STRING, None
    messages = {
        "Version": {"producer": (1, number), "min_consumer": (2, number)},
        "SavedObject": {
            "node_id": (2, number),
            "node_path": (3, text),
            "identifier": (4, text),
            "metadata": (5, text),
            "version": (6, nested, "Version"),
        },
        "SavedMetadata": {"nodes": (1, nested, "SavedObject")},
    }
    file = descriptor_pb2.FileDescriptorProto(
        name="saved_metadata.proto", package=_PACKAGE, syntax="proto3"
    )
    for name, fields in messages.items():
        made = file.message_type.add(name=name)
        for field_name, (index, kind, *other) in fields.items():
            made.field.add(
                name=field_name,
                number=index,
                type=kind or field.TYPE_MESSAGE,
                type_name=f".{_PACKAGE}.{other[0]}" if other else None,
                label=field.LABEL_REPEATED
                if field_name == "nodes"
                else field.LABEL_OPTIONAL,
            )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    found = pool.FindMessageTypeByName(f"{_PACKAGE}.SavedMetadata")
    return message_factory.GetMessageClass(found)


_SavedMetadata = _message_class()


class Node(NamedTuple):
    """What a file tells about one object.

    Attributes:
        node_id: The number of its node.
        path: How it is reached, `"root.layer-0"`.
        identifier: The kind of object, `"_tf_keras_layer"`.
        metadata: A dict: class, config, and the state of the object.
    """

    node_id: int
    path: str
    identifier: str
    metadata: dict


def write(folder, nodes):
    """Writes the file into a SavedModel's folder.

    Args:
        folder: The folder.
        nodes: A list of `Node`.
    """
    saved = _SavedMetadata()
    for node in nodes:
        made = saved.nodes.add(
            node_id=node.node_id,
            node_path=node.path,
            identifier=node.identifier,
            metadata=encode(node.metadata),
        )
        made.version.producer = _PRODUCER
        made.version.min_consumer = _MIN_CONSUMER
    with tf.io.gfile.GFile(os.path.join(folder, FILE_NAME), "wb") as file:
        file.write(saved.SerializeToString(deterministic=True))


def read(folder, object_graph):
    """Returns what a SavedModel tells about its Keras objects, by node number.

    Args:
        folder: The SavedModel's folder.
        object_graph: The `SavedObjectGraph` of its `saved_model.pb`.

    Returns:
        A dict from node numbers to `Node`; empty if no object is Keras's.

    Raises:
        ValueError: If the file is damaged.
    """
    path = os.path.join(folder, FILE_NAME)
    if not tf.io.gfile.exists(path):
        return _read_of_before_2_5(folder, object_graph)
    saved = _SavedMetadata()
    try:
        with tf.io.gfile.GFile(path, "rb") as file:
            saved.ParseFromString(file.read(_MAX_BYTES))
    except (message.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is damaged: {error}") from error
    nodes = {}
    for found in saved.nodes:
        if not 0 <= found.node_id < len(object_graph.nodes):
            raise ValueError(
                f"{path} is damaged: it describes object {found.node_id}, and "
                f"saved_model.pb holds {len(object_graph.nodes)}."
            )
        metadata = _decoded(found.metadata, f"{path}: {found.node_path}")
        nodes[found.node_id] = Node(
            found.node_id, found.node_path, found.identifier, metadata
        )
    if 0 not in nodes and nodes:
        identifier = object_graph.nodes[0].user_object.identifier
        if identifier.startswith("_tf_keras"):
            raise ValueError(
                f"{path} is damaged: it doesn't describe the root, which is "
                "a Keras object."
            )
    return nodes


def _read_of_before_2_5(folder, object_graph):
    nodes = {}
    for number, path in paths(object_graph).items():
        user = object_graph.nodes[number].user_object
        if user.identifier.startswith("_tf_keras") and user.metadata:
            metadata = _decoded(user.metadata, f"{folder}: {path}")
            nodes[number] = Node(number, path, user.identifier, metadata)
    return nodes


def paths(object_graph):
    """Returns one shortest path for each node of an object graph."""
    found, waiting = {0: "root"}, [0]
    for number in waiting:
        for child in object_graph.nodes[number].children:
            if child.node_id not in found:
                found[child.node_id] = f"{found[number]}.{child.local_name}"
                waiting.append(child.node_id)
    return found


# The JSON --------------------------------------------------------------------


def encode(metadata):
    """Returns metadata as JSON; tuples and TensorFlow's types are marked."""
    return json.dumps(_plain(metadata))


def _plain(value):
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tf.TensorShape):
        items = None if value.rank is None else value.as_list()
        return {"class_name": "TensorShape", "items": items}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, tuple):
        items = [_plain(item) for item in value]
        return {"class_name": "__tuple__", "items": items}
    if isinstance(value, tf.DType):
        return value.name
    if isinstance(value, tf.TypeSpec):
        return _plain_spec(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(
        f"{value!r} of type {type(value)} is part of a config, and a "
        "SavedModel can't hold it. `get_config` should return numbers, "
        "strings, lists and dicts."
    )


def _plain_spec(spec):
    if isinstance(spec, tf.TensorSpec):
        parts = (spec.shape, spec.dtype, spec.name)
    else:
        parts = spec._serialize()
    return {
        "class_name": "TypeSpec",
        "type_spec": f"tf.{type(spec).__name__}",
        "serialized": _plain(parts),
    }


_SPECS = {
    kind.__name__: kind
    for kind in (tf.TensorSpec, tf.RaggedTensorSpec, tf.SparseTensorSpec)
}


def _decoded(text, where):
    try:
        value = json.loads(text)
        if not isinstance(value, dict):
            raise ValueError(f"expected a dict, found {text[:100]!r}")
        return _unmarked(value)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"{where} is damaged: {str(error)[:300]}") from error


def _unmarked(value):
    """Values as they were before `encode`."""
    if isinstance(value, list):
        return [_unmarked(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("class_name")
    if kind == "__tuple__" and "items" in value:
        return tuple(_unmarked(item) for item in value["items"])
    if kind == "TensorShape" and "items" in value:
        return tf.TensorShape(value["items"])
    if kind == "TypeSpec" and "serialized" in value:
        return _spec(value)
    return {key: _unmarked(item) for key, item in value.items()}


def _spec(value):
    cls = _SPECS.get(str(value.get("type_spec")).rpartition(".")[2])
    parts = _unmarked(value["serialized"])
    if cls is None or not isinstance(parts, (tuple, list)):
        return None  # Of an extension type, which only its author can make.
    if cls is tf.TensorSpec:
        return tf.TensorSpec(parts[0], *parts[1:])
    known = [
        tf.as_dtype(part) if isinstance(part, str) else part for part in parts
    ]
    return cls._deserialize(tuple(known))
