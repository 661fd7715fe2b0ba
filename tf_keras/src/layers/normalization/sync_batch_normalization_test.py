"""Tests of batch normalisation on several replicas, in step or not."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization,
)
from tf_keras.src.testing.devices import two_cpus


class ReplicasTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        two_cpus()

    def run_step(self, shape, **arguments):
        """One step of training on two replicas: inputs, outputs, layer."""
        x = np.random.RandomState(0).normal(size=(4, *shape)).astype("f")
        x[2:] += 3.0
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            layer = BatchNormalization(momentum=0.0, **arguments)
            layer.build((None, *shape))
        data = tf.data.Dataset.from_tensor_slices(x).batch(4)
        batch = next(iter(strategy.experimental_distribute_dataset(data)))

        @tf.function
        def step(batch):
            return strategy.run(lambda x: layer(x, training=True), (batch,))

        outputs = strategy.experimental_local_results(step(batch))
        return x, np.concatenate([o.numpy() for o in outputs]), layer

    def test_synchronised_replicas_share_moments(self):
        for shape in ((3,), (2, 2, 3)):
            x, outputs, layer = self.run_step(shape, synchronized=True)
            axes = tuple(range(x.ndim - 1))
            mean, variance = x.mean(axes), x.var(axes)
            expected = (x - mean) / np.sqrt(variance + 1e-3)
            self.assertAllClose(outputs, expected, rtol=1e-4, atol=1e-4)
            self.assertAllClose(layer.moving_mean.numpy(), mean, rtol=1e-4)
            self.assertAllClose(
                layer.moving_variance.numpy(), variance, rtol=1e-4
            )

    def test_other_replicas_have_moments_of_their_own(self):
        x, outputs, layer = self.run_step((3,))
        for half in (slice(0, 2), slice(2, 4)):
            mean, variance = x[half].mean(0), x[half].var(0)
            expected = (x[half] - mean) / np.sqrt(variance + 1e-3)
            self.assertAllClose(outputs[half], expected, rtol=1e-3, atol=1e-3)
        self.assertAllClose(layer.moving_mean.numpy(), x.mean(0), rtol=1e-4)


if __name__ == "__main__":
    tf.test.main()
