"""Tests of training, testing and predicting on one batch."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.metrics.reductions import Mean
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

    def test_metrics_of_each_call_start_anew(self):
        model = _model(metrics=["mae"])
        for rows in (8, 4, 2, 8):
            x, y = X[:rows], A[:rows]
            expected = [_mse(y, SUMS[:rows]), np.abs(y - SUMS[:rows]).mean()]
            self.assertAllClose(model.test_on_batch(x, y), expected)
            self.assertAllClose(model.evaluate(x, y, verbose=0), expected)

    def test_a_metric_resets_itself_each_time(self):
        resets = []

        class Counting(Mean):
            def update_state(self, y_true, y_pred, sample_weight=None):
                super().update_state(y_true)

            def reset_state(self):
                resets.append(self)
                super().reset_state()

        model = _model(metrics=[Counting()])
        for _ in range(3):
            found = model.test_on_batch(X, A)
        self.assertAllClose(found[1], A.mean())
        self.assertLen(resets, 2)  # The first call makes the metric ready.

    def test_a_model_may_keep_its_metrics(self):
        class Keeping(Functional):
            def reset_metrics(self):
                pass

        inputs = Input((3,))
        outputs = Dense(1, kernel_initializer="ones")(inputs)
        model = Keeping(inputs, outputs)
        model.compile("sgd", "mse")
        for rows in (slice(4), slice(4, 8)):
            found = model.test_on_batch(X[rows], A[rows])
        self.assertAllClose(found, _mse(A, SUMS))

    def test_metrics_that_come_later_are_reset_too(self):
        model = _model()
        model.test_on_batch(X, A)
        model.test_on_batch(X, A)
        model.later = Mean(name="later")
        model.later.update_state(3.0)
        model.test_on_batch(X, A)
        self.assertAllClose(model.later.result(), 0.0)

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

    def test_a_pass_over_one_batch_gives_steps_what_more_would(self):
        seen = []

        class Own(Model):
            def test_step(self, data):
                seen.append(type(data))
                return {"a": tf.constant(2.0)}

            def predict_step(self, data):
                seen.append(type(data))
                return data

        model = Own()
        model.compile(run_eagerly=True)
        for size in (8, 4):
            self.assertEqual(model.evaluate(X, batch_size=size, verbose=0), 2.0)
            found = model.predict(X, batch_size=size, verbose=0)
            self.assertAllEqual(found, X)
        self.assertLen(set(seen), 1)

    def test_runs_eagerly_when_asked(self):
        model = _model(run_eagerly=True)
        self.assertAllClose(model.train_on_batch(X, A), _mse(A, SUMS))


if __name__ == "__main__":
    tf.test.main()
