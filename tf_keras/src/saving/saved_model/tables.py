"""Vocabularies that a SavedModel holds in tables, and not in configs."""

import tensorflow as tf

from tf_keras.src.core.tracking import all_layers
from tf_keras.src.foundation.tf_internals import load_partial
from tf_keras.src.saving.saved_model.metadata_file import paths

# What releases called the table that a lookup layer asks.
_TABLES = ("lookup_table", "_table", "_static_table")


def restore_tables(model, path, graph):
    """Sets the vocabularies that lookup layers of a model lack.

    Args:
        model: The model.
        path: The SavedModel's folder.
        graph: Its graph of objects.
    """
    for layer, node in _lookups(model, graph):
        place = _table_of(graph, node)
        if place is None:
            continue
        name = f"{paths(graph)[node]}.{place}"
        keys, values = _content(load_partial(path, [name])[name])
        layer.set_vocabulary(_tokens(layer, keys, values))


def _lookups(model, graph):
    """Lookup layers without a vocabulary, each with its node's number."""
    if not any(_lacks_vocabulary(layer) for layer in all_layers(model)):
        return
    seen, waiting = set(), [(model, 0)]
    for value, number in waiting:
        if number in seen:
            continue
        seen.add(number)
        if _lacks_vocabulary(value):
            yield value, number
        if not hasattr(value, "_trackable_children"):
            continue
        children = value._trackable_children()
        for child in graph.nodes[number].children:
            if child.local_name in children:
                waiting.append((children[child.local_name], child.node_id))


def _lacks_vocabulary(layer):
    return (
        hasattr(layer, "set_vocabulary")
        and hasattr(layer, "vocabulary_dtype")
        and not layer.get_config().get("vocabulary")
    )


def _table_of(graph, number):
    """The name of the table below a node, or None."""
    children = {c.local_name: c for c in graph.nodes[number].children}
    for name in _TABLES:
        child = children.get(name)
        if child is None:
            continue
        if graph.nodes[child.node_id].WhichOneof("kind") == "resource":
            return name
    return None


def _content(table):
    dtypes = [(tf.string, tf.int64), (tf.int64, tf.int64)]
    dtypes += [(tf.int64, tf.string)]
    for key, value in dtypes:
        try:
            found = tf.raw_ops.LookupTableExportV2(
                table_handle=table.resource_handle, Tkeys=key, Tvalues=value
            )
        except tf.errors.InvalidArgumentError:
            continue  # Of other types.
        return found.keys.numpy(), found.values.numpy()
    raise ValueError("A lookup table of the file has unknown types.")


def _tokens(layer, keys, values):
    """Tokens in the order of their numbers."""
    if layer.invert:
        keys, values = values, keys
    tokens = [token for _, token in sorted(zip(values.tolist(), keys.tolist()))]
    special = {layer.mask_token, layer.oov_token}
    if layer.vocabulary_dtype == "string":
        tokens = [token.decode("utf-8") for token in tokens]
    return [token for token in tokens if token not in special]
