"""Tests of layers.serialize and layers.deserialize."""

import tensorflow as tf

import tf_keras
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.resolve import deserialize, serialize


class Own(Layer):
    """A layer of the user's."""


class ResolveTest(tf.test.TestCase):
    def test_configs_come_back_in_both_forms(self):
        layer = Dense(3, name="d")
        for short in (False, True):
            config = serialize(layer, use_legacy_format=short)
            again = deserialize(config, use_legacy_format=short)
            self.assertEqual(again.get_config(), layer.get_config())
        self.assertEqual(serialize(layer)["module"], "keras.layers")

    def test_models_are_layers_too(self):
        model = tf_keras.Sequential([Dense(3)])
        config = serialize(model, use_legacy_format=True)
        self.assertIsInstance(deserialize(config), tf_keras.Sequential)

    def test_own_layers_are_found_in_custom_objects(self):
        config = {"class_name": "Own", "config": {"name": "mine"}}
        self.assertEqual(deserialize(config, {"Own": Own}).name, "mine")
        with self.assertRaisesRegex(ValueError, "Unknown layer: 'Own'"):
            deserialize(config)

    def test_unknown_names_offer_the_nearest(self):
        with self.assertRaisesRegex(ValueError, "Densee.*Dense"):
            deserialize({"class_name": "Densee", "config": {}})


if __name__ == "__main__":
    tf.test.main()
