"""Tests of training, testing and predicting on one batch."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.functional import Functional
from tf_keras.src.training.model import Model

_random = np.random.RandomState(0)
X = _random.rand(8, 3).astype("float32")
A = _random.rand(8, 1).astype("float32")
B = _random.rand(8, 2).astype("float32")
SUMS = X.sum(1, keepdims=True)


def _mse(true, pred):
    return ((true - pred) ** 2).mean()


def _model(outputs=1, **options):
    inputs = Input((3,))
    made = [
        Dense(units, name=name, kernel_initializer="ones")(inputs)
        for units, name in ((1, "a"), (2, "b"))
    ]
    model = Functional(inputs, made[0] if outputs == 1 else made)
    model.compile("sgd", "mse", **options)
    return model


class OnBatchTest(tf.test.TestCase):
    def test_a_loss_alone_is_a_number(self):
        found = _model().train_on_batch(X, A)
        self.assertIsInstance(found, float)
        self.assertAllClose(found, _mse(A, SUMS))

    def test_more_values_are_a_list_or_a_dict(self):
        model = _model(2, metrics={"a": "mae"})
        a, b = _mse(A, SUMS), _mse(B, SUMS)
        values = [a + b, a, b, np.abs(A - SUMS).mean()]
        self.assertAllClose(model.test_on_batch(X, [A, B]), values)
        self.assertAllClose(
            model.test_on_batch(X, [A, B], return_dict=True),
            dict(zip(["loss", "a_loss", "b_loss", "a_mae"], values)),
        )

    def test_metrics_count_the_batch_alone_unless_told_otherwise(self):
        model = _model()
        model.test_on_batch(X[:4], A[:4])
        second = model.test_on_batch(X[4:], A[4:])
        self.assertAllClose(second, _mse(A[4:], SUMS[4:]))
        both = model.test_on_batch(X[:4], A[:4], reset_metrics=False)
        self.assertAllClose(both, _mse(A, SUMS))

    def test_training_updates_weights_once(self):
        model = _model()
        model.train_on_batch(X, A)
        gradient = 2 * np.mean((SUMS - A) * X, axis=0)
        kernel = model.layers[1].kernel.numpy()[:, 0]
        self.assertAllClose(kernel, 1 - 0.01 * gradient)

    def test_weights_of_samples_and_classes(self):
        weights = np.arange(8.0)
        errors = (A - SUMS)[:, 0] ** 2
        found = _model().train_on_batch(X, A, sample_weight=weights)
        self.assertAllClose(found, (weights * errors).mean())
        classes = np.arange(8) % 2
        errors = (classes - SUMS[:, 0]) ** 2
        found = _model().train_on_batch(X, classes, class_weight={0: 1, 1: 3})
        self.assertAllClose(found, ((1 + 2 * classes) * errors).mean())

    def test_takes_tensors_lists_and_double_precision(self):
        model = _model()
        expected = _mse(A, SUMS)
        for x, y in (
            (tf.constant(X), tf.constant(A)),
            (X.tolist(), A.tolist()),
            (X.astype("float64"), A.astype("float64")),
        ):
            self.assertAllClose(model.test_on_batch(x, y), expected)

    def test_predictions_keep_their_nest(self):
        a, b = _model(2).predict_on_batch(X)
        self.assertAllClose(a, SUMS)
        self.assertAllClose(b, np.repeat(SUMS, 2, axis=1))
        self.assertIsInstance(a, np.ndarray)

    def test_own_steps_see_the_batch_as_a_tuple(self):
        seen = []

        class Own(Model):
            def test_step(self, data):
                seen.append(len(data))
                return {"z": tf.constant(1.0), "a": tf.constant(2.0)}

            predict_step = test_step

        model = Own()
        model.compile()
        self.assertEqual(model.test_on_batch(X, A), [2.0, 1.0])
        model.test_on_batch(X)
        model.predict_on_batch(X)
        self.assertEqual(seen, [2, 1, 1])

    def test_runs_eagerly_when_asked(self):
        model = _model(run_eagerly=True)
        self.assertAllClose(model.train_on_batch(X, A), _mse(A, SUMS))


if __name__ == "__main__":
    tf.test.main()
