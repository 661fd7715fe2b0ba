"""Tests of scopes."""

import gc
import weakref

import tensorflow as tf

from tf_keras.src.backend import scopes


class NamesTest(tf.test.TestCase):
    def test_counts_each_prefix_for_itself(self):
        scopes.reset_uids()
        self.assertEqual(scopes.get_uid("dense"), 1)
        self.assertEqual(scopes.get_uid("dense"), 2)
        self.assertEqual(scopes.get_uid(), 1)
        scopes.reset_uids()
        self.assertEqual(scopes.get_uid("dense"), 1)

    def test_name_scope_prefixes_variables(self):
        with scopes.name_scope("encoder"):
            variable = tf.Variable(1.0, name="kernel")
        self.assertEqual(variable.name, "encoder/kernel:0")


class LearningPhaseTest(tf.test.TestCase):
    def tearDown(self):
        scopes.clear_session()
        super().tearDown()

    def test_is_zero_until_it_is_set(self):
        self.assertEqual(scopes.learning_phase(), 0)
        self.assertFalse(scopes.learning_phase_is_set())
        with self.assertWarnsRegex(UserWarning, "training=True"):
            scopes.set_learning_phase(True)
        self.assertEqual(scopes.learning_phase(), 1)
        self.assertTrue(scopes.learning_phase_is_set())

    def test_scope_ends_with_what_was_before(self):
        with scopes.learning_phase_scope(1):
            with scopes.learning_phase_scope(0):
                self.assertEqual(scopes.learning_phase(), 0)
                self.assertTrue(scopes.learning_phase_is_set())
            self.assertEqual(scopes.learning_phase(), 1)
        self.assertFalse(scopes.learning_phase_is_set())

    def test_refuses_other_values(self):
        with self.assertRaisesRegex(ValueError, "0 .*or 1"):
            scopes.set_learning_phase(2)


class ClearSessionTest(tf.test.TestCase):
    def test_forgets_names_and_learning_phase(self):
        scopes.get_uid("dense")
        scopes.set_learning_phase(1)
        scopes.clear_session()
        self.assertEqual(scopes.get_uid("dense"), 1)
        self.assertFalse(scopes.learning_phase_is_set())

    def test_calls_what_higher_floors_registered(self):
        kept = [tf.Variable(1.0)]
        watched = weakref.ref(kept[0])
        scopes.on_clear.append(kept.clear)
        self.addCleanup(scopes.on_clear.remove, kept.clear)
        scopes.clear_session()
        gc.collect()
        self.assertIsNone(watched())

    def test_functions_in_use_keep_working(self):
        double = tf.function(lambda x: x * 2.0)
        self.assertEqual(float(double(tf.constant(2.0))), 4.0)
        scopes.clear_session()
        self.assertEqual(float(double(tf.constant(3.0))), 6.0)


if __name__ == "__main__":
    tf.test.main()
