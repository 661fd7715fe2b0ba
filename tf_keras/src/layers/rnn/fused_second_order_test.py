"""Tests of gradients of gradients of the fused LSTM."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.rnn.lstm import LSTM, LSTMCell
from tf_keras.src.layers.rnn.rnn import RNN


def _second_order(layer, inputs, mask):
    variables = layer.trainable_weights
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as inner:
            inner.watch(inputs)
            outputs = layer(inputs, mask=mask)
            loss = tf.add_n([tf.reduce_sum(y**2) for y in outputs])
        gradients = inner.gradient(loss, [inputs, *variables])
        total = tf.add_n([tf.reduce_sum(tf.sin(g)) for g in gradients])
    return outer.gradient(total, [inputs, *variables])


class FusedSecondOrderTest(tf.test.TestCase):
    def check_against_steps(self, mask, run):
        random = np.random.RandomState(0)
        inputs = tf.constant(random.normal(size=(2, 5, 3)), tf.float32)
        fused = LSTM(4, return_state=True)
        steps = RNN(LSTMCell(4), return_state=True)
        fused(inputs), steps(inputs)
        steps.set_weights(fused.get_weights())
        found = run(fused, inputs, mask)
        for one, other in zip(found, _second_order(steps, inputs, mask)):
            self.assertAllClose(one, other, rtol=1e-4, atol=1e-5)

    def test_agree_with_those_of_single_steps(self):
        self.check_against_steps(None, _second_order)

    def test_agree_in_a_graph(self):
        self.check_against_steps(None, tf.function(_second_order))

    def test_agree_where_steps_are_masked(self):
        mask = np.array([[1, 1, 0, 1, 0], [0, 1, 1, 0, 0]], bool)
        self.check_against_steps(mask, _second_order)

    def test_refuse_kernels_with_other_equations(self):
        zeros = tf.zeros((2,))
        x = tf.ones((3, 1, 2))
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                made = tf.raw_ops.BlockLSTM(
                    seq_len_max=tf.constant(3, tf.int64),
                    x=x,
                    cs_prev=tf.ones((1, 2)),
                    h_prev=tf.ones((1, 2)),
                    w=tf.ones((4, 8)) / 8,
                    wci=zeros,
                    wcf=zeros,
                    wco=zeros,
                    b=tf.zeros((8,)),
                    forget_bias=5.0,
                )
            gradient = inner.gradient(made.h, x)
        with self.assertRaisesRegex(
            tf.errors.InvalidArgumentError, "forget bias"
        ):
            outer.gradient(gradient, x)


if __name__ == "__main__":
    tf.test.main()
