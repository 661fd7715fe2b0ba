"""Tests of models that are graphs of layers."""

import collections
import copy
import pickle

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.layers.merging.elementwise import Add
from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization,
)
from tf_keras.src.models.functional import Functional
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.model import Model

ONES = np.ones((2, 3), "float32")


def ones_dense(units=1, **kwargs):
    return Dense(units, kernel_initializer="ones", **kwargs)


class MakeTest(tf.test.TestCase):
    def test_model_of_inputs_and_outputs_is_a_graph(self):
        x = Input((3,))
        for model in (
            Model(x, ones_dense()(x)),
            Model(inputs=x, outputs=ones_dense()(x), name="named"),
            Model([x], [ones_dense()(x)]),
        ):
            self.assertIsInstance(model, Functional)
            self.assertIsInstance(model, Model)
            self.assertTrue(model.built)
            self.assertAllEqual(model(ONES), [[3.0], [3.0]])

    def test_knows_its_inputs_and_outputs(self):
        x, z = Input((3,), name="x"), Input((4,), name="z")
        y = ones_dense(5, name="y")(x)
        w = ones_dense(6, name="w")(z)
        model = Model([x, z], {"a": y, "b": [w]})
        self.assertEqual(model.input_names, ["x", "z"])
        self.assertEqual(model.output_names, ["y", "w"])
        self.assertEqual(model.input_shape, [(None, 3), (None, 4)])
        self.assertEqual(model.output_shape, {"a": (None, 5), "b": [(None, 6)]})
        self.assertIs(model.inputs[1], z)
        self.assertIs(model.outputs[0], y)
        self.assertIs(model.output["a"], y)

    def test_one_layers_many_outputs_have_numbered_names(self):
        x, z = Input((2,), name="x"), Input((2,), name="z")
        shared = ones_dense(2, name="shared")
        model = Model([x, z], [shared(x), shared(z)])
        self.assertEqual(model.output_names, ["shared", "shared_1"])

    def test_an_input_may_be_an_output(self):
        x = Input((3,))
        self.assertAllEqual(Model(x, x)(ONES), ONES)
        first, second = Model(x, [x, ones_dense()(x)])(ONES)
        self.assertAllEqual(first, ONES)
        self.assertAllEqual(second, [[3.0], [3.0]])

    def test_an_output_may_come_twice(self):
        x = Input((3,))
        y = ones_dense()(x)
        first, second = Model(x, [y, y])(ONES)
        self.assertAllEqual(first, second)

    def test_an_unused_input_is_an_input(self):
        x, z = Input((3,), name="x"), Input((3,), name="z")
        model = Model([x, z], ones_dense()(x))
        self.assertLen(model.inputs, 2)
        self.assertAllEqual(model([ONES, ONES]), [[3.0], [3.0]])

    def test_a_subclass_may_make_itself_a_graph(self):
        class Mine(Model):
            def __init__(self, units, **kwargs):
                x = Input((3,))
                super().__init__(x, ones_dense(units)(x), **kwargs)
                self.units = units

            def double(self, inputs):
                return 2.0 * self(inputs)

        model = Mine(2, name="mine")
        self.assertIsInstance(model, Functional)
        self.assertEqual(model.name, "mine")
        self.assertAllEqual(model.double(ONES), np.full((2, 2), 6.0))
        self.assertLen(model.weights, 2)

    def test_refuses_what_is_not_symbolic(self):
        x = Input((3,))
        for inputs, outputs, words in (
            (x, tf.constant(1.0), "Output tensors.*Layer"),
            (tf.constant(1.0), x, "Input tensors.*Input"),
            (x, [x, None], "Output tensors"),
            (x, "text", "Output tensors"),
        ):
            with self.assertRaisesRegex(ValueError, words):
                Model(inputs, outputs)

    def test_refuses_one_input_twice(self):
        x = Input((3,))
        with self.assertRaisesRegex(ValueError, "same input multiple times"):
            Model([x, x], ones_dense()(x))

    def test_a_model_that_failed_to_be_made_leaves_layers_usable(self):
        x, z = Input((3,)), Input((3,))
        layer = ones_dense()
        with self.assertRaises(ValueError):
            Model(x, layer(z))
        self.assertAllEqual(Model(z, layer.output)(ONES), [[3.0], [3.0]])


