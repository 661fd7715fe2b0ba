"""Tests of the short form of configs."""

import tensorflow as tf

from tf_keras import regularizers
from tf_keras.src.serialization.constructor_config import (
    constructor_config,
    missing_arguments,
)
from tf_keras.src.serialization.short_form import (
    deserialize_keras_object,
    serialize_keras_object,
)


class Base:
    def __init__(self, name="base"):
        self.name = name

    def get_config(self):
        return constructor_config(self, Base)


class Own(Base):
    def __init__(self, size, hidden=1, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self._hidden = hidden


class Smaller(Own):
    def __init__(self, size, factor=0.5, **kwargs):
        super().__init__(size, **kwargs)
        self.factor = factor


class ShortFormTest(tf.test.TestCase):
    def test_objects_come_back_by_class_and_arguments(self):
        config = serialize_keras_object(regularizers.L1(0.5))
        self.assertEqual(config["class_name"], "L1")
        objects = {"L1": regularizers.L1}
        self.assertEqual(deserialize_keras_object(config, objects).l1, 0.5)

    def test_names_make_objects_and_none_stays(self):
        objects = {"L2": regularizers.L2}
        made = deserialize_keras_object("L2", objects)
        self.assertIsInstance(made, regularizers.L2)
        self.assertIsNone(deserialize_keras_object(None))
        self.assertIsNone(serialize_keras_object(None))

    def test_unknown_names_offer_the_nearest(self):
        with self.assertRaisesRegex(ValueError, "penalty: 'L22'.*'L2'"):
            deserialize_keras_object(
                "L22",
                {"L2": regularizers.L2},
                printable_module_name="penalty",
            )

    def test_what_is_no_config_is_refused(self):
        for wrong in (3, {"class_name": "L2"}):
            with self.assertRaises(ValueError):
                deserialize_keras_object(wrong, {"L2": regularizers.L2})
        with self.assertRaisesRegex(ValueError, "get_config"):
            serialize_keras_object(3)


class ConstructorConfigTest(tf.test.TestCase):
    def test_an_attribute_for_each_argument_is_a_config(self):
        config = Smaller(4, factor=0.25).get_config()
        self.assertEqual(config, {"size": 4, "factor": 0.25})
        self.assertEqual(list(config), ["size", "factor"])

    def test_arguments_without_attribute_are_told(self):
        self.assertEqual(missing_arguments(Smaller(4), Base), ["hidden"])


if __name__ == "__main__":
    tf.test.main()
