"""Layers and models as users have written them for years."""

import importlib.util
import os
import pathlib
import sys

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras import layers
from tf_keras.src.core.dtype_policy import policy_scope

X = np.random.RandomState(0).normal(size=(8, 3)).astype("float32")
Y = X @ np.array([[1.0], [2.0], [-1.0]], "float32")


class OldLinear(layers.Layer):
    """A layer as of 2019."""

    def __init__(self, units=32, **kwargs):
        super(OldLinear, self).__init__(**kwargs)  # noqa: UP008
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            name="w",
            shape=(input_shape[-1], self.units),
            initializer="random_normal",
            trainable=True,
        )
        self.b = self.add_variable("b", (self.units,), initializer="zeros")
        self.built = True

    def call(self, x):
        return tf.matmul(x, self.w) + self.b

    def get_config(self):
        config = super(OldLinear, self).get_config()  # noqa: UP008
        config.update({"units": self.units})
        return config

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)


class Metered(layers.Layer):
    """Adds a loss and a metric."""

    def call(self, inputs, training=None, mask=None):
        self.add_loss(0.1 * tf.reduce_mean(inputs**2))
        self.add_metric(tf.reduce_mean(inputs), name="level")
        self.add_metric(tf.reduce_max(inputs), name="top", aggregation="mean")
        return inputs


class Net(tf_keras.Model):
    """A subclassed model that holds layers in every kind of nest."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [OldLinear(4), layers.Dense(4, activation="relu")]
        self.heads = {"out": layers.Dense(1)}
        self.scale = tf.Variable(1.0, name="scale")

    def call(self, inputs, training=None):
        for block in self.blocks:
            inputs = block(inputs)
        if training:
            inputs = tf.nn.dropout(inputs, 0.01, seed=1)
        return self.scale * self.heads["out"](inputs)


# AutoGraph leaves files of this package alone, tests among them.
_USERS_FILE = """
import tensorflow as tf
import tf_keras

class Branch(tf_keras.layers.Layer):
    def call(self, inputs):
        if tf.reduce_sum(inputs) > 0:
            outputs = inputs + 1.0
        else:
            outputs = inputs - 1.0
        return outputs
