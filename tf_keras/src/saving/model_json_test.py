"""Tests of architectures as JSON."""

import json

import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.saving import model_json


def make_model():
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, kernel_regularizer="l2")(inputs)
    return keras.Model(inputs, keras.layers.Dense(2)(tf.nn.relu(hidden)))


class ModelJsonTest(tf.test.TestCase):
    def test_makes_the_same_architecture(self):
        model = make_model()
        copy = model_json.model_from_json(model.to_json())
        self.assertEqual(copy.get_config(), model.get_config())
        copy.set_weights(model.get_weights())
        x = np.random.rand(5, 3)
        self.assertAllClose(copy(x), model(x))

    def test_names_class_and_version(self):
        config = json.loads(make_model().to_json(indent=2))
        self.assertEqual(
            list(config), ["class_name", "config", "keras_version", "backend"]
        )
        self.assertEqual(config["class_name"], "Functional")
        self.assertEqual(config["keras_version"], "2.21.0")

    def test_reads_layers_without_modules(self):
        config = {
            "class_name": "Sequential",
            "config": {
                "name": "old",
                "layers": [
                    {
                        "class_name": "Dense",
                        "config": {"units": 2, "batch_input_shape": [None, 3]},
                    }
                ],
            },
        }
        model = model_json.model_from_config(config)
        self.assertEqual(model.output_shape, (None, 2))

    def test_says_what_is_no_config(self):
        with self.assertRaisesRegex(ValueError, "empty config"):
            model_json.model_from_config({})
        with self.assertRaisesRegex(TypeError, "Sequential.from_config"):
            model_json.model_from_config([{"class_name": "Dense"}])
        with self.assertRaisesRegex(ValueError, "Improper config format"):
            model_json.model_from_config({"name": "x"})
        with self.assertRaises(ValueError):
            model_json.model_from_json("{")
        with self.assertRaisesRegex(ValueError, "no JSON of a model.*'{x'"):
            model_json.model_from_json("'{x'")

    def test_survives_nests_without_end(self):
        deep = '{"class_name": "Sequential", "config": ' * 20000
        with self.assertRaisesRegex(ValueError, "nests too deep"):
            model_json.model_from_json(deep)

    def test_says_what_a_damaged_config_lacks(self):
        config = json.loads(make_model().to_json())
        del config["config"]["output_layers"]
        with self.assertRaisesRegex(ValueError, "output_layers"):
            model_json.model_from_config(config)

    def test_refuses_classes_that_are_not_known(self):
        config = {"class_name": "Popen", "config": {"args": "ls"}}
        for extra in ({}, {"module": "subprocess", "registered_name": None}):
            with self.assertRaisesRegex(TypeError, "'Popen'"):
                model_json.model_from_config({**config, **extra})


if __name__ == "__main__":
    tf.test.main()
