"""Tests of models that are lists of layers."""

import copy
import pickle

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.merging.elementwise import Add
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.model import Model

ONES = np.ones((2, 3), "float32")


def ones_dense(units=1, **kwargs):
    return Dense(units, kernel_initializer="ones", **kwargs)


class Two(Layer):
    """Has two outputs."""

    def call(self, inputs):
        return [inputs, inputs]


class BuildTest(tf.test.TestCase):
    def test_builds_at_once_where_the_shape_is_known(self):
        for layers in (
            [Input((3,)), ones_dense(2)],
            [ones_dense(2, input_shape=(3,))],
            [ones_dense(2, input_dim=3)],
            [ones_dense(2, batch_input_shape=(None, 3))],
            [Sequential([Input((3,)), ones_dense(2)])],
        ):
            model = Sequential(layers)
            self.assertTrue(model.built)
            self.assertEqual(model.output_shape, (None, 2))
            self.assertAllEqual(model(ONES), np.full((2, 2), 3.0))

    def test_builds_by_the_first_call(self):
        model = Sequential([ones_dense(4), ones_dense(2)])
        self.assertFalse(model.built)
        self.assertAllEqual(model(ONES), np.full((2, 2), 12.0))
        self.assertTrue(model.built)
        self.assertEqual(model.output_shape, (None, 2))
        self.assertAllEqual(model(np.ones((5, 3))), np.full((5, 2), 12.0))

    def test_builds_by_shape(self):
        model = Sequential([ones_dense(4), ones_dense(2)], name="it")
        model.build((None, 3))
        self.assertTrue(model.built)
        self.assertEqual(
            [weight.name for weight in model.weights][:2],
            [f"{model.layers[0].name}/{w}:0" for w in ("kernel", "bias")],
        )
        self.assertEqual(model.input_names, [model.layers[0].name + "_input"])

    def test_sizes_of_the_first_inputs_bind_no_later_ones(self):
        model = Sequential([ones_dense(2)])
        for steps in (3, 5, 3):
            outputs = model(np.ones((2, steps, 4), "float32"))
            self.assertAllEqual(outputs, np.full((2, steps, 2), 4.0))
        self.assertEqual(model.input_shape, (None, None, 4))
        declared = Sequential([Input((3, 4)), ones_dense(2)])
        with self.assertRaisesRegex(ValueError, "expected shape"):
            declared(np.ones((2, 5, 4), "float32"))

    def test_a_graph_that_fits_later_inputs_takes_the_place_of_the_first(self):
        first, last = ones_dense(4), ones_dense(2)
        model = Sequential([first, last])
        model(np.ones((2, 3, 4), "float32"))
        model(np.ones((2, 5, 4), "float32"))
        for layer in (first, last):
            self.assertLen(layer.inbound_nodes, 1)
        self.assertEqual(first.outbound_nodes, last.inbound_nodes)
        self.assertEqual(first.output_shape, (None, None, 4))
        self.assertIs(last.output, model.output)

    def test_a_graph_that_others_know_stays_when_another_takes_its_place(self):
        layer = ones_dense(2)
        model = Sequential([layer])
        model(np.ones((2, 3, 4), "float32"))
        other = Model(model.input, ones_dense(1)(layer.output))
        model(np.ones((2, 5, 4), "float32"))
        self.assertLen(layer.inbound_nodes, 2)
        self.assertEqual(other(np.ones((2, 3, 4), "float32")).shape, (2, 3, 1))
        self.assertLen(other.get_config()["layers"], 3)

    def test_builds_in_a_function(self):
        model = Sequential([ones_dense(2)])
        self.assertAllEqual(tf.function(model)(ONES), np.full((2, 2), 3.0))
        self.assertLen(model.weights, 2)

    def test_builds_on_a_symbolic_input(self):
        model = Sequential([ones_dense(2)])
        x = Input((3,))
        self.assertEqual(model(x).shape, (None, 2))
        self.assertAllEqual(Model(x, model(x))(ONES), np.full((2, 2), 3.0))

    def test_builds_by_fit(self):
        model = Sequential([Dense(2)])
        model.compile("sgd", "mse")
        model.fit(ONES, np.ones((2, 2)), verbose=0)
        self.assertEqual(model.output_shape, (None, 2))

    def test_before_it_is_built_it_says_so(self):
        model = Sequential([Dense(2)], name="it")
        for name in ("weights", "trainable_weights"):
            with self.assertRaisesRegex(ValueError, "(?s)'it'.*build()"):
                getattr(model, name)
        with self.assertRaisesRegex(ValueError, "not yet been built"):
            model.summary()
        for name in ("input", "output", "output_shape"):
            with self.assertRaisesRegex(AttributeError, "'it'.*build"):
                getattr(model, name)
        self.assertIsNone(model.inputs)
        with self.assertRaisesRegex(ValueError, "input_shape"):
            model.build()

    def test_a_failed_first_call_leaves_it_as_it_was(self):
        class NotFour(Layer):
            def call(self, inputs):
                if inputs.shape[-1] == 4:
                    raise ValueError("not four")
                return inputs

        model = Sequential([Dense(5), NotFour(), Dense(2)])
        inner = Sequential([NotFour(), Dense(2)])
        with self.assertRaisesRegex(ValueError, "not four"):
            inner(np.ones((2, 4), "float32"))
        self.assertFalse(inner.built)
        self.assertLen(inner.layers, 2)
        self.assertEqual(inner.layers[0].inbound_nodes, [])
        self.assertEqual(inner(ONES).shape, (2, 2))
        with self.assertRaisesRegex(TypeError, "'text'"):
            model("text")
        self.assertEqual(model(ONES).shape, (2, 2))

    def test_a_failed_first_call_unbuilds_earlier_layers(self):
        class OnlyThree(Layer):
            def call(self, inputs):
                if inputs.shape[-1] != 3:
                    raise ValueError("three")
                return inputs

        dense = Dense(4)
        model = Sequential([dense, OnlyThree()])
        with self.assertRaisesRegex(ValueError, "three"):
            model(ONES)
        self.assertFalse(dense.built)
        self.assertEqual(dense.weights, [])

    def test_the_empty_model_returns_its_input(self):
        self.assertAllEqual(Sequential()(ONES), ONES)
        self.assertAllEqual(Sequential([Input((3,))])(ONES), ONES)


