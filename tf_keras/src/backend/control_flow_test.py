"""Tests of choices and loops."""

import sys

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import control_flow, scopes

_X = tf.constant([[1.0, 2.0], [3.0, 5.0]])
_Y = -_X


class SwitchTest(tf.test.TestCase):
    def test_chooses_by_a_scalar(self):
        for yes in (True, 1, tf.constant(True), tf.constant(2.0)):
            self.assertAllEqual(control_flow.switch(yes, _X, _Y), _X)
        for no in (False, tf.constant(0)):
            self.assertAllEqual(control_flow.switch(no, _X, lambda: _Y), _Y)

    def test_runs_only_the_chosen_function(self):
        run = []

        def note(name):
            run.append(name)
            return _X

        control_flow.switch(True, lambda: note("a"), lambda: note("b"))
        self.assertEqual(run, ["a"])

    def test_chooses_at_each_place(self):
        rows = tf.constant([True, False])
        expected = np.where([[True], [False]], _X, _Y)
        self.assertAllEqual(control_flow.switch(rows, _X, _Y), expected)
        places = tf.constant([[True, False], [False, True]])
        self.assertAllEqual(
            control_flow.switch(places, lambda: _X, lambda: _Y),
            np.where(places, _X, _Y),
        )

    def test_refuses_a_condition_with_more_axes(self):
        with self.assertRaisesRegex(ValueError, "more axes"):
            control_flow.switch(tf.ones((2, 2, 2)), _X, _Y)

    def test_works_in_a_graph(self):
        choose = tf.function(lambda c: control_flow.switch(c, _X, _Y))
        self.assertAllEqual(choose(tf.constant(False)), _Y)


class PhaseTest(tf.test.TestCase):
    def test_training_decides(self):
        for on in (True, 1, tf.constant(True)):
            self.assertAllEqual(control_flow.in_train_phase(_X, _Y, on), _X)
            self.assertAllEqual(control_flow.in_test_phase(_X, _Y, on), _Y)
        self.assertAllEqual(
            control_flow.in_train_phase(lambda: _X, lambda: _Y, False), _Y
        )

    def test_learning_phase_decides_otherwise(self):
        self.assertAllEqual(control_flow.in_train_phase(_X, _Y), _Y)
        with scopes.learning_phase_scope(1):
            self.assertAllEqual(control_flow.in_train_phase(_X, _Y), _X)


class LoopsTest(tf.test.TestCase):
    def test_map_and_folds(self):
        self.assertAllEqual(control_flow.map_fn(tf.square, _X), _X * _X)
        whole = control_flow.map_fn(
            lambda row: tf.cast(row, tf.int32), _X, dtype=tf.int32
        )
        self.assertEqual(whole.dtype, tf.int32)
        self.assertAllEqual(control_flow.foldl(tf.subtract, _X), _X[0] - _X[1])
        self.assertAllEqual(control_flow.foldr(tf.subtract, _X), _X[1] - _X[0])
        start = tf.constant([1.0, 1.0])
        self.assertAllEqual(
            control_flow.foldl(tf.add, _X, initializer=start), [5.0, 8.0]
        )


class PrintTest(tf.test.TestCase):
    def test_prints_and_returns_the_tensor(self):
        with self.captureWritesToStream(sys.__stdout__) as printed:
            same = control_flow.print_tensor(_X, "values:")
            again = tf.function(control_flow.print_tensor)(_X)
        self.assertAllEqual(same, _X)
        self.assertAllEqual(again, _X)
        self.assertIn("values:", printed.contents())


if __name__ == "__main__":
    tf.test.main()
