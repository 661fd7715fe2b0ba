"""Tests of Model: compile, fit, evaluate, predict and own steps."""

import traceback

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.core import dtype_policy
from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.data.sequence import Sequence
from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.regularization.dropout import Dropout
from tf_keras.src.metrics.reductions import Mean
from tf_keras.src.models.functional import Functional
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.training.model import Model

_random = np.random.RandomState(0)
X = _random.rand(8, 3).astype("float32")
A = _random.rand(8, 1).astype("float32")
B = _random.rand(8, 2).astype("float32")
W = np.arange(1, 9).astype("float32")
SUMS = X.sum(1, keepdims=True)  # What a Dense of ones computes.


def _dense(units, name, **options):
    return Dense(units, name=name, kernel_initializer="ones", **options)


def _one():
    inputs = Input((3,))
    return Functional(inputs, _dense(1, "a")(inputs))


def _two():
    inputs = Input((3,))
    outputs = [_dense(1, "a")(inputs), _dense(2, "b")(inputs)]
    return Functional(inputs, outputs)


class _Own(Model):
    """A subclass with one layer."""

    def __init__(self):
        super().__init__()
        self.a = _dense(1, "a")

    def call(self, inputs):
        return self.a(inputs)


def _mse(true, pred):
    return ((true - pred) ** 2).mean()


class EvaluateTest(tf.test.TestCase):
    def test_returns_values_in_the_order_of_metrics_names(self):
        model = _two()
        model.compile("sgd", "mse", metrics={"a": "mae"})
        self.assertEqual(model.metrics_names, [])
        found = model.evaluate(X, [A, B], batch_size=3, verbose=0)
        a, b = _mse(A, SUMS), _mse(B, SUMS)
        expected = [a + b, a, b, np.abs(A - SUMS).mean()]
        self.assertAllClose(found, expected)
        names = ["loss", "a_loss", "b_loss", "a_mae"]
        self.assertEqual(model.metrics_names, names)
        by_name = model.evaluate(X, [A, B], verbose=0, return_dict=True)
        self.assertAllClose(by_name, dict(zip(names, expected)))

    def test_a_loss_alone_is_a_number(self):
        model = _one()
        model.compile("sgd", "mse")
        found = model.evaluate(X, A, verbose=0)
        self.assertIsInstance(found, float)
        self.assertAllClose(found, _mse(A, SUMS))

    def test_sample_weights_weigh_rows(self):
        model = _one()
        model.compile("sgd", "mse", weighted_metrics=["mse"])
        found = model.evaluate(X, A, sample_weight=W, verbose=0)
        errors = (A - SUMS)[:, 0] ** 2
        expected = [(W * errors).mean(), np.average(errors, weights=W)]
        self.assertAllClose(found, expected)

    def test_sample_weights_may_be_temporal(self):
        inputs = Input((4, 3))
        model = Functional(inputs, _dense(1, "a")(inputs))
        model.compile("sgd", "mse")
        x, y, w = (_random.rand(*s) for s in ((2, 4, 3), (2, 4, 1), (2, 4)))
        errors = (x.sum(-1) - y[..., 0]) ** 2
        found = model.evaluate(x, y, sample_weight=w, verbose=0)
        self.assertAllClose(found, (w * errors).mean())

    def test_steps_bound_what_is_read(self):
        model = _one()
        model.compile("sgd", "mse")
        found = model.evaluate(X, A, batch_size=3, steps=2, verbose=0)
        self.assertAllClose(found, _mse(A[:6], SUMS[:6]))

    def test_targets_may_be_given_for_outputs_with_a_loss_alone(self):
        model = _two()
        model.compile("sgd", {"b": "mse"}, metrics={"b": "mae"})
        found = model.evaluate(X, B, verbose=0)
        loss = _mse(B, SUMS)
        self.assertAllClose(found, [loss, loss, np.abs(B - SUMS).mean()])


