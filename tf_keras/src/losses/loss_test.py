"""Tests of Loss and LossFunctionWrapper."""

import copy
import importlib.util
import pathlib
import pickle
import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.losses.crossentropy import SparseCategoricalCrossentropy
from tf_keras.src.losses.loss import Loss, LossFunctionWrapper
from tf_keras.src.losses.regression import (
    Huber,
    MeanSquaredError,
    mean_squared_error,
)

_TRUE = np.arange(6, dtype="float32").reshape(3, 2)
_PRED = _TRUE * 0.5


# Outside of the package: its own code is never converted for graphs.
_USER_CODE = """
import tensorflow as tf
from tf_keras.src.losses.loss import Loss

def capped(y_true, y_pred):
    error = tf.reduce_sum(tf.abs(y_true - y_pred))
    if error > 1.0:
        error = tf.ones_like(error)
    return error

class Capped(Loss):
    def call(self, y_true, y_pred):
        error = tf.reduce_sum(tf.abs(y_true - y_pred))
        if error > 1.0:
            error = tf.ones_like(error)
        return error
"""


def _import_user_code(test, code):
    path = pathlib.Path(test.get_temp_dir()) / "user_code.py"
    path.write_text(code)
    spec = importlib.util.spec_from_file_location("user_code", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Largest(Loss):
    def call(self, y_true, y_pred):
        return tf.reduce_max(tf.abs(y_true - y_pred))


class LossTest(tf.test.TestCase):
    def test_a_subclass_may_return_a_scalar(self):
        self.assertAllClose(_Largest()(_TRUE, _PRED), 2.5)
        weighted = _Largest()(_TRUE, _PRED, np.array([1.0, 1.0, 4.0]))
        self.assertAllClose(weighted, 5.0)

    def test_the_base_class_says_what_to_write(self):
        with self.assertRaisesRegex(NotImplementedError, "must write `call"):
            Loss()(_TRUE, _PRED)

    def test_a_mask_on_predictions_hides_losses(self):
        y_pred = tf.constant(_PRED)
        y_pred._keras_mask = tf.constant([True, False, True])
        errors = ((_TRUE - _PRED) ** 2).mean(-1)
        result = MeanSquaredError()(_TRUE, y_pred)
        self.assertAllClose(result, (errors[0] + errors[2]) / 2)

    def test_ignored_classes_are_not_counted(self):
        logits = np.random.RandomState(0).normal(size=(3, 4)).astype("float32")
        loss = SparseCategoricalCrossentropy(from_logits=True)
        ignoring = SparseCategoricalCrossentropy(
            from_logits=True, ignore_class=-1
        )
        self.assertAllClose(
            ignoring([1, -1, 2], logits), loss([1, 2], logits[[0, 2]])
        )

    def test_own_code_may_use_python_control_flow_in_graphs(self):
        own = _import_user_code(self, _USER_CODE)
        for loss in (LossFunctionWrapper(own.capped), own.Capped()):
            function = tf.function(loss)
            self.assertAllClose(function(tf.constant(9.0), tf.zeros(())), 1.0)
            self.assertAllClose(function(tf.constant(0.5), tf.zeros(())), 0.5)

    def test_means_are_refused_under_a_strategy(self):
        loss = MeanSquaredError()
        with tf.distribute.OneDeviceStrategy("/cpu:0").scope():
            with self.assertRaisesRegex(ValueError, "Reduction.SUM"):
                loss(_TRUE, _PRED)
            MeanSquaredError(reduction="sum")(_TRUE, _PRED)
            loss.allow_sum_over_batch_size = True  # As compile() does.
            loss(_TRUE, _PRED)

    def test_silent_broadcasting_warns_once_with_both_shapes(self):
        loss = MeanSquaredError()
        loss.output_name = "age"
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            for _ in range(2):
                loss(np.zeros((4, 1)), np.zeros((4, 2)))
        self.assertLen(caught, 1)
        message = str(caught[0].message)
        for part in ("'age'", "(4, 1)", "(4, 2)", "mean_squared_error"):
            self.assertIn(part, message)

    def test_shapes_that_never_fit_name_the_loss(self):
        with self.assertRaisesRegex(ValueError, r"'mse'.*\(3, 2\).*\(4, 2\)"):
            MeanSquaredError(name="mse")(np.zeros((3, 2)), np.zeros((4, 2)))

    def test_a_last_axis_of_one_is_dropped(self):
        loss = MeanSquaredError(reduction="none")
        numbers = tf.constant([0.0, 1.0, 2.0])
        column = tf.zeros((3, 1))
        self.assertAllClose(loss(numbers, column), 5 / 3)
        self.assertAllClose(loss(numbers[:, None], column[:, 0]), 5 / 3)

    def test_any_name_works_in_a_graph(self):
        for name in ("<lambda>", "_own loss: 50%", "_"):
            loss = tf.function(MeanSquaredError(name=name))
            self.assertAllClose(
                loss(_TRUE, _PRED), ((_TRUE - _PRED) ** 2).mean()
            )

    def test_config_makes_the_loss_again(self):
        loss = Huber(delta=0.5, reduction="sum", name="h")
        self.assertEqual(
            list(loss.get_config()), ["reduction", "name", "delta", "fn"]
        )
        again = Huber.from_config(loss.get_config())
        self.assertAllClose(again(_TRUE, _PRED), loss(_TRUE, _PRED))

    def test_a_lambda_survives_its_config(self):
        loss = LossFunctionWrapper(
            lambda true, pred, scale: scale * pred, scale=2
        )
        again = LossFunctionWrapper.from_config(loss.get_config())
        self.assertAllClose(again(_TRUE, tf.constant(_PRED)), _PRED.mean() * 2)

    def test_copies_and_pickles_are_equal(self):
        loss = Huber(delta=0.5)
        loss(_TRUE, _PRED)
        for again in (copy.deepcopy(loss), pickle.loads(pickle.dumps(loss))):
            self.assertEqual(again.get_config(), loss.get_config())
            self.assertAllClose(again(_TRUE, _PRED), loss(_TRUE, _PRED))

    def test_a_wrapped_function_keeps_its_arguments(self):
        loss = LossFunctionWrapper(mean_squared_error, name="own")
        self.assertEqual(
            loss.get_config(),
            {"reduction": "auto", "name": "own", "fn": "mean_squared_error"},
        )


if __name__ == "__main__":
    tf.test.main()
