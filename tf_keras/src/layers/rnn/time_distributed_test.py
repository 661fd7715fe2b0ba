"""Tests of TimeDistributed and Wrapper."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.convolutional.conv import Conv2D
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization,
)
from tf_keras.src.layers.rnn.lstm import LSTM
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN
from tf_keras.src.layers.rnn.time_distributed import TimeDistributed
from tf_keras.src.layers.rnn.wrapper import Wrapper
from tf_keras.src.testing.layer_contract import LayerContract


class TimeDistributedTest(LayerContract):
    input_shape = (2, 3, 5)
    passes_mask = True

    def make_layer(self):
        return TimeDistributed(Dense(4))


class TimeDistributedOfImagesTest(LayerContract):
    input_shape = (2, 3, 4, 5, 2)
    passes_mask = None

    def make_layer(self):
        return TimeDistributed(Conv2D(2, 2))


class WrapperTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = None
    has_gradient = False  # It does not call the layer within.

    def make_layer(self):
        return Wrapper(Dense(4))


class TimeDistributedValuesTest(tf.test.TestCase):
    def test_applies_the_layer_to_each_step(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 5, 4))
        x = x.astype("float32")
        layer = TimeDistributed(LSTM(2))
        outputs = layer(x)
        for step in range(3):
            self.assertAllClose(
                outputs[:, step], layer.layer(x[:, step]), atol=1e-6
            )

    def test_goes_step_by_step_through_a_layer_with_states(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 5, 4))
        x = x.astype("float32")
        layer = TimeDistributed(SimpleRNN(2, stateful=True))
        layer(x)
        layer.layer.reset_states()
        outputs = layer(x)
        layer.layer.reset_states()
        for step in range(3):
            self.assertAllClose(outputs[:, step], layer.layer(x[:, step]))

    def test_keeps_ragged_steps(self):
        ragged = tf.RaggedTensor.from_row_lengths(tf.ones((5, 4)), [2, 3])
        outputs = TimeDistributed(Dense(2))(ragged)
        self.assertAllEqual(outputs.row_lengths(), [2, 3])

    def test_unknown_steps_stay_unknown(self):
        outputs = TimeDistributed(Dense(2))(tf_keras.Input((None, 4)))
        self.assertEqual(outputs.shape.as_list(), [None, None, 2])

    def test_refuses_inputs_without_steps(self):
        with self.assertRaisesRegex(ValueError, "steps"):
            TimeDistributed(Dense(2))(tf.ones((3,)))

    def test_wraps_layers_only(self):
        with self.assertRaisesRegex(ValueError, "wraps a layer"):
            TimeDistributed(tf.nn.relu)

    def test_masked_steps_do_not_count_in_moments(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4)).astype("float32")
        mask = np.array([[True, False, True], [False, True, True]])
        layer = TimeDistributed(BatchNormalization())
        outputs = layer(x, mask=tf.constant(mask), training=True)
        seen = x[mask]
        expected = (x - seen.mean(0)) / np.sqrt(seen.var(0) + 1e-3)
        self.assertAllClose(outputs, expected, 1e-4, 1e-4)

    def test_tells_the_mask_of_a_layer_that_makes_one(self):
        x = np.array([[[0, 1], [2, 3]], [[0, 0], [0, 4]]])
        outputs = TimeDistributed(Embedding(5, 2, mask_zero=True))(x)
        self.assertAllEqual(outputs._keras_mask, x != 0)


if __name__ == "__main__":
    tf.test.main()
