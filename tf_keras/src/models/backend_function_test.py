"""Tests of backend.function."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.backend_function import function

ONES = np.ones((1, 3), "float32")


class FunctionTest(tf.test.TestCase):
    def test_returns_arrays_in_the_nest_of_the_outputs(self):
        x = Input((3,))
        self.assertAllEqual(function(x, x + 1.0)(ONES), ONES + 1)
        (result,) = function([x], [x + 1.0])([ONES])
        self.assertIsInstance(result, np.ndarray)
        self.assertAllEqual(result, ONES + 1)
        named = function([x], {"a": x + 1.0})([ONES])
        self.assertAllEqual(named["a"], ONES + 1)
        two = function({"x": x}, [x, -x])({"x": ONES})
        self.assertAllEqual(two[1], -ONES)

    def test_starts_at_any_tensor(self):
        hidden = Dense(2)(Input((3,)))
        (result,) = function([hidden], [hidden * 2.0])([np.ones((1, 2))])
        self.assertAllEqual(result, [[2.0, 2.0]])

    def test_uses_the_layers_weights(self):
        dense = Dense(1, kernel_initializer="ones")
        x = Input((3,))
        run = function([x], [dense(x)])
        self.assertAllEqual(run([ONES])[0], [[3.0]])
        dense.kernel.assign(2 * dense.kernel)
        self.assertAllEqual(run([ONES])[0], [[6.0]])

    def test_updates_variables_after_the_outputs(self):
        x, total, count = Input((3,)), tf.Variable(1.0), tf.Variable(0.0)
        sums = tf.reduce_sum(x)
        updates = [(total, sums * 2.0), (count, 5.0)]
        run = function([x], [x + total, sums], updates)
        outputs, number = run([ONES])
        self.assertAllEqual(outputs, ONES + 1)
        self.assertIs(type(number), float)
        self.assertAllEqual([total, count], [2 * number, 5.0])

    def test_refuses_what_belongs_to_tensorflow_1(self):
        x = Input((3,))
        with self.assertRaisesRegex(ValueError, "TensorFlow 1.*Received: 1"):
            function([x], [x], updates=[1])
        with self.assertRaisesRegex(ValueError, "feed_dict"):
            function([x], [x], feed_dict={})


if __name__ == "__main__":
    tf.test.main()
