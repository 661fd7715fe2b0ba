"""Tests of random translation, rotation, zoom, height and width."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomHeight,
    RandomRotation,
    RandomTranslation,
    RandomWidth,
    RandomZoom,
)
from tf_keras.src.testing.layer_contract import LayerContract


class RandomGeometryTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_do_nothing_outside_of_training(self):
        for layer in (
            RandomRotation(0.2),
            RandomZoom(0.2),
            RandomTranslation(0.2, 0.2),
            RandomHeight((0.3, 0.5)),
            RandomWidth((0.3, 0.5)),
        ):
            self.assertAllClose(layer(self.x, training=False), self.x)
            self.assertNotAllClose(layer(self.x), self.x)
            one = layer(self.x[0])
            self.assertEqual(one.shape.rank, 3)
            again = type(layer).from_config(layer.get_config())
            self.assertEqual(again.get_config(), layer.get_config())

    def test_refuses_an_unknown_fill_mode(self):
        with self.assertRaisesRegex(NotImplementedError, "reflect"):
            RandomTranslation(0.1, 0.1, fill_mode="reflekt")

    def test_translates_by_whole_pixels(self):
        layer = RandomTranslation(
            (0.25, 0.25), (0.5, 0.5), fill_mode="constant"
        )
        expected = np.zeros_like(self.x)
        expected[:, 1:, 3:] = self.x[:, :-1, :3]
        self.assertAllClose(layer(self.x), expected, atol=1e-3)

    def test_turns_by_a_quarter(self):
        square = self.x[:, :, :4]
        layer = RandomRotation((0.25, 0.25))
        expected = np.rot90(square, axes=(1, 2))
        self.assertAllClose(layer(square), expected, atol=0.1)

    def test_zooms_in_on_the_middle(self):
        ramp = np.tile(np.arange(5.0, dtype="float32")[:, None], (1, 5))
        outputs = RandomZoom((-0.5, -0.5))(ramp[None, :, :, None])
        self.assertAllClose(outputs[0, :, 0, 0], [1, 1.5, 2, 2.5, 3])

    def test_stretches_a_batch(self):
        self.assertEqual(RandomHeight((0.5, 0.5))(self.x).shape[1], 6)
        self.assertEqual(RandomWidth((0.5, 0.5))(self.x).shape[2], 9)


class RandomTranslationContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomTranslation(0.2, 0.1)


class RandomRotationContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomRotation(0.2)


class RandomZoomContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomZoom(0.2)


class RandomHeightContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomHeight(0.2)


class RandomWidthContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomWidth(0.2)


if __name__ == "__main__":
    tf.test.main()
