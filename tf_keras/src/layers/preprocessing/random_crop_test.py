"""Tests of RandomCrop."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.preprocessing.random_crop import RandomCrop
from tf_keras.src.testing.layer_contract import LayerContract


class RandomCropTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_cuts_the_same_window_out_of_all_images(self):
        outputs = RandomCrop(2, 3, seed=1)(self.x).numpy()
        windows = [
            self.x[:, top : top + 2, left : left + 3]
            for top in range(3)
            for left in range(4)
        ]
        self.assertTrue(any(np.allclose(outputs, w) for w in windows))

    def test_cuts_at_other_places_at_each_call(self):
        layer = RandomCrop(2, 3, seed=1)
        firsts = {float(layer(self.x)[0, 0, 0, 0]) for _ in range(20)}
        self.assertGreater(len(firsts), 4)


class RandomCropContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    training = False

    def make_layer(self):
        return RandomCrop(3, 2)


if __name__ == "__main__":
    tf.test.main()
