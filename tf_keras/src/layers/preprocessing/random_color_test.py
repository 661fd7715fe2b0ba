"""Tests of RandomContrast and RandomBrightness."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.preprocessing.random_color import (
    RandomBrightness,
    RandomContrast,
)
from tf_keras.src.testing.layer_contract import LayerContract


class RandomColorTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_do_nothing_outside_of_training(self):
        for layer in (
            RandomContrast(0.2),
            RandomBrightness(0.2),
        ):
            self.assertAllClose(layer(self.x, training=False), self.x)
            self.assertNotAllClose(layer(self.x), self.x)
            one = layer(self.x[0])
            self.assertEqual(one.shape.rank, 3)
            again = type(layer).from_config(layer.get_config())
            self.assertEqual(again.get_config(), layer.get_config())

    def test_changes_contrast_about_the_mean(self):
        outputs = RandomContrast((0.0, 0.0))(self.x)
        self.assertAllClose(outputs, self.x, atol=1e-3)
        x = self.x / 4 + 100  # Nothing is cut off.
        flat = RandomContrast((1.0, 0.5), seed=2)(x)
        self.assertAllClose(
            tf.reduce_mean(flat, (1, 2)), x.mean((1, 2)), atol=0.1
        )

    def test_scales_distances_from_the_mean_of_each_channel(self):
        x = self.x / 4 + 100
        outputs = RandomContrast((0.5, 0.5))(x).numpy()
        away = x - x.mean((1, 2), keepdims=True)
        factor = (outputs * away).sum() / (away * away).sum()
        self.assertAllClose(outputs, x - away + factor * away, 1e-5)
        self.assertLessEqual(abs(factor - 1), 0.5 + 1e-4)
        self.assertGreater(abs(factor - 1), 1e-3)

    def test_contrast_stays_within_colours(self):
        outputs = RandomContrast((0.0, 9.0), seed=1)(self.x).numpy()
        self.assertEqual((outputs.min(), outputs.max()), (0.0, 255.0))

    def test_brightens_within_the_range(self):
        outputs = RandomBrightness((1.0, 1.0))(self.x)
        self.assertAllClose(outputs, np.full_like(self.x, 255))


class RandomContrastContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomContrast(0.2)


class RandomBrightnessContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomBrightness(0.2)


if __name__ == "__main__":
    tf.test.main()
