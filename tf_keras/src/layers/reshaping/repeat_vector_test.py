"""Tests of RepeatVector."""

import tensorflow as tf

from tf_keras.src.layers.reshaping.repeat_vector import RepeatVector
from tf_keras.src.testing.layer_contract import LayerContract


class RepeatVectorTest(LayerContract):
    input_shape = (2, 5)

    def make_layer(self):
        return RepeatVector(3)

    def test_repeats_over_time(self):
        outputs = RepeatVector(2)(tf.constant([[1, 2, 3]]))
        self.assertAllEqual(outputs, [[[1, 2, 3], [1, 2, 3]]])

    def test_refuses_what_is_no_integer(self):
        with self.assertRaisesRegex(TypeError, "n=2.5"):
            RepeatVector(2.5)


if __name__ == "__main__":
    tf.test.main()
