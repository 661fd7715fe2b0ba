"""Tests of RNN, its cells and their states."""

import collections

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.cells import AbstractRNNCell, StackedRNNCells
from tf_keras.src.layers.rnn.gru import GRUCell
from tf_keras.src.layers.rnn.lstm import LSTM, LSTMCell
from tf_keras.src.layers.rnn.rnn import RNN
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN, SimpleRNNCell
from tf_keras.src.testing.layer_contract import LayerContract

Pair = collections.namedtuple("Pair", ["left", "right"])


class Sum(AbstractRNNCell):
    """Adds up its inputs, and its constants at each step."""

    def __init__(self, size=3, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    @property
    def state_size(self):
        return self.size

    @property
    def output_size(self):
        return self.size

    def call(self, inputs, states, constants=None):
        total = states[0] + inputs
        for constant in constants or ():
            total += constant
        return total, [total]


class PairSum(AbstractRNNCell):
    """Takes two series and keeps a state for each."""

    state_size = Pair(2, tf.TensorShape((2, 3)))
    output_size = Pair(2, tf.TensorShape((2, 3)))

    def call(self, inputs, states):
        left, right = states
        new = Pair(left + inputs.left, right + inputs.right)
        return new, new


class RNNTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return RNN(SimpleRNNCell(4), return_sequences=True)


class RNNOfStackTest(LayerContract):
    input_shape = (2, 3, 5)

    def make_layer(self):
        return RNN([LSTMCell(4), GRUCell(2)])


@tf_keras.saving.register_keras_serializable()
class StackStep(StackedRNNCells):
    """One step of a stack of cells, from states of zeros."""

    def call(self, inputs):
        states = self.get_initial_state(inputs)
        return super().call(inputs, states)[0]


class StackedRNNCellsContractTest(LayerContract):
    input_shape = (2, 5)

    def make_layer(self):
        return StackStep([SimpleRNNCell(4), SimpleRNNCell(3)])


class OwnCellTest(tf.test.TestCase):
    def test_runs_a_cell_over_time(self):
        x = np.arange(12.0, dtype="float32").reshape(2, 2, 3)
        layer = RNN(Sum(), return_sequences=True, return_state=True)
        for call in (layer, tf.function(layer)):
            outputs, state = call(x)
            self.assertAllClose(outputs, np.cumsum(x, axis=1))
            self.assertAllClose(state, x.sum(1))

    def test_hands_constants_to_each_step(self):
        layer = RNN(Sum())
        x, constant = np.ones((2, 4, 3), "float32"), tf.constant([[5.0]])
        self.assertAllClose(layer(x, constants=constant), np.full((2, 3), 24))

    def test_constants_and_states_may_be_symbolic(self):
        x = tf_keras.Input((4, 3))
        state, constant = tf_keras.Input((3,)), tf_keras.Input((3,))
        outputs = RNN(Sum())(x, initial_state=state, constants=constant)
        model = tf_keras.Model([x, state, constant], outputs)
        config = model.get_config()
        again = tf_keras.Model.from_config(config, {"Sum": Sum})
        values = [
            np.ones((2, 4, 3), "float32"),
            np.full((2, 3), 100, "float32"),
            np.full((2, 3), 10, "float32"),
        ]
        for one in (model, again):
            self.assertAllClose(one(values), np.full((2, 3), 144.0))

    def test_refuses_constants_that_the_cell_does_not_take(self):
        with self.assertRaisesRegex(ValueError, "takes no `constants`"):
            RNN(SimpleRNNCell(2))(tf.ones((1, 2, 3)), constants=[tf.ones(())])

    def test_keeps_nested_inputs_and_states(self):
        x = Pair(tf.ones((1, 4, 2)), 2 * tf.ones((1, 4, 2, 3)))
        outputs, *states = RNN(PairSum(), return_state=True)(x)
        self.assertAllClose(outputs.left, np.full((1, 2), 4.0))
        self.assertAllClose(outputs.right, np.full((1, 2, 3), 8.0))
        self.assertLen(states, 2)

    def test_refuses_what_is_no_cell(self):
        with self.assertRaisesRegex(ValueError, "needs `call`"):
            RNN("lstm")


class StatesTest(tf.test.TestCase):
    def test_initial_states_come_by_name_or_in_the_list(self):
        layer = LSTM(3)
        x, states = tf.ones((2, 4, 5)), [tf.ones((2, 3)), tf.zeros((2, 3))]
        named = layer(x, initial_state=states)
        self.assertAllClose(layer([x, *states]), named)
        self.assertNotAllClose(layer(x), named)

    def test_refuses_initial_states_of_another_size(self):
        layer = RNN(LSTMCell(3))
        with self.assertRaisesRegex(ValueError, "State 0 of layer"):
            layer(tf.ones((2, 4, 5)), initial_state=[tf.zeros((2, 2))] * 2)

    def test_initial_states_may_be_symbolic(self):
        x, h, c = (tf_keras.Input(s) for s in ((4, 5), (3,), (3,)))
        layer = LSTM(3)
        values = [tf.ones((2, 4, 5)), tf.ones((2, 3)), tf.zeros((2, 3))]
        for outputs in (layer(x, initial_state=[h, c]), layer([x, h, c])):
            model = tf_keras.Model([x, h, c], outputs)
            self.assertAllClose(model(values), layer(values))

    def test_an_encoder_gives_its_states_to_a_decoder(self):
        source, target = tf_keras.Input((4, 5)), tf_keras.Input((None, 2))
        _, *states = LSTM(3, return_state=True)(source)
        decoded = LSTM(3, return_sequences=True)(target, initial_state=states)
        model = tf_keras.Model([source, target], decoded)
        again = tf_keras.Model.from_config(model.get_config())
        again.set_weights(model.get_weights())
        values = [tf.ones((2, 4, 5)), tf.ones((2, 6, 2))]
        self.assertAllClose(again(values), model(values))

    def test_stateful_layer_goes_on_where_it_stopped(self):
        x = np.random.RandomState(0).normal(size=(2, 6, 3)).astype("float32")
        for kind in (SimpleRNN, LSTM):
            layer = kind(4, stateful=True, return_sequences=True)
            whole = layer(x).numpy()
            layer.reset_states()
            halves = [layer(x[:, :3]), tf.function(layer)(x[:, 3:])]
            self.assertAllClose(np.concatenate(halves, 1), whole, atol=1e-6)
            layer.reset_states([np.ones((2, 4)) for _ in layer.states])
            self.assertAllClose(layer.states[0], np.ones((2, 4)))
            self.assertEmpty(layer.non_trainable_weights)

    def test_stateful_layer_needs_a_batch_size(self):
        with self.assertRaisesRegex(ValueError, "batch"):
            SimpleRNN(4, stateful=True)(tf_keras.Input((3, 5)))

    def test_reset_states_is_for_stateful_layers(self):
        with self.assertRaisesRegex(AttributeError, "must be stateful"):
            SimpleRNN(4).reset_states()

    def test_stack_has_a_nest_of_states(self):
        layer = RNN([LSTMCell(3), GRUCell(2)], return_state=True)
        output, first, second = layer(tf.ones((2, 4, 5)))
        self.assertLen(first, 2)
        self.assertAllClose(output, second)
        self.assertEqual(StackedRNNCells([LSTMCell(3)]).output_size, 3)


if __name__ == "__main__":
    tf.test.main()
