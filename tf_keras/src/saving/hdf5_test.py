"""Tests of `.h5` files: whole models, and weights by layer."""

import json
import os

import h5py
import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.core.layer import Layer
from tf_keras.src.saving import hdf5


class ManyWeights(Layer):
    """More names of weights than fit into one attribute."""

    def build(self, input_shape):
        for index in range(1500):
            self.add_weight(f"weight_with_a_long_name_{index:020}", ())
        super().build(input_shape)


def make_model():
    inputs = keras.Input((3,), name="in")
    hidden = keras.layers.Dense(4, name="first")(inputs)
    outputs = keras.layers.Dense(2, name="second")(hidden * 2.0)
    return keras.Model(inputs, outputs, name="small")


class Hdf5Test(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        keras.backend.clear_session()
        keras.utils.set_random_seed(1)
        self.path = os.path.join(self.get_temp_dir(), f"{self.id()}.h5")

    def test_holds_layers_in_the_short_form(self):
        hdf5.save(make_model(), self.path)
        with h5py.File(self.path) as file:
            config = json.loads(file.attrs["model_config"])
            self.assertEqual(file.attrs["keras_version"], "2.21.0")
            self.assertEqual(list(file), ["model_weights"])
            weights = file["model_weights"]
            self.assertEqual(
                list(weights.attrs["layer_names"]),
                ["in", "first", "tf.math.multiply", "second"],
            )
            self.assertEqual(
                list(weights["first"].attrs["weight_names"]),
                ["first/kernel:0", "first/bias:0"],
            )
            self.assertEqual(weights["second/second/kernel:0"].shape, (4, 2))
        self.assertEqual(config["class_name"], "Functional")
        layers = config["config"]["layers"]
        self.assertEqual(
            [list(layer) for layer in layers],
            [["class_name", "config", "name", "inbound_nodes"]] * 4,
        )

    def test_goes_on_training_as_if_never_saved(self):
        model = make_model()
        model.compile(keras.optimizers.Adam(0.1), keras.losses.Huber(), ["mae"])
        batch = tf.ones((2, 3)), tf.ones((2, 2))
        model.train_on_batch(*batch)
        hdf5.save(model, self.path)
        copy = hdf5.load(self.path)
        for _ in range(3):
            self.assertEqual(
                copy.train_on_batch(*batch), model.train_on_batch(*batch)
            )

    def test_knows_the_users_own_objects(self):
        class Twice(Layer):
            def call(self, inputs):
                return 2.0 * inputs

        def miss(y_true, y_pred):
            return tf.abs(y_true - y_pred)

        model = keras.Sequential([keras.Input((3,)), Twice()])
        model.compile("sgd", miss, metrics=[miss])
        model.test_on_batch(tf.ones((2, 3)), tf.zeros((2, 3)))
        hdf5.save(model, self.path)
        with self.assertRaisesRegex(TypeError, "'Twice'"):
            hdf5.load(self.path)
        with self.assertWarnsRegex(UserWarning, "without being compiled"):
            copy = hdf5.load(self.path, {"Twice": Twice})
        self.assertAllEqual(copy(np.ones((1, 3))), [[2.0, 2.0, 2.0]])
        copy = hdf5.load(self.path, {"Twice": Twice, "miss": miss})
        self.assertEqual(
            copy.test_on_batch(tf.ones((2, 3)), tf.zeros((2, 3))), [2.0, 2.0]
        )

    def test_leaves_out_the_optimizer_if_told(self):
        model = make_model()
        model.compile("adam", "mse")
        hdf5.save(model, self.path, include_optimizer=False)
        self.assertIsNone(hdf5.load(self.path).optimizer)

    def test_makes_the_folder(self):
        path = os.path.join(self.get_temp_dir(), "new", "folder", "model.h5")
        hdf5.save(make_model(), path)
        self.assertTrue(os.path.exists(path))

    def test_splits_long_lists_of_names(self):
        model = keras.Sequential([keras.Input((3,)), ManyWeights()])
        hdf5.save(model, self.path)
        with h5py.File(self.path) as file:
            attributes = file["model_weights/many_weights"].attrs
            self.assertIn("weight_names1", attributes)
            self.assertNotIn("weight_names", attributes)
        copy = hdf5.load(self.path, {"ManyWeights": ManyWeights})
        self.assertAllEqual(copy.get_weights(), model.get_weights())

    def test_refuses_a_model_defined_by_code(self):
        class Own(keras.Model):
            def call(self, inputs):
                return inputs

        with self.assertRaisesRegex(NotImplementedError, "Own is defined by"):
            hdf5.save(Own(), self.path)

    def test_refuses_a_model_without_weights(self):
        model = keras.Sequential([keras.layers.Dense(2)])
        with self.assertRaisesRegex(ValueError, "have not yet been created"):
            hdf5.save(model, self.path)

    def test_refuses_code_unless_allowed(self):
        layer = keras.layers.Lambda(lambda x: x * 2)
        hdf5.save(keras.Sequential([keras.Input((3,)), layer]), self.path)
        with self.assertRaisesRegex(ValueError, "safe_mode=False"):
            hdf5.load(self.path)
        copy = hdf5.load(self.path, safe_mode=False)
        self.assertAllEqual(copy(np.ones((1, 3))), [[2.0, 2.0, 2.0]])

    def test_writes_into_an_open_file(self):
        model = make_model()
        with h5py.File(self.path, "w") as file:
            hdf5.save(model, file)
            copy = hdf5.load(file)
        self.assertAllEqual(copy.get_weights()[0], model.get_weights()[0])

    def test_says_that_there_are_weights_alone(self):
        hdf5.save_weights(make_model(), self.path)
        with self.assertRaisesRegex(ValueError, "No model config found"):
            hdf5.load(self.path)

    # Weights alone -------------------------------------------------------

    def test_loads_weights_of_weights_and_whole_files(self):
        for save in (hdf5.save, hdf5.save_weights):
            model, other = make_model(), make_model()
            save(model, self.path)
            hdf5.load_weights(other, self.path)
            for mine, its in zip(model.get_weights(), other.get_weights()):
                self.assertAllEqual(mine, its)

    def test_finds_layers_by_name(self):
        model = make_model()
        hdf5.save_weights(model, self.path)
        inputs = keras.Input((3,))
        other = keras.Model(
            inputs,
            [
                keras.layers.Dense(7, name="new")(inputs),
                keras.layers.Dense(4, name="first")(inputs),
            ],
        )
        hdf5.load_weights(other, self.path, by_name=True)
        self.assertAllEqual(
            other.get_layer("first").kernel, model.get_layer("first").kernel
        )

    def test_sets_nothing_if_one_layer_differs(self):
        hdf5.save_weights(make_model(), self.path)
        inputs = keras.Input((3,))
        hidden = keras.layers.Dense(4, name="first")(inputs)
        other = keras.Model(
            inputs, keras.layers.Dense(5, name="second")(hidden)
        )
        before = other.get_weights()
        message = r"second.*has shape \(4, 2\).*\(4, 5\)"
        for by_name in (False, True):
            with self.assertRaisesRegex(ValueError, message):
                hdf5.load_weights(other, self.path, by_name=by_name)
            self.assertAllEqual(other.get_weights()[0], before[0])
        with self.assertWarnsRegex(UserWarning, "Skipped.*second"):
            hdf5.load_weights(
                other, self.path, by_name=True, skip_mismatch=True
            )
        self.assertNotAllEqual(other.get_weights()[0], before[0])

    def test_counts_the_layers(self):
        hdf5.save_weights(make_model(), self.path)
        other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
        message = "the model has 1 layers with weights, the file 2"
        with self.assertRaisesRegex(ValueError, message):
            hdf5.load_weights(other, self.path)

    def test_warns_if_no_name_is_known(self):
        hdf5.save_weights(make_model(), self.path)
        other = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(4, name="frist")]
        )
        with self.assertWarnsRegex(UserWarning, "Did you mean .first"):
            hdf5.load_weights(other, self.path, by_name=True)

    def test_refuses_two_layers_of_one_name(self):
        class Own(keras.Model):
            def __init__(self):
                super().__init__()
                self.a = keras.layers.Dense(2, name="same")
                self.b = keras.layers.Dense(2, name="same")

            def call(self, inputs):
                return self.a(inputs) + self.b(inputs)

        model = Own()
        model(tf.ones((1, 3)))
        with self.assertRaisesRegex(ValueError, "Two layers.*'same'"):
            hdf5.save_weights(model, self.path)


if __name__ == "__main__":
    tf.test.main()
