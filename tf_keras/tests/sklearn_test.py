"""Metrics against those of scikit-learn, over random batches."""

import numpy as np
import sklearn.metrics as sk
import tensorflow as tf
from absl.testing import parameterized

from tf_keras import metrics

SAMPLES, CLASSES = 200, 4


def total(metric, *arrays):
    """The result after three batches of unequal size."""
    for rows in np.array_split(np.arange(len(arrays[0])), [30, 130]):
        true, pred, *weight = (array[rows] for array in arrays)
        metric.update_state(true, pred, *weight)
    return metric.result()


class SklearnTest(tf.test.TestCase, parameterized.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.weight = random.rand(SAMPLES).astype("float32")
        self.label = random.randint(0, 2, SAMPLES)
        # A hundred values: thresholds between them cost no exactness.
        score = random.randint(0, 100, SAMPLES) / 100 + 0.005
        self.score = (0.7 * score + 0.3 * self.label).astype("float32")
        self.classes = random.randint(0, CLASSES, SAMPLES)
        scores = random.rand(SAMPLES, CLASSES)
        self.scores = (scores / scores.sum(-1, keepdims=True)).astype("float32")
        self.guess = self.scores.argmax(-1)
        self.one_hot = np.eye(CLASSES, dtype="float32")[self.classes]
        self.target = random.randn(SAMPLES, 3).astype("float32")
        self.estimate = self.target + random.randn(SAMPLES, 3) / 2

    def check(self, metric, expected, *arrays, tolerance=1e-5):
        found = total(metric, *arrays)
        self.assertAllClose(found, expected, rtol=tolerance, atol=tolerance)

    def test_areas_under_the_curve(self):
        arrays = (self.label, self.score, self.weight)
        area = sk.roc_auc_score(*arrays[:2], sample_weight=self.weight)
        metric = metrics.AUC(num_thresholds=2000)
        self.check(metric, area, *arrays)
        metric = metrics.AUC(num_thresholds=2000, multi_label=True)
        area = sk.roc_auc_score(self.one_hot, self.scores, average="macro")
        self.check(metric, area, self.one_hot, self.scores, tolerance=1e-3)

    def test_areas_between_precision_and_recall(self):
        metric = metrics.AUC(num_thresholds=2000, curve="PR")
        area = sk.average_precision_score(self.label, self.score)
        self.check(metric, area, self.label, self.score, tolerance=2e-2)

    @parameterized.parameters("micro", "macro", "weighted", None)
    def test_f_scores(self, average):
        arrays = (self.one_hot, self.scores, self.weight)
        options = {"average": average, "sample_weight": self.weight}
        expected = sk.f1_score(self.classes, self.guess, **options)
        self.check(metrics.F1Score(average=average), expected, *arrays)
        expected = sk.fbeta_score(self.classes, self.guess, beta=0.5, **options)
        metric = metrics.FBetaScore(average=average, beta=0.5)
        self.check(metric, expected, *arrays)

    def test_precision_and_recall(self):
        arrays = (self.label, self.score, self.weight)
        decided = self.score > 0.4
        for metric, score in (
            (metrics.Precision(0.4), sk.precision_score),
            (metrics.Recall(0.4), sk.recall_score),
        ):
            expected = score(self.label, decided, sample_weight=self.weight)
            self.check(metric, expected, *arrays)

    def test_accuracies(self):
        expected = sk.accuracy_score(
            self.classes, self.guess, sample_weight=self.weight
        )
        arrays = (self.scores, self.weight)
        metric = metrics.SparseCategoricalAccuracy()
        self.check(metric, expected, self.classes, *arrays)
        metric = metrics.CategoricalAccuracy()
        self.check(metric, expected, self.one_hot, *arrays)
        expected = sk.top_k_accuracy_score(self.classes, self.scores, k=2)
        metric = metrics.SparseTopKCategoricalAccuracy(k=2)
        self.check(metric, expected, self.classes, self.scores)

    def test_intersections_over_unions(self):
        arrays = (self.classes, self.guess, self.weight)
        each = sk.jaccard_score(
            *arrays[:2], average=None, sample_weight=self.weight
        )
        self.check(metrics.MeanIoU(CLASSES), each.mean(), *arrays)
        metric = metrics.IoU(CLASSES, target_class_ids=[1, 3])
        self.check(metric, each[[1, 3]].mean(), *arrays)

    def test_shares_of_variance(self):
        arrays = (self.target, self.estimate, self.weight)
        for ours, theirs in (
            ("uniform_average", "uniform_average"),
            ("variance_weighted_average", "variance_weighted"),
            (None, "raw_values"),
        ):
            expected = sk.r2_score(
                *arrays[:2], multioutput=theirs, sample_weight=self.weight
            )
            metric = metrics.R2Score(class_aggregation=ours)
            self.check(metric, expected, *arrays, tolerance=1e-4)

    def test_errors(self):
        arrays = (self.target, self.estimate, self.weight)
        for metric, score in (
            (metrics.MeanSquaredError(), sk.mean_squared_error),
            (metrics.MeanAbsoluteError(), sk.mean_absolute_error),
            (metrics.RootMeanSquaredError(), _root_mean_squared_error),
        ):
            expected = score(*arrays[:2], sample_weight=self.weight)
            self.check(metric, expected, *arrays)
        metric = metrics.BinaryCrossentropy()
        expected = sk.log_loss(self.label, self.score)
        self.check(metric, expected, self.label[:, None], self.score[:, None])


def _root_mean_squared_error(*arrays, sample_weight):
    error = sk.mean_squared_error(*arrays, sample_weight=sample_weight)
    return np.sqrt(error)


if __name__ == "__main__":
    tf.test.main()
