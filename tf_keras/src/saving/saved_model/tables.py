"""Vocabularies of lookup layers: SavedModels hold them in tables or configs."""

import tensorflow as tf

from tf_keras.src.core.tracking import all_layers
from tf_keras.src.saving.saved_model.metadata_file import paths

# What releases called the table that a lookup layer asks.
_TABLES = ("lookup_table", "_table", "_static_table")


def learnt_vocabulary(layer):
    """Returns what the config of a lookup layer lacks after `adapt`.

    Args:
        layer: Any layer.

    Returns:
        A part of its config; an empty one if there is nothing to tell.
    """
    lookup = getattr(layer, "_lookup_layer", layer)
    if not hasattr(lookup, "vocabulary_dtype") or (
        lookup.input_vocabulary is not None
    ):
        return {}
    tokens = lookup.get_vocabulary(include_special_tokens=False)
    if not tokens:
        return {}
    found = {"vocabulary": tokens}
    if lookup.output_mode == "tf_idf":
        first = lookup.vocabulary_size() - len(tokens)
        weights = lookup.idf_weights.numpy().tolist()
        found["idf_weights"] = weights[first : first + len(tokens)]
    return found


def restore_tables(model, path, graph):
    """Sets the vocabularies that lookup layers of a model lack.

    Args:
        model: The model.
        path: The SavedModel's folder.
        graph: Its graph of objects.
    """
    found = [
        (layer, f"{paths(graph)[node]}.{_table_of(graph, node)}")
        for layer, node in _lookups(model, graph)
        if _table_of(graph, node) is not None
    ]
    if not found:
        return
    # The whole, since a table is filled by functions of other objects.
    loaded = tf.saved_model.load(path)
    for layer, place in found:
        keys, values = _content(_part(loaded, place))
        tokens = _tokens(layer, keys, values)
        # The checkpoint holds the true weights.
        weights = [1.0] * len(tokens) if layer.output_mode == "tf_idf" else None
        layer.set_vocabulary(tokens, weights)


def _part(loaded, place):
    """What stands at a path, `"root.layers.0._table"`."""
    for name in place.split(".")[1:]:
        is_list = isinstance(loaded, (list, tuple))
        loaded = loaded[int(name)] if is_list else getattr(loaded, name)
    return loaded


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
        value._maybe_initialize_trackable()
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
    """Keys and values of a table; of what type says the graph that made it."""
    (made,) = [
        operation
        for function in table._create_resource.concrete_functions
        for operation in function.graph.get_operations()
        if "key_dtype" in operation.node_def.attr
        and operation.type.startswith(("HashTable", "MutableHashTable"))
    ]
    found = tf.raw_ops.LookupTableExportV2(
        table_handle=table.resource_handle,
        Tkeys=made.get_attr("key_dtype"),
        Tvalues=made.get_attr("value_dtype"),
    )
    return found.keys.numpy(), found.values.numpy()


def _tokens(layer, keys, values):
    """Tokens in the order of their numbers."""
    if layer.invert:
        keys, values = values, keys
    tokens = [token for _, token in sorted(zip(values.tolist(), keys.tolist()))]
    special = {layer.mask_token, layer.oov_token}
    if layer.vocabulary_dtype == "string":
        tokens = [token.decode("utf-8") for token in tokens]
    return [token for token in tokens if token not in special]
