"""Tests of SimpleRNN."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN, SimpleRNNCell
from tf_keras.src.testing.layer_contract import LayerContract


class SimpleRNNTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return SimpleRNN(4, return_sequences=True, recurrent_dropout=0.2)


class SimpleRNNValuesTest(tf.test.TestCase):
    def test_computes_the_equation(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 5)).astype("float32")
        layer = SimpleRNN(4, bias_initializer="random_normal")
        layer(x)
        kernel, recurrent_kernel, bias = layer.get_weights()
        state = np.zeros((2, 4))
        for t in range(3):
            state = np.tanh(x[:, t] @ kernel + bias + state @ recurrent_kernel)
        self.assertAllClose(layer(x), state, atol=1e-5)

    def test_cell_returns_states_in_their_nest(self):
        cell = SimpleRNNCell(4)
        x, state = tf.ones((2, 3)), tf.zeros((2, 4))
        output, states = cell(x, [state])
        self.assertIsInstance(states, list)
        self.assertAllClose(states[0], output)
        _, alone = cell(x, state)
        self.assertAllClose(alone, output)


@tf_keras.saving.register_keras_serializable()
class SimpleRNNStep(SimpleRNNCell):
    """One step of a cell: the inputs' first half, and their second as state."""

    def build(self, input_shape):
        super().build((*input_shape[:-1], input_shape[-1] // 2))

    def call(self, inputs):
        inputs, state = tf.split(inputs, 2, axis=-1)
        return super().call(inputs, [state])[0]


class SimpleRNNCellContractTest(LayerContract):
    input_shape = (2, 6)

    def make_layer(self):
        return SimpleRNNStep(3)


if __name__ == "__main__":
    tf.test.main()
