"""Bad input gets an error that says what was wrong, where, and what to do."""

import os
import subprocess
import sys

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras import layers

X, Y = np.ones((4, 3), "float32"), np.ones((4, 1), "float32")


def compiled_model():
    model = tf_keras.Sequential([layers.Dense(1, input_shape=(3,), name="d")])
    model.compile("sgd", "mse")
    return model


class LayerTest(tf.test.TestCase):
    def test_wrong_rank(self):
        with self.assertRaisesRegex(ValueError, '"d".*min_ndim=2.*ndim=1'):
            layers.Dense(2, name="d")(tf.ones(3))
        conv = layers.Conv2D(2, 1, name="c")
        with self.assertRaisesRegex(ValueError, '"c".*min_ndim=4.*ndim=2'):
            conv(tf.ones((2, 3)))
        self.assertEqual(conv(tf.ones((1, 2, 2, 3))).shape, (1, 2, 2, 2))

    def test_last_axis_unknown(self):
        with self.assertRaisesRegex(
            ValueError, "axis -1.*must be known.*Input"
        ):
            layers.Dense(2)(tf_keras.Input((None,)))

    def test_another_last_axis_than_before(self):
        dense = layers.Dense(2, name="d")
        dense(tf.ones((2, 3)))
        with self.assertRaisesRegex(ValueError, r'"d".*value 3.*\(2, 4\)'):
            dense(tf.ones((2, 4)))

    def test_wrong_dtype(self):
        for value in (tf.constant([["a"]]), np.array([["a"]])):
            with self.assertRaisesRegex(
                (TypeError, ValueError, tf.errors.OpError), "(?s)'d'.*string"
            ):
                layers.Dense(2, name="d")(value)

    def test_called_before_the_bases_constructor(self):
        class Forgets(layers.Layer):
            def __init__(self):
                self.dense = layers.Dense(2)

            def call(self, inputs):
                return self.dense(inputs)

        with self.assertRaisesRegex(RuntimeError, r"super\(\).__init__\(\)"):
            Forgets()(X)

        class ForgetsToo(tf_keras.Model):
            def __init__(self):
                self.dense = layers.Dense(2)

        with self.assertRaisesRegex(RuntimeError, r"super\(\).__init__\(\)"):
            ForgetsToo()

    def test_unknown_names_offer_the_nearest(self):
        for make, nearest in (
            (lambda: layers.Dense(2, activation="rleu"), "relu"),
            (
                lambda: layers.Dense(2, kernel_initializer="glorot_unifrom"),
                "glorot_uniform",
            ),
            (lambda: layers.Dense(2, kernel_constraint="non_negg"), "non_neg"),
        ):
            with self.assertRaisesRegex(
                ValueError, f"Did you mean '{nearest}'"
            ):
                make()

    def test_unknown_argument(self):
        with self.assertRaisesRegex(TypeError, "colour"):
            layers.Dense(2, colour="red")


class GraphTest(tf.test.TestCase):
    def test_disconnected(self):
        x, z = tf_keras.Input((3,), name="x"), tf_keras.Input((3,), name="z")
        with self.assertRaisesRegex(
            ValueError, "(?s)Graph disconnected.*'z'.*model's inputs"
        ):
            tf_keras.Model(x, layers.Add()([x, z]))

    def test_two_layers_of_one_name(self):
        x = tf_keras.Input((3,))
        y = layers.Dense(2, name="twin")(layers.Dense(2, name="twin")(x))
        with self.assertRaisesRegex(ValueError, '"twin".*2 times'):
            tf_keras.Model(x, y)
        with self.assertRaisesRegex(
            ValueError, '"twin".*unique|unique.*"twin"'
        ):
            tf_keras.Sequential(
                [layers.Dense(2, name="twin"), layers.Dense(2, name="twin")]
            )

    def test_an_input_is_missing_from_a_dict(self):
        a, b = tf_keras.Input((3,), name="a"), tf_keras.Input((3,), name="b")
        model = tf_keras.Model({"a": a, "b": b}, layers.Add()([a, b]))
        with self.assertRaisesRegex(ValueError, "(?s)Missing data.*b.*'c'"):
            model({"a": X, "c": X})
        model.compile("sgd", "mse")
        for run in (
            lambda: model.fit({"a": X, "c": X}, X, verbose=0),
            lambda: model.predict({"a": X}, verbose=0),
        ):
            with self.assertRaisesRegex(ValueError, "(?s)Missing data.*b"):
                run()


