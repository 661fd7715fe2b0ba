"""Files go both ways between this package and Keras 3, for common layers.

Keras 3 runs as a black box in its own environment, on TensorFlow, whose
interpreter `KERAS3_PYTHON` names.
"""

import tensorflow as tf

import tf_keras
from tf_keras.tests.interop import keras3_models, other_package

# Published releases of this package count the making of a nested model as its
# call 0, Keras 3 does not: a file can't be both. From such files it passes no
# tensors in named arguments on, as attention has. The state of optimizers has
# a variable more there, so that training starts with a fresh one.
_CANNOT = ("nested.keras", "attention.keras", ": next ")


class Keras3Test(other_package.OtherPackageTest):
    package = "keras"
    variable = "KERAS3_PYTHON"

    def test_reads_what_keras_3_writes(self):
        folder = self.get_temp_dir()
        suffixes = (".keras", ".h5", ".weights.h5", ".json")
        self.differences_on_other_side(
            "keras3_models", "write", folder, *suffixes
        )
        self.assertEqual(keras3_models.read(tf_keras, folder, *suffixes), [])

    def test_is_read_by_keras_3(self):
        folder = self.get_temp_dir()
        keras3_models.write(tf_keras, folder, ".keras")
        lines = self.differences_on_other_side(
            "keras3_models", "read", folder, ".keras"
        )
        unknown = [
            line
            for line in lines
            if not any(known in line for known in _CANNOT)
        ]
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    tf.test.main()
