"""Tests of the losses that `compile` was given."""

import numpy as np
import tensorflow as tf

from tf_keras.src.losses.loss import Loss
from tf_keras.src.losses.regression import MeanSquaredError
from tf_keras.src.training.compiled_losses import CompiledLosses

_random = np.random.RandomState(0)
A, B = (tf.constant(_random.rand(2, n), tf.float32) for n in (1, 3))
P, Q = (tf.constant(_random.rand(2, n), tf.float32) for n in (1, 3))


def _mse(true, pred):
    return ((np.array(true) - np.array(pred)) ** 2).mean()


def _logs(losses):
    return {m.name: float(m.result()) for m in losses.metrics}


class CompiledLossesTest(tf.test.TestCase):
    def test_one_output_logs_the_total_alone(self):
        losses = CompiledLosses("mse")
        self.assertAllClose(losses(A, P), _mse(A, P))
        self.assertAllClose(_logs(losses), {"loss": _mse(A, P)})

    def test_a_loss_that_is_not_reduced_stays_so(self):
        losses = CompiledLosses(MeanSquaredError(reduction="none"))
        found = losses(B, Q)
        self.assertAllClose(found, ((B - Q) ** 2).numpy().mean(axis=1))
        self.assertAllClose(_logs(losses), {"loss": _mse(B, Q)})

    def test_outputs_are_summed_and_logged_by_name(self):
        losses = CompiledLosses(["mse", "mae"], None, ["a", "b"])
        a, b = _mse(A, P), np.abs(B - Q).mean()
        self.assertAllClose(losses([A, B], [P, Q]), a + b)
        expected = {"loss": a + b, "a_loss": a, "b_loss": b}
        self.assertAllClose(_logs(losses), expected)

    def test_lists_in_a_list_are_opened(self):
        losses = CompiledLosses(["mse", ["mae"]], [1.0, [2.0]], ["a", "b"])
        expected = _mse(A, P) + 2 * np.abs(B - Q).mean()
        self.assertAllClose(losses([A, B], [P, Q]), expected)

    def test_a_dict_of_outputs_may_be_named_by_its_layers(self):
        losses = CompiledLosses({"b": "mae"}, None, ["a", "b"])
        found = losses({"y": A, "z": B}, {"y": P, "z": Q})
        self.assertAllClose(found, np.abs(B - Q).mean())
        losses = CompiledLosses({"a": "mse"}, None, ["b", "a"])
        found = losses({"a": A, "b": B}, {"a": P, "b": Q})
        self.assertAllClose(found, _mse(A, P))

    def test_words_are_no_weights(self):
        with self.assertRaisesRegex(TypeError, "loss_weights.*numbers"):
            CompiledLosses("mse", ["much"])

    def test_loss_weights_count_in_the_total_only(self):
        for weights in ([1.0, 10.0], {"b": 10.0}):
            losses = CompiledLosses("mse", weights, ["a", "b"])
            a, b = _mse(A, P), _mse(B, Q)
            self.assertAllClose(losses([A, B], [P, Q]), a + 10 * b)
            self.assertAllClose(_logs(losses)["b_loss"], b)

    def test_outputs_without_loss_or_target_are_left_out(self):
        losses = CompiledLosses({"a": "mse"}, None, ["a", "b"])
        self.assertAllClose(losses({"a": A}, [P, Q]), _mse(A, P))
        self.assertEqual(list(_logs(losses)), ["loss", "a_loss"])

    def test_means_weigh_batches_by_their_rows(self):
        losses = CompiledLosses("mse")
        losses(A, P)
        losses(A[:1], P[:1] + 1)
        expected = (2 * _mse(A, P) + _mse(A[:1], P[:1] + 1)) / 3
        self.assertAllClose(_logs(losses)["loss"], expected)
        losses.reset_state()
        self.assertEqual(_logs(losses), {"loss": 0.0})

    def test_sample_weights_are_for_all_outputs_or_for_each(self):
        weights = np.array([[1.0], [3.0]], "float32")
        a = (weights * (A - P) ** 2).numpy().mean()
        b = (weights * (B - Q) ** 2).numpy().mean()
        losses = CompiledLosses("mse", None, ["a", "b"])
        flat = tf.constant(weights[:, 0])
        for given, expected in (
            (flat, a + b),
            ([flat, None], a + _mse(B, Q)),
            ({"b": flat}, _mse(A, P) + b),
        ):
            self.assertAllClose(losses([A, B], [P, Q], given), expected)

    def test_penalties_are_added(self):
        losses = CompiledLosses("mse")
        total = losses(A, P, regularization_losses=[tf.constant(2.0)])
        self.assertAllClose(total, _mse(A, P) + 2)
        self.assertAllClose(_logs(losses)["loss"], _mse(A, P) + 2)

    def test_a_users_function_may_return_anything_with_a_mean(self):
        losses = CompiledLosses(lambda true, pred: tf.abs(true - pred))
        self.assertAllClose(losses(B, Q), np.abs(B - Q).mean())

    def test_a_users_class_is_taken(self):
        class Largest(Loss):
            def call(self, y_true, y_pred):
                return tf.reduce_max(tf.abs(y_true - y_pred), -1)

        losses = CompiledLosses(Largest())
        self.assertAllClose(losses(B, Q), np.abs(B - Q).max(1).mean())

    def test_an_unknown_name_is_told_at_once(self):
        with self.assertRaisesRegex(ValueError, "'mses'.*mean 'MSE'"):
            CompiledLosses("mses")

    def test_shapes_that_never_fit_name_loss_output_and_shapes(self):
        losses = CompiledLosses("mse", None, ["a"])
        with self.assertRaisesRegex(
            ValueError, r"'mean_squared_error' of output 'a'.*2, 2.*2, 3"
        ):
            losses(tf.zeros((2, 2)), Q)

    def test_crossentropies_name_shapes_that_never_fit_too(self):
        for name, target in (
            ("categorical_crossentropy", tf.zeros((2, 2))),
            ("sparse_categorical_crossentropy", tf.zeros((2, 2), tf.int32)),
            ("binary_crossentropy", tf.zeros((2, 2))),
        ):
            losses = CompiledLosses(name, None, ["a"])
            with self.assertRaisesRegex(
                ValueError, rf"{name}' of output 'a'.*2, 2.*2, 3"
            ):
                losses(target, Q)


if __name__ == "__main__":
    tf.test.main()
