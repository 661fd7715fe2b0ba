"""Tests of symbolic tensors as the backend makes and knows them."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.placeholders import is_keras_tensor, placeholder


class PlaceholderTest(tf.test.TestCase):
    def test_shape_is_with_the_batch_axis(self):
        x = placeholder((2, None), name="x")
        self.assertEqual(x.shape.as_list(), [2, None])
        self.assertEqual(x.dtype, tf.float32)
        self.assertEqual(x.name, "x")

    def test_rank_alone_or_nothing(self):
        self.assertEqual(placeholder(ndim=2).shape.as_list(), [None, None])
        self.assertIsNone(placeholder().shape.rank)
        self.assertEqual(placeholder(dtype="int32").dtype, tf.int32)

    def test_sparse_and_ragged(self):
        self.assertIsInstance(
            placeholder((2, None), sparse=True).type_spec, tf.SparseTensorSpec
        )
        self.assertIsInstance(
            placeholder((2, None), ragged=True).type_spec, tf.RaggedTensorSpec
        )
        with self.assertRaisesRegex(ValueError, "at once"):
            placeholder((2, None), ragged=True, sparse=True)

    def test_layers_go_on_from_it(self):
        self.assertEqual(Layer()(placeholder((None, 3))).shape, (None, 3))


class IsKerasTensorTest(tf.test.TestCase):
    def test_symbolic_ones_are(self):
        x = Input((3,))
        for tensor in (x, x + 1.0, Layer()(x), placeholder((2, 3))):
            self.assertTrue(is_keras_tensor(tensor))

    def test_values_are_not(self):
        for tensor in (
            tf.constant(1.0),
            tf.Variable(1.0),
            tf.sparse.eye(2),
            tf.ragged.constant([[1]]),
        ):
            self.assertFalse(is_keras_tensor(tensor))

    def test_what_is_no_tensor_is_refused(self):
        for value in (np.ones(1), Layer(), 3, None):
            with self.assertRaisesRegex(ValueError, "Expected a tensor"):
                is_keras_tensor(value)


if __name__ == "__main__":
    tf.test.main()
