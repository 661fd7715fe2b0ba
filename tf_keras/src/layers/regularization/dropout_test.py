"""Tests of Dropout."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.regularization.dropout import Dropout
from tf_keras.src.testing.layer_contract import LayerContract


class DropoutTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return Dropout(0.5, noise_shape=(None, 1), seed=3)

    def test_zeroes_a_share_and_scales_the_rest(self):
        outputs = Dropout(0.2)(tf.ones((100, 100)), training=True).numpy()
        self.assertAllClose(sorted(set(outputs.flatten())), [0.0, 1.25])
        self.assertAllClose(np.mean(outputs == 0), 0.2, atol=0.02)

    def test_entries_share_a_fate_along_axes_of_size_one(self):
        for noise_shape in ((None, 1, 4), (2, 1, 4)):
            layer = Dropout(0.5, noise_shape=noise_shape)
            outputs = layer(tf.ones((2, 30, 4)), training=True).numpy()
            self.assertAllEqual(
                outputs, np.broadcast_to(outputs[:, :1], outputs.shape)
            )

    def test_gradients_flow_where_units_stay(self):
        x = tf.ones((3, 40))
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = Dropout(0.5)(x, training=True)
        self.assertAllEqual(tape.gradient(outputs, x), outputs)

    def test_generators_of_each_kind_drop(self):
        x = tf.ones((50, 50))
        for rng_type in ("stateful", "stateless", "legacy_stateful"):
            layer = Dropout(0.5, seed=1, rng_type=rng_type)
            outputs = layer(x, training=True).numpy()
            self.assertAllClose(np.mean(outputs == 0), 0.5, atol=0.05)
            config = layer.get_config()
            self.assertEqual(config["rng_type"], rng_type)
            Dropout.from_config(config)

    def test_a_rate_of_zero_changes_nothing(self):
        x = tf.ones((3, 4))
        self.assertAllEqual(Dropout(0.0)(x, training=True), x)

    def test_refuses_rates_out_of_range(self):
        for rate in (-0.1, 1.5):
            with self.assertRaisesRegex(ValueError, f"rate={rate}"):
                Dropout(rate)

    def test_a_seed_repeats_and_no_seed_does_not(self):
        x = tf.ones((3, 40))
        layers = [Dropout(0.5, seed=5) for _ in range(2)]
        outputs = []
        for layer in layers:
            tf.random.set_seed(1)
            outputs.append(layer(x, training=True))
        self.assertAllEqual(*outputs)
        layer = Dropout(0.5)
        first, second = layer(x, training=True), layer(x, training=True)
        self.assertNotAllEqual(first, second)
        self.assertNotAllEqual(Dropout(0.5)(x, training=True), second)

    def test_draws_anew_each_time_a_function_runs(self):
        layer = Dropout(0.5)
        run = tf.function(lambda x: layer(x, training=True))
        x = tf.ones((3, 40))
        self.assertNotAllEqual(run(x), run(x))

    def test_takes_a_training_flag_that_is_a_tensor(self):
        layer = Dropout(0.5)
        run = tf.function(lambda x, flag: layer(x, training=flag))
        x = tf.ones((3, 40))
        self.assertAllEqual(run(x, tf.constant(False)), x)
        self.assertNotAllEqual(run(x, tf.constant(True)), x)


if __name__ == "__main__":
    tf.test.main()
