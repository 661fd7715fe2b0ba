"""Tests of symbolic tensors."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.keras_tensor import (
    CompositeKerasTensor,
    KerasTensor,
    RaggedKerasTensor,
    SparseKerasTensor,
    from_type_spec,
    holds_symbolic,
    placeholder,
    register_keras_tensor_class,
)
from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.tf_internals import CompositeTensor


class KerasTensorTest(tf.test.TestCase):
    def test_knows_type_shape_and_dtype(self):
        x = KerasTensor(tf.TensorSpec((None, 3), "int32"))
        self.assertEqual(x.shape, (None, 3))
        self.assertEqual(x.get_shape(), (None, 3))
        self.assertEqual(x.dtype, tf.int32)
        self.assertTrue(x.is_tensor_like)

    def test_set_shape_adds_what_is_known(self):
        x = KerasTensor(tf.TensorSpec((None, 3)))
        x.set_shape((2, None))
        self.assertEqual(x.shape, (2, 3))
        with self.assertRaises(ValueError):
            x.set_shape((2, 4))

    def test_prints(self):
        x = Input((3,), name="start")
        self.assertEqual(
            repr(x),
            "<KerasTensor: shape=(None, 3) dtype=float32 (created by layer "
            "'start')>",
        )
        self.assertEqual(
            str(x),
            "KerasTensor(type_spec=TensorSpec(shape=(None, 3), "
            "dtype=tf.float32, name='start'), name='start', "
            "description=\"created by layer 'start'\")",
        )

    def test_is_a_key_by_reference(self):
        x, z = Input((3,)), Input((3,))
        known = {x.ref(): "x"}
        self.assertEqual(known[x.ref()], "x")
        self.assertNotIn(z.ref(), known)
        self.assertIs(x.ref().deref(), x)
        with self.assertRaisesRegex(TypeError, r"tensor.ref\(\)"):
            hash(x)

    def test_has_no_value(self):
        x = Input((3,))
        for ask in (bool, len, float, int, np.asarray, np.sin, range):
            with self.assertRaisesRegex(TypeError, "Lambda layer"):
                ask(x)
        with self.assertRaisesRegex(TypeError, "op"):
            x.op
        with self.assertRaises(AttributeError):
            x.colour

    def test_iterates_over_a_known_first_axis(self):
        x = Input(batch_shape=(2, 3))
        self.assertEqual([row.shape for row in x], [(3,), (3,)])
        with self.assertRaisesRegex(TypeError, "unknown first dimension"):
            list(Input((3,)))
        with self.assertRaisesRegex(TypeError, "scalar"):
            list(Input(batch_shape=()))

    def test_comes_from_a_tensor_of_any_kind(self):
        self.assertEqual(KerasTensor.from_tensor(tf.ones((2, 3))).shape, (2, 3))
        ragged = KerasTensor.from_tensor(tf.ragged.constant([[1], []]))
        self.assertIsInstance(ragged, RaggedKerasTensor)
        sparse = KerasTensor.from_tensor(tf.sparse.eye(3))
        self.assertIsInstance(sparse, SparseKerasTensor)

    def test_placeholder_has_its_type(self):
        with tf.Graph().as_default():
            dense = Input((3,)).to_placeholder()
            self.assertEqual(dense.shape.as_list(), [None, 3])
            ragged = Input((None,), ragged=True).to_placeholder()
            self.assertIsInstance(ragged, tf.RaggedTensor)
            sparse = Input((3,), sparse=True).to_placeholder()
            self.assertIsInstance(sparse, tf.SparseTensor)
            self.assertEqual(sparse.shape.as_list(), [None, 3])

    def test_holds_symbolic(self):
        self.assertTrue(holds_symbolic([1, {"a": Input((2,))}]))
        self.assertFalse(holds_symbolic([1, {"a": tf.ones(2)}]))


class ShapeValueTest(tf.test.TestCase):
    def test_a_shape_tensor_keeps_what_is_known(self):
        x = Input((3, 5))
        shape = tf.shape(x)
        self.assertEqual(shape._inferred_value, [None, 3, 5])
        self.assertIn("inferred_value=[None, 3, 5]", repr(shape))

    def test_reshape_by_shape_keeps_the_static_shape(self):
        x = Input((3, 5))
        shape = tf.shape(x)
        self.assertEqual(
            tf.reshape(x, [shape[0], 15]).shape.as_list(), [None, 15]
        )
        self.assertEqual(
            tf.reshape(x, (shape[0], shape[1] * shape[2])).shape.as_list(),
            [None, 15],
        )
        self.assertEqual(
            tf.reshape(x, (-1, tf.size(x[0]))).shape.as_list(), [None, 15]
        )
        self.assertEqual(
            tf.reshape(x, (-1, tf.reduce_prod(shape[1:]))).shape.as_list(),
            [None, 15],
        )
        self.assertEqual(tf.tile(x, (1, shape[1], 1)).shape, (None, 9, 5))
        self.assertEqual(
            tf.reshape(x, tf.concat([shape[:1], [5, 3]], 0)).shape.as_list(),
            [None, 5, 3],
        )
        self.assertEqual(
            tf.reshape(x, tf.stack([shape[0], shape[2], 3])).shape.as_list(),
            [None, 5, 3],
        )

    def test_broadcast_and_zeros_by_shape(self):
        x = Input((3,))
        self.assertEqual(tf.zeros(tf.shape(x)).shape.as_list(), [None, 3])
        ones = tf.broadcast_to(tf.constant([1.0]), tf.shape(x))
        self.assertEqual(ones.shape.as_list(), [None, 3])


class TypesTest(tf.test.TestCase):
    def test_other_types_have_a_class_too(self):
        class PointSpec(tf.TypeSpec):
            value_type = property(lambda self: Point)
            shape = property(lambda self: tf.TensorShape([None]))

            def _serialize(self):
                return ()

            @property
            def _component_specs(self):
                return (tf.TensorSpec([None]), tf.TensorSpec([None]))

            def _to_components(self, value):
                return (value.x, value.y)

            def _from_components(self, components):
                return Point(*components)

        class Point(CompositeTensor):
            def __init__(self, x, y):
                self.x, self.y = x, y

            _type_spec = property(lambda self: PointSpec())

        class Length(Layer):
            def call(self, point):
                return tf.sqrt(point.x**2 + point.y**2)

        symbolic = Input(type_spec=PointSpec())
        self.assertIsInstance(symbolic, CompositeKerasTensor)
        self.assertEqual(Length()(symbolic).shape.as_list(), [None])

        class PointTensor(KerasTensor):
            pass

        register_keras_tensor_class(PointSpec, PointTensor)
        self.assertIsInstance(from_type_spec(PointSpec()), PointTensor)
        with tf.Graph().as_default():
            self.assertIsInstance(placeholder(PointSpec()), Point)


if __name__ == "__main__":
    tf.test.main()
