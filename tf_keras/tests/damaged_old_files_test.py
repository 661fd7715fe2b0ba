"""Damaged configs and files of Keras 1 give an error of ours, or load."""

import copy
import io
import json
import os
import random
import warnings

import h5py
import numpy as np
import tensorflow as tf

import tf_keras as keras

_MUTATIONS = 100  # Of each kind; more by TF_KERAS_MUTATIONS.
_CONFIG = {
    "class_name": "Sequential",
    "keras_version": "1.2.2",
    "config": [
        {
            "class_name": "Convolution1D",
            "config": {
                "name": "c",
                "nb_filter": 2,
                "filter_length": 3,
                "border_mode": "same",
                "W_regularizer": {"name": "L1L2Regularizer", "l2": 0.1},
                "batch_input_shape": [None, 4, 3],
                "input_dtype": "float32",
            },
        },
        {"class_name": "Flatten", "config": {"name": "f"}},
        {
            "class_name": "Dense",
            "config": {"name": "d", "output_dim": 2, "activation": "relu"},
        },
    ],
}
_YAML = """
class_name: Sequential
keras_version: 1.2.2
config:
- class_name: BatchNormalization
  config: &id001
    name: !!python/unicode 'n'
    batch_input_shape: !!python/tuple [null, 3]
    axis: !!python/object/apply:numpy.core.multiarray.scalar
    - !!python/object/apply:numpy.dtype
      args: [i8, 0, 1]
      state: !!python/tuple [3, <, null, null, null, -1, -1, 0]
    - !!binary |
      AQAAAAAAAAA=
- class_name: Dense
  config: {name: d, output_dim: 2, init: uniform}
"""
_VALUES = (None, True, -1, 0, 1e9, 2**40, "x", "", [], {}, [[]], float("nan"))
_LINES = (
    *("*id001", "&id001", "!!binary x", "!!python/tuple", "<<: *id001"),
    *("!!python/object/apply:os.system [ls]", "{", "- a", "!!float x"),
    "!!python/object/apply:numpy.dtype",
)
_WEIGHTS = {
    "c": {"c_W": np.ones((3, 1, 3, 2)), "c_b": np.zeros(2)},
    "d": {"d_W": np.ones((8, 2)), "d_b": np.zeros(2)},
}


def places(value):
    """Yields every `(container, key)` of plain data."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        yield value, key
        if isinstance(item, (dict, list)):
            yield from places(item)


def mutated_config(dice):
    config = copy.deepcopy(_CONFIG)
    found = list(places(config))
    container, key = dice.choice(found)
    other, other_key = dice.choice(found)
    change = dice.randrange(3)
    if change == 0:
        del container[key]
    elif change == 1:
        container[key] = dice.choice(_VALUES)
    else:
        container[key] = copy.deepcopy(other[other_key])
    return json.dumps(config)


def mutated_text(text, dice):
    lines = text.split("\n")
    index = dice.randrange(len(lines))
    change = dice.randrange(3)
    if change == 0:
        lines[index] += " " + dice.choice(_LINES)
    elif change == 1:
        lines[index] = " " * dice.randrange(6) + lines[index].lstrip()
    else:
        place = dice.randrange(len(lines[index]) + 1)
        new = chr(dice.randrange(32, 127))
        lines[index] = lines[index][:place] + new + lines[index][place + 1 :]
    return "\n".join(lines)


def mutated_bytes(data, dice):
    data = bytearray(data)
    place = dice.randrange(len(data))
    change = dice.randrange(4)
    if change == 0:
        del data[place:]
    elif change == 1:
        data[place : place + 8] = dice.choice((b"\0", b"\xff")) * 8
    else:
        data[place] = dice.randrange(256)
    return bytes(data)


def keras_1_file():
    """The bytes of a whole model as Keras 1 wrote it."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        file.attrs["keras_version"] = b"1.2.2"
        file.attrs["model_config"] = json.dumps(_CONFIG).encode()
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [name.encode() for name in "cfd"]
        for name in "cfd":
            own = group.create_group(name)
            arrays = _WEIGHTS.get(name, {})
            own.attrs["weight_names"] = [n.encode() for n in arrays]
            for key, array in arrays.items():
                own[key] = array.astype("float32")
    return buffer.getvalue()


class DamagedOldFilesTest(tf.test.TestCase):
    def check(self, mutate, load):
        """Most mutations are errors, and only such that a caller expects."""
        dice = random.Random(6)
        failed = 0
        for _ in range(int(os.environ.get("TF_KERAS_MUTATIONS", _MUTATIONS))):
            damaged = mutate(dice)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    model = load(damaged)
                except (ValueError, TypeError, OSError) as error:
                    ours = (ValueError, TypeError, OSError)
                    self.assertIn(type(error), ours, repr(damaged))
                    failed += 1
                else:
                    self.assertIsInstance(model, keras.Model)
        self.assertGreater(failed, 10)

    def test_json(self):
        self.check(mutated_config, keras.models.model_from_json)
        text = json.dumps(_CONFIG)
        self.assertLen(keras.models.model_from_json(text).weights, 4)

    def test_yaml(self):
        self.check(
            lambda dice: mutated_text(_YAML, dice), keras.models.model_from_yaml
        )
        self.assertLen(keras.models.model_from_yaml(_YAML).weights, 6)

    def test_hdf5(self):
        path = os.path.join(self.get_temp_dir(), "old.h5")

        def load(data):
            with open(path, "wb") as file:
                file.write(data)
            return keras.models.load_model(path)

        whole = keras_1_file()
        self.check(lambda dice: mutated_bytes(whole, dice), load)
        self.assertLen(load(whole).weights, 4)


if __name__ == "__main__":
    tf.test.main()
