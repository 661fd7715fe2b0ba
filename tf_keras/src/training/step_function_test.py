"""Tests of the functions that run steps."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.training.model import Model

X = np.arange(12, dtype="float32").reshape(6, 2) / 12
Y = np.arange(6, dtype="float32").reshape(6, 1) / 6


class _Counting(Model):
    """Counts how often Python runs its `call`."""

    def __init__(self):
        super().__init__()
        self.dense = Dense(1, kernel_initializer="ones")
        self.traces = 0

    def call(self, inputs):
        self.traces += 1
        return self.dense(inputs)


def _counting(**options):
    model = _Counting()
    model.build((None, 2))
    model.compile("sgd", "mse", **options)
    model.traces = 0
    return model


def _batches(x=X, y=Y, size=2, **options):
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(size, **options)


class TracesTest(tf.test.TestCase):
    def test_fit_traces_once_for_all_batch_sizes_and_epochs(self):
        model = _counting()
        model.fit(X, Y, batch_size=4, epochs=3, verbose=0)
        model.fit(X, Y, batch_size=1, epochs=3, verbose=0)
        self.assertEqual(model.traces, 1)

    def test_batches_arrays_and_data_sets_share_the_trace(self):
        model = _counting()
        model.train_on_batch(X, Y)
        model.fit(X, Y, batch_size=1, verbose=0)
        model.fit(_batches(), verbose=0)
        model.fit(_batches().filter(lambda x, y: True), verbose=0)
        self.assertEqual(model.traces, 1)

    def test_evaluate_and_predict_trace_once_each(self):
        model = _counting()
        for size in (1, 2, 6):
            model.evaluate(X, Y, batch_size=size, verbose=0)
        model.test_on_batch(X, Y)
        self.assertEqual(model.traces, 1)
        for size in (1, 2, 6):
            model.predict(X, batch_size=size, verbose=0)
        self.assertEqual(model.traces, 2)

    def test_validation_does_not_trace_again(self):
        model = _counting()
        model.fit(X, Y, validation_data=(X, Y), epochs=2, verbose=0)
        model.evaluate(X, Y, verbose=0)
        self.assertEqual(model.traces, 2)

    def test_other_types_trace_again(self):
        model = _counting()
        model.predict(X, verbose=0)
        model.predict(tf.cast(X, tf.float64), verbose=0)
        self.assertEqual(model.traces, 2)

    def test_sizes_that_vary_are_traced_twice(self):
        lengths = (2, 3, 5, 4, 7)
        texts = [np.ones((4, size, 2), "float32") for size in lengths]
        wanted = [np.full((4, size, 1), 2.0) for size in lengths]
        ways = {
            "batches": lambda m, x, y: m.train_on_batch(x, y),
            "arrays": lambda m, x, y: m.fit(x, y, batch_size=2, verbose=0),
            "scores": lambda m, x, y: m.evaluate(x, y, verbose=0),
            "outputs": lambda m, x, y: m.predict(x, batch_size=2, verbose=0),
        }
        for name, run in ways.items():
            model = _counting()
            with self.subTest(name):
                for x, y in zip(texts, wanted):
                    run(model, x, y)
                self.assertEqual(model.traces, 2)
                outputs = model.predict(texts[-1], batch_size=2, verbose=0)
                self.assertAllClose(outputs, model(texts[-1]))

    def test_layers_that_ask_for_sizes_get_them(self):
        class Sized(_Counting):
            def call(self, inputs):
                if inputs.shape[1] is None:
                    raise ValueError("I want to know")
                return super().call(inputs)

        model = Sized()
        model.compile("sgd", "mse")
        for size in (2, 3, 4):
            outputs = model.predict(np.ones((4, size, 2)), verbose=0)
            self.assertEqual(outputs.shape, (4, size, 1))

    def test_a_wrong_size_is_explained_by_its_layer(self):
        for run in (
            lambda m, x: m.train_on_batch(x, Y),
            lambda m, x: m.fit(x, Y, batch_size=2, verbose=0),
        ):
            model = _counting()
            run(model, X)
            with self.assertRaisesRegex(ValueError, "dense.*value 2.*shape"):
                run(model, np.ones((6, 3)))
            run(model, X)

    def test_compiling_anew_traces_anew(self):
        model = _counting()
        model.train_on_batch(X, Y)
        model.compile("sgd", "mae")
        model.train_on_batch(X, Y)
        self.assertEqual(model.traces, 2)

    def test_xla_traces_once_a_batch_size(self):
        model = _counting(jit_compile=True)
        model.fit(X, Y, batch_size=2, epochs=2, verbose=0)
        model.train_on_batch(X[:2], Y[:2])
        self.assertEqual(model.traces, 1)

    def test_eager_steps_run_python_each_time(self):
        model = _counting(run_eagerly=True)
        model.fit(X, Y, batch_size=2, epochs=2, verbose=0)
        self.assertEqual(model.traces, 6)

    def test_slots_are_there_before_the_step_is_traced(self):
        counts = []

        class Watching(_Counting):
            def call(self, inputs):
                if self.optimizer:
                    counts.append(len(self.optimizer.variables()))
                return super().call(inputs)

        model = Watching()
        model.build((None, 2))
        model.compile("adam", "mse")
        model.train_on_batch(X, Y)
        # The count of steps, and two for each of two weights.
        self.assertEqual(counts, [5])
        names = [variable.name for variable in model.optimizer.variables()]
        self.assertStartsWith(names[1], "Adam/m/")
        self.assertEndsWith(names[1], "/kernel:0")

    def test_a_data_set_of_fixed_batches_keeps_their_size(self):
        sizes = []

        class Sized(_Counting):
            def call(self, inputs):
                sizes.append(inputs.shape[0])
                return self.dense(inputs)

        model = Sized()
        model.build((None, 2))
        model.compile("sgd", "mse")
        sizes.clear()
        data = _batches(drop_remainder=True)
        model.fit(data, verbose=0)
        model.fit(data, verbose=0, steps_per_epoch=1)
        self.assertEqual(sizes, [2])


def _of_user(function):
    """Marks what is not in our package, whose code autograph leaves alone."""
    function.__module__ = "users_code"
    return function


class UsersCodeTest(tf.test.TestCase):
    def test_call_may_branch_on_tensors(self):
        @_of_user
        class Branches(_Counting):
            @_of_user
            def call(self, inputs):
                if tf.reduce_sum(inputs) > 2.0:
                    return self.dense(inputs)
                return -self.dense(inputs)

        model = Branches()
        model.compile("sgd", "mse")
        found = model.predict(X, batch_size=2, verbose=0)
        sums = X.sum(1, keepdims=True)
        signs = np.repeat([-1, -1, 1], 2)[:, None]
        self.assertAllClose(found, sums * signs)
        self.assertLen(model.fit(X, Y, verbose=0).history["loss"], 1)

    def test_train_step_may_branch_on_tensors(self):
        @_of_user
        class Branches(_Counting):
            @_of_user
            def train_step(self, data):
                x, y = data
                loss = tf.reduce_mean((self(x) - y) ** 2)
                if loss > 1000.0:
                    found = tf.constant(1)
                else:
                    found = tf.constant(2)
                return {"found": found}

        model = Branches()
        model.compile()
        logs = model.fit(X, Y, batch_size=2, verbose=0).history
        self.assertEqual(logs, {"found": [2]})


class OutputsTest(tf.test.TestCase):
    def _model(self, step):
        class Custom(_Counting):
            predict_step = step
            train_step = step

        model = Custom()
        model.compile()
        return model

    def test_ragged_outputs_are_joined(self):
        def step(self, x):
            return tf.RaggedTensor.from_tensor(x, lengths=[1, 2])

        found = self._model(step).predict(X, batch_size=2, verbose=0)
        self.assertEqual(found.shape, (6, None))
        self.assertAllClose(found.to_list()[4], X[4, :1])

    def test_outputs_of_different_lengths_become_ragged(self):
        def step(self, x):
            length = tf.cast(tf.reduce_max(x) * 4, tf.int32) + 1
            return tf.ones([tf.shape(x)[0], length])

        found = self._model(step).predict(X, batch_size=2, verbose=0)
        self.assertEqual(
            [len(row) for row in found.to_list()], [2, 2, 3, 3, 4, 4]
        )

    def test_scalar_outputs_are_stacked(self):
        def step(self, x):
            return tf.reduce_sum(x)

        found = self._model(step).predict(X, batch_size=2, verbose=0)
        self.assertAllClose(found, X.reshape(3, 4).sum(1))

    def test_outputs_keep_their_nest(self):
        def step(self, x):
            return {"a": x, "b": [x + 1, (x + 2, None)]}

        found = self._model(step).predict(X, batch_size=4, verbose=0)
        self.assertAllClose(found["a"], X)
        self.assertAllClose(found["b"][1][0], X + 2)
        self.assertIsNone(found["b"][1][1])

    def test_logs_may_nest_and_hold_none(self):
        def step(self, data):
            return {"a": {"b": tf.reduce_sum(data[0])}, "c": None, "d": 3}

        model = self._model(step)
        logs = model.fit(X, Y, 3, shuffle=False, verbose=0).history
        self.assertAllClose(logs["a"][0]["b"], X[3:].sum())
        self.assertEqual(logs["d"], [3])


if __name__ == "__main__":
    tf.test.main()
