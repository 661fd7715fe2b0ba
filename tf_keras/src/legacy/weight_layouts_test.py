"""Tests of layouts of weights of earlier releases."""

import numpy as np
import tensorflow as tf

from tf_keras import layers, models
from tf_keras.src.legacy.weight_layouts import Layout, arrays_of_today

_KERAS_1 = Layout(is_of_keras_1=True)
_THEANO = Layout(is_of_keras_1=True, flips_kernels=True)


def built(layer, *shape):
    layer.build((None, *shape))
    return layer


def counted(*shape):
    return np.arange(np.prod(shape), dtype="float32").reshape(shape)


class WeightLayoutsTest(tf.test.TestCase):
    def converted(self, layer, arrays, layout, names=None):
        names = names or [str(index) for index in range(len(arrays))]
        return arrays_of_today(layer, arrays, names, layout)

    def test_kernels_of_channels_first_lay_the_other_way_round(self):
        first = dict(data_format="channels_first")
        layer = built(layers.Conv2D(5, (2, 3), **first), 4, 8, 8)
        kernel, bias = counted(5, 4, 2, 3), counted(5)
        made = self.converted(layer, [kernel, bias], _KERAS_1)
        self.assertAllEqual(made[0], kernel.transpose(2, 3, 1, 0))
        self.assertAllEqual(made[1], bias)

    def test_a_square_kernel_goes_by_the_layers_format(self):
        kernel = counted(3, 3, 3, 3)
        layer = built(layers.Conv2D(3, 3), 8, 8, 3)
        made = self.converted(layer, [kernel], _KERAS_1)
        self.assertAllEqual(made[0], kernel)

    def test_theano_read_kernels_backwards(self):
        layer = built(layers.Conv2D(5, (2, 3)), 8, 8, 4)
        kernel = counted(2, 3, 4, 5)
        made = self.converted(layer, [kernel], _THEANO)
        self.assertAllEqual(made[0], kernel[::-1, ::-1])
        later = Layout(flips_kernels=True)
        made = self.converted(layer, [kernel], later)
        self.assertAllEqual(made[0], kernel[::-1, ::-1])

    def test_one_dimension_was_two(self):
        layer = built(layers.Conv1D(5, 3), 8, 4)
        wanted = counted(3, 4, 5)
        made = self.converted(layer, [wanted[:, None]], _KERAS_1)
        self.assertAllEqual(made[0], wanted)
        first = wanted.transpose(2, 1, 0)[..., None]  # Keras 1.0.
        made = self.converted(layer, [first], _KERAS_1)
        self.assertAllEqual(made[0], wanted)

    def test_transposed_kernels_swap_channels(self):
        layer = built(layers.Conv2DTranspose(5, (2, 3)), 8, 8, 4)
        kernel = counted(2, 3, 4, 5)
        made = self.converted(layer, [kernel], _KERAS_1)
        self.assertAllEqual(made[0], kernel.transpose(0, 1, 3, 2))

    def test_gates_of_lstm_stood_alone_and_in_another_order(self):
        layer = built(layers.LSTM(2), 4, 3)
        arrays = [
            np.full(shape, gate)
            for gate in (0.0, 1.0, 2.0, 3.0)  # i, c, f, o
            for shape in ((3, 2), (2, 2), (2,))
        ]
        made = self.converted(layer, arrays, _KERAS_1)
        self.assertEqual([a.shape for a in made], [(3, 8), (2, 8), (8,)])
        self.assertAllEqual(made[2], [0, 0, 2, 2, 1, 1, 3, 3])

    def test_gates_of_gru_keep_their_order(self):
        layer = built(layers.GRU(2, reset_after=False), 4, 3)
        arrays = [
            np.full(shape, gate)
            for gate in (0.0, 1.0, 2.0)
            for shape in ((3, 2), (2, 2), (2,))
        ]
        made = self.converted(layer, arrays, _KERAS_1)
        self.assertAllEqual(made[2], [0, 0, 1, 1, 2, 2])

    def test_cudnn_had_two_biases(self):
        layer = built(layers.LSTM(2), 4, 3)
        kernel, recurrent, bias = counted(3, 8), counted(2, 8), counted(16)
        made = self.converted(layer, [kernel, recurrent, bias], Layout())
        self.assertAllEqual(made[2], bias[:8] + bias[8:])
        self.assertAllEqual(made[1][:, :2], recurrent[:, :2].T)
        layer = built(layers.GRU(2, reset_after=False), 4, 3)
        arrays = [counted(3, 6), counted(2, 6), counted(12)]
        with self.assertRaisesRegex(ValueError, "reset_after=True"):
            self.converted(layer, arrays, Layout())

    def test_both_directions_are_converted(self):
        layer = built(layers.Bidirectional(layers.LSTM(2)), 4, 3)
        one = [
            array
            for _ in range(4)
            for array in (counted(3, 2), counted(2, 2), counted(2))
        ]
        made = self.converted(layer, one + one, _KERAS_1)
        self.assertEqual([a.shape for a in made], [(3, 8), (2, 8), (8,)] * 2)

    def test_a_nested_model_is_cut_by_the_counts_of_its_time(self):
        start = layers.Input((4, 3))
        hidden = layers.LSTM(2, name="lstm_1")(start)
        hidden = layers.BatchNormalization(name="bn_1")(hidden)
        model = models.Model(start, layers.Dense(5, name="dense_1")(hidden))
        gates = [
            array
            for _ in range(4)
            for array in (counted(3, 2), counted(2, 2), counted(2))
        ]
        normal = [np.full(2, value) for value in (1.0, 2.0, 3.0, 4.0)]
        arrays = [*gates, *normal[:2], counted(2, 5), counted(5), *normal[2:]]
        made = self.converted(model, arrays, _KERAS_1)
        shapes = [tuple(v.shape) for v in model.trainable_weights]
        shapes += [tuple(v.shape) for v in model.non_trainable_weights]
        self.assertEqual([array.shape for array in made], shapes)
        self.assertAllEqual(made[-1], normal[3])

    def test_names_tell_layers_of_one_depth_apart(self):
        start = layers.Input((3,))
        parts = [layers.Dense(2, name=f"dense_{n}")(start) for n in (9, 10)]
        model = models.Model(start, layers.Add()(parts))
        arrays = [np.full((3, 2), 10.0), np.full(2, 10.0)]
        arrays += [np.full((3, 2), 9.0), np.full(2, 9.0)]
        names = ["dense_10_W", "dense_10_b", "dense_9_W", "dense_9_b"]
        made = self.converted(model, arrays, _KERAS_1, names)
        nines = [layer.name == "dense_9" for layer in model.layers[1:3]]
        self.assertEqual(made[0][0, 0], 9.0 if nines[0] else 10.0)


if __name__ == "__main__":
    tf.test.main()
