"""Constructing networks, their first step, and importing the package."""

import functools
import os
import subprocess
import sys

import tensorflow as tf
from networks import INPUTS, data, model, resnet50, transformer
from raw import Layers, Net, crossentropy

_NETWORKS = {"resnet50": resnet50, "transformer": transformer}


def _construct(keras, network):
    return lambda: len(model(keras, network).trainable_weights)


def _first_step(keras, network):
    """Compile, trace and run one step of a model that is built."""
    x, y = data(network, 2)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def run(made):
        made.compile("adam", loss)
        return made.train_on_batch(x, y)

    return lambda: model(keras, network), run


_IMPORT = """
import resource, sys, time
import tensorflow, h5py
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1024
before, kilobytes, start = len(sys.modules), memory(), time.process_time()
import {name}
seconds = time.process_time() - start
print(seconds, len(sys.modules) - before, memory() - kilobytes)
"""


def _import(keras, place):
    """What `import` costs when TensorFlow is there, in a new process."""

    def run():
        found = subprocess.run(
            [sys.executable, "-c", _IMPORT.format(name=keras.__name__)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TF_USE_LEGACY_KERAS": "0"},
        )
        return float(found.stdout.split()[place])

    run.measures_itself = True
    return run


# By hand ---------------------------------------------------------------------


def _raw_construct(_, network):
    """Variables, and one trace of the network."""
    shape, words = INPUTS[network]
    spec = tf.TensorSpec((None, *shape), tf.int32 if words else tf.float32)

    def run():
        layers = Layers()
        tf.function(
            lambda x: layers.run(network, x, training=False), autograph=False
        ).get_concrete_function(spec)
        return len(layers.trainable)

    return run


def _raw_first_step(_, network):
    x, y = data(network, 2)
    return (
        lambda: Net(network, crossentropy),
        lambda net: float(net.train(x, y)),
    )


def _rows(construct, first_step):
    return {
        f"{verb}_{name}": functools.partial(prepare, network=network)
        for verb, prepare in (
            ("construct", construct),
            ("first_step", first_step),
        )
        for name, network in _NETWORKS.items()
    }


ROWS = _rows(_construct, _first_step) | {
    f"import_{name}": functools.partial(_import, place=place)
    for place, name in enumerate(("seconds", "modules", "memory"))
}
RAW_ROWS = _rows(_raw_construct, _raw_first_step)
