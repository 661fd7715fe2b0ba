"""Tests of ConvLSTM1D, ConvLSTM2D and ConvLSTM3D."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.rnn.conv_lstm import (
    ConvLSTM1D,
    ConvLSTM2D,
    ConvLSTM3D,
)
from tf_keras.src.layers.rnn.lstm import LSTM
from tf_keras.src.testing.layer_contract import LayerContract


class ConvLSTM1DTest(LayerContract):
    input_shape = (2, 3, 5, 2)
    passes_mask = None

    def make_layer(self):
        return ConvLSTM1D(2, 3, return_sequences=True, padding="same")


class ConvLSTM2DTest(LayerContract):
    input_shape = (2, 3, 5, 4, 2)
    passes_mask = None

    def make_layer(self):
        return ConvLSTM2D(2, 2, strides=2, dropout=0.1, recurrent_dropout=0.2)


class ConvLSTM3DTest(LayerContract):
    input_shape = (1, 2, 3, 4, 3, 2)
    passes_mask = None

    def make_layer(self):
        return ConvLSTM3D(2, 2, data_format="channels_last")


class ConvLSTMValuesTest(tf.test.TestCase):
    def test_window_of_one_is_an_lstm_at_each_place(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4, 5))
        x = x.astype("float32")
        layer = ConvLSTM1D(2, 1, recurrent_activation="sigmoid")
        outputs = layer(x)
        lstm = LSTM(2)
        lstm(x[:, :, 0])
        kernel, recurrent_kernel, bias = layer.get_weights()
        lstm.set_weights([kernel[0], recurrent_kernel[0], bias])
        for place in range(4):
            self.assertAllClose(
                outputs[:, place], lstm(x[:, :, place]), atol=1e-5
            )

    def test_channels_first_gives_the_same_numbers(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4, 5, 2))
        x = x.astype("float32")
        last = ConvLSTM2D(3, 2, return_state=True)
        first = ConvLSTM2D(
            3, 2, return_state=True, data_format="channels_first"
        )
        moved = np.moveaxis(x, -1, 2)
        expected = last(x)
        first(moved)
        first.set_weights(last.get_weights())
        for one, other in zip(first(moved), expected):
            self.assertAllClose(np.moveaxis(one, 1, -1), other, atol=1e-5)

    def test_stateful_layer_goes_on_where_it_stopped(self):
        x = np.random.RandomState(0).normal(size=(2, 4, 5, 2))
        x = x.astype("float32")
        layer = ConvLSTM1D(2, 2, stateful=True)
        whole = layer(x)
        layer.reset_states()
        layer(x[:, :2])
        self.assertAllClose(layer(x[:, 2:]), whole, atol=1e-6)

    def test_refuses_unrolling(self):
        with self.assertRaisesRegex(TypeError, "unroll"):
            ConvLSTM2D(2, 2, unroll=True)

    def test_computes_the_equations(self):
        random = np.random.RandomState(0)
        x = random.normal(size=(2, 3, 5, 2)).astype("float32")
        layer = ConvLSTM1D(2, 2, recurrent_activation="sigmoid")
        layer.build(x.shape)
        shapes = [w.shape for w in layer.weights]
        weights = [random.normal(size=shape) for shape in shapes]
        layer.set_weights(weights)
        kernel, recurrent_kernel, bias = weights

        def convolve(values, kernel):
            windows = np.stack([values[:, :-1], values[:, 1:]], 1)
            return np.einsum("bwpi,wio->bpo", windows, kernel)

        def sigmoid(values):
            return 1 / (1 + np.exp(-values))

        state = memory = np.zeros((2, 4, 2))
        for step in range(3):
            padded = np.pad(state, ((0, 0), (0, 1), (0, 0)))
            gates = convolve(x[:, step], kernel) + bias
            gates = gates + convolve(padded, recurrent_kernel)
            enter, keep, new, leave = np.split(gates, 4, -1)
            memory = sigmoid(keep) * memory + sigmoid(enter) * np.tanh(new)
            state = sigmoid(leave) * np.tanh(memory)
        self.assertAllClose(layer(x), state, 1e-5, 1e-5)


if __name__ == "__main__":
    tf.test.main()
