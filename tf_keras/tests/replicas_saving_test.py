"""Models of two replicas are saved and loaded, inside a strategy and out."""

import os

import numpy as np
import tensorflow as tf

import tf_keras as keras

X = np.random.RandomState(0).rand(8, 3).astype("float32")
Y = np.random.RandomState(1).rand(8, 2).astype("float32")


def _made():
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, "tanh")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    model.compile("adam", "mse")
    return model


def _fit(model):
    model.fit(X, Y, batch_size=4, epochs=2, shuffle=False, verbose=0)
    return np.concatenate([w.ravel() for w in model.get_weights()])


class ReplicasSavingTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        device = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(
            device, [tf.config.LogicalDeviceConfiguration()] * 2
        )

    def setUp(self):
        super().setUp()
        self.strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with self.strategy.scope():
            self.model = _made()
            _fit(self.model)

    def path(self, suffix):
        return os.path.join(self.get_temp_dir(), f"{self.id()}.{suffix}")

    def check(self, copy):
        self.assertAllClose(
            copy.predict(X, verbose=0), self.model.predict(X, verbose=0)
        )
        self.assertAllClose(copy.get_weights(), self.model.get_weights())
        for mine, its in zip(
            self.model.optimizer.variables, copy.optimizer.variables
        ):
            self.assertAllClose(mine.numpy(), its.numpy())
        _fit(copy)

    def test_whole_models(self):
        for suffix in ("keras", "h5", "tf"):
            with self.subTest(suffix):
                path = self.path(suffix)
                self.model.save(path)
                self.check(keras.models.load_model(path))
                with self.strategy.scope():
                    copy = keras.models.load_model(path)
                self.check(copy)
                self.assertLen(copy.weights[0].values, 2)

    def test_weights_alone(self):
        for suffix in ("weights.h5", "ckpt"):
            with self.subTest(suffix):
                path = self.path(suffix)
                self.model.save_weights(path)
                alone = _made()
                _fit(alone)
                alone.load_weights(path)
                self.check(alone)
                with self.strategy.scope():
                    copy = _made()
                _fit(copy)
                with self.strategy.scope():
                    copy.load_weights(path)
                self.check(copy)

    def test_models_of_one_device_are_loaded_in_a_strategy(self):
        self.model = _made()
        _fit(self.model)
        for suffix in ("keras", "h5", "tf"):
            with self.subTest(suffix):
                path = self.path(suffix)
                self.model.save(path)
                with self.strategy.scope():
                    copy = keras.models.load_model(path)
                self.check(copy)


if __name__ == "__main__":
    tf.test.main()
