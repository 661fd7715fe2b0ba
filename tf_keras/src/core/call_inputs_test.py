"""Tests of what a call takes for a tensor."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.call_inputs import (
    to_tensors,
)
from tf_keras.src.core.layer import Layer


class CallInputsTest(tf.test.TestCase):
    def test_arrays_and_numbers_become_tensors_in_their_nest(self):
        inputs = {"a": np.ones(2), "b": [1.0, 2], "c": tf.ones(1), "d": None}
        found = to_tensors(inputs, Layer())
        self.assertIsInstance(found["a"], tf.Tensor)
        self.assertIsInstance(found["b"][1], tf.Tensor)
        self.assertIs(found["c"], inputs["c"])
        self.assertIsNone(found["d"])

    def test_other_values_stay(self):
        for value in ("text", tf.ragged.constant([[1]]), tf.Variable(1.0)):
            self.assertIs(to_tensors(value, Layer()), value)


if __name__ == "__main__":
    tf.test.main()
