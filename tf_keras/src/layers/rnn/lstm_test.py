"""Tests of LSTM."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.lstm import LSTM, LSTMCell
from tf_keras.src.layers.rnn.rnn import RNN
from tf_keras.src.testing.layer_contract import LayerContract

MASK = np.array(
    [[1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 1, 0], [0, 1, 1, 1, 1, 1]], bool
)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, kernel, recurrent_kernel, bias, mask=None):
    """Outputs of all steps and the last states, in NumPy."""
    state = memory = output = np.zeros((len(x), recurrent_kernel.shape[0]))
    outputs = []
    for t in range(x.shape[1]):
        gates = x[:, t] @ kernel + state @ recurrent_kernel + bias
        i, f, c, o = np.split(gates, 4, axis=1)
        new_memory = sigmoid(f) * memory + sigmoid(i) * np.tanh(c)
        new_state = sigmoid(o) * np.tanh(new_memory)
        keep = mask[:, t, None] if mask is not None else True
        state = np.where(keep, new_state, state)
        memory = np.where(keep, new_memory, memory)
        output = np.where(keep, new_state, output)
        outputs.append(output)
    return np.stack(outputs, 1), state, memory


class LSTMTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return LSTM(4, return_sequences=True)


class LSTMBackwardsTest(LayerContract):
    input_shape = (2, 3, 5)

    def make_layer(self):
        return LSTM(4, go_backwards=True, use_bias=False)


class LSTMWithDropoutTest(LayerContract):
    input_shape = (2, 3, 5)

    def make_layer(self):
        return LSTM(4, dropout=0.2, recurrent_dropout=0.3, unroll=True)


class LSTMValuesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        tf_keras.utils.set_random_seed(3)
        self.x = np.random.RandomState(0).normal(size=(3, 6, 5))
        self.x = self.x.astype("float32")

    def layer(self, **options):
        layer = LSTM(4, bias_initializer="random_normal", **options)
        layer(self.x)
        return layer

    def test_computes_the_equations(self):
        layer = self.layer(return_sequences=True, return_state=True)
        expected = lstm(self.x, *layer.get_weights())
        for value, wanted in zip(layer(self.x), expected):
            self.assertAllClose(value, wanted, atol=1e-5)

    def test_skips_masked_steps_wherever_they_are(self):
        layer = self.layer(return_sequences=True, return_state=True)
        expected = lstm(self.x, *layer.get_weights(), mask=MASK)
        for call in (layer, tf.function(layer)):
            values = call(self.x, mask=tf.constant(MASK))
            for value, wanted in zip(values, expected):
                self.assertAllClose(value, wanted, atol=1e-5)

    def test_keeps_first_states_of_a_sample_without_steps(self):
        layer = self.layer(return_state=True)
        states = [tf.ones((3, 4)), 2 * tf.ones((3, 4))]
        mask = tf.constant(MASK & [[True], [False], [True]])
        output, state, memory = layer(self.x, mask=mask, initial_state=states)
        self.assertAllClose(output[1], np.zeros(4))
        self.assertAllClose(state[1], np.ones(4))
        self.assertAllClose(memory[1], 2 * np.ones(4))

    def test_zeroes_outputs_of_masked_steps_on_request(self):
        layer = self.layer(return_sequences=True, zero_output_for_mask=True)
        outputs, _, _ = lstm(self.x, *layer.get_weights(), mask=MASK)
        self.assertAllClose(
            layer(self.x, mask=tf.constant(MASK)),
            outputs * MASK[..., None],
            atol=1e-5,
        )

    def test_one_kernel_and_steps_agree_in_values_and_gradients(self):
        for options in (
            {},
            {"go_backwards": True},
            {"time_major": True},
            {"zero_output_for_mask": True},
            {"use_bias": False},
        ):
            layer = self.layer(
                return_sequences=True, return_state=True, **options
            )
            x, mask = tf.constant(self.x), tf.constant(MASK)
            if layer.time_major:
                x, mask = tf.transpose(x, (1, 0, 2)), tf.transpose(mask)
            results = []
            for may_fuse in (True, False):
                layer._may_fuse = may_fuse
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    outputs = layer(x, mask=mask)
                    loss = tf.add_n([tf.reduce_sum(y**3) for y in outputs])
                sources = [x, *layer.trainable_weights]
                results.append([*outputs, *tape.gradient(loss, sources)])
            for fused, plain in zip(*results):
                self.assertAllClose(fused, plain, atol=1e-5, rtol=1e-4)

    def test_agrees_with_its_cell_run_by_an_rnn(self):
        layer = self.layer()
        rnn = RNN(LSTMCell(4))
        rnn(self.x)
        rnn.set_weights(layer.get_weights())
        self.assertAllClose(rnn(self.x), layer(self.x), atol=1e-6)

    def test_reads_ragged_series(self):
        ragged = tf.RaggedTensor.from_row_lengths(
            self.x.reshape(18, 5)[:10], [3, 1, 6]
        )
        for backwards in (False, True):
            layer = self.layer(return_sequences=True, go_backwards=backwards)
            outputs = layer(ragged)
            self.assertAllEqual(outputs.row_lengths(), [3, 1, 6])
            if not backwards:
                alone = layer(ragged[0][None])[0]
                self.assertAllClose(outputs[0], alone, atol=1e-6)

    def test_forget_gate_starts_with_a_bias_of_one(self):
        layer = LSTM(2)
        layer(self.x)
        self.assertAllEqual(layer.get_weights()[2], [0, 0, 1, 1, 0, 0, 0, 0])

    def test_names_weights_after_layer_and_cell(self):
        tf_keras.backend.clear_session()
        layer = LSTM(2)
        layer(self.x)
        self.assertEqual(
            [w.name for w in layer.weights],
            [
                "lstm/lstm_cell/kernel:0",
                "lstm/lstm_cell/recurrent_kernel:0",
                "lstm/lstm_cell/bias:0",
            ],
        )

    def test_drops_the_same_units_at_each_step(self):
        layer = LSTM(
            4,
            dropout=0.5,
            use_bias=False,
            kernel_initializer="ones",
            recurrent_initializer="zeros",
            return_sequences=True,
            seed=5,
        )
        outputs = layer(np.ones((3, 6, 5), "float32"), training=True)
        dropped = layer(np.ones((3, 6, 5), "float32"), training=False)
        self.assertNotAllClose(outputs, dropped)
        self.assertAllClose(outputs[:, 0, 0], outputs[:, 0, 1])

    def test_refuses_a_size_that_is_not_positive(self):
        with self.assertRaisesRegex(ValueError, "positive number of `units`"):
            LSTM(0)

    def test_refuses_too_few_states(self):
        with self.assertRaisesRegex(ValueError, "has 2 states"):
            self.layer()(self.x, initial_state=[tf.zeros((3, 4))])


@tf_keras.saving.register_keras_serializable()
class LSTMStep(LSTMCell):
    """One step of a cell: the inputs' first half, and their second as state."""

    def build(self, input_shape):
        super().build((*input_shape[:-1], input_shape[-1] // 2))

    def call(self, inputs):
        inputs, state = tf.split(inputs, 2, axis=-1)
        return super().call(inputs, [state, state])[0]


class LSTMCellContractTest(LayerContract):
    input_shape = (2, 6)

    def make_layer(self):
        return LSTMStep(3)

    def test_keeps_states_in_the_dtype_of_weights(self):
        layer = LSTM(2, stateful=True, dtype="mixed_bfloat16")
        layer(np.ones((2, 3, 4), "float32"))
        self.assertEqual([s.dtype for s in layer.states], [tf.float32] * 2)


if __name__ == "__main__":
    tf.test.main()
