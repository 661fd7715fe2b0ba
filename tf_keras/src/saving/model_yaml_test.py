"""Tests of models as YAML."""

import tensorflow as tf

from tf_keras.src.foundation.optional import find_package
from tf_keras.src.saving.model_yaml import model_from_yaml

_MODEL = """
backend: tensorflow
class_name: Sequential
config:
- class_name: Dense
  config:
    activation: linear
    batch_input_shape: !!python/tuple [null, 4]
    name: !!python/unicode 'first'
    units: !!python/object/apply:numpy.core.multiarray.scalar
    - !!python/object/apply:numpy.dtype
      args: [i8, 0, 1]
      state: !!python/tuple [3, <, null, null, null, -1, -1, 0]
    - !!binary |
      AwAAAAAAAAA=
- class_name: ReLU
  config:
    name: second
    max_value: !!python/object/apply:numpy.core.multiarray._reconstruct
      args:
      - &id001 !!python/name:numpy.ndarray ''
      - !!python/tuple [0]
      - !!binary |
        Yg==
      state: !!python/tuple
      - 1
      - !!python/tuple []
      - !!python/object/apply:numpy.dtype
        args: [f4, 0, 1]
        state: !!python/tuple [3, <, null, null, null, -1, -1, 0]
      - false
      - !!binary |
        AADAQA==
keras_version: 2.2.4
"""


class ModelYamlTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        if find_package("yaml") is None:
            self.skipTest("PyYAML is not installed")

    def test_reads_the_tags_of_old_files(self):
        model = model_from_yaml(_MODEL)
        self.assertEqual(model.input_shape, (None, 4))
        self.assertEqual(model.layers[0].name, "first")
        self.assertEqual(model.layers[0].units, 3)
        self.assertEqual(float(model.layers[1].max_value), 6.0)

    def test_refuses_every_other_tag(self):
        for text in (
            "!!python/object/apply:os.system ['true']",
            "!!python/object/new:os.system ['true']",
            "!!python/name:os.system ''",
            "!!python/module:os ''",
            "a: !!python/object:tf_keras.Model {}",
            "!!python/object/apply:builtins.eval ['1']",
        ):
            with self.assertRaisesRegex(ValueError, "refused"):
                model_from_yaml(text)

    def test_says_that_it_is_damaged(self):
        for text in (
            "a: [",
            "!!python/object/apply:numpy.dtype [O, 0, 1]",
            "!!python/object/apply:numpy.core.multiarray.scalar [1]",
            "[" * 5000,
            "just text",
        ):
            with self.assertRaises(ValueError):
                model_from_yaml(text)

    def test_reads_numbers_as_python_2_wrote_them(self):
        number = "!!binary |\n      AwAAAAAAAAA="
        text = _MODEL.replace(number, r'"\x03\0\0\0\0\0\0\0"')
        self.assertNotEqual(text, _MODEL)
        self.assertEqual(model_from_yaml(text).layers[0].units, 3)

    def test_refuses_to_repeat_without_end(self):
        lines = ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
        for depth in range(1, 9):
            parts = ", ".join([f"*a{depth - 1}"] * 9)
            lines.append(f"b{depth}: &a{depth} [{parts}]")
        with self.assertRaisesRegex(ValueError, "repeats itself"):
            model_from_yaml("\n".join(lines))
        with self.assertRaisesRegex(ValueError, "repeats itself"):
            model_from_yaml("a: &a [*a]")


if __name__ == "__main__":
    tf.test.main()
