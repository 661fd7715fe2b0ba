"""Tests of compile's arguments."""

import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.losses.regression import MeanSquaredError
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.optimizers.sgd import SGD


def _model():
    return Sequential([Dense(1)])


class CompileTest(tf.test.TestCase):
    def test_names_become_objects(self):
        model = _model()
        model.compile("sgd", "mse", metrics=["mae"])
        self.assertIsInstance(model.optimizer, SGD)
        self.assertEqual(model.loss, "mse")

    def test_an_object_stays_itself(self):
        model, optimizer, loss = _model(), SGD(0.5), MeanSquaredError()
        model.compile(optimizer, loss)
        self.assertIs(model.optimizer, optimizer)
        self.assertIs(model.loss, loss)

    def test_unknown_names_offer_the_nearest(self):
        for arguments, pattern in (
            (("sgdd", "mse"), "optimizer: 'sgdd'. Did you mean 'sgd'"),
            (("sgd", "mses"), "loss function: 'mses'. Did you mean 'MSE'"),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                _model().compile(*arguments)

    def test_gradients_are_accumulated_if_asked_for(self):
        model = _model()
        model.compile("sgd", "mse", gradient_accumulation_steps=4)
        self.assertEqual(model.optimizer.gradient_accumulation_steps, 4)
        config = model.get_compile_config()
        self.assertEqual(config["gradient_accumulation_steps"], 4)
        model.compile("sgd", "mse")
        self.assertNotIn(
            "gradient_accumulation_steps", model.get_compile_config()
        )

    def test_unknown_arguments_are_refused(self):
        with self.assertRaisesRegex(TypeError, "'los'"):
            _model().compile("sgd", los="mse")

    def test_old_arguments_are_ignored_or_explained(self):
        _model().compile("sgd", "mse", experimental_run_tf_function=False)
        with self.assertRaisesRegex(ValueError, "strategy.scope"):
            _model().compile("sgd", "mse", distribute=object())

    def test_xla_and_eager_steps_contradict_each_other(self):
        with self.assertRaisesRegex(ValueError, "Choose one"):
            _model().compile("sgd", jit_compile=True, run_eagerly=True)

    def test_a_compile_that_fails_changes_nothing(self):
        model = _model()
        model.compile("sgd", "mse")
        optimizer = model.optimizer
        with self.assertRaises(ValueError):
            model.compile("adam", "mses")
        self.assertIs(model.optimizer, optimizer)
        self.assertEqual(model.loss, "mse")

    def test_compiling_anew_replaces_all(self):
        model = _model()
        model.compile("sgd", "mse", metrics=["mae"])
        model.evaluate(tf.ones((2, 2)), tf.ones((2, 1)), verbose=0)
        model.compile("sgd", "mae")
        self.assertEqual(model.metrics_names, [])
        model.evaluate(tf.ones((2, 2)), tf.ones((2, 1)), verbose=0)
        self.assertEqual(model.metrics_names, ["loss"])

    def test_the_config_compiles_another_model_alike(self):
        model, other = _model(), _model()
        self.assertIsNone(model.get_compile_config())
        model.compile(SGD(0.5), "mse", ["mae"], [2.0], jit_compile=True)
        config = model.get_compile_config()
        self.assertEqual(config["loss"], "mse")
        self.assertEqual(config["metrics"], ["mae"])
        other.compile_from_config(config)
        self.assertEqual(float(other.optimizer.learning_rate), 0.5)
        self.assertEqual(other.jit_compile, True)
        self.assertEqual(other.get_compile_config(), config)


if __name__ == "__main__":
    tf.test.main()
