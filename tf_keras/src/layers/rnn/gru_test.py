"""Tests of GRU."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.gru import GRU, GRUCell
from tf_keras.src.layers.rnn.rnn import RNN
from tf_keras.src.testing.layer_contract import LayerContract


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru_reset_after(x, kernel, recurrent_kernel, bias, mask):
    """Outputs of all steps, in NumPy."""
    state = np.zeros((len(x), recurrent_kernel.shape[0]))
    output, outputs = state, []
    for t in range(x.shape[1]):
        xz, xr, xh = np.split(x[:, t] @ kernel + bias[0], 3, axis=1)
        hz, hr, hh = np.split(state @ recurrent_kernel + bias[1], 3, axis=1)
        update, reset = sigmoid(xz + hz), sigmoid(xr + hr)
        new = update * state + (1 - update) * np.tanh(xh + reset * hh)
        keep = mask[:, t, None]
        state = np.where(keep, new, state)
        output = np.where(keep, new, output)
        outputs.append(output)
    return np.stack(outputs, 1)


class GRUTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return GRU(4, return_sequences=True)


class GRUResetBeforeTest(LayerContract):
    input_shape = (2, 3, 5)

    def make_layer(self):
        return GRU(4, reset_after=False, go_backwards=True, dropout=0.1)


class GRUValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        tf_keras.utils.set_random_seed(3)
        self.x = np.random.RandomState(0).normal(size=(2, 4, 5))
        self.x = self.x.astype("float32")

    def test_computes_the_equations_and_skips_masked_steps(self):
        layer = GRU(3, return_sequences=True, bias_initializer="uniform")
        layer(self.x)
        mask = np.array([[1, 0, 1, 0], [1, 1, 1, 1]], bool)
        self.assertAllClose(
            layer(self.x, mask=tf.constant(mask)),
            gru_reset_after(self.x, *layer.get_weights(), mask),
            atol=1e-5,
        )

    def test_unrolled_looped_and_by_cell_agree(self):
        for reset_after in (False, True):
            for implementation in (1, 2):
                options = {
                    "reset_after": reset_after,
                    "implementation": implementation,
                }
                looped = GRU(3, **options)
                unrolled = GRU(3, unroll=True, **options)
                by_cell = RNN(GRUCell(3, **options))
                expected = looped(self.x)
                for layer in (unrolled, by_cell):
                    layer(self.x)
                    layer.set_weights(looped.get_weights())
                    traced = tf.function(layer)
                    self.assertAllClose(traced(self.x), expected, atol=1e-6)

    def test_drops_states_gate_by_gate(self):
        for reset_after in (False, True):
            layer = GRU(3, recurrent_dropout=0.5, reset_after=reset_after)
            self.assertEqual(layer.implementation, 1)
            trained = layer(self.x, training=True)
            self.assertNotAllClose(trained, layer(self.x, training=False))


@tf_keras.saving.register_keras_serializable()
class GRUStep(GRUCell):
    """One step of a cell: the inputs' first half, and their second as state."""

    def build(self, input_shape):
        super().build((*input_shape[:-1], input_shape[-1] // 2))

    def call(self, inputs):
        inputs, state = tf.split(inputs, 2, axis=-1)
        return super().call(inputs, [state])[0]


class GRUCellContractTest(LayerContract):
    input_shape = (2, 6)

    def make_layer(self):
        return GRUStep(3)


if __name__ == "__main__":
    tf.test.main()
