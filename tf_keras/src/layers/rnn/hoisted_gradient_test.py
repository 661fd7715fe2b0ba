"""Tests of gradients of series against those of a plain loop of cells."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.layers.rnn.gru import GRU, GRUCell
from tf_keras.src.layers.rnn.rnn import RNN
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN, SimpleRNNCell

PAIRS = {
    "gru": (GRU, GRUCell, {"bias_initializer": "uniform"}),
    "gru_without_bias": (GRU, GRUCell, {"use_bias": False}),
    "simple_rnn": (SimpleRNN, SimpleRNNCell, {"bias_initializer": "uniform"}),
}


def _found(layer, x, mask):
    """Outputs and gradients, in a graph as `fit` makes it."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        outputs = layer(x, mask=mask)
        loss = sum(tf.reduce_sum(tf.sin(y)) for y in tf.nest.flatten(outputs))
    return outputs, tape.gradient(loss, [x, *layer.trainable_variables])


class HoistedGradientTest(tf.test.TestCase):
    def assertLikeCells(self, pair, steps, spec_steps, with_mask, **options):
        layer_class, cell_class, own = PAIRS[pair]
        random = np.random.RandomState(steps)
        x = tf.constant(random.normal(size=(2, steps, 3)), tf.float32)
        mask = tf.constant(random.rand(2, steps) > 0.3) if with_mask else None
        layer = layer_class(4, **own, **options)
        cells = RNN(cell_class(4, **own), **options)
        layer(x), cells(x)
        cells.set_weights(layer.get_weights())
        signature = [tf.TensorSpec((2, spec_steps, 3))]
        if with_mask:
            signature.append(tf.TensorSpec((2, spec_steps), tf.bool))
        given = [x, mask] if with_mask else [x]
        expected, actual = (
            tf.function(
                lambda x, mask=None, layer=layer: _found(layer, x, mask),
                input_signature=signature,
                autograph=False,
            )(*given)
            for layer in (cells, layer)
        )
        self.assertAllClose(actual, expected, rtol=1e-5, atol=1e-5)

    def test_short_series_long_ones_and_those_of_unknown_length(self):
        for pair in PAIRS:
            for steps, spec_steps in ((1, 1), (3, 3), (41, 41), (5, None)):
                for with_mask in (False, True):
                    with self.subTest(pair=pair, steps=steps, mask=with_mask):
                        self.assertLikeCells(pair, steps, spec_steps, with_mask)

    def test_all_outputs_backwards_with_states(self):
        options = {"return_sequences": True, "return_state": True}
        for pair in PAIRS:
            for steps in (3, 48):
                with self.subTest(pair=pair, steps=steps):
                    self.assertLikeCells(
                        pair, steps, steps, True, go_backwards=True, **options
                    )

    def test_a_series_without_steps_returns_the_first_state(self):
        for steps in (0, None):
            layer = GRU(4)
            layer(tf.zeros((2, 1, 3)))
            traced = tf.function(
                layer,
                input_signature=[tf.TensorSpec((2, steps, 3))],
                autograph=False,
            )
            self.assertAllEqual(traced(tf.zeros((2, 0, 3))), np.zeros((2, 4)))

    def test_gradients_of_gradients(self):
        tf_keras.utils.set_random_seed(0)
        x = tf.random.normal((2, 3, 3))
        layer, cells = GRU(4), RNN(GRUCell(4))
        layer(x), cells(x)
        cells.set_weights(layer.get_weights())

        @tf.function(autograph=False)
        def second(run):
            with tf.GradientTape() as outer:
                outer.watch(x)
                with tf.GradientTape() as inner:
                    inner.watch(x)
                    y = tf.reduce_sum(run(x))
                slopes = tf.reduce_sum(tf.square(inner.gradient(y, x)))
            return outer.gradient(slopes, x)

        self.assertAllClose(second(layer), second(cells), atol=1e-5)


if __name__ == "__main__":
    tf.test.main()
