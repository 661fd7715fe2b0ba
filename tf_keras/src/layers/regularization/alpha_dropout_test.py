"""Tests of AlphaDropout."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.regularization.alpha_dropout import AlphaDropout
from tf_keras.src.testing.layer_contract import LayerContract


class AlphaDropoutTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return AlphaDropout(0.3, seed=3)

    def test_keeps_mean_and_variance(self):
        x = np.random.RandomState(0).normal(size=(200, 200))
        outputs = AlphaDropout(0.3)(x.astype("float32"), training=True)
        self.assertAllClose(np.mean(outputs), 0.0, atol=0.02)
        self.assertAllClose(np.var(outputs), 1.0, atol=0.03)

    def test_entries_share_a_fate_along_axes_of_size_one(self):
        layer = AlphaDropout(0.5, noise_shape=(None, 1))
        outputs = layer(tf.ones((20, 4)), training=True).numpy()
        self.assertAllEqual(outputs, np.tile(outputs[:, :1], (1, 4)))
        self.assertLen(set(outputs.flatten()), 2)

    def test_drops_the_same_entries_in_each_dtype(self):
        x = tf.ones((5, 7))
        masks = []
        for dtype in ("float32", "float64", "float16"):
            tf.random.set_seed(1)
            layer = AlphaDropout(0.5, seed=3, dtype=dtype)
            masks.append(layer(x, training=True) < 0)
        self.assertAllEqual(masks[0], masks[1])
        self.assertAllEqual(masks[0], masks[2])

    def test_refuses_rates_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "rate=1.5"):
            AlphaDropout(1.5)

    def test_a_seed_repeats_and_no_seed_does_not(self):
        x = tf.ones((3, 40))
        layers = [AlphaDropout(0.5, seed=5) for _ in range(2)]
        outputs = []
        for layer in layers:
            tf.random.set_seed(1)
            outputs.append(layer(x, training=True))
        self.assertAllEqual(*outputs)
        layer = AlphaDropout(0.5)
        first, second = layer(x, training=True), layer(x, training=True)
        self.assertNotAllEqual(first, second)
        self.assertNotAllEqual(AlphaDropout(0.5)(x, training=True), second)

    def test_draws_anew_each_time_a_function_runs(self):
        layer = AlphaDropout(0.5)
        run = tf.function(lambda x: layer(x, training=True))
        x = tf.ones((3, 40))
        self.assertNotAllEqual(run(x), run(x))

    def test_takes_a_training_flag_that_is_a_tensor(self):
        layer = AlphaDropout(0.5)
        run = tf.function(lambda x, flag: layer(x, training=flag))
        x = tf.ones((3, 40))
        self.assertAllEqual(run(x, tf.constant(False)), x)
        self.assertNotAllEqual(run(x, tf.constant(True)), x)


if __name__ == "__main__":
    tf.test.main()
