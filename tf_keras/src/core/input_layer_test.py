"""Tests of Input, where a graph begins."""

import tensorflow as tf

from tf_keras.src.backend import scopes
from tf_keras.src.core.input_layer import Input, InputLayer
from tf_keras.src.core.keras_tensor import KerasTensor
from tf_keras.src.core.layer import Layer


class InputTest(tf.test.TestCase):
    def test_shape_and_dtype(self):
        x = Input((3, None))
        self.assertIsInstance(x, KerasTensor)
        self.assertEqual(x.shape.as_list(), [None, 3, None])
        self.assertEqual(x.dtype, tf.float32)
        self.assertEqual(Input((2,), dtype="int64").dtype, tf.int64)
        self.assertEqual(Input(()).shape.as_list(), [None])
        self.assertEqual(Input(5).shape.as_list(), [None, 5])

    def test_batch_size(self):
        self.assertEqual(Input((3,), batch_size=4).shape, (4, 3))
        self.assertEqual(Input(batch_shape=(4, 3)).shape, (4, 3))
        self.assertEqual(Input(batch_input_shape=(4, 3)).shape, (4, 3))

    def test_names(self):
        scopes.clear_session()
        self.assertEqual(
            [Input((2,)).name, Input((2,)).name, Input((2,), name="q").name],
            ["input_1", "input_2", "q"],
        )

    def test_sparse_and_ragged(self):
        sparse = Input((3,), sparse=True)
        self.assertEqual(sparse.type_spec, tf.SparseTensorSpec((None, 3)))
        ragged = Input((None,), ragged=True)
        self.assertIsInstance(ragged.type_spec, tf.RaggedTensorSpec)
        self.assertEqual(ragged.ragged_rank, 1)

    def test_any_type_spec(self):
        spec = tf.RaggedTensorSpec([None, None, 2], tf.int32, ragged_rank=1)
        self.assertEqual(Input(type_spec=spec).type_spec, spec)
        dense = Input(type_spec=tf.TensorSpec((2, 3), "int32"))
        self.assertEqual(dense.shape, (2, 3))

    def test_around_a_tensor(self):
        inner = Layer()(Input((3,)))
        x = Input(tensor=inner)
        self.assertEqual(x.shape, (None, 3))
        self.assertIsInstance(x._keras_history.layer, InputLayer)

    def test_refuses_contradictions(self):
        for arguments, words in (
            ({}, "needs a `shape`"),
            ({"shape": (2,), "batch_shape": (1, 2)}, "not both"),
            ({"shape": (2,), "sparse": True, "ragged": True}, "at once"),
            ({"shape": (2,), "colour": 1}, "colour"),
            (
                {"type_spec": tf.TensorSpec((2,)), "dtype": "int32"},
                "says all",
            ),
            ({"tensor": tf.ones(2)}, "symbolic"),
        ):
            with self.assertRaisesRegex(ValueError, words):
                Input(**arguments)

    def test_around_a_tensor_leaves_that_tensor_where_it_was(self):
        inner = Layer()
        tensor = inner(Input((3,)))
        Input(tensor=tensor)
        self.assertIs(tensor._keras_history.layer, inner)


class InputLayerTest(tf.test.TestCase):
    def test_config(self):
        layer = InputLayer((3,), batch_size=2, dtype="int32", name="it")
        config = layer.get_config()
        self.assertEqual(
            config,
            {
                "batch_input_shape": (2, 3),
                "dtype": "int32",
                "sparse": False,
                "ragged": False,
                "name": "it",
                "optional": False,
            },
        )
        self.assertEqual(InputLayer.from_config(config).get_config(), config)

    def test_config_of_a_type_spec(self):
        spec = tf.RaggedTensorSpec([None, None, 2], tf.int32, ragged_rank=1)
        layer = InputLayer(type_spec=spec, name="it")
        config = layer.get_config()
        self.assertEqual(config, {"name": "it", "type_spec": spec})
        again = InputLayer.from_config(config)
        self.assertEqual(again.output.type_spec, spec)

    def test_config_of_sparse(self):
        config = InputLayer((3,), sparse=True).get_config()
        again = InputLayer.from_config(config)
        self.assertEqual(again.output.type_spec, tf.SparseTensorSpec((None, 3)))

    def test_its_type_carries_its_name(self):
        self.assertEqual(Input((3,), name="it").type_spec.name, "it")

    def test_refuses_unknown_arguments(self):
        with self.assertRaisesRegex(ValueError, "colour"):
            InputLayer((3,), colour=1)

    def test_refuses_a_shape_that_is_told_twice(self):
        with self.assertRaisesRegex(ValueError, "batch_input_shape"):
            InputLayer((3,), batch_input_shape=(2, 3))

    def test_keeps_the_dtype_of_its_input(self):
        self.assertEqual(InputLayer((3,), dtype="int32").dtype, "int32")

    def test_has_a_plain_config_without_a_shape(self):
        config = InputLayer(name="it").get_config()
        self.assertIsNone(config["batch_input_shape"])
        self.assertEqual(config["dtype"], "float32")
        self.assertNotIn("type_spec", config)


if __name__ == "__main__":
    tf.test.main()
