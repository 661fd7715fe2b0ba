"""Tests of what we make of TensorFlow's private names."""

import copy
import os

import tensorflow as tf

from tf_keras.src.foundation.tf_internals import make_variable

_OPTIONS = {
    "trainable": False,
    "constraint": tf.abs,
    "synchronization": tf.VariableSynchronization.ON_READ,
    "aggregation": tf.VariableAggregation.MEAN,
}
_SEEN = (
    "name shape dtype trainable constraint synchronization aggregation device"
).split()


class MakeVariableTest(tf.test.TestCase):
    def test_is_what_tensorflow_makes(self):
        with tf.name_scope("layer_10"):
            pair = [
                make(tf.constant([1.0, 2.0]), name="kernel_0", **_OPTIONS)
                for make in (make_variable, tf.Variable)
            ]
        for attribute in _SEEN:
            self.assertEqual(*(getattr(v, attribute) for v in pair), attribute)
        self.assertIs(*(type(v) for v in pair))
        self.assertEqual(*(repr(v) for v in pair))
        self.assertEqual(pair[0].name, "layer_10/kernel_0:0")

    def test_takes_what_tensorflow_takes(self):
        self.assertEqual(make_variable(2, dtype="float16").dtype, tf.float16)
        self.assertEqual(make_variable(tf.ones(2)).name, "Variable:0")
        unknown = make_variable(tf.ones(2), shape=tf.TensorShape(None))
        self.assertIsNone(unknown.shape.rank)
        with self.assertRaisesRegex(ValueError, "shape"):
            make_variable(tf.ones(2), shape=(3,))

    def test_is_written_to_and_differentiated(self):
        variable = make_variable(tf.constant([1.0, 2.0]), name="v")
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(variable**2)
        self.assertAllClose(tape.gradient(loss, variable), [2.0, 4.0])
        tf.function(lambda: variable.assign_add([1.0, 1.0]))()
        self.assertAllClose(variable, [2.0, 3.0])
        other = copy.deepcopy(variable)
        other.assign([0.0, 0.0])
        self.assertAllClose(variable, [2.0, 3.0])

    def test_two_of_one_name_are_two(self):
        first, second = (make_variable(tf.ones(2), name="v") for _ in "ab")
        first.assign([0.0, 0.0])
        self.assertAllClose(second, [1.0, 1.0])
        self.assertNotEqual(first._unique_id, second._unique_id)

    def test_creators_are_asked(self):
        def creator(make, **arguments):
            arguments["name"] = "chosen"
            return make(**arguments)

        with tf.variable_creator_scope(creator):
            made = make_variable(tf.ones(2), name="v")
        self.assertEqual(made.name, "chosen:0")

    def test_is_saved(self):
        module, folder = tf.Module(), os.path.join(self.get_temp_dir(), "m")
        module.v = make_variable(tf.constant([1.0, 2.0]), name="v")
        module.run = tf.function(lambda: module.v * 2.0, input_signature=[])
        tf.saved_model.save(module, folder)
        loaded = tf.saved_model.load(folder)
        self.assertEqual(loaded.v.name, "v:0")
        self.assertAllClose(loaded.run(), [2.0, 4.0])


if __name__ == "__main__":
    tf.test.main()
