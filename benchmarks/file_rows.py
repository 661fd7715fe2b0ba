"""Saving and loading ResNet50, in each format."""

import functools
import os
import shutil
import tempfile

import h5py
import tensorflow as tf
from networks import model, resnet50

# A name for the file, and what `save` is told.
_FORMS = {
    "keras": ("model.keras", {}),
    "h5": ("model.h5", {}),
    "savedmodel": ("model", {"save_format": "tf"}),
}


def _file(name):
    directory = tempfile.mkdtemp(dir="/tmp", prefix="keras_benchmark_")
    tf.io.gfile.makedirs(directory)
    return os.path.join(directory, name)


def _size(path):
    """Bytes of a file or a directory, a checkpoint's parts included."""
    directory = os.path.dirname(path)
    return sum(
        os.path.getsize(os.path.join(where, name))
        for where, _, names in os.walk(directory)
        for name in names
    )


class _Saving:
    """Saves again and again; removes its file in the end."""

    def __init__(self, path, save):
        self.path, self._save = path, save

    def __call__(self):
        self._save(self.path)
        return _size(self.path)

    def __del__(self):
        shutil.rmtree(os.path.dirname(self.path), ignore_errors=True)


def _made(keras):
    made = model(keras, resnet50)
    made.compile("sgd", "mse")
    return made


def _save(keras, form):
    made = _made(keras)
    if form == "checkpoint":
        checkpoint = tf.train.Checkpoint(model=made)
        return _Saving(_file("model"), checkpoint.write)
    name, options = _FORMS[form]
    return _Saving(_file(name), lambda path: made.save(path, **options))


def _load(keras, form):
    made = _made(keras)
    if form == "weights":
        saved = _Saving(_file("model.weights.h5"), made.save_weights)
        saved()
        return lambda: (made.load_weights(saved.path), 1)[1]
    saved = _save(keras, form)
    saved()
    load = keras.models.load_model
    return lambda: len(load(saved.path).weights)


# By hand: the arrays, in one file of h5py or one checkpoint -----------------


def _variables():
    """As many numbers as ResNet50 has, in as many variables."""
    return [tf.Variable(tf.random.normal((80_000,))) for _ in range(320)]


def _raw_save(_, form):
    variables = _variables()
    if form == "checkpoint":
        checkpoint = tf.train.Checkpoint(variables=variables)
        return _Saving(_file("model"), checkpoint.write)
    if form == "savedmodel":
        module = tf.Module()
        module.variables_ = variables
        return _Saving(
            _file("model"), lambda path: tf.saved_model.save(module, path)
        )

    def save(path):
        with h5py.File(path, "w") as file:
            for number, variable in enumerate(variables):
                file[str(number)] = variable.numpy()

    return _Saving(_file("model.h5"), save)


def _raw_load(_, form):
    variables = _variables()
    saved = _raw_save(_, form)
    saved()
    if form == "savedmodel":
        return lambda: len(tf.saved_model.load(saved.path).variables_)

    def load():
        with h5py.File(saved.path) as file:
            for number, variable in enumerate(variables):
                variable.assign(file[str(number)][()])
        return len(variables)

    return load


def _rows(save, load):
    saving = ("keras", "h5", "savedmodel", "checkpoint")
    return {
        f"save_{form}": functools.partial(save, form=form) for form in saving
    } | {
        f"load_{form}": functools.partial(load, form=form)
        for form in ("keras", "h5", "savedmodel", "weights")
    }


ROWS = _rows(_save, _load)
RAW_ROWS = _rows(_raw_save, _raw_load)
