"""Tests of the questions to tf.distribute, and of values of replicas."""

import tensorflow as tf

from tf_keras.src.distribute import replica_values, strategies


class StrategiesTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        device = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(
            device, [tf.config.LogicalDeviceConfiguration()] * 2
        )
        cls.strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])

    def test_without_a_strategy_there_is_one_replica(self):
        self.assertFalse(strategies.has_strategy())
        self.assertEqual(strategies.replica_count(), 1)

    def test_a_scope_is_no_replica(self):
        with self.strategy.scope():
            self.assertTrue(strategies.has_strategy())
            self.assertFalse(strategies.in_replica())
            self.assertEqual(strategies.replica_count(), 2)

    def test_replicas_sum_their_values(self):
        def replica():
            self.assertTrue(strategies.in_replica())
            context = tf.distribute.get_replica_context()
            number = float(context.replica_id_in_sync_group + 1)
            return replica_values.sum_over_replicas([tf.constant(number)])[0]

        sums = self.strategy.run(replica)
        self.assertAllEqual(
            self.strategy.experimental_local_results(sums), [3, 3]
        )

    def test_all_replicas_are_called_for_once(self):
        calls = []

        def together(strategy, values):
            calls.append(strategy)
            return strategy.reduce("SUM", values, axis=None)

        total = self.strategy.run(
            lambda: strategies.for_all_replicas(together, tf.constant(2.0))
        )
        self.assertLen(calls, 1)
        total = self.strategy.experimental_local_results(total)[0]
        self.assertAllEqual(total, 4.0)

    def test_every_part_of_a_variable_is_updated_where_it_lives(self):
        with self.strategy.scope():
            variable = tf.Variable(1.0)
            beside = None
            with strategies.beside(variable):
                beside = tf.Variable(0.0)
        self.assertLen(replica_values.parts(variable), 2)
        self.assertLen(replica_values.parts(beside), 2)
        self.assertEqual(replica_values.parts(tf.Variable(1.0)), ())

        def add(whole, part, value):
            self.assertIs(whole, variable)
            part.assign_add(value)

        def replica():
            replica_values.update_on_each_device(
                [variable], add, [tf.constant(2.0)]
            )

        self.strategy.run(replica)
        self.assertAllEqual([part.numpy() for part in variable.values], [3, 3])


if __name__ == "__main__":
    tf.test.main()
