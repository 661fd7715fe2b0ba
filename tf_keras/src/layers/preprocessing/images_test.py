"""Tests of layers that resize images or change them at random."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.preprocessing.random_color import (
    RandomBrightness,
    RandomContrast,
)
from tf_keras.src.layers.preprocessing.random_crop import RandomCrop
from tf_keras.src.layers.preprocessing.random_flip import RandomFlip
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomHeight,
    RandomRotation,
    RandomTranslation,
    RandomWidth,
    RandomZoom,
)
from tf_keras.src.layers.preprocessing.resizing import CenterCrop, Resizing
from tf_keras.src.testing.layer_contract import LayerContract


class ResizingTest(LayerContract):
    input_shape = (2, 4, 6, 3)

    def make_layer(self):
        return Resizing(2, 3)


class CenterCropTest(LayerContract):
    input_shape = (2, 4, 6, 3)

    def make_layer(self):
        return CenterCrop(2, 3)


class RandomLayersTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        tf_keras.utils.set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_resizes_without_distortion_by_cropping(self):
        layer = Resizing(2, 2, crop_to_aspect_ratio=True)
        square = self.x[:, :, 1:5]
        self.assertAllClose(layer(self.x), Resizing(2, 2)(square))

    def test_crops_the_middle(self):
        self.assertAllClose(CenterCrop(2, 2)(self.x), self.x[:, 1:3, 2:4])

    def test_refuses_an_unknown_interpolation(self):
        with self.assertRaisesRegex(ValueError, "bilinear"):
            Resizing(2, 2, interpolation="bilinar")

    def test_do_nothing_outside_of_training(self):
        for layer in (
            RandomFlip(),
            RandomRotation(0.2),
            RandomZoom(0.2),
            RandomTranslation(0.2, 0.2),
            RandomContrast(0.2),
            RandomBrightness(0.2),
            RandomHeight(0.2),
            RandomWidth(0.2),
        ):
            self.assertAllClose(layer(self.x, training=False), self.x)
            self.assertNotAllClose(layer(self.x), self.x)
            one = layer(self.x[0])
            self.assertEqual(one.shape.rank, 3)
            again = type(layer).from_config(layer.get_config())
            self.assertEqual(again.get_config(), layer.get_config())

    def test_flips_each_image_or_not(self):
        outputs = RandomFlip("horizontal", seed=1)(self.x).numpy()
        flipped = [np.allclose(a, b[:, ::-1]) for a, b in zip(outputs, self.x)]
        kept = [np.allclose(a, b) for a, b in zip(outputs, self.x)]
        self.assertAllEqual(np.logical_xor(flipped, kept), [True] * 5)
        self.assertNotEmpty(set(flipped))

    def test_cuts_a_window_out_of_each_image(self):
        outputs = RandomCrop(2, 3, seed=1)(self.x).numpy()
        for output, image in zip(outputs, self.x):
            windows = [
                image[top : top + 2, left : left + 3]
                for top in range(3)
                for left in range(4)
            ]
            self.assertTrue(any(np.allclose(output, w) for w in windows))

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

    def test_changes_contrast_about_the_mean(self):
        outputs = RandomContrast((0.0, 0.0))(self.x)
        self.assertAllClose(outputs, self.x, atol=1e-3)
        flat = RandomContrast((1.0, 0.5), seed=2)(self.x)
        self.assertAllClose(
            tf.reduce_mean(flat, (1, 2)), self.x.mean((1, 2)), atol=0.1
        )

    def test_brightens_within_the_range(self):
        outputs = RandomBrightness((1.0, 1.0))(self.x)
        self.assertAllClose(outputs, np.full_like(self.x, 255))

    def test_stretches_a_batch(self):
        self.assertEqual(RandomHeight((0.5, 0.5))(self.x).shape[1], 6)
        self.assertEqual(RandomWidth((0.5, 0.5))(self.x).shape[2], 9)

    def test_takes_images_in_a_dict_and_keeps_labels(self):
        outputs = RandomFlip()({"images": self.x, "labels": [1, 2, 3, 4, 5]})
        self.assertEqual(outputs["images"].shape, self.x.shape)
        self.assertEqual(list(outputs["labels"]), [1, 2, 3, 4, 5])

    def test_seeded_layers_repeat_and_others_differ(self):
        self.assertAllClose(
            RandomFlip(seed=4)(self.x), RandomFlip(seed=4)(self.x)
        )
        layer = RandomRotation(0.5)
        self.assertNotAllClose(layer(self.x), layer(self.x))


if __name__ == "__main__":
    tf.test.main()
