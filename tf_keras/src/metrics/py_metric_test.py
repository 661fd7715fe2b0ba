"""Tests of PyMetric."""

import numpy as np
import tensorflow as tf

from tf_keras.src.metrics.py_metric import PyMetric


class _Median(PyMetric):
    def reset_state(self):
        self.values = []

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.values.extend(np.ravel(y_pred.numpy()).tolist())

    def result(self):
        return np.median(self.values)


class PyMetricTest(tf.test.TestCase):
    def test_plain_python_runs_eagerly_and_in_graphs(self):
        metric = _Median()
        metric.update_state([0.0], [5.0])
        update = tf.function(lambda y: metric(y, y))
        self.assertAllEqual(update(tf.constant([1.0, 2.0])), 2.0)
        self.assertAllEqual(update(tf.constant([1.0, 1.0])), 1.0)
        self.assertEqual(metric.result().dtype, tf.float32)
        metric.reset_state()
        self.assertEqual(len(metric.values), 0)

    def test_methods_must_be_written(self):
        with self.assertRaisesRegex(NotImplementedError, "reset_state"):
            PyMetric()
        with self.assertRaisesRegex(NotImplementedError, "merge_state"):
            _Median().merge_state([])

    def test_config_has_name_and_dtype(self):
        config = _Median(name="m").get_config()
        self.assertEqual(config, {"name": "m", "dtype": "float32"})


if __name__ == "__main__":
    tf.test.main()
