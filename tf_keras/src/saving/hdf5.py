"""`.h5`: config and weights of a model in groups, layer by layer."""

import contextlib
import json
import os

import tensorflow as tf

from tf_keras.src.core.awaited_weights import awaiting_weights
from tf_keras.src.saving import (
    compiling,
    hdf5_weights,
    old_files,
    safe_hdf5,
    training_config,
    weights_file,
)
from tf_keras.src.saving.atomic_files import local_copy, replacing
from tf_keras.src.saving.file_version import KERAS_VERSION
from tf_keras.src.saving.model_json import make_model
from tf_keras.src.saving.short_config import shorten
from tf_keras.src.saving.tf_checkpoint import finalize_states
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import serialize_keras_object


def is_open_file(path):
    """Whether a caller passed an open HDF5 file or group and no path."""
    return hasattr(path, "attrs") and hasattr(path, "create_group")


def save(model, path, include_optimizer=True):
    """Writes a model to an HDF5 file.

    Args:
        model: A graph of layers or a list of layers.
        path: The file, whose folder is made, or an open `h5py.File`.
        include_optimizer: Whether to write the optimizer's state as well.

    Raises:
        NotImplementedError: For a model that is neither.
        ValueError: If its weights aren't made yet.
    """
    if not hasattr(model, "_graph_layers"):
        raise NotImplementedError(
            "Saving a model in HDF5 needs a graph of layers or a Sequential. "
            f"{type(model).__name__} is defined by the code of a Python "
            "method, which the file can't hold. Save it as `.keras`, or its "
            "weights alone with `save_weights`."
        )
    hdf5_weights.check_built(model)
    config = {
        "keras_version": KERAS_VERSION,
        "backend": "tensorflow",
        "model_config": json.dumps(_model_config(model)),
    }
    compiled = include_optimizer and getattr(model, "optimizer", None)
    if compiled:
        config["training_config"] = json.dumps(training_config.write(model))
    if not is_open_file(path):
        tf.io.gfile.makedirs(os.path.dirname(path) or ".")
    with _writing(path) as file:
        for name, value in config.items():
            file.attrs[name] = value
        hdf5_weights.write(model, file.create_group("model_weights"))
        if compiled:
            training_config.save_optimizer(model, file)


def _model_config(model):
    config = shorten(serialize_keras_object(model))
    return {key: config[key] for key in ("class_name", "config")}


@contextlib.contextmanager
def _writing(path):
    if is_open_file(path):
        yield path
        return
    with replacing(path) as temporary:
        with safe_hdf5.written(temporary) as file:
            yield file


@contextlib.contextmanager
def _reading(path):
    if is_open_file(path):
        yield safe_hdf5.Group(path, str(path.file.filename))
        return
    with local_copy(path) as local, safe_hdf5.opened(local, path) as root:
        yield root


def load(path, custom_objects=None, compile=True, safe_mode=True):
    """Makes the model that an HDF5 file holds.

    Args:
        path: The file, or an open `h5py.File`.
        custom_objects: A dict from names to the user's own classes.
        compile: Whether to compile it as it was.
        safe_mode: Whether to refuse code stored in the file.

    Returns:
        The model.

    Raises:
        ValueError: If the file is damaged or holds weights alone, or would
            run code.
        TypeError: If a class isn't known.
    """
    with _reading(path) as root:
        config = _json(root, "model_config")
        if config is None:
            raise ValueError(
                f"No model config found in the file at {root.where}: it "
                "holds weights alone. Make the model, then use "
                "`model.load_weights`."
            )
        origin = _origin(root)
        told = {"keras_version": origin.version, "backend": origin.backend}
        config = {**told, **config}
        weights = root.group("model_weights")
        if weights is None:
            raise ValueError(f"{root.where} holds no `model_weights`.")
        with awaiting_weights(root.file_bytes, root.where):
            model = make_model(config, custom_objects, safe_mode, root.where)
            hdf5_weights.read_by_topology(model, weights)
        finalize_states(model)
        if compile:
            _compile(model, root, custom_objects, safe_mode, origin)
    return model


def _origin(root):
    return old_files.Origin(root.text("keras_version"), root.text("backend"))


def _json(root, name):
    text = root.text(name)
    if text is None:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{root.where}: {name} is damaged: {error}") from error
    if not isinstance(value, dict):
        raise ValueError(f"{root.where}: {name} should hold a dict.")
    return value


def _compile(model, root, custom_objects, safe_mode, origin):
    config = _json(root, "training_config")
    if config is None:
        return
    try:
        with compiling.in_mode(safe_mode), custom_object_scope(custom_objects):
            config = old_files.training_config(config, origin)
            arguments = training_config.read(config, custom_objects)
        model.compile(**arguments)
    except compiling.CONFIG_ERRORS as error:
        compiling.warn_uncompiled(root.where, error)
        return
    training_config.load_optimizer(model, root, origin)


def save_weights(model, path):
    """Writes the weights of a model's layers to an HDF5 file.

    Args:
        model: The model, built.
        path: The file, or an open `h5py.File`.
    """
    hdf5_weights.check_built(model)
    with _writing(path) as file:
        hdf5_weights.write(model, file)


def load_weights(model, path, skip_mismatch=False, by_name=False):
    """Sets a model's weights from an HDF5 file, whole or of weights.

    Args:
        model: The model, built.
        path: The file, or an open `h5py.File`.
        skip_mismatch: Whether to leave layers that don't fit as they are.
        by_name: Whether to find layers by name, and not by their order.

    Raises:
        ValueError: If the file and the model don't fit; nothing is set then.
    """
    with _reading(path) as root:
        if not hdf5_weights.is_by_layer(root):
            if "model_weights" not in root and "vars" in root:
                weights_file.read(model, root, root.where, skip_mismatch)
                return
            root = root.group("model_weights") or root
        if by_name:
            hdf5_weights.read_by_name(model, root, skip_mismatch)
        else:
            hdf5_weights.read_by_topology(model, root)
    finalize_states(model)
