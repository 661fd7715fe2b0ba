"""Memory stays flat over rounds of build, fit and clear_session."""

import gc
import os
import sys
import tracemalloc
import unittest

import numpy as np
import tensorflow as tf

import tf_keras

ROUNDS = 200


def one_round():
    model = tf_keras.Sequential(
        [
            tf_keras.Input((3,)),
            tf_keras.layers.Dense(2, activation="relu"),
            tf_keras.layers.Dense(1),
        ]
    )
    model.compile("sgd", "mse", run_eagerly=True)
    model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
    tf_keras.backend.clear_session()


def one_round_of_graphs():
    x = tf_keras.Input((3,))
    model = tf_keras.Model(x, tf.nn.relu(tf_keras.layers.Dense(1)(x)) + 1.0)
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
    model.predict(np.ones((4, 3)), verbose=0)
    tf_keras.backend.clear_session()


def resident(name):
    """`VmRSS`, the bytes of memory in use, or `VmHWM`, the most so far."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(name))
    return int(line.split()[1]) * 1024


class MemoryTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        gc.collect()
        gc.freeze()  # TensorFlow's objects aside, a collection is quick.

    def tearDown(self):
        gc.unfreeze()
        super().tearDown()

    def objects_a_round(self, run, rounds):
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(rounds):
            run()
        gc.collect()
        return (len(gc.get_objects()) - before) / rounds

    def bytes_a_round(self, run, rounds):
        tracemalloc.start()
        for _ in range(3):
            run()
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(rounds):
            run()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return (after - before) / rounds

    def check(self, run, rounds, traced_rounds, most_bytes):
        for _ in range(5):  # What is loaded and cached once.
            run()
        objects = self.objects_a_round(run, rounds)
        size = self.bytes_a_round(run, traced_rounds)
        print(f"{run.__name__}: {objects} objects and {size} bytes a round")
        self.assertLess(objects, 1)
        self.assertLess(size, most_bytes)

    def test_stays_flat_over_many_small_models(self):
        # A round of plain TensorFlow, four variables and three gradients,
        # grows by 1,000 bytes too: it frees some of its own unseen.
        self.check(one_round, ROUNDS, traced_rounds=10, most_bytes=5000)

    def test_stays_flat_with_traced_functions(self):
        self.check(
            one_round_of_graphs, rounds=8, traced_rounds=4, most_bytes=20000
        )


    @unittest.skipUnless(sys.platform == "linux", "asks Linux for memory")
    def test_loading_takes_the_memory_of_one_copy(self):
        def trained(count):
            layer = tf_keras.layers.Dense
            layers = [layer(1024, use_bias=False) for _ in range(count)]
            model = tf_keras.Sequential([tf_keras.Input((8,)), *layers])
            model.compile("adam", "mse")
            model.train_on_batch(np.ones((1, 8)), np.ones((1, 1024)))
            return model

        small, model = trained(1), trained(9)
        variables = [*model.weights, *model.optimizer.variables]
        whole = sum(v.shape.num_elements() * v.dtype.size for v in variables)
        # Graphs of SavedModels take some as well.
        for name, most in (("a.keras", 1.35), ("a.h5", 1.35), ("a", 1.7)):
            path = os.path.join(self.get_temp_dir(), name)
            small.save(path)
            tf_keras.models.load_model(path)  # What is loaded once.
            model.save(path)
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")  # The peak starts anew.
            before = resident("VmRSS")
            copy = tf_keras.models.load_model(path)
            taken = resident("VmHWM") - before
            del copy
            print(f"loading {name}: {taken / whole:.2f} copies")
            self.assertLess(taken, most * whole)


if __name__ == "__main__":
    tf.test.main()
