"""Tests of EinsumDense."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.einsum_dense import EinsumDense
from tf_keras.src.testing.layer_contract import LayerContract


class EinsumDenseTest(LayerContract):
    input_shape = (2, 5, 3)

    def make_layer(self):
        return EinsumDense(
            "abc,cde->abde", (None, 4, 2), activation="tanh", bias_axes="de"
        )

    def check_shapes(self, equation, sizes, bias_axes, input_shape):
        """The shapes of weights and outputs; outputs against NumPy."""
        layer = EinsumDense(equation, sizes, bias_axes=bias_axes)
        random = np.random.RandomState(0)
        x = random.uniform(size=input_shape).astype("float32")
        layer(x)
        weights = [
            random.uniform(size=w.shape).astype("float32")
            for w in layer.get_weights()
        ]
        layer.set_weights(weights)
        expected = np.einsum(equation, x, weights[0])
        if bias_axes:
            expected = expected + weights[1]
        self.assertAllClose(layer(x), expected)
        return [w.shape for w in weights]

    def test_multiplies_as_the_equation_says(self):
        self.assertEqual(
            self.check_shapes("ab,bc->ac", 4, "c", (2, 3)), [(3, 4), (4,)]
        )
        self.assertEqual(
            self.check_shapes("abc,bd->adc", (6, 4), "dc", (2, 3, 4)),
            [(3, 6), (6, 4)],
        )

    def test_dots_stand_for_any_axes(self):
        self.assertEqual(
            self.check_shapes("...x,xy->...y", 4, "y", (2, 5, 3)),
            [(3, 4), (4,)],
        )
        self.assertEqual(
            self.check_shapes("ab...,bc->ac...", 4, "c", (2, 3, 5, 6)),
            [(3, 4), (4, 1, 1)],
        )

    def test_a_bias_spans_the_axes_that_it_names(self):
        self.assertEqual(
            self.check_shapes("abc,cde->abde", (None, 4, 2), "d", (2, 5, 3)),
            [(3, 4, 2), (4, 1)],
        )

    def test_spaces_in_equations_do_not_matter(self):
        layer = EinsumDense("ab, bc -> ac", 4)
        self.assertEqual(layer(tf.ones((2, 3))).shape, (2, 4))

    def check_refused(self, pattern, *args, input_shape=(2, 3), **kwargs):
        with self.assertRaisesRegex(ValueError, pattern):
            EinsumDense(*args, **kwargs)(tf.ones(input_shape))

    def test_refuses_equations_that_do_not_fit(self):
        self.check_refused("can't read.*abbc", "abbc->ac", 4)
        self.check_refused("can't read", "...ab,bc->ac...", 4)
        self.check_refused("'d'.*neither", "ab,bc->ad", 4)
        self.check_refused("no output axis 'e'", "ab,bc->ac", 4, bias_axes="e")
        self.check_refused("2 axes", "ab,bc->ac", 4, input_shape=(2, 3, 4))
        self.check_refused(
            "size 3.*and 5", "abc,cd->abd", (5, 6), input_shape=(2, 3, 4)
        )
        self.check_refused("sizes that don't fit", "ab,bc->ac", (4, 4))


if __name__ == "__main__":
    tf.test.main()
