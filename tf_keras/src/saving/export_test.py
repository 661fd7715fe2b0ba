"""Tests of artifacts for serving."""

import os

import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.core.layer import Layer
from tf_keras.src.saving.export import ExportArchive, export_model


class Lookup(Layer):
    """Strings to numbers, by a table."""

    def __init__(self):
        super().__init__()
        keys, values = tf.constant(["a", "b"]), tf.constant([1, 2])
        self.table = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(keys, values), -1
        )

    def call(self, inputs):
        return self.table.lookup(inputs)


class ExportTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.get_temp_dir(), self.id())

    def test_serves_a_call_with_arguments_that_are_no_tensors(self):
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
        archive = ExportArchive()
        archive.track(model)
        spec = tf.TensorSpec((None, 3), tf.float32)
        archive.add_endpoint("serve", model.call, [spec])
        archive.write_out(self.path)
        loaded = tf.saved_model.load(self.path)
        self.assertIn("serve", loaded.signatures)
        self.assertIn("serving_default", loaded.signatures)

    def test_recurrent_layers_convert_to_tensorflow_lite(self):
        for layer in (keras.layers.LSTM(4), keras.layers.GRU(4)):
            model = keras.Sequential([keras.Input((5, 3)), layer])
            converter = tf.lite.TFLiteConverter.from_keras_model(model)
            self.assertNotEmpty(converter.convert())

    def test_serves_what_the_model_predicts(self):
        model = keras.Sequential(
            [
                keras.Input((3,), name="features"),
                keras.layers.Dense(2),
                keras.layers.BatchNormalization(),
                keras.layers.Dropout(0.9),
            ]
        )
        model.export(self.path)
        loaded = tf.saved_model.load(self.path)
        x = np.random.rand(4, 3).astype("float32")
        self.assertAllClose(loaded.serve(x), model(x))
        self.assertLen(loaded.variables, 6)
        self.assertLen(loaded.trainable_variables, 4)
        self.assertCountEqual(loaded.signatures, ["serve", "serving_default"])
        outputs = loaded.signatures["serving_default"](features=x)
        self.assertAllClose(outputs["output_0"], model(x))

    def test_serves_several_inputs_and_outputs(self):
        left, right = keras.Input((2,), name="l"), keras.Input((3,), name="r")
        model = keras.Model(
            {"l": left, "r": right},
            {"sum": keras.layers.Dense(2)(left), "as": right * 2.0},
        )
        model.export(self.path)
        x = {"l": np.ones((1, 2), "float32"), "r": np.ones((1, 3), "float32")}
        loaded = tf.saved_model.load(self.path)
        served = loaded.serve(x)
        self.assertAllClose(served["as"], [[2.0] * 3])
        self.assertAllClose(served["sum"], model(x)["sum"])

    def test_serves_a_model_defined_by_code(self):
        class Own(keras.Model):
            def __init__(self):
                super().__init__()
                self.dense = keras.layers.Dense(2)

            def call(self, inputs):
                return self.dense(inputs)

        model = Own()
        with self.assertRaisesRegex(ValueError, "has not yet been built"):
            export_model(model, self.path)
        model(np.ones((2, 3)))
        model.export(self.path)
        x = np.random.rand(5, 3).astype("float32")
        loaded = tf.saved_model.load(self.path)
        self.assertAllClose(loaded.serve(x), model(x))

    def test_takes_tables_along(self):
        layer = Lookup()
        layer(tf.constant(["a"]))
        archive = ExportArchive()
        archive.track(layer)
        archive.add_endpoint(
            "find", layer.__call__, [tf.TensorSpec((None,), tf.string)]
        )
        archive.write_out(self.path)
        loaded = tf.saved_model.load(self.path)
        self.assertAllEqual(loaded.find(tf.constant(["b", "x"])), [2, -1])

    def test_holds_several_endpoints(self):
        layer = keras.layers.Dense(2)
        layer.build((None, 3))
        archive = ExportArchive()
        archive.track(layer)
        spec = tf.TensorSpec((None, 3), tf.float32)
        archive.add_endpoint("call", layer.call, [spec])

        @tf.function
        def double(x):
            return 2.0 * layer(x)

        with self.assertRaisesRegex(ValueError, "was never called"):
            archive.add_endpoint("double", double)
        double(tf.ones((1, 3)))
        archive.add_endpoint("double", double)
        archive.add_variable_collection("kernels", [layer.kernel])
        archive.write_out(self.path)
        loaded = tf.saved_model.load(self.path)
        x = tf.ones((1, 3))
        self.assertAllClose(loaded.double(x), 2.0 * loaded.call(x))
        self.assertAllClose(loaded.kernels[0], layer.kernel)

    def test_replaces_what_was_there(self):
        for units in (2, 4):
            model = keras.Sequential(
                [keras.Input((3,)), keras.layers.Dense(units)]
            )
            model.export(self.path)
        loaded = tf.saved_model.load(self.path)
        self.assertEqual(loaded.serve(tf.ones((1, 3))).shape, (1, 4))

    def test_says_what_is_wrong(self):
        archive = ExportArchive()
        with self.assertRaisesRegex(ValueError, "No endpoints"):
            archive.write_out(self.path)
        with self.assertRaisesRegex(ValueError, "Invalid resource type"):
            archive.track(3)
        with self.assertRaisesRegex(ValueError, "must provide an"):
            archive.add_endpoint("f", lambda x: x)
        with self.assertRaisesRegex(ValueError, "list, tuple or set"):
            archive.add_variable_collection("v", tf.Variable(1.0))
        with self.assertRaisesRegex(ValueError, "tf.Variable.*int"):
            archive.add_variable_collection("v", [1])
        spec = tf.TensorSpec((), tf.float32)
        archive.add_endpoint("f", lambda x: x, [spec])
        with self.assertRaisesRegex(ValueError, "already taken"):
            archive.add_endpoint("f", lambda x: x, [spec])

    def test_says_that_something_is_not_tracked(self):
        layer = keras.layers.Dense(2)
        layer.build((None, 3))
        archive = ExportArchive()
        spec = tf.TensorSpec((None, 3), tf.float32)
        archive.add_endpoint("call", layer.call, [spec])
        with self.assertRaisesRegex(ValueError, r"Call `track\(\)`"):
            archive.write_out(self.path)
        self.assertFalse(os.path.exists(self.path))


if __name__ == "__main__":
    tf.test.main()
