"""Tests of the layers that keep numbers of a graph."""

import tensorflow as tf

from tf_keras.src.models.add_layers import AddLoss, AddMetric
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object


class AddLayersTest(tf.test.TestCase):
    def test_add_loss_keeps_its_input_as_a_loss(self):
        layer = AddLoss()
        self.assertAllEqual(layer(tf.constant(3.0)), 3.0)
        self.assertAllClose(layer.losses, [3.0])

    def test_add_metric_averages_its_input(self):
        layer = AddMetric("mean", "total")
        layer(tf.constant(3.0))
        layer(tf.constant(5.0))
        (metric,) = layer.metrics
        self.assertEqual(metric.name, "total")
        self.assertAllClose(metric.result(), 4.0)

    def test_configs_carry_the_published_address(self):
        for layer in (AddLoss(), AddMetric("mean", "total")):
            config = serialize_keras_object(layer)
            self.assertEqual(config["module"], "tf_keras.src.engine.base_layer")
            self.assertEqual(config["registered_name"], type(layer).__name__)
            again = deserialize_keras_object(config)
            self.assertEqual(again.get_config(), layer.get_config())
        self.assertEqual(
            list(layer.get_config()),
            ["name", "trainable", "dtype", "aggregation", "metric_name"],
        )


if __name__ == "__main__":
    tf.test.main()