class FitTest(tf.test.TestCase):
    def fit(self, model=None, y=A, **options):
        model = model or _one()
        if not model._is_compiled:
            model.compile("sgd", "mse")
        options = {"verbose": 0, "batch_size": 4, "shuffle": False, **options}
        return model.fit(X, y, **options).history

    def test_validation_data_are_evaluated_after_each_epoch(self):
        model = _one()
        history = self.fit(model, validation_data=(X, A, W), epochs=2)
        self.assertLen(history["val_loss"], 2)
        model.compile("sgd", "mse")
        expected = model.evaluate(X, A, sample_weight=W, verbose=0)
        self.assertAllClose(history["val_loss"][-1], expected)

    def test_validation_split_takes_the_last_rows(self):
        model = _one()
        model.compile("sgd", "mse")
        model.optimizer.learning_rate = 0.0
        history = self.fit(model, validation_split=0.25)
        self.assertAllClose(history["loss"][0], _mse(A[:6], SUMS[:6]))
        self.assertAllClose(history["val_loss"][0], _mse(A[6:], SUMS[6:]))

    def test_a_generator_that_ends_is_validated_once(self):
        model = _one()
        model.compile("sgd", "mse")
        history = model.fit(
            X, A, epochs=3, validation_data=iter([(X, A)]), verbose=0
        ).history
        self.assertLen(history["loss"], 3)
        self.assertLen(history["val_loss"], 1)

    def test_validation_freq_is_a_number_or_epochs(self):
        for frequency, count in ((2, 2), ([1, 5], 2), (6, 0)):
            history = self.fit(
                validation_split=0.5, validation_freq=frequency, epochs=5
            )
            self.assertLen(history.get("val_loss", []), count)
        with self.assertRaisesRegex(ValueError, "`validation_freq`.*'no'"):
            self.fit(validation_split=0.5, validation_freq="no")

    def test_validation_steps_and_batch_size(self):
        model = _one()
        model.compile("sgd", "mse")
        model.optimizer.learning_rate = 0.0
        history = self.fit(
            model,
            validation_data=(X, A),
            validation_steps=1,
            validation_batch_size=2,
        )
        self.assertAllClose(history["val_loss"][0], _mse(A[:2], SUMS[:2]))

    def test_class_weights_weigh_rows_by_their_class(self):
        classes = (A > 0.5).astype("int32")
        model = _one()
        model.compile("sgd", "mse")
        model.optimizer.learning_rate = 0.0
        history = self.fit(model, classes, class_weight={0: 1.0, 1: 3.0})
        errors = (np.where(classes, 3, 1) * (classes - SUMS) ** 2).mean()
        self.assertAllClose(history["loss"][0], errors)

    def test_layers_losses_and_metrics_are_logged(self):
        class Penal(Layer):
            def call(self, inputs):
                self.add_loss(tf.reduce_mean(inputs))
                self.add_metric(inputs, name="level", aggregation="mean")
                return inputs

        class Penalised(_Own):
            def __init__(self):
                super().__init__()
                self.penal = Penal()

            def call(self, inputs):
                return self.penal(self.a(inputs))

        model = Penalised()
        model.compile("sgd")
        model.optimizer.learning_rate = 0.0
        history = self.fit(model, None, batch_size=8)
        self.assertAllClose(history["loss"], [SUMS.mean()])
        self.assertAllClose(history["level"], [SUMS.mean()])

    def test_the_same_seed_gives_the_same_run(self):
        def run():
            set_random_seed(3)
            model = Sequential([Dense(4, "tanh"), Dropout(0.5), Dense(1)])
            model.compile("adam", "mse")
            model.fit(X, A, batch_size=3, epochs=3, verbose=0)
            return model.get_weights()

        for first, second in zip(run(), run()):
            self.assertAllEqual(first, second)

    def test_frozen_layers_stay_after_compiling_anew(self):
        model = Sequential([_dense(2, "frozen"), Dense(1)])
        model.compile("sgd", "mse")
        self.fit(model)
        model.layers[0].trainable = False
        model.compile("sgd", "mse")
        frozen, free = (layer.kernel.numpy() for layer in model.layers)
        self.fit(model)
        self.assertAllEqual(model.layers[0].kernel, frozen)
        self.assertNotAllClose(model.layers[1].kernel, free)

    def test_run_eagerly_can_be_changed(self):
        seen = []

        class Looks(_Own):
            def call(self, inputs):
                seen.append(tf.executing_eagerly())
                return self.a(inputs)

        model = Looks()
        model.compile("sgd", "mse")
        self.fit(model)
        model.run_eagerly = True
        self.assertFalse(any(seen))
        self.fit(model)
        self.assertTrue(seen[-1])

    def test_float16_policy_scales_the_loss(self):
        dtype_policy.set_global_policy("mixed_float16")
        self.addCleanup(dtype_policy.set_global_policy, "float32")
        model = _one()
        history = self.fit(model, epochs=3)
        self.assertIsInstance(model.optimizer, LossScaleOptimizer)
        self.assertLess(history["loss"][-1], history["loss"][0])
        self.assertEqual(model.predict(X, verbose=0).dtype, np.float16)

    def test_steps_per_execution_auto_lets_the_loop_choose(self):
        model = _one()
        model.compile("sgd", "mse", steps_per_execution="auto")
        self.assertTrue(model.autotune_steps_per_execution)
        self.assertEqual(model.steps_per_execution, 1)
        self.assertLen(self.fit(model, batch_size=1, epochs=2)["loss"], 2)

    def test_a_sequence_is_told_of_the_end_of_epochs(self):
        ends = []

        class Batches(Sequence):
            def __len__(self):
                return 2

            def __getitem__(self, index):
                return X[4 * index :][:4], A[4 * index :][:4]

            def on_epoch_end(self):
                ends.append(1)

        model = _one()
        model.compile("sgd", "mse")
        model.fit(Batches(), epochs=3, verbose=0)
        self.assertLen(ends, 3)


