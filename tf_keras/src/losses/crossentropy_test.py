"""Tests of the cross-entropy losses."""

import warnings

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.losses import crossentropy

_RANDOM = np.random.RandomState(0)
_LOGITS = _RANDOM.normal(size=(4, 3)).astype("float32")
_LABELS = _RANDOM.randint(0, 2, (4, 3)).astype("float32")
_CLASSES = np.array([2, 0, 1, 1])
_ONE_HOT = np.eye(3, dtype="float32")[_CLASSES]


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _softmax(x, axis=-1):
    powers = np.exp(x)
    return powers / powers.sum(axis, keepdims=True)


def _binary(labels, p):
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p))


class CrossentropyTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(0.0, 0.2)
    def test_binary_agrees_with_numpy(self, smoothing):
        p = _sigmoid(_LOGITS)
        labels = _LABELS * (1 - smoothing) + 0.5 * smoothing
        expected = _binary(labels, p)
        for y_pred, from_logits in ((p, False), (_LOGITS, True)):
            arguments = {
                "from_logits": from_logits,
                "label_smoothing": smoothing,
            }
            self.assertAllClose(
                crossentropy.binary_crossentropy(_LABELS, y_pred, **arguments),
                expected.mean(-1),
            )
            loss = crossentropy.BinaryCrossentropy(**arguments)
            self.assertAllClose(loss(_LABELS, y_pred), expected.mean())

    def test_binary_takes_the_mean_over_any_axes(self):
        p = _sigmoid(_LOGITS)
        expected = _binary(_LABELS, p)
        for axis, mean in ((0, expected.mean(0)), ([0, 1], expected.mean())):
            result = crossentropy.binary_crossentropy(_LABELS, p, axis=axis)
            self.assertAllClose(result, mean)

    def test_label_smoothing_may_be_a_variable(self):
        smoothing = tf.Variable(0.2)
        p = _sigmoid(_LOGITS)
        loss = crossentropy.BinaryCrossentropy(label_smoothing=smoothing)
        fixed = crossentropy.BinaryCrossentropy(label_smoothing=0.2)
        self.assertAllClose(loss(_LABELS, p), fixed(_LABELS, p))

    @parameterized.parameters(0.0, 0.3)
    def test_categorical_agrees_with_numpy(self, smoothing):
        p = _softmax(_LOGITS)
        labels = _ONE_HOT * (1 - smoothing) + smoothing / 3
        expected = -(labels * np.log(p)).sum(-1)
        for y_pred, from_logits in ((p, False), (_LOGITS, True)):
            result = crossentropy.categorical_crossentropy(
                _ONE_HOT, y_pred, from_logits, smoothing
            )
            self.assertAllClose(result, expected)
            loss = crossentropy.CategoricalCrossentropy(from_logits, smoothing)
            self.assertAllClose(loss(_ONE_HOT, y_pred), expected.mean())

    def test_classes_may_lie_along_another_axis(self):
        p = _softmax(_LOGITS.T, axis=0)
        result = crossentropy.categorical_crossentropy(
            _ONE_HOT.T, p, axis=0, label_smoothing=0.1
        )
        expected = crossentropy.categorical_crossentropy(
            _ONE_HOT, p.T, label_smoothing=0.1
        )
        self.assertAllClose(result, expected)

    @parameterized.parameters(((4,),), ((4, 1),))
    def test_sparse_agrees_with_one_hot(self, shape):
        p = _softmax(_LOGITS)
        expected = -np.log(p[np.arange(4), _CLASSES])
        classes = _CLASSES.reshape(shape)
        for y_pred, from_logits in ((p, False), (_LOGITS, True)):
            result = crossentropy.sparse_categorical_crossentropy(
                classes, y_pred, from_logits
            )
            self.assertAllClose(result, expected)
            loss = crossentropy.SparseCategoricalCrossentropy(from_logits)
            self.assertAllClose(loss(classes, y_pred), expected.mean())

    def test_binary_focal_form_agrees_with_numpy(self):
        p = _sigmoid(_LOGITS)
        truth = np.where(_LABELS == 1, p, 1 - p)
        weight = np.where(_LABELS == 1, 0.3, 0.7)
        expected = weight * (1 - truth) ** 1.5 * _binary(_LABELS, p)
        for y_pred, from_logits in ((p, False), (_LOGITS, True)):
            loss = crossentropy.BinaryFocalCrossentropy(
                apply_class_balancing=True,
                alpha=0.3,
                gamma=1.5,
                from_logits=from_logits,
                reduction="none",
            )
            self.assertAllClose(loss(_LABELS, y_pred), expected.mean(-1))

    def test_categorical_focal_form_agrees_with_numpy(self):
        p = _softmax(_LOGITS)
        alpha = np.array([0.2, 0.3, 0.5])
        expected = -(alpha * (1 - p) ** 1.5 * _ONE_HOT * np.log(p)).sum(-1)
        for y_pred, from_logits in ((p, False), (_LOGITS, True)):
            loss = crossentropy.CategoricalFocalCrossentropy(
                alpha=list(alpha),
                gamma=1.5,
                from_logits=from_logits,
                reduction="none",
            )
            self.assertAllClose(loss(_ONE_HOT, y_pred), expected)

    def test_certain_predictions_stay_finite(self):
        y_true = np.array([[0.0, 1.0]], "float32")
        for loss in (
            crossentropy.binary_crossentropy,
            crossentropy.categorical_crossentropy,
        ):
            values = loss(y_true, 1 - y_true)
            self.assertAllInRange(values, 10, 20)

    def test_a_single_class_warns(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            crossentropy.categorical_crossentropy([[1.0]], [[0.5]])
        self.assertIn("one class", str(caught[0].message))

    def test_shapes_that_differ_are_refused(self):
        with self.assertRaisesRegex(ValueError, r"\(4, 1\).*\(4, 3\)"):
            crossentropy.categorical_crossentropy(
                _CLASSES[:, None], _softmax(_LOGITS)
            )


if __name__ == "__main__":
    tf.test.main()
