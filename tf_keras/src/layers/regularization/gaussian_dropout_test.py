"""Tests of GaussianDropout."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.regularization.gaussian_dropout import GaussianDropout
from tf_keras.src.testing.layer_contract import LayerContract


class GaussianDropoutTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return GaussianDropout(0.3, seed=3)

    def test_has_the_moments_of_dropout(self):
        outputs = GaussianDropout(0.2)(tf.fill((200, 200), 2.0), training=True)
        self.assertAllClose(np.mean(outputs), 2.0, atol=0.03)
        self.assertAllClose(np.var(outputs), 4 * 0.2 / 0.8, atol=0.05)

    def test_refuses_rates_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "rate=1.5"):
            GaussianDropout(1.5)

    def test_a_seed_repeats_and_no_seed_does_not(self):
        x = tf.ones((3, 40))
        layers = [GaussianDropout(0.5, seed=5) for _ in range(2)]
        outputs = []
        for layer in layers:
            tf.random.set_seed(1)
            outputs.append(layer(x, training=True))
        self.assertAllEqual(*outputs)
        layer = GaussianDropout(0.5)
        first, second = layer(x, training=True), layer(x, training=True)
        self.assertNotAllEqual(first, second)
        self.assertNotAllEqual(GaussianDropout(0.5)(x, training=True), second)

    def test_draws_anew_each_time_a_function_runs(self):
        layer = GaussianDropout(0.5)
        run = tf.function(lambda x: layer(x, training=True))
        x = tf.ones((3, 40))
        self.assertNotAllEqual(run(x), run(x))

    def test_takes_a_training_flag_that_is_a_tensor(self):
        layer = GaussianDropout(0.5)
        run = tf.function(lambda x, flag: layer(x, training=flag))
        x = tf.ones((3, 40))
        self.assertAllEqual(run(x, tf.constant(False)), x)
        self.assertNotAllEqual(run(x, tf.constant(True)), x)


if __name__ == "__main__":
    tf.test.main()
