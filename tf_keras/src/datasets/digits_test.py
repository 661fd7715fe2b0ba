"""Tests of the digits that come with the package."""

import numpy as np
import tensorflow as tf

from tf_keras.src.datasets import digits


class DigitsTest(tf.test.TestCase):
    def test_has_the_documented_shapes_and_dtypes(self):
        (x_train, y_train), (x_test, y_test) = digits.load_data()
        self.assertEqual(x_train.shape, (1437, 8, 8))
        self.assertEqual(y_train.shape, (1437,))
        self.assertEqual(x_test.shape, (360, 8, 8))
        self.assertEqual(y_test.shape, (360,))
        for array in (x_train, y_train, x_test, y_test):
            self.assertEqual(array.dtype, np.uint8)

    def test_values_run_from_0_to_16(self):
        (x_train, _), (x_test, _) = digits.load_data()
        for images in (x_train, x_test):
            self.assertEqual(images.min(), 0)
            self.assertEqual(images.max(), 16)

    def test_tests_every_digit_equally_often(self):
        (_, y_train), (_, y_test) = digits.load_data()
        self.assertAllEqual(np.bincount(y_test), [36] * 10)
        self.assertAllEqual(
            np.bincount(y_train),
            [142, 146, 141, 147, 145, 146, 145, 143, 138, 144],
        )

    def test_shares_no_image_between_training_and_test(self):
        (x_train, _), (x_test, _) = digits.load_data()
        train = {image.tobytes() for image in x_train}
        self.assertFalse(train & {image.tobytes() for image in x_test})

    def test_labels_fit_the_images(self):
        # Each image is nearest to the mean of its own digit, mostly.
        (x_train, y_train), (x_test, y_test) = digits.load_data()
        means = np.stack([x_train[y_train == d].mean(0) for d in range(10)])
        distances = ((x_test[:, None] - means) ** 2).sum((2, 3))
        self.assertGreater(np.mean(distances.argmin(1) == y_test), 0.85)

    def test_returns_arrays_of_its_own_at_every_call(self):
        (first, _), _ = digits.load_data()
        first[:] = 0
        (second, _), _ = digits.load_data()
        self.assertGreater(second.sum(), 0)


if __name__ == "__main__":
    tf.test.main()