class OwnStepsTest(tf.test.TestCase):
    def test_train_step_may_log_nests_and_tensors(self):
        class Steps(_Own):
            def train_step(self, data):
                return {"a": tf.constant(1.0), "n": {"b": tf.constant(2.0)}}

            def test_step(self, data):
                return tf.constant(3.0)

        model = Steps()
        model.compile()
        history = model.fit(X, A, verbose=0).history
        self.assertEqual(history, {"a": [1.0], "n": [{"b": 2.0}]})
        self.assertEqual(model.evaluate(X, A, verbose=0), 3.0)

    def test_an_epoch_tells_the_mean_where_steps_tell_their_loss(self):
        class Own(_Own):
            def test_step(self, data):
                x, y = data
                return {"loss": self.compiled_loss(y, self(x))}

        model = Own()
        model.compile("sgd", "mse")
        found = model.evaluate(X, A, batch_size=3, verbose=0)
        self.assertAllClose(found, _mse(A, SUMS))
        self.assertAllClose(
            model.test_on_batch(X[:3], A[:3]), _mse(A[:3], SUMS[:3])
        )

    def test_logs_that_are_no_metrics_stay_those_of_the_last_step(self):
        class Own(_Own):
            def train_step(self, data):
                x, y = data
                loss = self.compiled_loss(y, self(x))
                return {"loss": loss, "rows": tf.shape(x)[0]}

        model = Own()
        model.compile("sgd", "mse")
        history = model.fit(X, A, batch_size=3, shuffle=False, verbose=0)
        found = history.history
        self.assertAllClose(found["loss"], [_mse(A[6:], SUMS[6:])])
        self.assertEqual(found["rows"], [2])

    def test_metrics_of_the_model_are_reset_each_epoch(self):
        class Steps(_Own):
            def __init__(self):
                super().__init__()
                self.level = Mean(name="level")

            @property
            def metrics(self):
                return [self.level]

            def train_step(self, data):
                self.level.update_state(data[0])
                return {"level": self.level.result()}

        model = Steps()
        model.compile()
        history = model.fit(X, A, batch_size=4, epochs=2, verbose=0).history
        self.assertAllClose(history["level"], [X.mean()] * 2)
        self.assertEqual(model.metrics_names, ["level"])

    def test_compute_loss_needs_no_loss_in_compile(self):
        class Steps(_Own):
            def compute_loss(self, x, y, y_pred, sample_weight):
                return tf.reduce_mean(y_pred)

            def compute_metrics(self, x, y, y_pred, sample_weight):
                return {"rows": tf.shape(x)[0]}

        model = Steps()
        model.compile("sgd")
        history = model.fit(X, verbose=0, epochs=2).history
        self.assertEqual(history, {"rows": [8, 8]})
        self.assertAllClose(model.a.bias, [-0.02])

    def test_steps_get_what_the_data_hold(self):
        seen = []

        class Steps(_Own):
            def train_step(self, data):
                seen.append(tf.nest.map_structure(lambda t: "T", data))
                return {}

            predict_step = train_step
            test_step = train_step

        model = Steps()
        model.compile()
        data = tf.data.Dataset.from_tensor_slices(X).batch(8)
        model.fit(X, verbose=0)
        model.fit(X, A, verbose=0)
        model.fit([X, X], verbose=0)
        model.fit(data, epochs=2, verbose=0)
        model.fit(data.map(lambda x: {"x": x}), verbose=0)
        self.assertEqual(seen, ["T", ("T", "T"), (("T", "T"),), {"x": "T"}])

    def test_make_functions_may_be_overridden(self):
        class Functions(_Own):
            def make_train_function(self, force=False):
                def run(iterator):
                    return {"rows": tf.shape(next(iterator)[0])[0]}

                return run

            make_test_function = make_train_function

        model = Functions()
        model.compile()
        history = model.fit(X, A, batch_size=3, epochs=2, verbose=0).history
        self.assertEqual(history, {"rows": [2, 2]})
        self.assertEqual(model.evaluate(X, A, batch_size=3, verbose=0), 2)
        self.assertEqual(model.train_on_batch(X, A), 8)

    def test_train_function_may_be_replaced(self):
        model = _one()
        model.compile("sgd", "mse")
        ours, calls = model.make_train_function(), []

        def counted(iterator):
            calls.append(1)
            return ours(iterator)

        model.train_function = counted
        model.fit(X, A, batch_size=2, verbose=0)
        self.assertLen(calls, 4)

    def test_make_functions_give_functions_of_iterators(self):
        model = _one()
        model.compile("sgd", "mse")
        data = tf.data.Dataset.from_tensor_slices((X, A)).batch(5)
        iterator = iter(data)
        train = model.make_train_function()
        self.assertIs(model.train_function, train)
        self.assertAllClose(train(iterator)["loss"], _mse(A[:5], SUMS[:5]))
        train(iterator)
        with self.assertRaises(StopIteration):
            train(iterator)