class NestTest(tf.test.TestCase):
    def test_inputs_of_every_nest(self):
        Pair = collections.namedtuple("Pair", ["p", "q"])
        a, b = Input((3,), name="a"), Input((3,), name="b")
        y = a + 10.0 * b
        one, two = tf.ones((1, 3)), tf.fill((1, 3), 2.0)
        for nest, values in (
            ([a, b], [one, two]),
            ((a, b), (one, two)),
            ({"k": a, "l": b}, {"k": one, "l": two}),
            ({"l": b, "k": a}, {"k": one, "l": two}),
            ([a, {"deep": (b,)}], [one, {"deep": (two,)}]),
            (Pair(a, b), Pair(one, two)),
        ):
            with self.subTest(str(nest)):
                self.assertAllEqual(Model(nest, y)(values), [[21.0] * 3])

    def test_inputs_by_the_names_of_input_layers(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        model = Model([a, b], a + 10.0 * b)
        values = {"b": tf.fill((1, 3), 2.0), "a": tf.ones((1, 3))}
        self.assertAllEqual(model(values), [[21.0] * 3])

    def test_outputs_of_every_nest(self):
        Pair = collections.namedtuple("Pair", ["p", "q"])
        x = Input((3,))
        y, z = x + 1.0, x + 2.0
        for nest in (
            [y, z],
            (y, z),
            {"a": y, "b": [z]},
            Pair(y, {"z": z}),
            [[y], [z]],
        ):
            with self.subTest(str(nest)):
                outputs = Model(x, nest)(ONES)
                tf.nest.assert_same_structure(outputs, nest)
                flat = tf.nest.flatten(outputs)
                self.assertAllEqual(flat[0], ONES + 1)
                self.assertAllEqual(flat[1], ONES + 2)

    def test_a_list_of_one_is_the_one(self):
        x = Input((3,))
        model = Model([x], [x + 1.0])
        self.assertEqual(model.output_shape, (None, 3))
        self.assertAllEqual(model([ONES]), ONES + 1)
        self.assertAllEqual(model(ONES), ONES + 1)

    def test_missing_input_of_a_dict(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        model = Model({"a": a, "b": b}, a + b, name="it")
        with self.assertRaisesRegex(ValueError, "(?s)Missing.*b.*'c'"):
            model({"a": ONES, "c": ONES})

    def test_extra_inputs_of_a_dict_warn(self):
        a = Input((3,), name="a")
        model = Model({"a": a}, a + 1.0)
        with self.assertWarnsRegex(UserWarning, "'zz'"):
            outputs = model({"a": ONES, "zz": ONES})
        self.assertAllEqual(outputs, ONES + 1)

    def test_another_number_of_inputs(self):
        a, b = Input((3,)), Input((3,))
        model = Model([a, b], a + b, name="it")
        with self.assertRaisesRegex(ValueError, '"it" expects 2.*1'):
            model([ONES])

    def test_sparse_and_ragged_inputs(self):
        sparse = Input((3,), sparse=True)
        model = Model(sparse, ones_dense()(sparse))
        self.assertAllEqual(model(tf.sparse.from_dense(ONES)), [[3.0], [3.0]])
        ragged = Input((None,), ragged=True)
        model = Model(ragged, tf.reduce_sum(ragged * 2.0, axis=1))
        self.assertAllEqual(
            model(tf.ragged.constant([[1.0, 2.0], [3.0]])), [6.0, 6.0]
        )

    def test_an_optional_input(self):
        class OrZero(Layer):
            def call(self, inputs):
                first, second = inputs
                return first if second is None else first + second

        a, b = Input((3,)), Input((3,), optional=True)
        model = Model([a, b], OrZero()([a, b]))
        self.assertAllEqual(model([ONES, ONES]), 2 * ONES)
        self.assertAllEqual(model([ONES, None]), ONES)


class ConformTest(tf.test.TestCase):
    def test_adds_or_drops_a_last_axis_of_one(self):
        x = Input((3,))
        self.assertEqual(Model(x, x)(tf.ones((2, 3, 1))).shape, (2, 3))
        z = Input((1,))
        self.assertEqual(Model(z, z)(tf.ones((2,))).shape, (2, 1))

    def test_casts_to_the_declared_dtype(self):
        x = Input((3,), dtype="int32")
        model = Model(x, Embedding(5, 2)(x))
        self.assertEqual(model(ONES).shape, (2, 3, 2))
        x = Input((3,))
        self.assertEqual(
            Model(x, x)(tf.ones((2, 3), "int64")).dtype, tf.float32
        )

    def test_any_batch_size_will_do(self):
        x = Input((3,), batch_size=4)
        self.assertEqual(Model(x, ones_dense()(x))(ONES).shape, (2, 1))

    def test_wrong_shapes_are_told(self):
        x = Input((3,))
        model = Model(x, ones_dense()(x), name="it")
        with self.assertRaisesRegex(ValueError, r'(?s)"it".*\(None, 3\)'):
            model(tf.ones((2, 4)))
        with self.assertRaisesRegex(ValueError, r"\(2, 3, 5\)"):
            model(tf.ones((2, 3, 5)))


class CallTest(tf.test.TestCase):
    def test_on_new_symbolic_inputs(self):
        x = Input((3,))
        inner = Model(x, ones_dense()(x), name="inner")
        z = Input((3,))
        y = inner(z)
        self.assertEqual(y.shape, (None, 1))
        self.assertIs(y._keras_history.layer, inner)
        self.assertAllEqual(Model(z, y)(ONES), [[3.0], [3.0]])

    def test_models_in_models_share_weights(self):
        x = Input((3,))
        inner = Model(x, ones_dense(3)(x))
        z = Input((3,))
        outer = Model(z, inner(inner(z)))
        self.assertLen(outer.weights, 2)
        self.assertAllEqual(outer(ONES), 9 * ONES)
        inner.set_weights([np.eye(3), np.ones(3)])
        self.assertAllEqual(outer(ONES), 3 * ONES)

    def test_a_shared_layer_has_one_set_of_weights(self):
        a, b = Input((3,)), Input((3,))
        shared = ones_dense()
        model = Model([a, b], Add()([shared(a), shared(b)]))
        self.assertLen(model.weights, 2)
        self.assertAllEqual(model([ONES, 2 * ONES]), [[9.0], [9.0]])

    def test_training_reaches_layers(self):
        x = Input((3,))
        model = Model(x, BatchNormalization()(x))
        data = np.array([[1.0, 2, 3], [3, 2, 1]], "float32")
        self.assertAllClose(model(data, training=False), data, rtol=1e-3)
        self.assertAllClose(
            model(data, training=True), [[-1, 0, 1], [1, 0, -1]], atol=1e-2
        )

    def test_training_given_while_building_is_kept(self):
        x = Input((3,))
        model = Model(x, BatchNormalization()(x, training=False))
        data = np.array([[1.0, 2, 3], [3, 2, 1]], "float32")
        self.assertAllClose(model(data, training=True), data, rtol=1e-3)

    def test_masks_travel(self):
        class Count(Layer):
            def call(self, inputs, mask=None):
                return tf.reduce_sum(tf.cast(mask, "float32"), axis=1)

        x = Input((3,))
        hidden = ones_dense(2)(Embedding(5, 2, mask_zero=True)(x))
        model = Model(x, Count()(hidden))
        self.assertAllEqual(model(np.array([[1, 2, 0], [0, 0, 4]])), [2, 1])
        masked = Model(x, hidden)
        mask = masked.compute_mask(tf.constant([[1.0, 0.0, 2.0]]))
        self.assertAllEqual(mask, [[True, False, True]])

    def test_a_mask_given_to_the_model(self):
        class Count(Layer):
            def call(self, inputs, mask=None):
                if mask is None:
                    return tf.reduce_sum(inputs, axis=1)
                return tf.reduce_sum(tf.cast(mask, "float32"), axis=1)

        x = Input((3,))
        model = Model(x, Count()(x))
        mask = tf.constant([[True, False, True]] * 2)
        self.assertAllEqual(model(ONES, mask=mask), [2.0, 2.0])

    def test_agrees_in_every_mode(self):
        x = Input((3,))
        hidden = tf.nn.relu(Dense(4)(x)) + 1.0
        model = Model(x, Dense(2)(hidden))
        data = np.random.RandomState(0).normal(size=(5, 3)).astype("float32")
        eager = model(data)
        self.assertAllClose(tf.function(model)(data), eager)
        dataset = tf.data.Dataset.from_tensors(data).map(model)
        self.assertAllClose(next(iter(dataset)), eager)
        self.assertAllClose(model.predict(data, verbose=0), eager)

    def test_a_function_around_it_traces_once_a_signature(self):
        traces = []
        x = Input((3,))
        model = Model(x, Dense(2)(x))

        @tf.function
        def run(data):
            traces.append(data.shape)
            return model(data)

        for rows in (2, 2, 4, 4, 2):
            run(tf.ones((rows, 3)))
        self.assertEqual(traces, [(2, 3), (4, 3)])

    def test_output_shapes_for_input_shapes(self):
        x = Input((None, 3))
        model = Model(x, Dense(2)(x))
        self.assertEqual(model.compute_output_shape((5, 7, 3)), (5, 7, 2))

    def test_losses_of_layers(self):
        x = Input((3,))
        y = ones_dense(kernel_regularizer="l2", activity_regularizer="l1")(x)
        model = Model(x, y)
        self.assertAllClose(model.losses, [0.03])
        model(ONES)
        self.assertAllClose(
            sorted(float(v) for v in model.losses), [0.03, 0.03]
        )


class CutTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        x = Input((3,), name="x")
        a = ones_dense(4, name="a")(x)
        b = ones_dense(5, name="b")(a)
        self.model = Model(x, ones_dense(1, name="c")(b))

    def test_a_model_to_an_inner_output(self):
        head = Model(self.model.input, self.model.get_layer("a").output)
        self.assertAllEqual(head(ONES), np.full((2, 4), 3.0))
        self.assertIs(head.weights[0], self.model.weights[0])

    def test_a_model_from_an_inner_tensor(self):
        a, c = self.model.get_layer("a"), self.model.get_layer("c")
        tail = Model(a.output, c.output)
        self.assertAllEqual(tail(np.ones((2, 4))), [[20.0], [20.0]])
        self.assertEqual(
            [type(layer).__name__ for layer in tail.layers],
            ["InputLayer", "Dense", "Dense"],
        )
        # The model that it was cut from is as it was.
        self.assertAllEqual(self.model(ONES), [[60.0], [60.0]])
        self.assertIs(a.output._keras_history.layer, a)
        self.assertLen(self.model.get_layer("b").inbound_nodes, 1)

    def test_every_layers_output_at_once(self):
        outputs = [layer.output for layer in self.model.layers]
        values = Model(self.model.inputs, outputs)(ONES)
        self.assertEqual(
            [value.shape for value in values], [(2, 3), (2, 4), (2, 5), (2, 1)]
        )


class PartsTest(tf.test.TestCase):
    def test_get_layer(self):
        x = Input((3,), name="x")
        layer = ones_dense(name="dense_a")
        model = Model(x, layer(x))
        self.assertIs(model.get_layer("dense_a"), layer)
        self.assertIs(model.get_layer(index=1), layer)
        self.assertIs(model.get_layer(index=-1), layer)
        with self.assertRaisesRegex(
            ValueError, "dense_b.*Did you mean 'dense_a"
        ):
            model.get_layer("dense_b")
        with self.assertRaisesRegex(ValueError, "index 7.*2 layers"):
            model.get_layer(index=7)
        with self.assertRaisesRegex(ValueError, "name or a layer index"):
            model.get_layer("dense_a", 1)
        with self.assertRaisesRegex(ValueError, "Provide either"):
            model.get_layer()

    def test_weights_are_layer_by_layer_then_own(self):
        x = Input((3,))
        norm, dense = BatchNormalization(name="n"), ones_dense(name="d")
        model = Model(x, dense(norm(x)))
        model.extra = tf.Variable(1.0, name="extra")
        model.own = model.add_weight("own", ())
        self.assertEqual(
            [w.name.split(":")[0] for w in model.weights],
            [
                "n/gamma",
                "n/beta",
                "n/moving_mean",
                "n/moving_variance",
                "d/kernel",
                "d/bias",
                "extra",
                "own",
            ],
        )
        self.assertLen(model.trainable_weights, 6)

    def test_layers_in_attributes_are_layers_too(self):
        x = Input((3,))
        model = Model(x, ones_dense()(x))
        model.extra = ones_dense(name="extra")
        self.assertIn(model.extra, model.layers)

    def test_freezing_is_live(self):
        x = Input((3,))
        dense = ones_dense()
        model = Model(x, dense(x))
        model.trainable = False
        self.assertEqual(model.trainable_weights, [])
        self.assertLen(model.non_trainable_weights, 2)
        model.trainable = True
        dense.trainable = False
        self.assertEqual(model.trainable_weights, [])

    def test_variables_in_op_layers_are_weights(self):
        kernel = tf.Variable(tf.ones((3, 2)), name="kernel")
        x = Input((3,))
        model = Model(x, tf.matmul(x, kernel))
        self.assertLen(model.trainable_weights, 1)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(model(ONES))
        self.assertAllEqual(
            tape.gradient(loss, model.trainable_weights)[0], np.full((3, 2), 2)
        )


class SideTest(tf.test.TestCase):
    def test_add_loss_of_a_symbolic_tensor(self):
        x = Input((3,))
        hidden = ones_dense()(x)
        model = Model(x, hidden)
        model.add_loss(tf.reduce_mean(hidden))
        model(ONES)
        self.assertAllClose(model.losses, [3.0])
        model(2 * ONES)
        self.assertAllClose(model.losses, [6.0])
        again = Model.from_config(model.get_config())
        again.set_weights(model.get_weights())
        again(ONES)
        self.assertAllClose(again.losses, [3.0])

    def test_add_metric_of_a_symbolic_tensor(self):
        x = Input((3,))
        model = Model(x, ones_dense()(x))
        model.add_metric(tf.reduce_sum(x), name="total")
        self.assertEqual([m.name for m in model.metrics], ["total"])
        model(ONES)
        self.assertAllClose(model.metrics[0].result(), 6.0)
        with self.assertRaisesRegex(ValueError, "give a name"):
            model.add_metric(tf.reduce_sum(x))

    def test_one_does_not_drop_the_other(self):
        x = Input((3,))
        model = Model(x, ones_dense()(x))
        model.add_loss(tf.reduce_sum(x))
        model.add_metric(tf.reduce_sum(x), name="total")
        model.add_loss(tf.reduce_mean(x))
        model(ONES)
        self.assertAllClose(model.losses, [6.0, 1.0])
        self.assertAllClose(model.metrics[0].result(), 6.0)
        again = Model.from_config(model.get_config())
        again(ONES)
        self.assertAllClose(sorted(again.losses), [1.0, 6.0])

    def test_add_loss_of_a_function(self):
        x = Input((3,))
        dense = ones_dense()
        model = Model(x, dense(x))
        model.add_loss(lambda: tf.reduce_sum(dense.kernel))
        self.assertAllClose(model.losses, [3.0])


class CopyTest(tf.test.TestCase):
    def make_model(self):
        x = Input((3,))
        hidden = tf.nn.relu(Dense(4)(x)) + 1.0
        return Model(x, Dense(2)(hidden))

    def test_copies_and_pickles_are_equal_and_separate(self):
        model = self.make_model()
        for copied in (
            copy.deepcopy(model),
            pickle.loads(pickle.dumps(model)),
        ):
            self.assertAllClose(copied(ONES), model(ONES))
            copied.set_weights([w + 1 for w in copied.get_weights()])
            self.assertNotAllClose(copied(ONES), model(ONES))


class MixedPrecisionTest(tf.test.TestCase):
    def test_layers_compute_in_half_precision(self):
        x = Input((3,))
        y = ones_dense(4, dtype="mixed_float16")(x)
        model = Model(x, ones_dense(dtype="float32")(y))
        self.assertEqual(y.dtype, tf.float16)
        self.assertEqual(model(ONES).dtype, tf.float32)
        self.assertAllEqual(model(ONES), [[12.0], [12.0]])


class SequentialInsideTest(tf.test.TestCase):
    def test_a_sequential_is_a_layer(self):
        inner = Sequential([ones_dense(4), ones_dense(1)])
        x = Input((3,))
        model = Model(x, inner(x))
        self.assertAllEqual(model(ONES), [[12.0], [12.0]])
        self.assertLen(model.weights, 4)


if __name__ == "__main__":
    tf.test.main()
