"""Tests of Bidirectional."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.bidirectional import Bidirectional
from tf_keras.src.layers.rnn.gru import GRU
from tf_keras.src.layers.rnn.lstm import LSTM
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN
from tf_keras.src.testing.layer_contract import LayerContract


class BidirectionalTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return Bidirectional(LSTM(4, return_sequences=True))


class BidirectionalOfTwoTest(LayerContract):
    input_shape = (2, 3, 5)

    def make_layer(self):
        return Bidirectional(
            GRU(4),
            backward_layer=SimpleRNN(4, go_backwards=True),
            merge_mode="ave",
        )


class BidirectionalValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.x = np.random.RandomState(0).normal(size=(2, 3, 5))
        self.x = self.x.astype("float32")

    def test_merges_both_readings(self):
        merges = {
            "sum": lambda f, b: f + b,
            "mul": lambda f, b: f * b,
            "ave": lambda f, b: (f + b) / 2,
            "concat": lambda f, b: np.concatenate([f, b], -1),
        }
        for mode, merge in merges.items():
            layer = Bidirectional(
                SimpleRNN(4, return_sequences=True), merge_mode=mode
            )
            outputs = layer(self.x)
            forward = layer.forward_layer(self.x).numpy()
            backward = layer.backward_layer(self.x).numpy()[:, ::-1]
            self.assertAllClose(outputs, merge(forward, backward))

    def test_returns_both_outputs_without_a_merge(self):
        layer = Bidirectional(SimpleRNN(4, return_state=True), merge_mode=None)
        self.assertLen(layer(self.x), 4)

    def test_shares_out_initial_states(self):
        layer = Bidirectional(LSTM(4))
        states = [tf.fill((2, 4), value) for value in (1.0, 2.0, 3.0, 4.0)]
        expected = tf.concat(
            [
                layer.forward_layer(self.x, initial_state=states[:2]),
                layer.backward_layer(self.x, initial_state=states[2:]),
            ],
            axis=-1,
        )
        self.assertAllClose(layer(self.x, initial_state=states), expected)
        symbols = [tf_keras.Input(s) for s in ((3, 5), *[(4,)] * 4)]
        outputs = layer(symbols[0], initial_state=symbols[1:])
        model = tf_keras.Model(symbols, outputs)
        self.assertAllClose(model([self.x, *states]), expected)

    def test_refuses_layers_that_run_the_same_way(self):
        with self.assertRaisesRegex(ValueError, "different directions"):
            Bidirectional(LSTM(2), backward_layer=LSTM(2))

    def test_refuses_an_unknown_merge(self):
        with self.assertRaisesRegex(ValueError, "concat"):
            Bidirectional(LSTM(2), merge_mode="concatt")

    def test_refuses_a_layer_that_is_not_recurrent(self):
        with self.assertRaisesRegex(ValueError, "recurrent layer"):
            Bidirectional(tf_keras.layers.Dense(2))

    def test_stateful_layers_are_reset_together(self):
        layer = Bidirectional(SimpleRNN(4, stateful=True))
        first = layer(self.x)
        self.assertNotAllClose(layer(self.x), first)
        layer.reset_states()
        self.assertAllClose(layer(self.x), first)

    def test_zeroes_masked_steps_of_sequences_alone(self):
        x = np.random.RandomState(0).normal(size=(1, 3, 2)).astype("float32")
        mask = tf.constant([[True, False, True]])
        for is_sequence in (False, True):
            inner = LSTM(
                2,
                return_sequences=is_sequence,
                zero_output_for_mask=not is_sequence,
            )
            layer = Bidirectional(inner)
            outputs = layer(x, mask=mask)
            if is_sequence:
                self.assertAllEqual(outputs[:, 1], np.zeros((1, 4)))
            else:
                self.assertAllClose(outputs, layer(x[:, ::2]))

    def test_runs_cells_of_a_class_that_no_registry_knows(self):
        class Sum(tf_keras.layers.Layer):
            state_size = 3

            def call(self, inputs, states):
                total = inputs + states[0]
                return total, [total]

        x = np.arange(12.0, dtype="float32").reshape(1, 4, 3)
        layer = Bidirectional(
            tf_keras.layers.RNN(Sum(), return_sequences=True), merge_mode="sum"
        )
        forward = x.cumsum(1)
        backward = x[:, ::-1].cumsum(1)[:, ::-1]
        self.assertAllClose(layer(x), forward + backward)


if __name__ == "__main__":
    tf.test.main()
