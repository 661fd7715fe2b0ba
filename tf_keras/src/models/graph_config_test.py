"""Tests of a graph of layers as a dict, and back."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.merging.concatenate import Concatenate
from tf_keras.src.layers.merging.elementwise import Add
from tf_keras.src.models.functional import Functional
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.saving.model_json import model_from_json
from tf_keras.src.training.model import Model

ONES = np.ones((2, 3), "float32")


class Mix(Layer):
    """Takes tensors and constants in every place."""

    def call(self, inputs, other=None, flag=1.0):
        x = inputs["a"] if isinstance(inputs, dict) else inputs[0]
        if other is not None:
            x = x + tf.add_n(tf.nest.flatten(other))
        return x * flag


def calls_of(model, name):
    """The `inbound_nodes` of a layer in a model's config."""
    (found,) = [
        layer["inbound_nodes"]
        for layer in model.get_config()["layers"]
        if layer["name"] == name
    ]
    return found


class RoundTripTest(tf.test.TestCase):
    def check(self, inputs, outputs, data):
        """A model comes back from its config, also by way of JSON."""
        model = Model(inputs, outputs)
        config = model.get_config()
        for again in (
            Model.from_config(config, {"Mix": Mix}),
            model_from_json(model.to_json(), {"Mix": Mix}),
        ):
            self.assertIsInstance(again, Functional)
            self.assertEqual(again.get_config().keys(), config.keys())
            self.assertEqual(
                [layer.name for layer in again.layers],
                [layer.name for layer in model.layers],
            )
            again.set_weights(model.get_weights())
            self.assertAllClose(again(data), model(data))
        return model

    def test_layers_in_a_row(self):
        x = Input((3,), name="x")
        model = self.check(x, Dense(2, name="d")(x), ONES)
        self.assertEqual(calls_of(model, "d"), [[["x", 0, 0, {}]]])
        config = model.get_config()
        self.assertEqual(
            list(config),
            ["name", "trainable", "layers", "input_layers", "output_layers"],
        )
        self.assertEqual(config["input_layers"], [["x", 0, 0]])
        self.assertEqual(config["output_layers"], [["d", 0, 0]])

    def test_shared_layers(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        shared = Dense(3, name="s")
        outputs = Add(name="add")([shared(a), shared(shared(b))])
        model = self.check([a, b], outputs, [ONES, 2 * ONES])
        self.assertEqual(
            calls_of(model, "s"),
            [[["a", 0, 0, {}]], [["b", 0, 0, {}]], [["s", 1, 0, {}]]],
        )

    def test_calls_outside_of_the_model_are_left_out(self):
        x, other = Input((3,), name="x"), Input((3,), name="other")
        dense = Dense(2, name="d")
        dense(other)
        y = dense(x)
        dense(other)
        model = self.check(x, y, ONES)
        self.assertEqual(calls_of(model, "d"), [[["x", 0, 0, {}]]])
        self.assertEqual(model.get_config()["output_layers"], [["d", 0, 0]])

    def test_tensors_in_every_place(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        data = [ONES, 2 * ONES]
        self.check([a, b], Mix()({"a": a, "b": b}), data)
        self.check([a, b], Mix()([a, b], other=[a, {"z": b}], flag=3.0), data)
        self.check([a, b], Mix()([a, [b]]), data)
        model = self.check([a, b], Mix(name="m")([a], b, flag=2.0), data)
        self.assertEqual(
            calls_of(model, "m"),
            [[["a", 0, 0, {"other": ["b", 0, 0], "flag": 2.0}]]],
        )

    def test_functions_and_operators(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        data = [ONES, 2 * ONES]
        for outputs in (
            tf.concat([a, b], axis=1),
            tf.concat(values=[a, b], axis=1),
            tf.stack((a, b)),
            tf.einsum("bi,bj->bij", a, b),
            tf.where(a > 1.5, a, b),
            a[:, 1:] + 1.0,
            2.0 / b,
            tf.reshape(a, [tf.shape(a)[0], 3, 1]),
            tf.split(a, [1, 2], axis=1),
            tf.add_n([a, b, a]),
            tf.clip_by_value(a, 0.0, b),
        ):
            with self.subTest(str(outputs)):
                self.check([a, b], outputs, data)

    def test_constants_among_inputs(self):
        x = Input((3,), name="x")
        self.check(x, Concatenate()([x, tf.zeros((2, 1))]), ONES)
        self.check(x, x + np.ones(3, "float32"), ONES)

    def test_models_in_models(self):
        p, q = Input((3,), name="p"), Input((3,), name="q")
        inner = Model({"p": p, "q": q}, {"o": Add()([p, q])}, name="inner")
        a, b = Input((3,), name="a"), Input((3,), name="b")
        model = self.check(
            [a, b], inner({"p": a, "q": b})["o"], [ONES, 2 * ONES]
        )
        self.assertEqual(model.get_config()["output_layers"], [["inner", 1, 0]])

    def test_a_sequential_inside(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        inner = Sequential([Dense(2)], name="s")
        self.check([a, b], Add()([inner(a), inner(b)]), [ONES, 2 * ONES])

    def test_nests_of_inputs_and_outputs(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        y = a + b
        for inputs, outputs, data in (
            ({"k": a, "l": b}, y, {"k": ONES, "l": ONES}),
            ([a, b], {"y": y, "z": [a * 2.0]}, [ONES, ONES]),
            ([a, [b]], [y], [ONES, [ONES]]),
        ):
            self.check(inputs, outputs, data)

    def test_a_model_cut_from_a_graph(self):
        x = Input((3,), name="x")
        a, b = Dense(4, name="a"), Dense(2, name="b")
        b(a(x))
        self.check(a.output, b.output, np.ones((2, 4), "float32"))

    def test_training_flags_are_kept(self):
        class Told(Layer):
            def call(self, inputs, training=None):
                return inputs + (10.0 if training else 0.0)

        x = Input((3,))
        config = Model(x, Told()(x, training=True)).get_config()
        again = Model.from_config(config, {"Told": Told})
        self.assertAllEqual(again(ONES, training=False), ONES + 10)

    def test_ragged_methods_and_slices(self):
        x = Input((None,), ragged=True)
        value = tf.ragged.constant([[1.0, 2.0], [3.0]])
        model = Model(x, (x * 2.0).to_tensor()[:, :1])
        again = Model.from_config(model.get_config())
        self.assertAllEqual(again(value), [[2.0], [6.0]])

    def test_a_users_own_graph_class(self):
        class Mine(Functional):
            pass

        x = Input((3,))
        again = Mine.from_config(Mine(x, Dense(2)(x)).get_config())
        self.assertIsInstance(again, Mine)


class RefusalTest(tf.test.TestCase):
    def config(self):
        x = Input((3,), name="x")
        return Model(x, Dense(2, name="d")(x)).get_config()

    def test_a_variable_in_the_graph_cannot_be_written(self):
        x = Input((3,))
        model = Model(x, x * tf.Variable(2.0, name="factor"))
        with self.assertRaisesRegex(ValueError, "factor.*layer of your own"):
            model.get_config()

    def test_unknown_layers_and_calls(self):
        config = self.config()
        config["layers"][1]["inbound_nodes"] = [[["nobody", 0, 0, {}]]]
        with self.assertRaisesRegex(ValueError, "damaged.*'d'|'nobody'"):
            Model.from_config(config)
        config = self.config()
        config["layers"][1]["inbound_nodes"] = [[["d", 0, 0, {}]]]
        with self.assertRaisesRegex(ValueError, "damaged.*'d'"):
            Model.from_config(config)
        config = self.config()
        config["output_layers"] = [["d", 5, 0]]
        with self.assertRaisesRegex(ValueError, "'d'|damaged"):
            Model.from_config(config)
        config = self.config()
        config["output_layers"] = [["d", 0, 7]]
        with self.assertRaisesRegex(ValueError, "'d'|damaged"):
            Model.from_config(config)

    def test_a_name_twice(self):
        config = self.config()
        config["layers"].append(config["layers"][1])
        with self.assertRaisesRegex(ValueError, '"d" is used twice'):
            Model.from_config(config)


if __name__ == "__main__":
    tf.test.main()
