"""Tests of configs in `.keras` files."""

import json
import os
import zipfile

import tensorflow as tf

import tf_keras as keras
from tf_keras.src.saving.common_config import for_every_keras
from tf_keras.src.serialization.to_config import serialize_keras_object


class CommonConfigTest(tf.test.TestCase):
    def config(self, *layers):
        model = keras.Sequential([keras.Input((4, 3)), *layers])
        return serialize_keras_object(model)

    def test_leaves_out_what_keras_3_does_not_know(self):
        made = for_every_keras(self.config(keras.layers.LSTM(2)))
        self.assertNotIn("time_major", made["config"]["layers"][1]["config"])

    def test_keeps_what_is_unusual(self):
        config = self.config(keras.layers.GRU(2, time_major=True))
        made = for_every_keras(config)
        self.assertTrue(made["config"]["layers"][1]["config"]["time_major"])

    def test_keeps_all_of_a_model_that_keras_3_cannot_read(self):
        uncommon = self.config(
            keras.layers.LSTM(2), keras.Sequential([keras.layers.Dense(1)])
        )
        self.assertEqual(for_every_keras(uncommon), uncommon)

    def test_a_file_is_written_so_only_if_asked_for(self):
        model = keras.Sequential([keras.Input((4, 3)), keras.layers.LSTM(2)])
        path = os.path.join(self.get_temp_dir(), "model.keras")
        for save_format in ("keras", "keras3"):
            model.save(path, save_format=save_format)
            with zipfile.ZipFile(path) as archive:
                config = json.loads(archive.read("config.json"))
            lstm = config["config"]["layers"][1]["config"]
            self.assertEqual("time_major" in lstm, save_format == "keras")
            again = keras.models.load_model(path)
            self.assertEqual(again.get_config(), model.get_config())


if __name__ == "__main__":
    tf.test.main()
