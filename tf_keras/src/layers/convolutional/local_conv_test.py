"""Tests of the locally connected layers."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.local_conv import (
    LocallyConnected1D,
    LocallyConnected2D,
)
from tf_keras.src.testing.layer_contract import LayerContract


class LocallyConnected1DTest(LayerContract):
    input_shape = (2, 7, 3)

    def make_layer(self):
        return LocallyConnected1D(4, 3, strides=2)


class LocallyConnected2DTest(LayerContract):
    input_shape = (2, 4, 5, 3)

    def make_layer(self):
        return LocallyConnected2D(4, 2, implementation=2, padding="same")


class SparseLocallyConnected2DTest(LayerContract):
    input_shape = (2, 4, 5, 3)
    jit_compile = "it multiplies by a sparse matrix"

    def make_layer(self):
        return LocallyConnected2D(4, 2, implementation=3)


class ValuesTest(tf.test.TestCase):
    def test_each_place_has_weights_of_its_own(self):
        x = np.random.RandomState(0).normal(size=(2, 5, 4, 3)).astype("f")
        layer = LocallyConnected2D(6, 2, strides=(2, 1))
        outputs = layer(x)
        kernel, bias = layer.get_weights()
        for row in range(2):
            for column in range(3):
                window = x[:, 2 * row : 2 * row + 2, column : column + 2]
                expected = window.reshape(2, -1) @ kernel[3 * row + column]
                self.assertAllClose(
                    outputs[:, row, column],
                    expected + bias[row, column],
                    rtol=1e-5,
                    atol=1e-5,
                )

    def test_implementations_agree(self):
        x = np.random.RandomState(0).normal(size=(2, 5, 3)).astype("f")
        for data_format in ("channels_last", "channels_first"):
            for padding in ("valid", "same"):
                dense, sparse = (
                    LocallyConnected1D(
                        4,
                        2,
                        implementation=implementation,
                        padding=padding,
                        data_format=data_format,
                    )
                    for implementation in (2, 3)
                )
                inputs = (
                    x
                    if data_format == "channels_last"
                    else (x.transpose(0, 2, 1))
                )
                expected = dense(inputs)
                sparse(inputs)
                kernel, bias = dense.get_weights()
                inputs_size = inputs[0].size
                matrix = kernel.reshape(inputs_size, -1).T
                rows, columns = sparse._connected.T
                sparse.set_weights([matrix[rows, columns], bias])
                self.assertAllClose(sparse(inputs), expected, atol=1e-5)

    def test_the_first_implementation_agrees_with_the_second(self):
        x = np.random.RandomState(0).normal(size=(2, 5, 3)).astype("f")
        first, second = (
            LocallyConnected1D(4, 2, implementation=i) for i in (1, 2)
        )
        expected = first(x)
        second(x)
        kernel, bias = first.get_weights()
        full = np.zeros(second.get_weights()[0].shape, "float32")
        for place in range(4):
            full[place : place + 2, :, place] = kernel[place].reshape(2, 3, 4)
        second.set_weights([full, bias])
        self.assertAllClose(second(x), expected, atol=1e-5)

    def test_refuses_arguments_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "implementation=4"):
            LocallyConnected1D(4, 2, implementation=4)
        with self.assertRaisesRegex(ValueError, "padding='same'"):
            LocallyConnected1D(4, 2, padding="same")
        with self.assertRaisesRegex(ValueError, "all sizes"):
            LocallyConnected1D(4, 2).build((None, None, 3))


if __name__ == "__main__":
    tf.test.main()
