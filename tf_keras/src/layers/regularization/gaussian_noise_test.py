"""Tests of GaussianNoise."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.regularization.gaussian_noise import GaussianNoise
from tf_keras.src.testing.layer_contract import LayerContract


class GaussianNoiseTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return GaussianNoise(0.3, seed=3)

    def test_adds_noise_of_its_deviation(self):
        outputs = GaussianNoise(0.5)(tf.fill((200, 200), 2.0), training=True)
        self.assertAllClose(np.mean(outputs), 2.0, atol=0.02)
        self.assertAllClose(np.std(outputs), 0.5, atol=0.02)

    def test_refuses_negative_deviations(self):
        with self.assertRaisesRegex(ValueError, "stddev=-1"):
            GaussianNoise(-1)

    def test_a_seed_repeats_and_no_seed_does_not(self):
        x = tf.ones((3, 40))
        layers = [GaussianNoise(0.5, seed=5) for _ in range(2)]
        outputs = []
        for layer in layers:
            tf.random.set_seed(1)
            outputs.append(layer(x, training=True))
        self.assertAllEqual(*outputs)
        layer = GaussianNoise(0.5)
        first, second = layer(x, training=True), layer(x, training=True)
        self.assertNotAllEqual(first, second)
        self.assertNotAllEqual(GaussianNoise(0.5)(x, training=True), second)

    def test_draws_anew_each_time_a_function_runs(self):
        layer = GaussianNoise(0.5)
        run = tf.function(lambda x: layer(x, training=True))
        x = tf.ones((3, 40))
        self.assertNotAllEqual(run(x), run(x))

    def test_takes_a_training_flag_that_is_a_tensor(self):
        layer = GaussianNoise(0.5)
        run = tf.function(lambda x, flag: layer(x, training=flag))
        x = tf.ones((3, 40))
        self.assertAllEqual(run(x, tf.constant(False)), x)
        self.assertNotAllEqual(run(x, tf.constant(True)), x)


if __name__ == "__main__":
    tf.test.main()
