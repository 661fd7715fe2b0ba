"""Saves and loads models and weights: chooses a format and steps aside."""

import os

from tf_keras.src.foundation.tf_internals import answer_load_model
from tf_keras.src.saving import formats, hdf5
from tf_keras.src.saving.atomic_files import may_write
from tf_keras.src.saving.saved_model.read import is_saved_model

_ZIPS = ("keras", "keras3")


def save_model(model, filepath, overwrite=True, save_format=None, **kwargs):
    """Saves a model to a file: architecture, weights, how it was compiled.

    Args:
        model: The model.
        filepath: Where: a name that ends in `.keras`, or in `.h5` for HDF5;
            any other is a folder for a SavedModel.
        overwrite: Whether to replace a file without asking.
        save_format: `"keras"`, `"h5"` or `"tf"`; by the name otherwise.
            `"keras3"` writes a `.keras` file whose config Keras 3 takes as
            well, if the model is made of layers that it has.
        **kwargs: `include_optimizer`, for HDF5 and SavedModel: whether to
            save the optimizer's state. For SavedModel besides: `signatures`,
            functions to serve; `options`, `tf.saved_model.SaveOptions`;
            `save_traces`, whether to save the calls of layers, without which
            own classes must be there on loading.

    Raises:
        ValueError: For an unknown format or argument, or a name that does
            not fit the format.
        FileExistsError: If the file is there, `overwrite` is False, and
            nobody answers.

    Example:

    >>> save_model(model, "model.keras")
    >>> copy = load_model("model.keras")
    """
    path = _path(filepath)
    if save_format is not None:
        chosen = formats.named(save_format)
    elif hdf5.is_open_file(path):
        chosen = formats.named("h5")
    else:
        chosen = formats.of_name(path)
        if not hasattr(chosen, "save"):  # `.weights.h5` is HDF5 too.
            chosen = formats.named("h5" if path.endswith(".h5") else "tf")
    if chosen.name in _ZIPS and not path.endswith(".keras"):
        raise ValueError(
            "Invalid `filepath` argument: expected a `.keras` extension. "
            f"Received: filepath={path}"
        )
    unknown = sorted(set(kwargs) - set(chosen.options))
    if unknown:
        what = {"h5": "HDF5", "tf": "SavedModel"}
        raise ValueError(
            "The following argument(s) are not supported with the "
            f"{what.get(chosen.name, 'native TF-Keras')} format: {unknown}"
        )
    if _may_write(path, overwrite):
        chosen.save(model, path, **kwargs)


def load_model(
    filepath, custom_objects=None, compile=True, safe_mode=True, **kwargs
):
    """Loads a model that `save_model` wrote.

    Args:
        filepath: The file, `.keras` or `.h5`, or the folder of a SavedModel.
        custom_objects: A dict from names to the user's own classes and
            functions.
        compile: Whether to compile the model as it was.
        safe_mode: Whether to refuse code stored in the file, such as that of
            a `Lambda`. `False` lets the file do anything on this machine.
        **kwargs: `options`, for SavedModels: `tf.saved_model.LoadOptions`.

    Returns:
        The model, with the optimizer's state where it was compiled.

    Raises:
        OSError: If there is no such file, or it can't be read.
        ValueError: If the file is damaged, or would run code.
        TypeError: If a class in the file isn't known.

    Example:

    >>> model = load_model("model.keras", custom_objects={"Scale": Scale})
    """
    path = _path(filepath)
    options = kwargs.pop("options", None)
    if kwargs:
        raise ValueError(
            "The following argument(s) are not supported by `load_model`: "
            f"{sorted(kwargs)}"
        )
    if hdf5.is_open_file(path):
        chosen = formats.named("h5")
    else:
        chosen = formats.of_content(path)
    if not hasattr(chosen, "load") or (
        chosen.name == "tf" and not is_saved_model(path)
    ):
        kind = "weights alone" if chosen.name == "weights.h5" else "checkpoint"
        raise ValueError(
            f"{path} is a file of {kind}. Make the model, then use "
            "`model.load_weights`."
        )
    more = (options,) if chosen.name == "tf" else ()
    return chosen.load(path, custom_objects, compile, safe_mode, *more)


def save_weights(
    model, filepath, overwrite=True, save_format=None, options=None
):
    """Saves the weights of a model.

    Args:
        model: The model.
        filepath: Where: `.weights.h5`, `.h5`, or the prefix of a TensorFlow
            checkpoint.
        overwrite: Whether to replace a file without asking.
        save_format: `"h5"` or `"tf"`; by the name otherwise.
        options: `tf.train.CheckpointOptions`, for checkpoints.
    """
    path = _path(filepath)
    if hdf5.is_open_file(path):
        chosen = formats.named("h5")
    elif save_format is None or path.endswith(".weights.h5"):
        chosen = formats.of_name(path)
    else:
        chosen = formats.named(save_format)
        if chosen.name == "tf" and formats.named("h5").fits_name(path):
            raise ValueError(
                'save_weights got save_format="tf", but the filepath '
                f"({path}) looks like an HDF5 file. Omit the .h5 or save as "
                '`save_format="h5"`.'
            )
    file = path + ".index" if chosen.name == "tf" else path
    if _may_write(file, overwrite):
        chosen.save_weights(model, path, options)


def load_weights(
    model, filepath, skip_mismatch=False, by_name=False, options=None
):
    """Sets the weights of a model from a file.

    Args:
        model: The model.
        filepath: The file, or the prefix of a TensorFlow checkpoint.
        skip_mismatch: Whether to leave layers that don't fit as they are.
        by_name: Whether to find layers of an `.h5` file by name.
        options: `tf.train.CheckpointOptions`, for checkpoints.

    Returns:
        For a checkpoint, the status of the load; else None.

    Raises:
        OSError: If there is no such file, or it can't be read.
        ValueError: If the file and the model don't fit; nothing is set then.
    """
    path = _path(filepath)
    if hdf5.is_open_file(path):
        chosen = formats.named("h5")
    else:
        chosen = formats.of_content(path)
    return chosen.load_weights(model, path, skip_mismatch, by_name, options)


def _path(filepath):
    """A name as text; an open HDF5 file as it is."""
    if hdf5.is_open_file(filepath):
        return filepath
    path = os.fspath(filepath)
    return os.fsdecode(path) if isinstance(path, bytes) else path


def _may_write(path, overwrite):
    return hdf5.is_open_file(path) or may_write(path, overwrite)


answer_load_model(load_model)
