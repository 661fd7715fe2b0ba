"""Tests of objects as plain data, and back through the gate."""

import json
import warnings

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras import regularizers
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.registry import (
    custom_object_scope,
    register_keras_serializable,
)
from tf_keras.src.serialization.to_config import serialize_keras_object


def double(x):
    return 2 * x


double.__module__ = "a_program"  # Not of this package.


class Scale:
    def __init__(self, by, inner=None):
        self.by = by
        self.inner = inner

    def get_config(self):
        return {"by": self.by, "inner": serialize_keras_object(self.inner)}

    @classmethod
    def from_config(cls, config):
        inner = deserialize_keras_object(config["inner"])
        return cls(config["by"], inner)


def through_json(obj, **kwargs):
    """What comes back of an object that has been through a file."""
    text = json.dumps(serialize_keras_object(obj))
    return deserialize_keras_object(json.loads(text), **kwargs)


class PlainValuesTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        None, True, 3, 0.5, "text", b"bytes", slice(1, None, 2), ...
    )
    def test_come_back_as_they_were(self, value):
        self.assertEqual(through_json(value), value)

    def test_arrays_and_tensors_keep_values_and_dtype(self):
        array = np.array([[1, 2], [3, 4]], "int16")
        for value in (array, tf.constant(array)):
            again = through_json(value)
            self.assertIs(type(again), type(value))
            self.assertAllEqual(again, value)
            self.assertEqual(again.dtype, value.dtype)

    def test_numbers_dtypes_and_shapes_become_what_json_has(self):
        self.assertEqual(serialize_keras_object(np.float32(0.5)), 0.5)
        self.assertEqual(serialize_keras_object(tf.float16), "float16")
        shape = tf.TensorShape([None, 3])
        self.assertEqual(serialize_keras_object(shape), [None, 3])

    def test_specifications_of_tensors_come_back(self):
        for spec in (
            tf.TensorSpec([None, 3], tf.int32, name="x"),
            tf.RaggedTensorSpec([2, None], tf.float32),
            tf.SparseTensorSpec([None, 4]),
        ):
            self.assertEqual(through_json(spec), spec)

    def test_nests_keep_their_form(self):
        value = {"a": [1, {"b": (2, 3)}]}
        again = deserialize_keras_object(serialize_keras_object(value))
        self.assertEqual(again, value)


class ObjectsTest(tf.test.TestCase):
    def test_an_object_of_ours_is_named_by_its_public_address(self):
        config = serialize_keras_object(regularizers.L2(0.1))
        self.assertEqual(config["module"], "keras.regularizers")
        self.assertEqual(config["class_name"], "L2")
        self.assertIsNone(config["registered_name"])
        self.assertAlmostEqual(deserialize_keras_object(config).l2, 0.1)

    def test_own_classes_come_back_when_passed_or_in_scope(self):
        scale = Scale(2, Scale(3))
        again = through_json(scale, custom_objects={"Scale": Scale})
        self.assertEqual((again.by, again.inner.by), (2, 3))
        with custom_object_scope({"Scale": Scale}):
            self.assertEqual(through_json(scale).inner.by, 3)

    def test_own_classes_are_not_looked_for_elsewhere(self):
        config = serialize_keras_object(Scale(2))
        with self.assertRaisesRegex(TypeError, "'Scale'.*custom_objects"):
            deserialize_keras_object(config)
        evil = {"module": "subprocess", "class_name": "Popen", "config": {}}
        with self.assertRaisesRegex(TypeError, "'Popen'.*'subprocess'"):
            deserialize_keras_object(evil)

    def test_an_object_without_config_is_refused(self):
        with self.assertRaisesRegex(TypeError, "no `get_config"):
            serialize_keras_object(object())


class FunctionsTest(tf.test.TestCase):
    def test_a_function_is_kept_by_name_and_says_so(self):
        with self.assertWarnsRegex(UserWarning, "'double'.*custom_objects"):
            config = serialize_keras_object(double)
        self.assertEqual(config["config"], "double")
        objects = {"double": double}
        self.assertIs(deserialize_keras_object(config, objects), double)
        with self.assertRaisesRegex(TypeError, "function 'double'"):
            deserialize_keras_object(config)

    def test_a_registered_function_needs_no_advice(self):
        register = register_keras_serializable("to_config_test", "halve")
        known = register(_halve)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            config = serialize_keras_object(known)
        self.assertEqual(config["config"], "to_config_test>halve")
        self.assertIs(deserialize_keras_object(config), known)

    def test_code_runs_only_where_it_is_allowed(self):
        config = serialize_keras_object(lambda x, by=3: x * by)
        config = json.loads(json.dumps(config))
        with self.assertRaisesRegex(ValueError, "safe_mode=False"):
            deserialize_keras_object(config)
        again = deserialize_keras_object(config, safe_mode=False)
        self.assertEqual(again(2), 6)


def _halve(x):
    return x / 2


if __name__ == "__main__":
    tf.test.main()
