"""Tests of Normalization."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.preprocessing.normalization import Normalization
from tf_keras.src.testing.layer_contract import LayerContract


class NormalizationTest(LayerContract):
    input_shape = (2, 3)

    def make_layer(self):
        return Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0])


class NormalizationValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.x = np.random.RandomState(0).normal(3, 2, (100, 4, 2))
        self.x = self.x.astype("float32")

    def test_adapts_to_arrays_and_to_streams_alike(self):
        for axis in (-1, (1, 2), None):
            kept = () if axis is None else np.atleast_1d(axis) % 3
            reduced = tuple(d for d in range(3) if d not in kept)
            expected = (
                self.x - self.x.mean(reduced, keepdims=True)
            ) / self.x.std(reduced, keepdims=True)
            stream = tf.data.Dataset.from_tensor_slices(self.x).batch(7)
            for data in (self.x, stream):
                layer = Normalization(axis=axis)
                layer.adapt(data)
                self.assertAllClose(layer(self.x), expected, atol=1e-4)

    def test_adapting_again_forgets_what_was_before(self):
        layer = Normalization()
        layer.adapt(self.x + 100)
        layer.adapt(self.x)
        self.assertAllClose(
            tf.squeeze(layer.mean), self.x.mean((0, 1)), atol=1e-5
        )

    def test_inverts(self):
        layer, inverse = Normalization(), Normalization(invert=True)
        layer.adapt(self.x)
        inverse.adapt(self.x)
        self.assertAllClose(inverse(layer(self.x)), self.x, atol=1e-4)

    def test_reads_as_many_steps_as_told(self):
        stream = tf.data.Dataset.from_tensor_slices(self.x).batch(10)
        layer = Normalization()
        layer.adapt(stream.repeat(), steps=3)
        self.assertEqual(layer.count.numpy(), 30 * 4)

    def test_what_it_learnt_is_saved_with_a_model(self):
        layer = Normalization()
        layer.adapt(self.x)
        inputs = tf_keras.Input((4, 2))
        model = tf_keras.Model(inputs, layer(inputs))
        path = self.get_temp_dir() + "/model.keras"
        model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertAllClose(again(self.x), model(self.x))

    def test_runs_in_a_dataset(self):
        layer = Normalization()
        layer.adapt(self.x)
        mapped = tf.data.Dataset.from_tensors(self.x).map(layer)
        self.assertAllClose(next(iter(mapped)), layer(self.x))

    def test_refuses_half_of_the_moments(self):
        with self.assertRaisesRegex(ValueError, "both `mean` and `variance`"):
            Normalization(mean=1.0)

    def test_refuses_to_adapt_given_moments(self):
        with self.assertRaisesRegex(ValueError, "can't `adapt`"):
            Normalization(mean=1.0, variance=1.0).adapt(self.x)

    def test_refuses_unknown_sizes(self):
        with self.assertRaisesRegex(ValueError, "unknown axis 1"):
            Normalization()(tf_keras.Input((None,)))


if __name__ == "__main__":
    tf.test.main()
