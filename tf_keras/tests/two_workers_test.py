"""Two processes train together as one device does for the same batch."""

import json
import multiprocessing
import os
import socket

import numpy as np
import tensorflow as tf

import tf_keras as keras

_random = np.random.RandomState(0)
X = _random.rand(33, 3).astype("float32")  # The last batch has 3 rows.
Y = _random.rand(33, 2).astype("float32")
WEIGHTS = np.linspace(0.5, 1.5, 33).astype("float32")
# Processes that have TensorFlow imported, but no thread of it running.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tf_keras", "tf_keras.layers"])


def _model():
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, "tanh")(inputs)
    hidden = keras.layers.BatchNormalization(synchronized=True)(hidden)
    model = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    random = np.random.RandomState(3)
    model.set_weights(
        [random.uniform(0.1, 0.9, w.shape) for w in model.weights]
    )
    model.compile("adam", "mse", metrics=["mae"], weighted_metrics=["mse"])
    return model


def _found(model):
    """What a training gives, as plain data."""
    history = model.fit(
        X,
        Y,
        batch_size=10,
        sample_weight=WEIGHTS,
        shuffle=False,
        epochs=3,
        verbose=0,
        validation_data=(X[:7], Y[:7]),
    )
    data = tf.data.Dataset.from_tensor_slices((X, Y)).batch(10)
    return {
        "history": history.history,
        "data set": model.fit(data, verbose=0).history,
        "evaluated": model.evaluate(X, Y, batch_size=10, verbose=0),
        "weights": [w.tolist() for w in model.get_weights()],
    }


def _work(index, ports, results):
    workers = [f"127.0.0.1:{port}" for port in ports]
    os.environ["TF_CONFIG"] = json.dumps(
        {
            "cluster": {"worker": workers},
            "task": {"type": "worker", "index": index},
        }
    )
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        model = _model()
    results.put((index, strategy.num_replicas_in_sync, _found(model)))


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class TwoWorkersTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ports, results = _free_ports(2), _processes.Queue()
        workers = [
            _processes.Process(target=_work, args=(index, ports, results))
            for index in range(2)
        ]
        for worker in workers:
            worker.start()
        try:
            cls.found = sorted(results.get(timeout=100) for _ in workers)
        finally:
            for worker in workers:
                worker.kill()
                worker.join()
        cls.expected = _found(_model())

    def check(self, part):
        for index, replicas, found in self.found:
            self.assertEqual(replicas, 2, f"of worker {index}")
            self.assertAllClose(
                found[part], self.expected[part], rtol=1e-5, atol=1e-6
            )

    def test_weights_are_those_of_one_device(self):
        self.check("weights")

    def test_losses_metrics_and_validation_are_those_of_one_device(self):
        self.check("history")

    def test_a_data_set_is_divided(self):
        self.check("data set")

    def test_every_row_is_evaluated_once(self):
        self.check("evaluated")


if __name__ == "__main__":
    tf.test.main()