class AddTest(tf.test.TestCase):
    def test_add_and_pop(self):
        model = Sequential()
        model.add(Input((3,)))
        model.add(ones_dense(4))
        self.assertEqual(model.output_shape, (None, 4))
        model.add(ones_dense(1))
        self.assertAllEqual(model(ONES), [[12.0], [12.0]])
        model.pop()
        self.assertEqual(model.output_shape, (None, 4))
        self.assertLen(model.weights, 2)
        self.assertAllEqual(model(ONES), np.full((2, 4), 3.0))
        model.add(ones_dense(2))
        self.assertAllEqual(model(ONES), np.full((2, 2), 12.0))

    def test_pop_of_the_last_layer(self):
        model = Sequential([Input((3,)), ones_dense()])
        model.pop()
        self.assertEqual(model.layers, [])
        self.assertFalse(model.built)
        with self.assertRaisesRegex(TypeError, "no layers"):
            model.pop()
        model.add(ones_dense(2))
        self.assertEqual(model(np.ones((1, 5))).shape, (1, 2))

    def test_pop_before_it_is_built(self):
        model = Sequential([ones_dense(4), ones_dense(1)])
        model.pop()
        self.assertAllEqual(model(ONES), np.full((2, 4), 3.0))

    def test_popped_layer_may_be_added_again(self):
        last = ones_dense(1, name="last")
        model = Sequential([Input((3,)), ones_dense(4), last])
        model.pop()
        model.add(last)
        self.assertAllEqual(model(ONES), [[12.0], [12.0]])

    def test_refuses_a_taken_name(self):
        model = Sequential([Dense(1, name="twin")], name="it")
        with self.assertRaisesRegex(ValueError, '"twin" is already'):
            model.add(Dense(1, name="twin"))

    def test_refuses_what_is_no_layer(self):
        for value in (3, "dense", lambda x: x, np.ones(3)):
            with self.assertRaisesRegex(TypeError, "instance of class Layer"):
                Sequential([value])

    def test_refuses_two_outputs(self):
        with self.assertRaisesRegex(ValueError, "single output"):
            Sequential([Input((3,)), Two()])
        with self.assertRaisesRegex(ValueError, "single output"):
            Sequential([Two()])(ONES)

    def test_takes_plain_modules(self):
        class Double(tf.Module):
            def __init__(self):
                super().__init__()
                self.factor = tf.Variable(2.0)

            def __call__(self, inputs):
                return inputs * self.factor

        model = Sequential([Input((3,)), Double()])
        self.assertAllEqual(model(ONES), 2 * ONES)
        self.assertLen(model.trainable_weights, 1)

    def test_two_models_may_share_layers(self):
        shared = ones_dense(2)
        first = Sequential([Input((3,)), shared])
        second = Sequential([Input((3,)), shared, ones_dense(1)])
        self.assertAllEqual(first(ONES), np.full((2, 2), 3.0))
        self.assertAllEqual(second(ONES), np.full((2, 1), 6.0))
        self.assertIs(first.weights[0], second.weights[0])


