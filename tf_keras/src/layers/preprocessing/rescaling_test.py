"""Tests of Rescaling."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.rescaling import Rescaling
from tf_keras.src.testing.layer_contract import LayerContract


class RescalingTest(LayerContract):
    input_shape = (2, 4, 5, 3)
    half_tolerance = 2e-2

    def make_layer(self):
        return Rescaling([1.0, 2.0, 0.5], offset=[0.0, 1.0, 2.0])

    def test_multiplies_and_adds(self):
        x = np.array([[0, 128, 255]], "uint8")
        outputs = Rescaling(1 / 127.5, offset=-1)(x)
        self.assertAllClose(outputs, x / 127.5 - 1)
        self.assertEqual(outputs.dtype, tf.float32)

    def test_works_on_images_of_any_size_in_a_data_set(self):
        data = tf.data.Dataset.from_tensors(np.full((4, 3), 2.0, "float32"))
        (outputs,) = data.map(Rescaling(0.5))
        self.assertAllEqual(outputs, tf.ones((4, 3)))


if __name__ == "__main__":
    tf.test.main()
