"""Tests of families of named objects."""

import tensorflow as tf

from tf_keras.src.serialization import registry
from tf_keras.src.serialization.resolve import Family, both_spellings


class RedTea:
    def __init__(self, cups=1):
        self.cups = cups

    def __call__(self):
        return ["tea"] * self.cups

    def get_config(self):
        return {"cups": self.cups}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def water():
    return "water"


class FamilyTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        names = {**both_spellings(RedTea), "water": water}
        self.family = Family("drink", names, default=water)

    def test_gets_by_name_config_class_object_and_function(self):
        for identifier in (
            "RedTea",
            "red_tea",
            RedTea,
            RedTea(),
            {"class_name": "RedTea", "config": {"cups": 1}},
        ):
            self.assertIsInstance(self.family.get(identifier), RedTea)
        self.assertIs(self.family.get("water"), water)
        self.assertIs(self.family.get(None), water)
        self.assertIs(self.family.get(len), len)

    def test_offers_the_nearest_name(self):
        with self.assertRaisesRegex(ValueError, "drink: 'watr'.*'water'"):
            self.family.get("watr")

    def test_refuses_other_kinds_by_the_familys_error(self):
        with self.assertRaisesRegex(ValueError, "drink identifier: 5"):
            self.family.get(5)
        strict = Family("drink", {}, wrong_kind_error=TypeError)
        with self.assertRaisesRegex(TypeError, "drink identifier: 5"):
            strict.get(5)

    def test_ignores_case_on_request(self):
        loose = Family("drink", {"redtea": RedTea}, ignore_case=True)
        self.assertIsInstance(loose.get("RedTea"), RedTea)

    def test_names_of_the_user_come_first(self):
        with registry.custom_object_scope({"water": len}):
            self.assertIs(self.family.get("water"), len)
        self.assertIs(self.family.deserialize("tea", {"tea": len}), len)

    def test_function_in_a_config_is_one_of_the_family(self):
        config = {
            "module": "builtins",
            "class_name": "function",
            "config": "water",
            "registered_name": "function",
        }
        self.assertIs(self.family.deserialize(config), water)
        with self.assertRaisesRegex(ValueError, "drink: 'eval'"):
            self.family.deserialize({**config, "config": "eval"})

    def test_a_class_name_alone_means_an_empty_config(self):
        family = Family("drink", {"tea": RedTea}, base=RedTea)
        self.assertIsInstance(family.deserialize({"class_name": "tea"}), RedTea)

    def test_a_dict_without_class_name_is_no_config(self):
        for thing in ({}, {"config": {}}):
            with self.assertRaisesRegex(ValueError, "drink.*`class_name`"):
                self.family.get(thing)
            with self.assertRaisesRegex(ValueError, "drink.*`class_name`"):
                self.family.deserialize(thing)

    def test_base_refuses_objects_of_other_families(self):
        class Stone:
            @classmethod
            def from_config(cls, config):
                return cls()

        family = Family("drink", {"tea": RedTea}, base=RedTea)
        config = {"class_name": "Stone", "config": {}}
        with self.assertRaisesRegex(ValueError, "Stone.*is none"):
            family.deserialize(config, {"Stone": Stone})


if __name__ == "__main__":
    tf.test.main()