class PredictTest(tf.test.TestCase):
    def test_needs_no_compile_and_keeps_the_nest(self):
        inputs = Input((3,))
        outputs = {"p": _dense(1, "a")(inputs), "q": [_dense(2, "b")(inputs)]}
        model = Functional(inputs, outputs)
        found = model.predict(X, batch_size=3, verbose=0)
        self.assertAllClose(found["p"], SUMS)
        self.assertAllClose(found["q"][0], np.repeat(SUMS, 2, axis=1))

    def test_a_callback_may_take_the_outputs_of_each_batch(self):
        class Take(Callback):
            collect = False

            def __init__(self):
                super().__init__()
                self.rows = []

            def on_predict_batch_end(self, batch, logs=None):
                self.rows.append(logs["outputs"])

        take = Take()
        found = _one().predict(X, batch_size=3, verbose=0, callbacks=[take])
        self.assertIsNone(found)
        self.assertAllClose(np.concatenate(take.rows), SUMS)

    def test_rows_stay_in_order_whatever_the_batches(self):
        model = _one()
        for size in (1, 3, 8, 32):
            found = model.predict(X, batch_size=size, verbose=0)
            self.assertAllClose(found, SUMS)
        found = model.predict(X, batch_size=3, steps=2, verbose=0)
        self.assertAllClose(found, SUMS[:6])


