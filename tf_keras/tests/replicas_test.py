"""Two replicas train as one device does."""

import numpy as np
import tensorflow as tf

import tf_keras as keras

_random = np.random.RandomState(0)
X = _random.rand(34, 3).astype("float32")
Y = _random.rand(34, 2).astype("float32")


def _model():
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, "tanh")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    random = np.random.RandomState(3)
    model.set_weights(
        [random.uniform(-0.5, 0.5, w.shape) for w in model.weights]
    )
    model.compile("sgd", "mse", metrics=["mae"])
    return model


def _train(model):
    history = model.fit(X, Y, batch_size=10, shuffle=False, epochs=3, verbose=0)
    weights = np.concatenate([w.ravel() for w in model.get_weights()])
    return weights, history.history


class ReplicasTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        device = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(
            device, [tf.config.LogicalDeviceConfiguration()] * 2
        )

    def test_weights_and_logs_are_those_of_one_device(self):
        weights, logs = _train(_model())
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            model = _model()
        found, found_logs = _train(model)
        self.assertAllClose(found, weights, rtol=1e-5, atol=1e-6)
        self.assertAllClose(found_logs["loss"], logs["loss"], rtol=1e-5)
        self.assertAllClose(found_logs["mae"], logs["mae"], rtol=1e-5)

    def check_the_same(self, run):
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            model = _model()
        self.assertAllClose(run(model), run(_model()), rtol=1e-5, atol=1e-6)

    def test_single_batches_give_the_same(self):
        def run(model):
            trained = [model.train_on_batch(X[:10], Y[:10]) for _ in range(2)]
            tested = model.test_on_batch(X[:9], Y[:9])
            return np.array([*trained, tested])

        self.check_the_same(run)
        self.check_the_same(lambda model: model.predict_on_batch(X[:7]))

    def test_a_callback_that_listens_gets_the_same_logs(self):
        def run(model):
            seen = []
            listener = keras.callbacks.LambdaCallback(
                on_batch_end=lambda batch, logs: seen.append(logs["loss"])
            )
            data = tf.data.Dataset.from_tensor_slices((X, Y)).batch(10)
            model.fit(data, epochs=2, callbacks=[listener], verbose=0)
            return np.array(seen)

        self.check_the_same(run)

    def test_sample_weights_give_the_same(self):
        weights = np.arange(34.0)

        def run(model):
            model.fit(X, Y, 10, sample_weight=weights, shuffle=False, verbose=0)
            return model.get_weights()[0]

        self.check_the_same(run)

    def test_replicas_may_have_different_counts_of_rows(self):
        def run(rows, size):
            def fit(model):
                model.fit(
                    X[:rows], Y[:rows], size, epochs=2, shuffle=False, verbose=0
                )
                return model.get_weights()[0]

            return fit

        # The last batch holds 2 rows and 1; then 1 row and none.
        self.check_the_same(run(rows=33, size=10))
        self.check_the_same(run(rows=33, size=8))

    def test_accumulated_gradients_give_the_same(self):
        def run(model):
            model.compile("adam", "mse", gradient_accumulation_steps=3)
            model.fit(X, Y, 10, epochs=3, shuffle=False, verbose=0)
            return model.get_weights()[0]

        self.check_the_same(run)

    def test_a_model_of_outside_predicts_and_refuses_to_train(self):
        model = _model()
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        alone = model.predict(X, verbose=0)
        with strategy.scope():
            self.assertAllClose(model.predict(X, verbose=0), alone)
            for train in (model.fit, model.train_on_batch):
                with self.assertRaisesRegex(ValueError, "outside of the scope"):
                    train(X, Y)
        model.fit(X, Y, verbose=0)

    def test_predicts_and_evaluates_every_row_once(self):
        alone = _model()
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            model = _model()
        self.assertAllClose(
            model.predict(X, batch_size=10, verbose=0),
            alone.predict(X, batch_size=10, verbose=0),
            rtol=1e-5,
        )
        self.assertAllClose(
            model.evaluate(X, Y, batch_size=10, verbose=0),
            alone.evaluate(X, Y, batch_size=10, verbose=0),
            rtol=1e-5,
        )


if __name__ == "__main__":
    tf.test.main()
