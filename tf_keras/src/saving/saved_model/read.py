"""Reads SavedModels: models come back as themselves where classes are known."""

import contextlib
import os

import tensorflow as tf
from google.protobuf import message

from tf_keras.src.core.awaited_weights import awaiting_weights
from tf_keras.src.core.keras_tensor import from_type_spec
from tf_keras.src.core.symbolic_call import infer_outputs
from tf_keras.src.foundation.tf_internals import read_saved_model
from tf_keras.src.saving import compiling, training_config
from tf_keras.src.saving.saved_model import metadata_file, variables
from tf_keras.src.saving.saved_model.revive import Reviver
from tf_keras.src.saving.saved_model.tables import restore_tables
from tf_keras.src.serialization.registry import custom_object_scope

_FILES = ("saved_model.pb", "saved_model.pbtxt", "saved_model.cpb")


def is_saved_model(path):
    """Whether a folder holds a SavedModel."""
    return any(tf.io.gfile.exists(os.path.join(path, name)) for name in _FILES)


def load(path, custom_objects=None, compile=True, safe_mode=True, options=None):
    """Makes the model that a SavedModel holds.

    Classes that are published, registered or given come back as themselves;
    for others there are stand-ins, which run the calls that were saved.

    Args:
        path: The folder.
        custom_objects: A dict from names to the user's own classes.
        compile: Whether to compile it as it was.
        safe_mode: Whether to refuse Python code stored in the metadata.
        options: `tf.saved_model.LoadOptions`, or None.

    Returns:
        The model; what `tf.saved_model.load` returns if nothing in the folder
        was made by Keras.

    Raises:
        OSError: If the folder can't be read.
        ValueError: If it is damaged, or would run code.
    """
    with _blaming(path):
        proto = read_saved_model(path)
        graph = proto.meta_graphs[0].object_graph_def
        nodes = metadata_file.read(path, graph)
        if not any(
            node.identifier.startswith("_tf_keras") for node in nodes.values()
        ):
            _refuse_without_metadata(path, graph)
            return tf.saved_model.load(path, options=options)
    with (
        compiling.blaming_config(path, metadata_file.FILE_NAME),
        custom_object_scope(custom_objects),
        compiling.in_mode(safe_mode),
        _blaming(path),
    ):
        with awaiting_weights(variables.size(path), path):
            reviver = Reviver(path, graph, nodes, options)
            model = reviver.root()
            _build(model, nodes.get(0))
            restore_tables(model, path, graph)
            is_compiled = compile and _compile(model, nodes, path)
            skips = getattr(options, "experimental_skip_checkpoint", False)
            if not skips:
                variables.restore(model, path, is_compiled, options)
    return model


def _refuse_without_metadata(path, graph):
    if graph.nodes[0].user_object.identifier.startswith("_tf_keras"):
        raise ValueError(
            f"No model can be made from SavedModel {path}: it lacks the file "
            f"{metadata_file.FILE_NAME}, so it is damaged, or was written by "
            "`tf.saved_model.save`. Save models with `model.save`. This "
            "folder can be loaded with `tf.saved_model.load`."
        )


@contextlib.contextmanager
def _blaming(path):
    """Makes what TensorFlow throws at damage into errors that say where."""
    try:
        yield
    except tf.errors.OpError as error:
        raise OSError(
            f"SavedModel {path} can't be read: {str(error)[:500]}"
        ) from error
    except (message.DecodeError, UnicodeDecodeError, RuntimeError) as error:
        raise ValueError(
            f"SavedModel {path} is damaged: {str(error)[:500]}"
        ) from error


def _build(model, node):
    """Makes the weights of a model whose code was run, but not its call."""
    if model.built or node is None:
        return
    spec = node.metadata.get("full_save_spec")
    if spec is None:
        spec = ([node.metadata.get("save_spec")], {})
    args, kwargs = spec
    if args[0] is not None:
        args, kwargs = tf.nest.map_structure(
            lambda each: from_type_spec(each), (list(args), kwargs)
        )
        infer_outputs(model, tuple(args), kwargs)
        return
    shape = node.metadata.get("build_input_shape")
    if shape is not None:
        model.build(shape)


def _compile(model, nodes, path):
    """Compiles a model as it was; returns whether it could."""
    config = nodes[0].metadata.get("training_config") if 0 in nodes else None
    if not config or not hasattr(model, "compile"):
        return False
    try:
        model.compile(**training_config.read(config))
    except compiling.CONFIG_ERRORS as error:
        compiling.warn_uncompiled(path, error)
        return False
    return True
