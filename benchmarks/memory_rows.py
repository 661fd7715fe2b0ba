"""What a process grows by, in KB."""

import gc
import resource

import tensorflow as tf
from networks import mlp
from raw import BATCH, Net, mean_squares
from training_rows import arrays, compiled


def _resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1024


def _growth(prepare, count, warm_ups):
    """The growth in `count` runs, once `warm_ups` have gone before."""

    def make(package):
        run_once = prepare(package)

        def run():
            for _ in range(warm_ups):
                run_once()
            before = _resident()
            for _ in range(count):
                run_once()
            return _resident() - before

        run.measures_itself = True
        return run

    return make


def _steps(keras):
    made, (x, y) = compiled(keras), arrays(100 * BATCH)
    return lambda: made.fit(x, y, verbose=0)


def _predicts(keras):
    made, (x, _) = compiled(keras), arrays(1)
    return lambda: made.predict(x, verbose=0)


def _models(keras):
    """A model is built, runs, and is dropped."""
    x = tf.constant(arrays(BATCH)[0])

    def run():
        compiled(keras)(x)
        keras.backend.clear_session()

    return run


def _raw_steps(_):
    net, (x, y) = Net(mlp, mean_squares), arrays(100 * BATCH)
    x, y = tf.constant(x), tf.constant(y)
    order = tf.random.shuffle(tf.range(len(x)))
    return lambda: net.epoch(x, y, order)


def _raw_predicts(_):
    net, (x, _) = Net(mlp, mean_squares), arrays(1)
    return lambda: net.predict(x).numpy()


def _raw_models(_):
    x = tf.constant(arrays(BATCH)[0])
    return lambda: Net(mlp, mean_squares).forward(x)


_COUNTS = {
    "memory_of_10000_steps": (100, 20),
    "memory_of_2000_predicts": (2000, 200),
    "memory_of_200_models": (200, 30),
}


def _rows(*prepares):
    return {
        name: _growth(prepare, *counts)
        for (name, counts), prepare in zip(_COUNTS.items(), prepares)
    }


ROWS = _rows(_steps, _predicts, _models)
RAW_ROWS = _rows(_raw_steps, _raw_predicts, _raw_models)