class FaultsTest(tf.test.TestCase):
    """After an error the model can be used as before."""

    def model(self):
        model = _one()
        model.compile("sgd", "mse")
        return model

    def test_fit_before_compile(self):
        for run in (
            lambda: _one().fit(X, A),
            lambda: _one().evaluate(X, A),
            lambda: _one().train_on_batch(X, A),
        ):
            with self.assertRaisesRegex(RuntimeError, "must compile"):
                run()

    def test_missing_loss_and_missing_targets(self):
        model = _one()
        model.compile("sgd")
        with self.assertRaisesRegex(ValueError, "No loss found"):
            model.fit(X, A, verbose=0)
        model.compile("sgd", "mse")
        with self.assertRaisesRegex(ValueError, "Target data is missing"):
            model.fit(X, verbose=0)

    def test_strings_for_numbers(self):
        words = np.array([["a", "b", "c"]] * 8)
        with self.assertRaisesRegex(ValueError, "takes float32.*string"):
            self.model().fit(words, A, verbose=0)

    def test_strings_as_targets(self):
        with self.assertRaisesRegex(ValueError, "targets `y` are strings"):
            self.model().fit(X, np.array(["a"] * len(X)), verbose=0)

    def test_arrays_of_objects(self):
        with self.assertRaisesRegex(ValueError, "dtype object"):
            self.model().fit(X.astype(object), A, verbose=0)

    def test_a_batch_whose_parts_differ_in_length(self):
        with self.assertRaisesRegex(ValueError, "same number of rows"):
            self.model().train_on_batch(X, A[:2])

    def test_arrays_of_different_lengths(self):
        with self.assertRaisesRegex(ValueError, "x with 8; y with 3 rows"):
            self.model().fit(X, A[:3], verbose=0)

    def test_a_wrong_shape_leaves_a_new_model_as_it_was(self):
        model = Sequential([Dense(2, name="x"), Dense(2, name="y")])
        model.compile("sgd", "mse")
        with self.assertRaisesRegex(ValueError, "'mean_squared_error' of"):
            model.fit(X, X, verbose=0)
        self.assertFalse(model.built)
        model.fit(X[:, :2], B, verbose=0)
        self.assertEqual(model.layers[0].kernel.shape, (2, 2))

    def test_an_error_or_ctrl_c_in_a_callback(self):
        for kind in (OSError, KeyboardInterrupt):

            class Breaks(Callback):
                def on_train_batch_end(self, batch, logs=None, kind=kind):
                    if batch == 1:
                        raise kind("broken")

            model = self.model()
            with self.assertRaisesRegex(kind, "broken"):
                model.fit(X, A, 2, callbacks=[Breaks()], verbose=0)
            self.assertEqual(int(model.optimizer.iterations), 2)
            model.fit(X, A, 2, verbose=0)
            self.assertEqual(int(model.optimizer.iterations), 6)

    def test_an_error_in_a_generator(self):
        def batches():
            yield X, A
            raise OSError("disk is gone")

        model = self.model()
        with self.assertRaisesRegex(OSError, "disk is gone"):
            model.fit(batches(), steps_per_epoch=3, verbose=0)
        self.assertLen(model.fit(X, A, verbose=0).epoch, 1)

    def test_tracebacks_show_the_users_lines_alone(self):
        class Breaks(Callback):
            def on_epoch_end(self, epoch, logs=None):
                raise OSError("broken")

        def files():
            try:
                self.model().fit(X, A, callbacks=[Breaks()], verbose=0)
            except OSError as error:
                frames = traceback.extract_tb(error.__traceback__)
                return {frame.filename for frame in frames}

        tf.debugging.enable_traceback_filtering()
        self.assertEqual(files(), {__file__})
        tf.debugging.disable_traceback_filtering()
        self.addCleanup(tf.debugging.enable_traceback_filtering)
        self.assertGreater(len(files()), 2)


if __name__ == "__main__":
    tf.test.main()
