"""Tests of Resizing and CenterCrop."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
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


class SizesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_resizes_without_distortion_by_cropping(self):
        layer = Resizing(2, 2, crop_to_aspect_ratio=True)
        square = self.x[:, :, 1:5]
        self.assertAllClose(layer(self.x), Resizing(2, 2)(square))

    def test_crops_the_middle(self):
        self.assertAllClose(CenterCrop(2, 2)(self.x), self.x[:, 1:3, 2:4])

    def test_refuses_an_unknown_interpolation(self):
        with self.assertRaisesRegex(NotImplementedError, "bilinear"):
            Resizing(2, 2, interpolation="bilinar")

    def test_crops_images_only(self):
        with self.assertRaisesRegex(ValueError, "CenterCrop takes images"):
            CenterCrop(2, 2)(self.x[0, 0])

    def test_interpolates_between_centres_of_pixels(self):
        rows = (np.arange(6) + 0.5) * 4 / 6 - 0.5
        columns = (np.arange(4) + 0.5) * 6 / 4 - 0.5
        image = self.x[0, :, :, 0]
        expected = np.stack(
            [np.interp(rows, np.arange(4), image[:, i]) for i in range(6)], 1
        )
        expected = [np.interp(columns, np.arange(6), row) for row in expected]
        outputs = Resizing(6, 4)(self.x)
        self.assertAllClose(outputs[0, :, :, 0], expected, 1e-5, 1e-3)

    def test_takes_the_nearest_pixel(self):
        layer = Resizing(2, 3, interpolation="nearest")
        self.assertAllClose(layer(self.x), self.x[:, 1::2, 1::2])


if __name__ == "__main__":
    tf.test.main()
