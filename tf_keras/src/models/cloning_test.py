"""Tests of copies with new weights."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.merging.elementwise import Add
from tf_keras.src.models.cloning import (
    clone_and_build_model,
    clone_model,
    in_place_subclassed_model_state_restoration,
)
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.model import Model

ONES = np.ones((2, 3), "float32")


class Mine(Model):
    """A subclassed model with a config."""

    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = Dense(units)

    def call(self, inputs):
        return self.dense(inputs)

    def get_config(self):
        return {"units": self.units}


class CloneTest(tf.test.TestCase):
    def check(self, model, data=ONES):
        """The copy computes the same and shares nothing."""
        copied = clone_model(model)
        self.assertIs(type(copied), type(model))
        copied(data)
        originals = {id(weight) for weight in model.weights}
        self.assertFalse(originals & {id(w) for w in copied.weights})
        copied.set_weights(model.get_weights())
        self.assertAllClose(copied(data), model(data))
        return copied

    def test_a_graph(self):
        a, b = Input((3,), name="a"), Input((3,), name="b")
        shared = Dense(3)
        hidden = tf.nn.relu(shared(a)) + 1.0
        model = Model([a, b], {"y": Add()([hidden, shared(b)])}, name="it")
        copied = self.check(model, [ONES, 2 * ONES])
        self.assertEqual(copied.name, "it")
        self.assertEqual(copied.input_names, ["a", "b"])

    def test_a_sequential(self):
        built = Sequential([Input((3,)), Dense(2)], name="it")
        self.assertEqual(self.check(built).name, "it")
        unbuilt = Sequential([Dense(2)])
        self.assertFalse(clone_model(unbuilt).built)

    def test_a_model_in_a_model(self):
        x = Input((3,))
        inner = Model(x, Dense(3)(x))
        z = Input((3,))
        copied = self.check(Model(z, Dense(1)(inner(z))))
        self.assertIsNot(copied.layers[1], inner)

    def test_a_subclass_with_a_config(self):
        model = Mine(4)
        model(ONES)
        self.check(model)
        with self.assertRaisesRegex(ValueError, "one by one"):
            clone_model(model, clone_function=lambda layer: layer)

    def test_losses_and_metrics_of_the_graph(self):
        x = Input((3,))
        model = Model(x, Dense(1, kernel_initializer="ones")(x))
        model.add_loss(tf.reduce_sum(x))
        model.add_metric(tf.reduce_sum(x), name="total")
        copied = clone_model(model)
        copied(ONES)
        self.assertAllClose(copied.losses, [6.0])
        self.assertEqual([m.name for m in copied.metrics], ["total"])

    def test_a_function_may_make_the_layers(self):
        x = Input((3,))
        model = Model(x, Dense(1)(Dense(4)(x)))

        def wider(layer):
            config = layer.get_config()
            if config["units"] == 4:
                config["units"] = 7
            return Dense.from_config(config)

        copied = clone_model(model, clone_function=wider)
        self.assertEqual(copied.layers[1].units, 7)
        shared = clone_model(model, clone_function=lambda layer: layer)
        self.assertIs(shared.layers[1], model.layers[1])

    def test_new_inputs(self):
        x = Input((3,))
        start = Input((3,), name="start")
        for model in (
            Model(x, Dense(2)(x)),
            Sequential([Input((3,)), Dense(2)]),
        ):
            copied = clone_model(model, input_tensors=[start])
            self.assertEqual(copied.input_names, ["start"])
        inner = Dense(3)(start)
        copied = clone_model(Model(x, Dense(2)(x)), input_tensors=inner)
        self.assertAllEqual(copied(ONES).shape, (2, 2))
        # The tensor still belongs to its own graph.
        self.assertEqual(Model(start, inner)(ONES).shape, (2, 3))

    def test_refuses_what_is_no_model(self):
        with self.assertRaisesRegex(ValueError, "Expected a `Model`"):
            clone_model(Layer())


class CloneAndBuildTest(tf.test.TestCase):
    def test_compiles_as_the_original(self):
        x = Input((3,))
        model = Model(x, Dense(1)(x))
        model.compile("adam", "mse", metrics=["mae"])
        copied = clone_and_build_model(model, optimizer_iterations=5)
        self.assertEqual(type(copied.optimizer), type(model.optimizer))
        self.assertIsNot(copied.optimizer, model.optimizer)
        self.assertAllEqual(copied.optimizer.iterations, 5)
        copied.fit(ONES, np.ones((2, 1)), verbose=0)
        self.assertEqual(copied.metrics_names, ["loss", "mae"])

    def test_leaves_the_copy_uncompiled_if_asked(self):
        x = Input((3,))
        model = Model(x, Dense(1)(x))
        model.compile("adam", "mse")
        copied = clone_and_build_model(model, compile_clone=False)
        self.assertIsNone(copied.optimizer)

    def test_nothing_is_reset_in_place(self):
        in_place_subclassed_model_state_restoration(Mine())
        with self.assertRaisesRegex(ValueError, "subclassed model"):
            in_place_subclassed_model_state_restoration(Sequential())

    def test_refuses_what_belongs_to_tensorflow_1(self):
        model = Sequential([Input((3,))])
        with self.assertRaisesRegex(ValueError, "TensorFlow 1"):
            clone_and_build_model(model, in_place_reset=True)


if __name__ == "__main__":
    tf.test.main()