"""


def users_module(folder):
    path = os.path.join(folder, "users_layers.py")
    pathlib.Path(path).write_text(_USERS_FILE)
    spec = importlib.util.spec_from_file_location("users_layers", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["users_layers"] = module
    spec.loader.exec_module(module)
    return module


class LayerTest(tf.test.TestCase):
    def test_old_layer_in_a_model(self):
        model = tf_keras.Sequential(
            [OldLinear(4, input_shape=(3,)), OldLinear(1)]
        )
        model.compile("sgd", "mse")
        before = model.evaluate(X, Y, verbose=0)
        model.fit(X, Y, epochs=3, verbose=0)
        self.assertLess(model.evaluate(X, Y, verbose=0), before)
        again = tf_keras.Sequential.from_config(
            model.get_config(), {"OldLinear": OldLinear}
        )
        again.set_weights(model.get_weights())
        self.assertAllClose(again(X), model(X))

    def test_python_control_flow_on_tensors_works_in_functions(self):
        layer = users_module(self.get_temp_dir()).Branch()
        for call in (layer, tf.function(layer)):
            self.assertAllEqual(call(tf.ones(2)), [2.0, 2.0])
            self.assertAllEqual(call(-tf.ones(2)), [-2.0, -2.0])
        x = tf_keras.Input((3,))
        model = tf_keras.Model(x, layer(x))
        negative = -np.ones((1, 3))
        self.assertAllEqual(model.predict(negative, verbose=0), negative - 1)

    def test_losses_and_metrics_of_layers_are_trained_and_logged(self):
        x = tf_keras.Input((3,))
        model = tf_keras.Model(x, layers.Dense(1)(Metered()(x)))
        model.compile("sgd", "mse")
        logs = model.fit(X, Y, batch_size=8, verbose=0).history
        self.assertEqual(list(logs), ["loss", "level", "top"])
        self.assertAllClose(logs["level"], [X.mean()])
        self.assertAllClose(logs["top"], [X.max()])
        found = model.evaluate(X, Y, verbose=0, return_dict=True)
        mse = np.mean((model.predict(X, verbose=0) - Y) ** 2)
        self.assertAllClose(found["loss"], mse + 0.1 * np.mean(X**2))

    def test_a_metric_is_found_once_however_often_it_is_added(self):
        layer = Metered()
        for _ in range(3):
            layer(X)
        self.assertEqual([m.name for m in layer.metrics], ["level", "top"])
        with self.assertRaisesRegex(ValueError, "give a name"):
            layer.add_metric(tf.constant(1.0))

    def test_a_metrics_result_can_be_added(self):
        class Own(layers.Layer):
            def __init__(self):
                super().__init__()
                self.mean = tf_keras.metrics.Mean(name="own")

            def call(self, inputs):
                self.add_metric(self.mean(inputs))
                return inputs

        layer = Own()
        layer(tf.constant([1.0, 3.0]))
        self.assertEqual([m.name for m in layer.metrics], ["own"])
        self.assertAllClose(layer.metrics[0].result(), 2.0)


class SubclassedModelTest(tf.test.TestCase):
    def test_finds_its_parts(self):
        model = Net()
        model(X)
        self.assertLen(model.layers, 3)
        self.assertLen(model.trainable_weights, 7)
        self.assertEqual(model.weights[-1].name, "scale:0")

    def test_trains_saves_weights_and_goes_on(self):
        model = Net()
        model.compile(tf_keras.optimizers.Adam(0.01), "mse")
        first = model.fit(X, Y, epochs=2, verbose=0).history["loss"]
        path = os.path.join(self.get_temp_dir(), "net.weights.h5")
        model.save_weights(path)
        other = Net()
        other(X)
        other.load_weights(path)
        self.assertAllClose(other(X), model(X))
        last = model.fit(X, Y, epochs=5, verbose=0).history["loss"]
        self.assertLess(last[-1], first[0])

    def test_builds_by_shape(self):
        model = Net()
        model.build((None, 3))
        self.assertLen(model.weights, 7)
        self.assertEqual(model.compute_output_shape((None, 3)), (None, 1))
        with self.assertRaisesRegex(ValueError, "Input shape"):
            Net().build(None)

    def test_runs_in_a_graph_model(self):
        x = tf_keras.Input((3,))
        net = Net()
        model = tf_keras.Model(x, net(x) + 1.0)
        self.assertAllClose(model(X), net(X) + 1.0)

    def test_call_that_is_missing_is_told(self):
        class Empty(tf_keras.Model):
            pass

        with self.assertRaisesRegex(NotImplementedError, "Empty.*call"):
            Empty()(X)

    def test_unknown_argument_is_told(self):
        with self.assertRaisesRegex(TypeError, "colour"):
            Net(colour="red")

    def test_a_function_around_it_traces_once_a_signature(self):
        traces = []
        model = Net()
        model(X)

        @tf.function
        def run(x):
            traces.append(x.shape)
            return model(x, training=True)

        for rows in (2, 2, 4, 4):
            run(tf.ones((rows, 3)))
        self.assertEqual(traces, [(2, 3), (4, 3)])


class OwnLoopTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        tf_keras.utils.set_random_seed(0)

    def test_a_loop_agrees_with_plain_tensorflow(self):
        model = tf_keras.Sequential(
            [
                layers.Dense(4, activation="tanh", input_shape=(3,)),
                layers.Dense(1),
            ]
        )
        optimizer = tf_keras.optimizers.SGD(0.1)
        loss_fn = tf_keras.losses.MeanSquaredError()
        plain = [tf.Variable(value) for value in model.get_weights()]

        def step():
            with tf.GradientTape() as tape:
                loss = loss_fn(Y, model(X, training=True))
            gradients = tape.gradient(loss, model.trainable_weights)
            optimizer.apply_gradients(zip(gradients, model.trainable_weights))
            return loss

        def plain_step():
            with tf.GradientTape() as tape:
                hidden = tf.tanh(X @ plain[0] + plain[1])
                error = hidden @ plain[2] + plain[3] - Y
                loss = tf.reduce_mean(error**2)
            for variable, gradient in zip(plain, tape.gradient(loss, plain)):
                variable.assign_sub(0.1 * gradient)
            return loss

        compiled = tf.function(step)
        optimizer.build(model.trainable_weights)
        for turn in range(6):
            run = step if turn % 2 else compiled
            self.assertAllClose(run(), plain_step(), rtol=1e-6)
        for weight, variable in zip(model.weights, plain):
            self.assertAllClose(weight, variable, rtol=1e-6, atol=1e-6)

    def test_mixed_precision_in_a_loop_and_in_fit(self):
        with policy_scope("mixed_bfloat16"):
            model = tf_keras.Sequential(
                [layers.Dense(4, input_shape=(3,)), layers.Dense(1)]
            )
        self.assertEqual(model(X).dtype, tf.bfloat16)
        self.assertEqual({w.dtype for w in model.weights}, {tf.float32})
        optimizer = tf_keras.optimizers.Adam(0.01)
        losses = []
        for _ in range(5):
            with tf.GradientTape() as tape:
                error = tf.cast(model(X, training=True), tf.float32) - Y
                loss = tf.reduce_mean(error**2)
            gradients = tape.gradient(loss, model.trainable_weights)
            self.assertEqual({g.dtype for g in gradients}, {tf.float32})
            optimizer.apply_gradients(zip(gradients, model.trainable_weights))
            losses.append(float(loss))
        self.assertLess(losses[-1], losses[0])
        model.compile(tf_keras.optimizers.Adam(0.1), "mse")
        history = model.fit(X, Y, epochs=5, verbose=0).history["loss"]
        self.assertLess(history[-1], history[0])

    def test_float16_scales_the_loss(self):
        with policy_scope("mixed_float16"):
            model = tf_keras.Sequential([layers.Dense(1, input_shape=(3,))])
        model.compile(tf_keras.optimizers.SGD(0.05), "mse")
        self.assertIsInstance(
            model.optimizer, tf_keras.mixed_precision.LossScaleOptimizer
        )
        history = model.fit(X, Y, epochs=10, verbose=0).history["loss"]
        self.assertLess(history[-1], history[0])

    def test_in_dataset_map(self):
        model = tf_keras.Sequential([layers.Dense(2, input_shape=(3,))])
        dataset = tf.data.Dataset.from_tensor_slices(X).batch(4).map(model)
        outputs = tf.concat(list(dataset), axis=0)
        self.assertAllClose(outputs, model(X))


if __name__ == "__main__":
    tf.test.main()
