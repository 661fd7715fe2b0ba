"""Tests of intersection over union."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics import iou

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.randint(0, 4, (5, 6))
_PRED = np.where(_RANDOM.uniform(size=(5, 6)) < 0.6, _TRUE, 2)
_WEIGHTS = _RANDOM.uniform(size=(5, 6))


def _ratios(true, pred, weights, classes=4):
    ratios = []
    for c in range(classes):
        both = (weights * ((true == c) & (pred == c))).sum()
        either = (weights * ((true == c) | (pred == c))).sum()
        ratios.append(both / either if either else np.nan)
    return np.array(ratios)


class IoUTest(tf.test.TestCase, parameterized.TestCase):
    def test_means_over_batches_agree_with_numpy(self):
        expected = _ratios(_TRUE, _PRED, _WEIGHTS)
        chosen, every = iou.IoU(4, [0, 2]), iou.MeanIoU(4)
        for metric in (chosen, every):
            for rows in (slice(0, 3), slice(3, 5)):
                metric.update_state(_TRUE[rows], _PRED[rows], _WEIGHTS[rows])
        self.assertAllClose(chosen.result(), expected[[0, 2]].mean())
        self.assertAllClose(every.result(), expected.mean())

    def test_classes_that_do_not_occur_are_left_out(self):
        metric = iou.MeanIoU(6)
        metric.update_state(_TRUE, _PRED)
        expected = np.nanmean(_ratios(_TRUE, _PRED, np.ones((5, 6)), 6))
        self.assertAllClose(metric.result(), expected)

    def test_one_class_can_be_ignored(self):
        metric = iou.MeanIoU(4, ignore_class=3)
        metric.update_state(_TRUE, _PRED, _WEIGHTS)
        kept = _WEIGHTS * (_TRUE != 3)
        self.assertAllClose(
            metric.result(), np.nanmean(_ratios(_TRUE, _PRED, kept))
        )
        outside = iou.MeanIoU(4, ignore_class=255)
        outside.update_state(np.where(_TRUE == 3, 255, _TRUE), _PRED, _WEIGHTS)
        self.assertAllClose(outside.result(), metric.result())

    def test_one_hot_and_probabilities_agree_with_numbers(self):
        expected = iou.IoU(4, [1, 2])(_TRUE, _PRED)
        true, pred = np.eye(4)[_TRUE], np.eye(4)[_PRED] * 0.5 + 0.1
        self.assertAllClose(iou.OneHotIoU(4, [1, 2])(true, pred), expected)
        mean = iou.MeanIoU(4)(_TRUE, _PRED)
        self.assertAllClose(iou.OneHotMeanIoU(4)(true, pred), mean)
        sparse = iou.OneHotMeanIoU(4, sparse_y_pred=True)
        self.assertAllClose(sparse(true, _PRED), mean)
        first = iou.OneHotMeanIoU(4, axis=1)
        moved = np.moveaxis(true, -1, 1), np.moveaxis(pred, -1, 1)
        self.assertAllClose(first(*moved), mean)

    def test_binary_predictions_are_cut_at_the_threshold(self):
        true = np.array([0, 1, 0, 1])
        pred = np.array([0.1, 0.3, 0.4, 0.7], "float32")
        found = (pred >= np.float32(0.3)).astype(int)
        expected = _ratios(true, found, np.ones(4), 2)
        metric = iou.BinaryIoU([1], threshold=0.3)
        self.assertAllClose(metric(true, pred), expected[1])

    @parameterized.parameters(
        iou.IoU(4, [0, 2], ignore_class=1),
        iou.MeanIoU(4, axis=1, sparse_y_true=False),
        iou.BinaryIoU([1], 0.3),
        iou.OneHotIoU(4, [1]),
        iou.OneHotMeanIoU(4, sparse_y_pred=True),
    )
    def test_configs_make_the_metric_again(self, metric):
        again = type(metric).from_config(metric.get_config())
        self.assertEqual(again.get_config(), metric.get_config())

    def test_target_classes_must_exist(self):
        with self.assertRaisesRegex(ValueError, "num_classes=2"):
            iou.IoU(2, [0, 2])


if __name__ == "__main__":
    tf.test.main()