class CompileTest(tf.test.TestCase):
    def test_fit_before_compile(self):
        model = tf_keras.Sequential([layers.Dense(1, input_shape=(3,))])
        for run in (
            lambda: model.fit(X, Y),
            lambda: model.evaluate(X, Y),
            lambda: model.train_on_batch(X, Y),
            lambda: model.test_on_batch(X, Y),
        ):
            with self.assertRaisesRegex(RuntimeError, r"compile.*compile\("):
                run()
        self.assertEqual(model.predict(X, verbose=0).shape, (4, 1))

    def test_unknown_names_offer_the_nearest(self):
        model = compiled_model()
        for arguments, nearest in (
            ({"optimizer": "adamm", "loss": "mse"}, "adam"),
            ({"optimizer": "sgd", "loss": "mean_square_error"}, "mean_squared"),
            (
                {"optimizer": "sgd", "loss": "mse", "metrics": ["acuracy"]},
                "accuracy",
            ),
            (
                {"optimizer": "sgd", "loss": "mse", "metrics": ["AUCC"]},
                "AUC",
            ),
        ):
            with self.assertRaisesRegex(
                ValueError, f"(?i)Did you mean '{nearest}"
            ):
                model.compile(**arguments)
        # What it was compiled with before still holds.
        model.fit(X, Y, verbose=0)

    def test_unknown_argument(self):
        with self.assertRaisesRegex(TypeError, "colour"):
            compiled_model().compile("sgd", "mse", colour="red")


class DataTest(tf.test.TestCase):
    def test_arrays_of_different_length(self):
        model = compiled_model()
        for run in (
            lambda: model.fit(X, Y[:2], verbose=0),
            lambda: model.evaluate(X, Y[:2], verbose=0),
            lambda: model.fit(X, Y, sample_weight=np.ones(3), verbose=0),
        ):
            with self.assertRaisesRegex(ValueError, r"(?s)4.*(2|3)"):
                run()

    def test_empty_data(self):
        model = compiled_model()
        empty = tf.data.Dataset.from_tensor_slices((X[:0], Y[:0])).batch(2)
        for run in (
            lambda: model.fit(empty, verbose=0),
            lambda: model.evaluate(empty, verbose=0),
            lambda: model.predict(empty, verbose=0),
            lambda: model.fit(X[:0], Y[:0], verbose=0),
            lambda: model.fit(iter(()), verbose=0),
        ):
            with self.assertRaisesRegex(
                ValueError, "(?i)(empty|no batch|no data|0 )"
            ):
                run()
        model.fit(X, Y, verbose=0)

    def test_a_wrong_shape_leaves_the_model_ready_for_a_right_one(self):
        model = tf_keras.Sequential([layers.Dense(4), layers.Dense(1)])
        model.compile("sgd", "mse")
        with self.assertRaises(ValueError):
            model.fit(np.ones(()), Y, verbose=0)
        with self.assertRaises((ValueError, TypeError)):
            model.fit(np.ones((4,)), np.ones((4, 2, 2)), verbose=0)
        model.fit(X, Y, verbose=0)
        self.assertEqual(model.predict(X, verbose=0).shape, (4, 1))

    def test_labels_of_another_shape(self):
        model = tf_keras.Sequential([layers.Dense(5, input_shape=(3,))])
        model.compile("sgd", "categorical_crossentropy")
        with self.assertRaisesRegex(ValueError, r"(?s)\(None, 4\).*5|shape"):
            model.fit(X, np.ones((4, 4)), verbose=0)

    def test_no_targets(self):
        with self.assertRaisesRegex((TypeError, ValueError), "(?i)target"):
            compiled_model().fit(X, verbose=0)


# The one place that needs the other package: it must be told apart.
_KERAS_3 = """
import importlib

import tensorflow as tf
import tf_keras

keras = importlib.import_module("keras")

def check(run):
    try:
        run()
    except TypeError as error:
        assert "Keras 3" in str(error), error
        assert "TF_USE_LEGACY_KERAS" in str(error), error
    else:
        raise AssertionError("Nothing was raised.")

theirs = keras.Input((3,))
ours = tf_keras.Input((3,))
check(lambda: tf_keras.layers.Dense(2)(theirs))
check(lambda: tf_keras.layers.Add()([theirs, ours]))
check(lambda: tf_keras.Sequential([keras.layers.Dense(2)]))
check(lambda: tf_keras.Model(theirs, theirs))
check(lambda: tf_keras.Model(ours, theirs))
print("told apart")
"""


class Keras3Test(tf.test.TestCase):
    def test_layers_and_tensors_of_keras_3_are_told_apart(self):
        done = subprocess.run(
            [sys.executable, "-c", _KERAS_3],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
        )
        if "No module named 'keras'" in done.stderr:
            self.skipTest("The package keras is not installed.")
        self.assertIn("told apart", done.stdout, done.stderr[-2000:])


if __name__ == "__main__":
    tf.test.main()