class CallTest(tf.test.TestCase):
    def test_inputs_that_are_nests_run_layer_by_layer(self):
        self.assertAllEqual(Sequential([Add()])([ONES, ONES]), 2 * ONES)

    def test_ragged_and_sparse_inputs(self):
        class Total(Layer):
            def call(self, inputs):
                return tf.reduce_sum(inputs, axis=1)

        model = Sequential([Total()])
        self.assertAllEqual(model(tf.ragged.constant([[1.0, 2], [3]])), [3, 3])
        model = Sequential([Input((3,), sparse=True), ones_dense()])
        self.assertAllEqual(model(tf.sparse.from_dense(ONES)), [[3.0], [3.0]])

    def test_another_shape_is_told(self):
        model = Sequential([ones_dense(2)], name="it")
        model(ONES)
        with self.assertRaisesRegex(ValueError, r"\(2, 4\)"):
            model(np.ones((2, 4)))

    def test_integers_stay_integers_for_the_first_layer(self):
        dtypes = []

        class Look(Layer):
            def call(self, inputs):
                dtypes.append(inputs.dtype)
                return inputs

        Sequential([Look()])(np.ones((2, 3), "int64"))
        self.assertEqual(set(dtypes), {tf.int64})

    def test_training_and_masks_pass(self):
        seen = []

        class Look(Layer):
            supports_masking = True

            def call(self, inputs, training=None, mask=None):
                seen.append((training, mask))
                return inputs

        model = Sequential([Look(), Look()])
        model(ONES)
        seen.clear()
        mask = tf.constant([[True, False, True]] * 2)
        model(ONES, training=True, mask=mask)
        self.assertEqual([training for training, _ in seen], [True, True])
        self.assertAllEqual(seen[0][1], mask)

    def test_output_shape_without_building(self):
        model = Sequential([Dense(4), Dense(2)])
        self.assertEqual(model.compute_output_shape((None, 3)), (None, 2))

    def test_under_a_strategy(self):
        strategy = tf.distribute.MirroredStrategy(["cpu:0"])
        with strategy.scope():
            model = Sequential([ones_dense(2)])
            model.build((None, 3))
        self.assertAllEqual(model(ONES), np.full((2, 2), 3.0))


class ConfigTest(tf.test.TestCase):
    def test_comes_back(self):
        model = Sequential([Input((3,)), Dense(2, name="d")], name="it")
        config = model.get_config()
        self.assertEqual(list(config), ["name", "layers"])
        self.assertLen(config["layers"], 2)
        again = Sequential.from_config(config)
        self.assertEqual(again.name, "it")
        again.set_weights(model.get_weights())
        self.assertAllClose(again(ONES), model(ONES))

    def test_an_unbuilt_one_comes_back_unbuilt(self):
        again = Sequential.from_config(Sequential([Dense(2)]).get_config())
        self.assertFalse(again.built)
        self.assertEqual(again(ONES).shape, (2, 2))

    def test_a_list_of_layers_as_old_files_hold(self):
        config = Sequential([Input((3,)), Dense(2)]).get_config()["layers"]
        self.assertEqual(Sequential.from_config(config)(ONES).shape, (2, 2))

    def test_with_an_own_layer(self):
        class Own(Layer):
            pass

        config = Sequential([Input((3,)), Own()]).get_config()
        again = Sequential.from_config(config, {"Own": Own})
        self.assertIsInstance(again.layers[0], Own)

    def test_copies_and_pickles(self):
        for model in (
            Sequential([Input((3,)), Dense(2)]),
            Sequential([Dense(2)]),
        ):
            model(ONES)
            for copied in (
                copy.deepcopy(model),
                pickle.loads(pickle.dumps(model)),
            ):
                self.assertAllClose(copied(ONES), model(ONES))
                copied.set_weights([w + 1 for w in copied.get_weights()])
                self.assertNotAllClose(copied(ONES), model(ONES))

    def test_weight_paths(self):
        model = Sequential([Input((3,)), Dense(2), Dense(1)])
        self.assertEqual(
            list(model.get_weight_paths()),
            [
                "layers[0].kernel",
                "layers[0].bias",
                "layers[1].kernel",
                "layers[1].bias",
            ],
        )

    def test_takes_a_dict_of_one_to_its_first_layer(self):
        class Feature(Layer):
            def call(self, inputs):
                return inputs["a"]

        x = {"a": np.array([[1.0], [2.0]], "float32")}
        model = Sequential([Feature(), Dense(2)])
        expected = model(x)
        config = model.get_config()
        config["build_input_shape"] = {"a": (2, 1)}  # Older files have it.
        again = Sequential.from_config(config, {"Feature": Feature})
        again.build({"a": (None, 1)})
        again.set_weights(model.get_weights())
        self.assertAllClose(again(x), expected)


if __name__ == "__main__":
    tf.test.main()
