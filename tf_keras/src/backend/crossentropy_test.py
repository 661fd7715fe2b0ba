"""Tests of cross-entropies."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import crossentropy

_EPSILON = 1e-7
_LOGITS = np.array([[1.0, 2.0, -1.0], [0.0, 3.0, 1.0]], "float32")
_TARGET = np.array([[0.0, 1.0, 0.0], [0.6, 0.3, 0.1]], "float32")


def _softmax(x, axis=-1):
    exponents = np.exp(x - x.max(axis, keepdims=True))
    return exponents / exponents.sum(axis, keepdims=True)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _marked(make, logits):
    """A probability that remembers its logits."""
    output = make(logits)
    crossentropy.mark_logits(output, logits)
    return output


class CategoricalTest(tf.test.TestCase, parameterized.TestCase):
    def test_agrees_with_numpy(self):
        expected = -(_TARGET * np.log(_softmax(_LOGITS))).sum(-1)
        compute = crossentropy.categorical_crossentropy
        self.assertAllClose(compute(_TARGET, _softmax(_LOGITS)), expected)
        self.assertAllClose(
            compute(_TARGET, _LOGITS, from_logits=True), expected
        )
        # Scores that don't sum to 1 are scaled.
        self.assertAllClose(compute(_TARGET, 3 * _softmax(_LOGITS)), expected)

    @parameterized.parameters(True, False)
    def test_takes_any_axis(self, from_logits):
        output = _LOGITS if from_logits else _softmax(_LOGITS)
        expected = crossentropy.categorical_crossentropy(
            _TARGET, output, from_logits
        )
        moved = crossentropy.categorical_crossentropy(
            _TARGET.T, output.T, from_logits, axis=0
        )
        self.assertAllClose(moved, expected)

    def test_is_finite_for_certain_predictions(self):
        certain = np.array([[1.0, 0.0, 0.0]], "float32")
        loss = crossentropy.categorical_crossentropy(certain[:, ::-1], certain)
        self.assertAllClose(loss, [-np.log(_EPSILON)], rtol=1e-3)

    def test_takes_integer_targets_in_one_hot_form(self):
        loss = crossentropy.categorical_crossentropy(
            tf.constant([[0, 1, 0]] * 2), _softmax(_LOGITS)
        )
        self.assertAllClose(loss, -np.log(_softmax(_LOGITS)[:, 1]))

    def test_refuses_shapes_that_do_not_fit(self):
        with self.assertRaisesRegex(ValueError, r"\(2, 4\).*\(2, 3\)"):
            crossentropy.categorical_crossentropy(np.ones((2, 4)), _LOGITS)
        with self.assertRaisesRegex(ValueError, "axis=5.*rank 2"):
            crossentropy.categorical_crossentropy(_TARGET, _LOGITS, axis=5)

    def test_focal_weights_easy_examples_down(self):
        p = _softmax(_LOGITS)
        compute = crossentropy.categorical_focal_crossentropy
        for alpha in (0.25, [0.1, 0.2, 0.3]):
            expected = -(
                np.array(alpha) * (1 - p) ** 1.5 * _TARGET * np.log(p)
            ).sum(-1)
            self.assertAllClose(compute(_TARGET, p, alpha, 1.5), expected)
            self.assertAllClose(
                compute(_TARGET, _LOGITS, alpha, 1.5, from_logits=True),
                expected,
            )


class SparseCategoricalTest(tf.test.TestCase, parameterized.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.logits = random.rand(2, 4, 3).astype("float32")
        self.target = random.randint(0, 3, (2, 4))
        self.expected = -np.log(
            np.take_along_axis(
                _softmax(self.logits), self.target[..., None], -1
            )
        )[..., 0]

    def test_agrees_with_numpy(self):
        compute = crossentropy.sparse_categorical_crossentropy
        for target in (
            self.target,
            self.target[..., None],
            self.target.astype("float32"),
            self.target.ravel(),
        ):
            self.assertAllClose(
                compute(target, _softmax(self.logits)), self.expected
            )
            self.assertAllClose(
                compute(target, self.logits, from_logits=True), self.expected
            )

    def test_takes_any_axis(self):
        loss = crossentropy.sparse_categorical_crossentropy(
            self.target, self.logits.swapaxes(1, 2), True, axis=1
        )
        self.assertAllClose(loss, self.expected)
        with self.assertRaisesRegex(ValueError, "axis=5"):
            crossentropy.sparse_categorical_crossentropy(
                self.target, self.logits, axis=5
            )

    def test_takes_one_sample_without_batch(self):
        loss = crossentropy.sparse_categorical_crossentropy(
            1, tf.constant([0.1, 0.2, 0.7])
        )
        self.assertAllClose(loss, -np.log(0.2))

    def test_takes_unknown_shapes(self):
        compute = tf.function(
            crossentropy.sparse_categorical_crossentropy,
            input_signature=[
                tf.TensorSpec(None, tf.int32),
                tf.TensorSpec(None),
            ],
        )
        for target in (self.target, self.target[..., None]):
            self.assertAllClose(
                compute(target.astype("int32"), _softmax(self.logits)),
                self.expected,
            )

    @parameterized.parameters(-1, 255)
    def test_ignored_class_costs_nothing(self, ignored):
        target = self.target.copy()
        target[0, 1] = ignored
        self.expected[0, 1] = 0.0
        with tf.GradientTape() as tape:
            logits = tf.constant(self.logits)
            tape.watch(logits)
            loss = crossentropy.sparse_categorical_crossentropy(
                target, logits, True, ignore_class=ignored
            )
        self.assertAllClose(loss, self.expected)
        self.assertAllEqual(loss._keras_mask, target != ignored)
        self.assertAllEqual(tape.gradient(loss, logits)[0, 1], [0, 0, 0])


class BinaryTest(tf.test.TestCase):
    def test_agrees_with_numpy(self):
        p = _sigmoid(_LOGITS)
        expected = -_TARGET * np.log(p) - (1 - _TARGET) * np.log(1 - p)
        compute = crossentropy.binary_crossentropy
        self.assertAllClose(compute(_TARGET, p), expected, rtol=1e-5)
        self.assertAllClose(
            compute(_TARGET, _LOGITS, from_logits=True), expected
        )

    def test_keeps_half_precision(self):
        loss = crossentropy.binary_crossentropy(
            _TARGET, tf.constant(_sigmoid(_LOGITS), tf.float16)
        )
        self.assertEqual(loss.dtype, tf.float16)

    def test_focal_weights_easy_examples_down(self):
        p = _sigmoid(_LOGITS)
        of_truth = _TARGET * p + (1 - _TARGET) * (1 - p)
        plain = -_TARGET * np.log(p) - (1 - _TARGET) * np.log(1 - p)
        expected = (1 - of_truth) ** 1.5 * plain
        balance = 0.3 * _TARGET + 0.7 * (1 - _TARGET)
        compute = crossentropy.binary_focal_crossentropy
        self.assertAllClose(compute(_TARGET, p, gamma=1.5), expected, 1e-5)
        self.assertAllClose(
            compute(_TARGET, _LOGITS, True, 0.3, 1.5, from_logits=True),
            balance * expected,
        )


class TraceBackTest(tf.test.TestCase):
    """Where probabilities are rounded, logits still tell them apart."""

    def setUp(self):
        super().setUp()
        self.logits = tf.constant([[0.0, 50.0]])
        self.target = tf.constant([[1.0, 0.0]])

    def test_uses_marked_logits_in_eager_code(self):
        softmax = _marked(tf.nn.softmax, self.logits)
        sigmoid = _marked(tf.sigmoid, self.logits)
        self.assertAllClose(
            crossentropy.categorical_crossentropy(self.target, softmax), [50.0]
        )
        self.assertAllClose(
            crossentropy.sparse_categorical_crossentropy([0], softmax), [50.0]
        )
        self.assertAllClose(
            crossentropy.binary_crossentropy(self.target, sigmoid)[0, 1], 50.0
        )

    def test_uses_the_input_of_the_op_in_a_graph(self):
        @tf.function
        def losses(logits):
            return (
                crossentropy.categorical_crossentropy(
                    self.target, tf.nn.softmax(logits)
                )[0],
                crossentropy.sparse_categorical_crossentropy(
                    [0], tf.nn.softmax(logits)
                )[0],
                crossentropy.binary_crossentropy(
                    self.target, tf.sigmoid(logits)
                )[0, 1],
            )

        self.assertAllClose(losses(self.logits), (50.0, 50.0, 50.0))

    def test_noted_logits_serve_the_loss_of_another_function(self):
        softmax = _marked(tf.nn.softmax, tf.constant(_LOGITS))
        loss = crossentropy.binary_crossentropy(_TARGET, softmax)
        p = _sigmoid(_LOGITS)
        plain = -_TARGET * np.log(p) - (1 - _TARGET) * np.log(1 - p)
        self.assertAllClose(loss, plain)

    def test_the_focal_loss_weights_what_it_was_given(self):
        softmax = _marked(tf.nn.softmax, tf.constant(_LOGITS))
        loss = crossentropy.binary_focal_crossentropy(_TARGET, softmax)
        p, q = _softmax(_LOGITS), _sigmoid(_LOGITS)
        of_truth = _TARGET * p + (1 - _TARGET) * (1 - p)
        plain = -_TARGET * np.log(q) - (1 - _TARGET) * np.log(1 - q)
        self.assertAllClose(loss, (1 - of_truth) ** 2 * plain)

    def test_warns_of_logits_that_are_probabilities(self):
        softmax = _marked(tf.nn.softmax, self.logits)
        with self.assertWarnsRegex(UserWarning, "holds probabilities"):
            loss = crossentropy.categorical_crossentropy(
                self.target, softmax, from_logits=True
            )
        self.assertAllClose(loss, [50.0])


if __name__ == "__main__":
    tf.test.main()
