"""Tests of plain modules as layers."""

import tensorflow as tf

from tf_keras.src.models.module_wrapper import ModuleWrapper


class Scale(tf.Module):
    """Multiplies by a variable."""

    def __init__(self):
        super().__init__()
        self.factor = tf.Variable(2.0)
        self.count = tf.Variable(0, trainable=False)

    def __call__(self, inputs):
        return inputs * self.factor

    def twice(self, inputs):
        return self(self(inputs))


class ModuleWrapperTest(tf.test.TestCase):
    def test_calls_the_module(self):
        layer = ModuleWrapper(Scale())
        self.assertAllEqual(layer(tf.ones(2)), [2.0, 2.0])

    def test_its_variables_are_weights(self):
        layer = ModuleWrapper(Scale())
        self.assertLen(layer.trainable_weights, 1)
        self.assertLen(layer.non_trainable_weights, 1)

    def test_another_method(self):
        layer = ModuleWrapper(Scale(), method_name="twice")
        self.assertAllEqual(layer(tf.ones(2)), [4.0, 4.0])
        with self.assertRaisesRegex(ValueError, "'thrice'"):
            ModuleWrapper(Scale(), method_name="thrice")

    def test_has_no_config(self):
        with self.assertRaisesRegex(NotImplementedError, "Scale"):
            ModuleWrapper(Scale()).get_config()


if __name__ == "__main__":
    tf.test.main()
