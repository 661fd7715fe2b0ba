"""Tests of Dense."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.testing.layer_contract import LayerContract


class DenseTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return Dense(3, activation="tanh", kernel_regularizer="l2")

    def test_multiplies_adds_and_activates(self):
        layer = Dense(2, activation="relu")
        layer.build((None, 3))
        kernel = np.array([[1.0, -1.0], [2.0, 0.5], [0.0, 1.0]], "float32")
        bias = np.array([0.5, -0.5], "float32")
        layer.set_weights([kernel, bias])
        x = np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 1.0]], "float32")
        self.assertAllClose(layer(x), np.maximum(x @ kernel + bias, 0))

    def test_leaves_out_the_bias(self):
        layer = Dense(2, use_bias=False)
        layer.build((None, 3))
        self.assertLen(layer.weights, 1)
        kernel = layer.get_weights()[0]
        self.assertAllClose(layer(np.eye(3, dtype="float32")), kernel)

    def test_obeys_an_activation_set_later(self):
        layer = Dense(2)
        layer(np.ones((1, 3), "float32"))
        layer.activation = tf.zeros_like
        self.assertAllEqual(layer(np.ones((1, 3), "float32")), [[0.0, 0.0]])

    def test_multiplies_sparse_tensors_of_any_rank(self):
        layer = Dense(4)
        for shape in ((3, 5), (2, 3, 5)):
            x = np.random.RandomState(0).uniform(size=shape) > 0.6
            x = x.astype("float32")
            expected = layer(x)
            self.assertAllClose(layer(tf.sparse.from_dense(x)), expected)
        kernel = layer.kernel
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(tf.sparse.from_dense(x)))
        gradient = tape.gradient(loss, kernel)
        self.assertAllClose(gradient, np.tile(x.sum((0, 1))[:, None], (1, 4)))

    def test_multiplies_ragged_tensors_with_a_uniform_last_axis(self):
        layer = Dense(4)
        x = np.random.RandomState(0).uniform(size=(3, 5)).astype("float32")
        expected = layer(x)
        ragged = tf.RaggedTensor.from_row_lengths(x, [1, 2])
        self.assertAllClose(layer(ragged).flat_values, expected)
        self.assertAllEqual(layer(ragged).row_lengths(), [1, 2])

    def test_takes_integers(self):
        layer = Dense(2, kernel_initializer="ones")
        self.assertAllEqual(layer(tf.constant([[1, 2]])), [[3.0, 3.0]])

    def test_transforms_the_last_of_many_axes(self):
        layer = Dense(2)
        x = np.random.RandomState(0).uniform(size=(2, 3, 4, 5))
        x = x.astype("float32")
        kernel, _ = (layer(x), layer.get_weights())[1]
        self.assertAllClose(layer(x), x @ kernel)

    def test_refuses_what_is_no_count(self):
        for units in (-3, "a", None):
            with self.assertRaisesRegex(ValueError, "units"):
                Dense(units)

    def test_refuses_unknown_features(self):
        with self.assertRaisesRegex(ValueError, "axis -1.*known"):
            Dense(3).build((2, None))
        ragged = tf.ragged.constant([[1.0, 2.0], [3.0]])
        with self.assertRaisesRegex(ValueError, "axis -1.*known"):
            Dense(3)(ragged)

    def test_refuses_other_features_later(self):
        layer = Dense(3)
        layer.build((None, 5))
        with self.assertRaisesRegex(ValueError, "axis -1.*value 5"):
            layer(tf.ones((2, 4)))

    def test_refuses_vectors(self):
        with self.assertRaisesRegex(ValueError, "min_ndim=2"):
            Dense(3)(tf.ones((5,)))

    def test_refuses_integer_weights(self):
        with self.assertRaisesRegex(TypeError, "floating"):
            Dense(3, dtype="int32")(tf.ones((2, 5), tf.int32))


if __name__ == "__main__":
    tf.test.main()
