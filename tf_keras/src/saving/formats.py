"""What a file format promises, and the list of those known."""

import tensorflow as tf

from tf_keras.src.saving import hdf5, keras_zip, tf_checkpoint, weights_file
from tf_keras.src.saving.saved_model import read, variables, write

_HDF5_SUFFIXES = (".h5", ".hdf5")
_HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_ZIP_SIGNATURE = b"PK\x03\x04"


class Format:
    """One file format. A format leaves out the verbs it can't do.

    Attributes:
        name: What `save_format` calls it.
        options: The names of further arguments that `save` takes.
    """

    name = None
    options = ()

    def fits_name(self, path):
        """Whether a file of this name is written in this format."""
        raise NotImplementedError

    def fits_content(self, path, start):
        """Whether a file is in this format, by its first bytes."""
        raise NotImplementedError


class KerasZip(Format):
    """`.keras`: config, weights and assets in a zip."""

    name = "keras"
    save = staticmethod(keras_zip.save)
    load = staticmethod(keras_zip.load)

    def fits_name(self, path):
        """Whether a file of this name is written in this format."""
        return path.endswith(".keras")

    def fits_content(self, path, start):
        """Whether a file is in this format, by its first bytes."""
        return start.startswith(_ZIP_SIGNATURE) or (
            path.endswith(".keras") and not start.startswith(_HDF5_SIGNATURE)
        )

    def save_weights(self, model, path, options):
        """Writes the whole model: the weights are in it."""
        keras_zip.save(model, path)

    def load_weights(self, model, path, skip_mismatch, by_name, options):
        """Sets the weights from those of a whole model."""
        _refuse_by_name(by_name, path)
        keras_zip.load_weights(model, path, skip_mismatch)


class Keras3Zip(KerasZip):
    """`.keras` in the form that Keras 3 reads too, where it has the layers."""

    name = "keras3"

    def save(self, model, path):
        """Writes the model."""
        keras_zip.save(model, path, for_keras_3=True)

    def fits_name(self, path):
        """Never: it has to be asked for."""
        return False

    def fits_content(self, path, start):
        """Never: `keras` reads it."""
        return False


class WeightsFile(Format):
    """`.weights.h5`: the arrays of every object by its path."""

    name = "weights.h5"

    def fits_name(self, path):
        """Whether a file of this name is written in this format."""
        return path.endswith(".weights.h5")

    def fits_content(self, path, start):
        """Whether a file is in this format, by its first bytes."""
        return self.fits_name(path) and start.startswith(_HDF5_SIGNATURE)

    def save_weights(self, model, path, options):
        """Writes the weights."""
        weights_file.save_weights(model, path)

    def load_weights(self, model, path, skip_mismatch, by_name, options):
        """Sets the weights."""
        _refuse_by_name(by_name, path)
        weights_file.load_weights(model, path, skip_mismatch)


class Hdf5(Format):
    """`.h5`: config and weights in groups, layer by layer."""

    name = "h5"
    options = ("include_optimizer", "signatures", "options", "save_traces")
    load = staticmethod(hdf5.load)

    def fits_name(self, path):
        """Whether a file of this name is written in this format."""
        return path.endswith(_HDF5_SUFFIXES)

    def fits_content(self, path, start):
        """Whether a file is in this format, by its first bytes."""
        return start.startswith(_HDF5_SIGNATURE) or self.fits_name(path)

    def save(self, model, path, include_optimizer=True, **ignored):
        """Writes the model. Other arguments belong to SavedModel."""
        hdf5.save(model, path, include_optimizer)

    def save_weights(self, model, path, options):
        """Writes the weights."""
        hdf5.save_weights(model, path)

    def load_weights(self, model, path, skip_mismatch, by_name, options):
        """Sets the weights."""
        if skip_mismatch and not by_name:
            raise ValueError(
                "When calling model.load_weights, skip_mismatch can only be "
                "set to True when by_name is True."
            )
        hdf5.load_weights(model, path, skip_mismatch, by_name)


class TensorFlow(Format):
    """SavedModels of whole models, and checkpoints of weights."""

    name = "tf"
    options = ("include_optimizer", "signatures", "options", "save_traces")
    save = staticmethod(write.save)
    load = staticmethod(read.load)

    def fits_name(self, path):
        """Any other name: the prefix of a checkpoint."""
        return True

    def fits_content(self, path, start):
        """Whether there is a SavedModel or a checkpoint."""
        return read.is_saved_model(path) or tf_checkpoint.is_checkpoint(path)

    def save_weights(self, model, path, options):
        """Writes a checkpoint."""
        tf_checkpoint.save_weights(model, path, options)

    def load_weights(self, model, path, skip_mismatch, by_name, options):
        """Reads a checkpoint or a SavedModel's; returns the load's status."""
        if read.is_saved_model(path):
            path = variables.prefix(path)
        _refuse_by_name(by_name, path)
        if skip_mismatch:
            raise ValueError(
                "`skip_mismatch` is for HDF5 files. A checkpoint leaves what "
                "it doesn't know as it is; ask the returned status."
            )
        return tf_checkpoint.load_weights(model, path, options)


FORMATS = (KerasZip(), Keras3Zip(), WeightsFile(), Hdf5(), TensorFlow())
_ASKED_FOR = ("keras", "keras3", "h5", "tf")


def _refuse_by_name(by_name, path):
    if by_name:
        raise ValueError(
            "`by_name=True` is for weights that were saved by layer, in `.h5` "
            f"files. Received: filepath={path}"
        )


def named(save_format):
    """Returns the format that `save_format` means.

    Raises:
        ValueError: If there is none.
    """
    names = {"hdf5": "h5", "tensorflow": "tf"}
    wanted = str(save_format).lower()
    wanted = names.get(wanted, wanted)
    for known in FORMATS:
        if known.name == wanted and wanted in _ASKED_FOR:
            return known
    raise ValueError(
        "Unknown `save_format` argument. Expected one of 'keras', 'keras3', "
        f"'tf', or 'h5'. Received: save_format={save_format}"
    )


def of_name(path):
    """Returns the format that a file's name asks for."""
    return next(known for known in FORMATS if known.fits_name(path))


def of_content(path):
    """Returns the format in which a file is.

    Raises:
        OSError: If there is none, or nothing is known of its kind.
    """
    start = b""
    is_folder = tf.io.gfile.isdir(path)
    if is_folder:
        if read.is_saved_model(path) or tf_checkpoint.is_checkpoint(path):
            return named("tf")
        raise OSError(
            f"SavedModel file does not exist at: {path}. The folder holds no "
            "saved_model.pb, and no model is saved in a folder otherwise."
        )
    if tf.io.gfile.exists(path):
        with tf.io.gfile.GFile(path, "rb") as file:
            start = file.read(16)
    elif not tf_checkpoint.is_checkpoint(path):
        raise OSError(f"No file or directory found at {path}")
    for known in FORMATS:
        if known.fits_content(path, start):
            return known
    raise OSError(
        f"{path} is in none of the formats known here: it is neither a zip "
        "file (`.keras`) nor HDF5 (`.h5`) nor a checkpoint."
    )
