"""A save that is killed, or runs out of disk, leaves a whole model."""

import multiprocessing
import os
import random
import resource
import tempfile
import time

import numpy as np
import tensorflow as tf

import tf_keras as keras

KILLS = 30
FORMATS = ("tf", "keras", "h5")
# Processes that have TensorFlow imported, but no thread of it running.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tf_keras", "tf_keras.layers"])


def _model(number):
    """A model of half a megabyte whose weights are all one number."""
    model = keras.Sequential(
        [keras.Input((300,)), keras.layers.Dense(400), keras.layers.Dense(3)]
    )
    _fill(model, number)
    return model


def _fill(model, number):
    model.set_weights([np.full_like(w, number) for w in model.get_weights()])


def _save_for_ever(path, number, begins):
    model = _model(number)
    with tempfile.TemporaryDirectory() as folder:
        # The first save of a process takes far longer than all others.
        model.save(os.path.join(folder, os.path.basename(path)))
    while True:
        begins.set()
        number += 1
        _fill(model, number)
        model.save(path)


def _save_on_full_disk(path, file_bytes, result):
    model = _model(2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    try:
        model.save(path)
    except (OSError, tf.errors.OpError) as error:
        result.put(f"{type(error).__name__}: {error}"[:500])
    else:
        result.put("")


def _number_in(path):
    """The number of which a model's file holds nothing else."""
    found = np.unique(
        np.concatenate(
            [w.ravel() for w in keras.models.load_model(path).get_weights()]
        )
    )
    assert len(found) == 1, found
    return int(found[0])


class KilledSavingTest(tf.test.TestCase):
    def saved(self, suffix):
        folder = os.path.join(self.get_temp_dir(), f"{self.id()}.{suffix}")
        path = os.path.join(folder, f"model.{suffix}")
        os.makedirs(folder)
        model = _model(1)
        model.save(path)
        started = time.perf_counter()
        model.save(path)
        return path, time.perf_counter() - started

    def check_kills(self, suffix):
        path, seconds = self.saved(suffix)
        moments = random.Random(5)
        seen = [1]
        for _ in range(KILLS):
            begins = _processes.Event()
            process = _processes.Process(
                target=_save_for_ever, args=(path, seen[-1], begins)
            )
            process.start()
            self.assertTrue(begins.wait(timeout=60))
            process.join(moments.uniform(0, 2 * seconds))
            process.kill()
            process.join()
            seen.append(_number_in(path))
        self.assertEqual(seen, sorted(seen))
        self.assertGreater(seen[-1], 1)
        print(f"{suffix}: {KILLS} kills, {seen[-1]} saves")

    def test_a_killed_saved_model(self):
        self.check_kills("tf")

    def test_a_killed_keras_file(self):
        self.check_kills("keras")

    def test_a_killed_hdf5_file(self):
        self.check_kills("h5")

    def test_a_full_disk(self):
        for suffix in FORMATS:
            path, _ = self.saved(suffix)
            for file_bytes in (0, 3000, 300_000):
                with self.subTest(format=suffix, file_bytes=file_bytes):
                    result = _processes.Queue()
                    process = _processes.Process(
                        target=_save_on_full_disk,
                        args=(path, file_bytes, result),
                    )
                    process.start()
                    error = result.get(timeout=60)
                    process.join()
                    self.assertNotEqual(error, "")
                    self.assertEqual(_number_in(path), 1)
                    self.assertLen(os.listdir(os.path.dirname(path)), 1)
                    print(f"{suffix}, {file_bytes} bytes: {error[:100]}")


if __name__ == "__main__":
    tf.test.main()
