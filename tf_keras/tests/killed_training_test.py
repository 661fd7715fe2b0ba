"""Training killed at random moments ends as if it had never been."""

import json
import multiprocessing
import os
import random
import signal
import time

import numpy as np
import tensorflow as tf

import tf_keras as keras

KILLS = 10
# Processes that have TensorFlow imported, but no thread of it running.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tf_keras", "tf_keras.callbacks"])


def _train(folder, save_freq, result, begins):
    """A training that can be killed; writes what it learnt to a file."""
    keras.utils.set_random_seed(7)
    random_rows = np.random.RandomState(0)
    x = random_rows.rand(50, 3).astype("float32")
    y = random_rows.rand(50, 2).astype("float32")
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(8, "tanh")(inputs)
    hidden = keras.layers.BatchNormalization()(hidden)
    hidden = keras.layers.Dropout(0.2)(hidden)
    model = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    model.compile("adam", "mse", metrics=["mae"])
    stopping = keras.callbacks.EarlyStopping("val_mae", patience=100)
    saving = keras.callbacks.ModelCheckpoint(
        os.path.join(folder, "best.weights.h5"),
        save_best_only=True,
        save_weights_only=True,
    )
    last = {}
    model.fit(
        x,
        y,
        batch_size=4,
        epochs=8,
        validation_split=0.2,
        verbose=0,
        callbacks=[
            keras.callbacks.BackupAndRestore(
                os.path.join(folder, "backup"), save_freq=save_freq
            ),
            stopping,
            saving,
            keras.callbacks.ReduceLROnPlateau(patience=2),
            keras.callbacks.LambdaCallback(
                on_train_begin=lambda logs: begins.set(),
                on_epoch_end=lambda epoch, logs: last.update(logs),
            ),
        ],
    )
    found = {
        "weights": [w.tolist() for w in model.get_weights()],
        "optimizer": [v.numpy().tolist() for v in model.optimizer.variables],
        "last": {name: float(value) for name, value in last.items()},
        "stopping": [float(stopping.best), stopping.best_epoch, stopping.wait],
        "best": float(saving.best),
    }
    with open(result, "w") as file:
        json.dump(found, file)


class KilledTrainingTest(tf.test.TestCase):
    def run_once(self, folder, save_freq, kill_after=None):
        """Runs the training; returns its result, None if it was killed."""
        os.makedirs(folder, exist_ok=True)
        result = os.path.join(folder, "result.json")
        begins = _processes.Event()
        process = _processes.Process(
            target=_train, args=(folder, save_freq, result, begins)
        )
        process.start()
        self.assertTrue(begins.wait(timeout=60))
        started = time.perf_counter()
        process.join(kill_after)
        self.seconds = time.perf_counter() - started
        process.kill()
        process.join()
        if process.exitcode == -signal.SIGKILL:
            return None
        self.assertEqual(process.exitcode, 0)
        with open(result) as file:
            return json.load(file)

    def check(self, save_freq):
        folder = self.get_temp_dir()
        expected = self.run_once(os.path.join(folder, "whole"), save_freq)
        # A killed run leaves less to do for the next one.
        longest = 0.5 * self.seconds
        moments = random.Random(3)
        kills, runs, found = 0, 0, None
        while kills < KILLS or found is None:
            after = moments.uniform(0, longest) if kills < KILLS else None
            found = self.run_once(
                os.path.join(folder, "killed"), save_freq, after
            )
            runs += 1
            kills += found is None
            if found is not None:
                self.assertEqual(found, expected)
        print(f"save_freq={save_freq}: {kills} kills in {runs} runs")

    def test_with_a_backup_every_epoch(self):
        self.check("epoch")

    def test_with_a_backup_every_three_batches(self):
        self.check(3)


if __name__ == "__main__":
    tf.test.main()
