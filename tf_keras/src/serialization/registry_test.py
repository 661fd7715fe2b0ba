"""Tests of names and what they stand for."""

import threading

import tensorflow as tf

from tf_keras import losses
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.registry import custom_object_scope


class Own:
    def get_config(self):
        return {}


class Other(Own):
    pass


class RegisterTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        known = registry.get_custom_objects()
        before = dict(known)
        names = dict(registry._registered_names)

        def restore():
            known.clear()
            known.update(before)
            registry._registered_names.clear()
            registry._registered_names.update(names)

        self.addCleanup(restore)

    def test_a_class_is_found_by_its_package_and_name(self):
        register = registry.register_keras_serializable("mine")
        self.assertIs(register(Own), Own)
        self.assertEqual(registry.get_registered_name(Own), "mine>Own")
        self.assertIs(registry.get_registered_object("mine>Own"), Own)
        self.assertEqual(registry.get_registered_name(Other), "Other")
        self.assertIsNone(registry.get_registered_object("Other"))

    def test_a_taken_name_is_refused_but_not_to_the_same_code(self):
        registry.register_keras_serializable("mine", "x")(Own)
        registry.register_keras_serializable("mine", "x")(Own)
        with self.assertRaisesRegex(ValueError, "'mine>x' is registered"):
            registry.register_keras_serializable("mine", "x")(Other)

    def test_a_class_without_config_is_refused(self):
        with self.assertRaisesRegex(ValueError, "get_config"):
            registry.register_keras_serializable()(int)

    def test_the_dict_is_live(self):
        registry.get_custom_objects()["Short"] = Own
        self.assertIs(registry.get_registered_object("Short"), Own)


class ScopeTest(tf.test.TestCase):
    def test_the_innermost_scope_answers_first(self):
        with custom_object_scope({"a": Own}, {"b": Own}):
            with custom_object_scope({"a": Other}):
                self.assertIs(registry.get_registered_object("a"), Other)
                self.assertIs(registry.get_registered_object("b"), Own)
            self.assertIs(registry.get_registered_object("a"), Own)
        self.assertIsNone(registry.get_registered_object("a"))

    def test_a_scope_is_of_one_thread(self):
        found = []

        def look():
            found.append(registry.get_registered_object("a"))

        with custom_object_scope({"a": Own}):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        self.assertEqual(found, [None])


class PublicNamesTest(tf.test.TestCase):
    def test_a_public_class_has_one_address(self):
        address = registry.public_address(losses.MeanSquaredError)
        self.assertEqual(address, ("keras.losses", "MeanSquaredError"))
        self.assertIs(registry.published(*address), losses.MeanSquaredError)
        self.assertIsNone(registry.public_address(Own))

    def test_only_public_names_are_found(self):
        self.assertIsNone(registry.published("keras.losses", "tf"))
        self.assertIsNone(registry.published("os", "system"))


if __name__ == "__main__":
    tf.test.main()
