"""Tests of the metrics that `compile` was given."""

import numpy as np
import tensorflow as tf

from tf_keras.src.metrics.reductions import MeanMetricWrapper
from tf_keras.src.training.compiled_metrics import CompiledMetrics

_random = np.random.RandomState(0)
A, B = (tf.constant(_random.rand(2, n), tf.float32) for n in (1, 3))
P, Q = (tf.constant(_random.rand(2, n), tf.float32) for n in (1, 3))
OUTPUTS = ["a", "b"]


def _bias(true, pred):
    return pred - true


def _logs(metrics, true=A, pred=P, weights=None):
    metrics.update_state(true, pred, weights)
    return {m.name: float(m.result()) for m in metrics.metrics}


def _names(*args, **kwargs):
    metrics = CompiledMetrics(*args, **kwargs, output_names=OUTPUTS)
    return list(_logs(metrics, [A, B], [P, Q]))


class NamesTest(tf.test.TestCase):
    def test_a_list_is_for_every_output(self):
        self.assertEqual(
            _names(["mae", "mse"]), ["a_mae", "a_mse", "b_mae", "b_mse"]
        )

    def test_lists_go_by_place_and_dicts_by_name(self):
        for given in (
            [["mae"], ["mse", "mae"]],
            ["mae", ["mse", "mae"]],
            {"a": "mae", "b": ["mse", "mae"]},
        ):
            self.assertEqual(_names(given), ["a_mae", "b_mse", "b_mae"])
        self.assertEqual(_names([None, ["mse"]]), ["b_mse"])

    def test_a_weighted_metric_beside_the_same_unweighted_says_so(self):
        found = list(_logs(CompiledMetrics(["mae"], ["mae", "mse"])))
        self.assertEqual(found, ["mae", "weighted_mae", "mse"])
        self.assertEqual(
            _names({"a": "mae"}, weighted_metrics=["mae"]),
            ["a_mae", "a_weighted_mae", "b_mae"],
        )

    def test_one_name_twice_is_refused(self):
        with self.assertRaisesRegex(ValueError, "two metrics.*'mae'"):
            _logs(CompiledMetrics(["mae", "mae"]))

    def test_one_object_twice_is_refused(self):
        metric = MeanMetricWrapper(_bias)
        with self.assertRaisesRegex(ValueError, "object stands twice"):
            _logs(CompiledMetrics([metric], [metric]))

    def test_names_from_files_stay(self):
        found = _names(
            [
                [MeanMetricWrapper(_bias, name="a_bias")],
                [MeanMetricWrapper(_bias, name="b_bias")],
            ],
            from_serialized=True,
        )
        self.assertEqual(found, ["a_bias", "b_bias"])

    def test_an_unknown_name_is_told_at_once(self):
        with self.assertRaisesRegex(ValueError, "Unknown metric: 'maee'"):
            CompiledMetrics(["maee"])


class ValuesTest(tf.test.TestCase):
    def test_strings_functions_and_objects_are_metrics(self):
        given = ["mae", _bias, MeanMetricWrapper(_bias, name="mine")]
        bias = np.mean(P - A)
        self.assertAllClose(
            _logs(CompiledMetrics(given)),
            {"mae": np.abs(A - P).mean(), "_bias": bias, "mine": bias},
        )

    def test_sample_weights_count_in_weighted_metrics_only(self):
        weights = tf.constant([1.0, 3.0])
        found = _logs(CompiledMetrics(["mae"], ["mae"]), A, P, weights)
        errors = np.abs(A - P)[:, 0]
        self.assertAllClose(found["mae"], errors.mean())
        expected = np.average(errors, weights=[1, 3])
        self.assertAllClose(found["weighted_mae"], expected)

    def test_a_mask_hides_steps_from_all_metrics(self):
        pred = tf.constant([[[1.0], [5.0]], [[2.0], [3.0]]])
        pred._keras_mask = tf.constant([[True, False], [True, True]])
        found = _logs(CompiledMetrics(["mae"]), tf.zeros((2, 2, 1)), pred)
        self.assertAllClose(found["mae"], 2.0)

    def test_each_output_counts_by_itself(self):
        metric = MeanMetricWrapper(_bias, name="bias")
        metrics = CompiledMetrics([metric], output_names=OUTPUTS)
        found = _logs(metrics, [A, B], [P, Q])
        self.assertAllClose(found["a_bias"], np.mean(P - A))
        self.assertAllClose(found["b_bias"], np.mean(Q - B))

    def test_reset_starts_anew(self):
        metrics = CompiledMetrics(["mae"])
        _logs(metrics)
        metrics.reset_state()
        self.assertEqual(float(metrics.metrics[0].result()), 0.0)


class AccuracyTest(tf.test.TestCase):
    """`accuracy` and `crossentropy` follow the shapes of the output."""

    def check(self, true, pred, accuracy):
        metrics = CompiledMetrics(["accuracy", "acc", "ce"])
        found = _logs(metrics, tf.constant(true), tf.constant(pred))
        self.assertAllClose(found["accuracy"], accuracy)
        self.assertAllClose(found["acc"], accuracy)
        self.assertGreater(found["ce"], 0.0)

    def test_one_value_is_binary(self):
        self.check([[0.0], [1.0]], [[0.4], [0.3]], 0.5)

    def test_one_hot_targets_are_categorical(self):
        pred = [[0.7, 0.2, 0.1], [0.2, 0.2, 0.6]]
        self.check([[1.0, 0, 0], [0, 1.0, 0]], pred, 0.5)

    def test_class_numbers_are_sparse(self):
        pred = [[0.7, 0.2, 0.1], [0.2, 0.2, 0.6]]
        self.check([0, 1], pred, 0.5)
        self.check([[0], [2]], pred, 1.0)


    def test_mean_io_u_takes_its_classes_from_the_output(self):
        pred = [[0.7, 0.2, 0.1], [0.2, 0.2, 0.6]]
        for true in ([0, 1], [[1.0, 0, 0], [0, 1.0, 0]]):
            metrics = CompiledMetrics(["mean_io_u"])
            found = _logs(metrics, tf.constant(true), tf.constant(pred))
            self.assertAllClose(found, {"mean_io_u": 1 / 3})
        metrics = CompiledMetrics(["MeanIoU"])
        true, pred = tf.constant([[0.0], [1.0]]), tf.constant([[0.4], [0.3]])
        self.assertAllClose(_logs(metrics, true, pred)["mean_io_u"], 0.25)


if __name__ == "__main__":
    tf.test.main()
