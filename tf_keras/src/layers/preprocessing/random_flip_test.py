"""Tests of RandomFlip."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.preprocessing.random_flip import RandomFlip
from tf_keras.src.testing.layer_contract import LayerContract


class RandomFlipTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        set_random_seed(3)
        self.x = np.random.RandomState(0).uniform(0, 255, (5, 4, 6, 3))
        self.x = self.x.astype("float32")

    def test_do_nothing_outside_of_training(self):
        for layer in (RandomFlip(),):
            self.assertAllClose(layer(self.x, training=False), self.x)
            self.assertNotAllClose(layer(self.x), self.x)
            one = layer(self.x[0])
            self.assertEqual(one.shape.rank, 3)
            again = type(layer).from_config(layer.get_config())
            self.assertEqual(again.get_config(), layer.get_config())

    def test_ragged_images_pass_outside_of_training(self):
        images = tf.RaggedTensor.from_tensor(self.x, ragged_rank=2)
        outputs = RandomFlip()(images, training=False)
        self.assertAllClose(outputs.to_tensor(), self.x)

    def test_flips_each_image_or_not(self):
        outputs = RandomFlip("horizontal", seed=1)(self.x).numpy()
        flipped = [np.allclose(a, b[:, ::-1]) for a, b in zip(outputs, self.x)]
        kept = [np.allclose(a, b) for a, b in zip(outputs, self.x)]
        self.assertAllEqual(np.logical_xor(flipped, kept), [True] * 5)
        self.assertNotEmpty(set(flipped))

    def test_takes_images_in_a_dict_and_keeps_labels(self):
        outputs = RandomFlip()({"images": self.x, "labels": [1, 2, 3, 4, 5]})
        self.assertEqual(outputs["images"].shape, self.x.shape)
        self.assertEqual(list(outputs["labels"]), [1, 2, 3, 4, 5])

    def test_seeded_layers_repeat_and_others_differ(self):
        self.assertAllClose(
            RandomFlip(seed=4)(self.x), RandomFlip(seed=4)(self.x)
        )
        layer = RandomFlip()
        self.assertNotAllClose(layer(self.x), layer(self.x))


class RandomFlipContractTest(LayerContract):
    input_shape = (2, 5, 4, 3)
    passes_mask = None  # The images themselves come out.
    training = False

    def make_layer(self):
        return RandomFlip()


if __name__ == "__main__":
    tf.test.main()
