"""Tests of BatchNormalization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization,
)
from tf_keras.src.layers.normalization.sync_batch_normalization import (
    SyncBatchNormalization,
)
from tf_keras.src.testing.layer_contract import LayerContract


class BatchNormalizationTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return BatchNormalization()


class ImagesTest(LayerContract):
    input_shape = (2, 4, 5, 3)
    passes_mask = True

    def make_layer(self):
        return BatchNormalization(scale=False, momentum=0.9)


class SecondAxisTest(LayerContract):
    input_shape = (2, 3, 4, 5)
    passes_mask = True

    def make_layer(self):
        return BatchNormalization(axis=1, center=False)


class SeveralAxesTest(LayerContract):
    input_shape = (2, 3, 4, 5)
    passes_mask = True

    def make_layer(self):
        return BatchNormalization(axis=[1, 3])


class SyncBatchNormalizationTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return SyncBatchNormalization()


def _normal(x, mean, variance, gamma, beta, epsilon):
    return (x - mean) / np.sqrt(variance + epsilon) * gamma + beta


class TrainingTest(tf.test.TestCase):
    def check_training(self, shape, axis=-1, unbiased=False, **arguments):
        """One step in training and one outside, against NumPy."""
        random = np.random.RandomState(0)
        x = random.normal(2, 3, size=shape).astype("float32")
        layer = BatchNormalization(
            axis=axis, momentum=0.9, epsilon=0.01, **arguments
        )
        layer.build(x.shape)
        weights = random.uniform(0.5, 1.5, (4, *layer.gamma.shape))
        layer.set_weights(list(weights))
        kept = [a % x.ndim for a in ([axis] if type(axis) is int else axis)]
        axes = tuple(a for a in range(x.ndim) if a not in kept)
        wide = [shape[i] if i in kept else 1 for i in range(x.ndim)]
        gamma, beta, moving_mean, moving_variance = weights.reshape(4, *wide)
        mean = x.mean(axes, keepdims=True)
        variance = x.var(axes, keepdims=True)
        expected = _normal(x, mean, variance, gamma, beta, 0.01)
        outputs = layer(x, training=True)
        self.assertAllClose(outputs, expected, rtol=1e-4, atol=1e-4)
        count = x.size / mean.size
        if unbiased:
            variance = variance * count / (count - 1)
        moving_mean = 0.9 * moving_mean + 0.1 * mean
        moving_variance = 0.9 * moving_variance + 0.1 * variance
        self.assertAllClose(
            layer.moving_mean.numpy().reshape(wide), moving_mean, rtol=1e-5
        )
        self.assertAllClose(
            layer.moving_variance.numpy().reshape(wide),
            moving_variance,
            rtol=1e-5,
        )
        expected = _normal(x, moving_mean, moving_variance, gamma, beta, 0.01)
        self.assertAllClose(layer(x), expected, rtol=1e-4, atol=1e-4)

    def test_normalises_and_remembers(self):
        self.check_training((4, 3))
        self.check_training((4, 5, 3))
        self.check_training((4, 5, 3), axis=1)
        self.check_training((2, 3, 4, 5), axis=[1, 3])
        self.check_training((2, 3, 4, 5), axis=2)
        self.check_training((2, 3, 4, 5), fused=False)
        self.check_training((2, 3, 4, 5), synchronized=True)

    def test_images_remember_an_unbiased_variance(self):
        self.check_training((2, 3, 4, 5), unbiased=True)
        self.check_training((2, 3, 4, 5), axis=1, unbiased=True)
        self.check_training((2, 2, 3, 4, 5), unbiased=True)
        self.check_training((2, 2, 3, 4, 5), axis=1, unbiased=True)

    def test_gradients_in_training_are_right(self):
        random = np.random.RandomState(0)
        for shape in ((6, 3), (2, 3, 4, 3)):
            x = tf.constant(random.normal(size=shape), tf.float32)
            upstream = tf.constant(random.normal(size=shape), tf.float32)
            layer = BatchNormalization()
            layer(x)
            with tf.GradientTape(persistent=True) as tape:
                tape.watch(x)
                loss = tf.reduce_sum(layer(x, training=True) * upstream)
                mean, variance = tf.nn.moments(x, list(range(x.ndim - 1)))
                plain = (x - mean) * tf.math.rsqrt(variance + 1e-3)
                plain = plain * layer.gamma + layer.beta
                expected = tf.reduce_sum(plain * upstream)
            sources = (x, layer.gamma, layer.beta)
            for one, other in zip(
                tape.gradient(loss, sources), tape.gradient(expected, sources)
            ):
                self.assertAllClose(one, other, rtol=1e-3, atol=1e-4)

    def test_trains_inside_of_functions_and_under_xla(self):
        x = np.random.RandomState(0).normal(size=(4, 5, 6, 3)).astype("f")
        for inputs in (x, x[:, 0, 0]):
            eager = BatchNormalization()
            expected = eager(inputs, training=True)
            for jit_compile in (False, True):
                layer = BatchNormalization()
                layer.build(inputs.shape)
                run = tf.function(
                    lambda x, layer=layer: layer(x, training=True),
                    jit_compile=jit_compile,
                )
                self.assertAllClose(run(inputs), expected, 1e-4, 1e-4)
                self.assertAllClose(
                    layer.get_weights(), eager.get_weights(), 1e-4, 1e-4
                )

    def test_takes_a_training_flag_that_is_a_tensor(self):
        x = np.random.RandomState(0).normal(size=(4, 3)).astype("f")
        layer = BatchNormalization()
        layer.build(x.shape)
        run = tf.function(lambda x, flag: layer(x, training=flag))
        self.assertAllClose(run(x, tf.constant(False)), x, rtol=1e-3)
        self.assertAllEqual(layer.moving_mean, [0.0] * 3)
        run(x, tf.constant(True))
        self.assertAllClose(layer.moving_mean, 0.01 * x.mean(0))

    def test_half_precision_takes_moments_in_float32(self):
        x = np.random.RandomState(0).normal(300, 1, (64, 3)).astype("float16")
        for inputs in (x, x.reshape(4, 4, 4, 3)):
            layer = BatchNormalization(dtype="mixed_float16", momentum=0.0)
            outputs = layer(inputs, training=True)
            self.assertEqual(outputs.dtype, tf.float16)
            self.assertEqual(layer.moving_mean.dtype, tf.float32)
            values = x.astype("float32")
            self.assertAllClose(layer.moving_mean, values.mean(0), rtol=1e-5)
            self.assertAllClose(
                outputs.numpy().reshape(64, 3),
                (values - values.mean(0)) / np.sqrt(values.var(0) + 1e-3),
                atol=2e-2,
            )

    def test_pure_half_precision_keeps_parameters_in_float32(self):
        layer = BatchNormalization(dtype="float16")
        layer(tf.ones((2, 3), tf.float16))
        dtypes = {weight.dtype for weight in layer.weights}
        self.assertEqual(dtypes, {tf.float32})

    def test_masked_places_do_not_count(self):
        x = np.random.RandomState(0).normal(size=(2, 4, 3)).astype("f")
        mask = np.array([[1, 1, 0, 0], [1, 0, 0, 0]], bool)
        layer = BatchNormalization(momentum=0.0)
        outputs = layer(x, training=True, mask=tf.constant(mask))
        mean, variance = x[mask].mean(0), x[mask].var(0)
        self.assertAllClose(layer.moving_mean, mean, rtol=1e-5)
        self.assertAllClose(layer.moving_variance, variance, rtol=1e-5)
        self.assertAllClose(
            outputs, (x - mean) / np.sqrt(variance + 1e-3), rtol=1e-4
        )

    def test_an_empty_batch_leaves_the_averages(self):
        for shape in ((0, 3), (0, 2, 2, 3)):
            layer = BatchNormalization()
            layer(tf.zeros(shape), training=True)
            self.assertAllEqual(layer.moving_mean, [0.0] * 3)
            self.assertAllEqual(layer.moving_variance, [1.0] * 3)

    def test_integers_become_numbers_that_can_be_normalised(self):
        for shape in ((4, 3), (2, 2, 2, 3)):
            x = np.random.RandomState(0).randint(0, 9, shape)
            outputs = BatchNormalization(epsilon=0.0)(x, training=True)
            axes = tuple(range(len(shape) - 1))
            expected = (x - x.mean(axes)) / x.std(axes)
            self.assertAllClose(outputs, expected, 1e-4, 1e-4)

    def test_a_frozen_layer_does_not_train(self):
        x = np.random.RandomState(0).normal(size=(4, 3)).astype("f")
        layer = BatchNormalization()
        layer.trainable = False
        self.assertAllClose(layer(x, training=True), x, rtol=1e-3)
        self.assertAllEqual(layer.moving_mean, [0.0] * 3)
        layer.trainable = True
        self.assertNotAllClose(layer(x, training=True), x, rtol=1e-3)

        class Outer(Layer):
            def __init__(self):
                super().__init__()
                self.inner = BatchNormalization()

            def call(self, inputs):
                return self.inner(inputs)

        outer = Outer()
        outer.trainable = False
        self.assertAllClose(outer(x, training=True), x, rtol=1e-3)


class VariantsTest(tf.test.TestCase):
    def test_renormalisation_brings_batches_near_the_averages(self):
        x = np.random.RandomState(0).normal(1, 2, (6, 2)).astype("f")
        layer = BatchNormalization(
            renorm=True,
            momentum=0.9,
            renorm_momentum=0.8,
            renorm_clipping={"rmax": 1.5, "rmin": 0.7, "dmax": 0.5},
        )
        mean, deviation = x.mean(0), np.sqrt(x.var(0) + 1e-3)
        moving_mean, moving_deviation = np.zeros(2), np.ones(2)
        for _ in range(3):
            ratio = np.clip(deviation / moving_deviation, 0.7, 1.5)
            shift = np.clip((mean - moving_mean) / moving_deviation, -0.5, 0.5)
            expected = (x - mean) / deviation * ratio + shift
            outputs = layer(x, training=True)
            self.assertAllClose(outputs, expected, rtol=1e-4, atol=1e-5)
            moving_mean = 0.8 * moving_mean + 0.2 * mean
            moving_deviation = 0.8 * moving_deviation + 0.2 * deviation
        self.assertAllClose(layer.renorm_mean, moving_mean, rtol=1e-5)
        self.assertAllClose(layer.renorm_stddev, moving_deviation, rtol=1e-5)
        again = BatchNormalization.from_config(layer.get_config())
        self.assertEqual(again.renorm_clipping, layer.renorm_clipping)

    def test_renormalisation_divides_by_no_deviation_near_zero(self):
        layer = BatchNormalization(renorm=True, epsilon=0.01)
        layer.build((None, 1))
        layer.renorm_stddev.assign([-1.0])
        x = np.array([[1.0], [3.0]], "float32")
        # As if the deviation was the square root of epsilon, and the mean 0.
        self.assertAllClose(layer(x, training=True), x / 0.1, 1e-4)

    def test_virtual_batches_are_normalised_apart(self):
        x = np.random.RandomState(0).normal(size=(6, 3)).astype("f")
        layer = BatchNormalization(virtual_batch_size=2, momentum=0.0)
        outputs = layer(x, training=True)
        parts = x.reshape(2, 3, 3)
        mean, variance = parts.mean(0), parts.var(0)
        expected = (parts - mean) / np.sqrt(variance + 1e-3)
        self.assertAllClose(outputs, expected.reshape(6, 3), rtol=1e-3)
        self.assertAllClose(layer.moving_mean[0, 0], mean.mean(0), rtol=1e-5)
        expected = (x - mean.mean(0)) / np.sqrt(variance.mean(0) + 1e-3)
        self.assertAllClose(layer(x), expected, rtol=1e-4, atol=1e-5)

    def test_an_adjustment_is_made_in_training(self):
        x = np.random.RandomState(0).normal(size=(6, 3)).astype("f")
        layer = BatchNormalization(
            adjustment=lambda shape: (tf.fill((1, shape[-1]), 2.0), 0.5)
        )
        plain = BatchNormalization()(x, training=True)
        self.assertAllClose(layer(x, training=True), plain * 2 + 0.5, 1e-4)

    def test_after_it_is_built_its_config_counts_axes_from_the_front(self):
        layer = BatchNormalization()
        self.assertEqual(layer.get_config()["axis"], -1)
        layer.build((None, 4, 3))
        self.assertEqual(layer.get_config()["axis"], [2])

    def test_refuses_arguments_that_exclude_each_other(self):
        for pattern, arguments in (
            ("renorm", {"fused": True, "renorm": True}),
            ("virtual", {"fused": True, "virtual_batch_size": 2}),
            ("rmx", {"renorm": True, "renorm_clipping": {"rmx": 1.0}}),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                BatchNormalization(**arguments)
        with self.assertRaisesRegex(ValueError, "rank 4 and 5"):
            BatchNormalization(fused=True).build((2, 3))

    def test_refuses_axes_that_are_not_there(self):
        x = tf.ones((2, 3))
        with self.assertRaisesRegex(ValueError, "no such axis"):
            BatchNormalization(axis=7)(x)
        with self.assertRaisesRegex(ValueError, "twice"):
            BatchNormalization(axis=[1, -1])(x)
        with self.assertRaisesRegex(ValueError, "must be known"):
            BatchNormalization().build((2, None))
        with self.assertRaisesRegex(TypeError, "axis='a'"):
            BatchNormalization(axis="a")


if __name__ == "__main__":
    tf.test.main()
