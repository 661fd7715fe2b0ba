"""Tests of names and configs of metrics."""

import tensorflow as tf
from absl.testing import parameterized

import tf_keras.metrics
from tf_keras.src.losses.regression import mean_squared_error
from tf_keras.src.metrics import resolve
from tf_keras.src.metrics.accuracy import accuracy
from tf_keras.src.metrics.auc import AUC
from tf_keras.src.metrics.f_score import F1Score


class ResolveTest(tf.test.TestCase, parameterized.TestCase):
    def test_names_of_functions_and_classes_resolve(self):
        self.assertIs(resolve.get("mse"), mean_squared_error)
        self.assertIs(resolve.get("accuracy"), accuracy)
        for name, cls in (("AUC", AUC), ("auc", AUC), ("f1_score", F1Score)):
            self.assertIs(type(resolve.get(name)), cls)

    def test_every_name_of_the_face_is_known(self):
        own = ("Metric", "get", "serialize", "deserialize")
        for name, value in vars(tf_keras.metrics).items():
            if callable(value) and name not in own:
                self.assertIs(resolve.find(name), value)

    def test_unknown_names_come_back(self):
        self.assertEqual(resolve.get("bogus"), "bogus")
        with self.assertRaisesRegex(ValueError, "'accuracy'"):
            resolve.deserialize("accurracy")

    def test_a_name_that_needs_arguments_says_which(self):
        with self.assertRaisesRegex(ValueError, r"MeanIoU\(num_classes=...\)"):
            resolve.get("mean_io_u")

    def test_other_things_are_refused(self):
        for thing in (None, 5):
            with self.assertRaisesRegex(ValueError, "metric identifier"):
                resolve.get(thing)

    @parameterized.parameters(False, True)
    def test_configs_make_the_metric_again(self, short):
        metric = AUC(num_thresholds=7, curve="PR", label_weights=None)
        config = resolve.serialize(metric, use_legacy_format=short)
        again = resolve.deserialize(config, use_legacy_format=short)
        self.assertEqual(again.get_config(), metric.get_config())


if __name__ == "__main__":
    tf.test.main()
