"""Tests of PReLU."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.activation.prelu import PReLU
from tf_keras.src.testing.layer_contract import LayerContract


class PReLUTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return PReLU(shared_axes=[1])

    def test_learns_a_slope_for_each_place(self):
        layer = PReLU()
        layer.build((None, 3))
        layer.set_weights([np.array([0.5, 1.0, 2.0])])
        x = np.array([[-2.0, 3.0, -4.0]], "float32")
        self.assertAllClose(layer(x), [[-1.0, 3.0, -8.0]])

    def test_shares_slopes_along_axes(self):
        for axes, shape in (
            (None, (4, 5, 3)),
            ([1, 2], (1, 1, 3)),
            (-1, (4, 5, 1)),
        ):
            layer = PReLU(shared_axes=axes)
            layer.build((None, 4, 5, 3))
            self.assertEqual(layer.alpha.shape, shape)

    def test_refuses_axes_that_are_not_there(self):
        with self.assertRaisesRegex(ValueError, "shared_axes"):
            PReLU(shared_axes=[5]).build((2, 3, 4))

    def test_refuses_unknown_sizes_that_are_not_shared(self):
        PReLU(shared_axes=[1]).build((None, None, 3))
        with self.assertRaisesRegex(ValueError, "shared_axes"):
            PReLU().build((None, None, 3))


if __name__ == "__main__":
    tf.test.main()
