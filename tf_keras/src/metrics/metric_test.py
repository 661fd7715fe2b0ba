"""Tests of Metric."""

import copy
import importlib.util
import pathlib
import pickle

import numpy as np
import tensorflow as tf

from tf_keras.src.metrics.metric import Metric
from tf_keras.src.metrics.reductions import Mean, MeanMetricWrapper, Sum
from tf_keras.src.testing.devices import two_cpus

# Outside of the package: its own code is never converted for graphs.
_USER_CODE = """
import tensorflow as tf
from tf_keras.src.metrics.metric import Metric

class Large(Metric):
    def __init__(self, name="large"):
        super().__init__(name)
        self.count = self.add_weight("count")

    def update_state(self, y_true, y_pred, sample_weight=None):
        if tf.reduce_sum(y_pred) > 1.0:
            self.count.assign_add(1.0)

    def result(self):
        return {"large": self.count * 1.0}

def capped(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    if tf.reduce_max(error) > 1.0:
        error = tf.ones_like(error)
    return error
"""


class _Largest(Metric):
    def __init__(self, name=None, start=0.0, dtype=None):
        super().__init__(name, dtype)
        self.start = start
        self.largest = self.add_weight("largest", shape=(2,))

    def update_state(self, y_true, y_pred, sample_weight=None):
        value = tf.reduce_max(tf.cast(y_pred, self.dtype), axis=0)
        self.largest.assign(tf.maximum(self.largest, value))

    def result(self):
        return {"first": self.largest[0], "second": self.largest[1]}


class MetricTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        two_cpus()

    def test_results_may_be_dicts(self):
        metric = _Largest()
        result = metric(None, [[1.0, 5.0], [3.0, 2.0]])
        self.assertAllEqual([result["first"], result["second"]], [3.0, 5.0])

    def test_reset_sets_every_shape_to_zeros(self):
        metric = _Largest()
        metric.update_state(None, [[1.0, 5.0]])
        metric.reset_state()
        self.assertAllEqual(metric.largest, [0.0, 0.0])
        metric.update_state(None, [[1.0, 5.0]])
        metric.reset_states()
        self.assertAllEqual(metric.largest, [0.0, 0.0])

    def test_an_old_reset_states_of_a_subclass_is_called(self):
        class Old(_Largest):
            def reset_states(self):
                self.largest.assign([7.0, 7.0])

        metric = Old()
        metric.reset_state()
        self.assertAllEqual(metric.largest, [7.0, 7.0])

    def test_own_code_may_use_python_control_flow_in_graphs(self):
        path = pathlib.Path(self.get_temp_dir()) / "user_metric.py"
        path.write_text(_USER_CODE)
        spec = importlib.util.spec_from_file_location("user_metric", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        metric = module.Large()
        function = tf.function(lambda y: metric(None, y))
        function(tf.constant([0.5, 0.1]))
        result = function(tf.constant([5.0, 0.1]))
        self.assertAllEqual(result["large"], 1.0)
        wrapped = MeanMetricWrapper(module.capped)
        function = tf.function(lambda y: wrapped(y, y * 0.0))
        self.assertAllEqual(function(tf.constant([5.0, 0.0])), 1.0)

    def test_states_merge(self):
        first, second = Mean(), Mean()
        first.update_state(1.0)
        second.update_state([3.0, 5.0])
        first.merge_state([second])
        self.assertAllClose(first.result(), 3.0)
        with self.assertRaisesRegex(ValueError, "can't be merged"):
            first.merge_state([_Largest()])

    def test_config_reads_the_constructor(self):
        metric = _Largest(start=2.0)
        self.assertEqual(
            metric.get_config(),
            {"name": metric.name, "dtype": "float32", "start": 2.0},
        )
        again = _Largest.from_config(metric.get_config())
        self.assertEqual(again.get_config(), metric.get_config())

    def test_methods_must_be_written(self):
        with self.assertRaisesRegex(TypeError, "update_state.*result"):
            Metric()

        class Half(Metric):
            def update_state(self, y_true, y_pred):
                pass

        with self.assertRaisesRegex(TypeError, r"\['result'\]"):
            Half()

    def test_state_is_not_trained_and_goes_with_the_layer(self):
        metric = _Largest()
        self.assertEmpty(metric.trainable_weights)
        self.assertLen(metric.weights, 1)
        self.assertEqual(metric.largest.name, "largest:0")
        metric.set_weights([np.array([1.0, 2.0])])
        self.assertAllEqual(metric.get_weights()[0], [1.0, 2.0])

    def test_copies_pickles_and_checkpoints_keep_the_state(self):
        metric = Mean()
        metric.update_state([1.0, 4.0])
        restored = Mean()
        path = tf.train.Checkpoint(metric=metric).save(
            self.get_temp_dir() + "/checkpoint"
        )
        tf.train.Checkpoint(metric=restored).restore(path).assert_consumed()
        for again in (
            restored,
            copy.deepcopy(metric),
            pickle.loads(pickle.dumps(metric)),
        ):
            self.assertAllClose(again.result(), 2.5)
            again.update_state(4.0)
        self.assertAllClose(metric.result(), 2.5)

    def test_replicas_count_together(self):
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            metric = Mean()

        def replica():
            context = tf.distribute.get_replica_context()
            number = context.replica_id_in_sync_group
            metric.update_state(tf.cast(number, tf.float32))
            return metric.result()

        result = tf.function(lambda: strategy.run(replica))()
        for value in strategy.experimental_local_results(result):
            self.assertAllClose(value, 0.5)
        self.assertAllClose(metric.result(), 0.5)
        metric.reset_state()
        self.assertAllClose(metric.result(), 0.0)

    def test_a_graph_gets_something_to_wait_for(self):
        mean, total = Mean(), Sum()

        @tf.function
        def update():
            values = tf.constant([1.0, 3.0])
            updates = [m.update_state(values) for m in (mean, total)]
            with tf.control_dependencies([tf.group(*updates)]):
                return mean.result(), total.result()

        self.assertAllClose(update(), (2.0, 4.0))


if __name__ == "__main__":
    tf.test.main()
