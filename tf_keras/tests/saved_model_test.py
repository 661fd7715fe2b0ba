"""Tests of SavedModels: written, read, and read without the classes."""

import os
import shutil

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras import layers, models, saving
from tf_keras.src.saving.saved_model import metadata_file
from tf_keras.tests.interop import saved_models

X = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 0.0]], "float32")


class Doubled(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(
            "scale", (input_shape[-1],), initializer="ones", regularizer="l2"
        )
        super().build(input_shape)

    def call(self, inputs, training=False):
        self.add_loss(tf.reduce_sum(inputs))
        return inputs * self.scale * (3.0 if training else 2.0)


class Net(models.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(4, activation="tanh")
        self.second = Doubled()

    def call(self, inputs):
        return {"out": self.second(self.first(inputs))}


def functional():
    inputs = layers.Input((3,), name="x")
    hidden = Doubled(name="doubled")(inputs) + 1.0
    outputs = layers.Dense(2, name="y")(hidden)
    return models.Model(inputs, outputs)


class SavedModelTest(tf.test.TestCase):
    def saved(self, model, **kwargs):
        path = os.path.join(self.get_temp_dir(), self.id())
        saving.save_model(model, path, save_format="tf", **kwargs)
        return path

    def test_serves_under_the_names_of_inputs_and_outputs(self):
        model = functional()
        loaded = tf.saved_model.load(self.saved(model))
        served = loaded.signatures["serving_default"](x=tf.constant(X))
        self.assertAllClose(served, {"y": model(X)})
        self.assertAllClose(loaded(X), model(X))
        self.assertAllClose(loaded(X, training=True), model(X, training=True))
        self.assertLen(loaded.trainable_variables, 3)
        self.assertAllClose(loaded.regularization_losses[0](), 0.01 * 3.0)

    def test_layers_of_code_come_back_without_their_classes(self):
        model = Net()
        expected = model(X)["out"]
        copy = models.load_model(self.saved(model))
        self.assertAllClose(copy(X)["out"], expected)
        self.assertIsInstance(copy.first, layers.Dense)
        self.assertNotIsInstance(copy.second, Doubled)
        self.assertAllClose(
            copy(X, training=True)["out"], model(X, training=True)["out"]
        )
        self.assertAllClose(sorted(copy.losses), sorted(model.losses))

    def test_stand_ins_train_and_are_saved_again(self):
        copy = models.load_model(self.saved(functional()))
        copy.compile("sgd", "mse")
        before = copy.get_weights()
        copy.train_on_batch(X, np.ones((2, 2)))
        for old, new in zip(before, copy.get_weights()):
            self.assertNotAllClose(old, new)
        again = models.load_model(self.saved(copy))
        self.assertAllClose(again(X), copy(X))

    def test_classes_that_are_given_come_back(self):
        model = functional()
        copy = models.load_model(
            self.saved(model), custom_objects={"Doubled": Doubled}
        )
        self.assertIsInstance(copy.get_layer("doubled"), Doubled)
        self.assertAllClose(copy(X), model(X))

    def test_without_traces_asks_for_the_classes(self):
        model = functional()
        path = self.saved(model, save_traces=False)
        with self.assertRaisesRegex(ValueError, "doubled.*save_traces"):
            models.load_model(path)
        copy = models.load_model(path, custom_objects={"Doubled": Doubled})
        self.assertAllClose(copy(X), model(X))

    def test_never_runs_the_code_of_a_lambda(self):
        model = models.Sequential(
            [layers.Input((3,)), layers.Lambda(lambda x: x * 2.0)]
        )
        copy = models.load_model(self.saved(model))
        self.assertNotIsInstance(copy.layers[0], layers.Lambda)
        self.assertAllClose(copy(X), 2.0 * X)

    def test_saves_without_the_optimizer(self):
        model = functional()
        model.compile("adam", "mse")
        model.train_on_batch(X, np.ones((2, 2)))
        path = self.saved(model, include_optimizer=False)
        names = [
            name
            for name, _ in tf.train.list_variables(
                path + "/variables/variables"
            )
        ]
        self.assertFalse([n for n in names if n.startswith("optimizer")])
        self.assertIsNone(models.load_model(path).optimizer)

    def test_takes_signatures_of_the_user(self):
        model = functional()

        @tf.function(input_signature=[tf.TensorSpec((None, 3))])
        def twice(x):
            return {"twice": 2.0 * model(x)}

        loaded = tf.saved_model.load(
            self.saved(model, signatures={"twice": twice})
        )
        self.assertAllClose(
            loaded.signatures["twice"](tf.constant(X))["twice"], 2.0 * model(X)
        )

    def test_vocabularies_are_kept(self):
        model = models.Sequential(
            [
                layers.Input((1,), dtype="string"),
                layers.TextVectorization(output_sequence_length=3),
            ]
        )
        model.layers[0].adapt(["a b b", "c b"])
        copy = models.load_model(self.saved(model))
        texts = tf.constant([["a b"], ["c d"]])
        self.assertAllEqual(copy(texts), model(texts))

    def test_vocabularies_states_and_masks_are_kept(self):
        folder = self.get_temp_dir()
        saved_models.write(tf_keras, folder)
        self.assertEqual(saved_models.read(tf_keras, folder), [])

    def test_a_model_that_was_never_called_is_refused(self):
        for model in (Net(), models.Sequential([layers.Dense(2)])):
            with self.assertRaisesRegex(ValueError, "never called"):
                self.saved(model)

    def test_a_failed_save_leaves_what_was_there(self):
        model = functional()
        path = self.saved(model)
        with self.assertRaises(ValueError):
            self.saved(model, signatures={"bad": 3})
        self.assertAllClose(
            models.load_model(path, {"Doubled": Doubled})(X), model(X)
        )
        self.assertLen(os.listdir(os.path.dirname(path)), 1)

    def test_says_what_is_damaged(self):
        path = self.saved(functional())
        for name, kinds, text in (
            (metadata_file.FILE_NAME, ValueError, "keras_metadata.pb"),
            ("saved_model.pb", OSError, "saved_model.pb"),
            ("variables/variables.index", OSError, "can't be read"),
        ):
            damaged = f"{path}.{os.path.basename(name)}"
            shutil.copytree(path, damaged)
            file = os.path.join(damaged, name)
            with open(file, "r+b") as stream:
                stream.truncate(os.path.getsize(file) // 2)
            with self.assertRaisesRegex(kinds, text):
                models.load_model(damaged, {"Doubled": Doubled})

    def test_a_plain_module_is_loaded_as_tensorflow_does(self):
        module = tf.Module()
        module.value = tf.Variable(3.0)
        path = os.path.join(self.get_temp_dir(), "module")
        tf.saved_model.save(module, path)
        self.assertAllClose(models.load_model(path).value, 3.0)

    def test_a_model_saved_by_tensorflow_says_how_to_save_it(self):
        path = os.path.join(self.get_temp_dir(), "by_tensorflow")
        model = functional()
        tf.saved_model.save(model, path)
        with self.assertRaisesRegex(ValueError, "tf.saved_model.save"):
            models.load_model(path)
        self.assertAllClose(tf.saved_model.load(path)(X), model(X))

    def test_converts_to_tensorflow_lite(self):
        inputs = layers.Input((3,))
        hidden = layers.BatchNormalization()(layers.Dense(4)(inputs))
        model = models.Model(inputs, layers.Dense(2)(layers.ReLU()(hidden)))
        path = self.saved(model)
        for converter in (
            tf.lite.TFLiteConverter.from_keras_model(model),
            tf.lite.TFLiteConverter.from_saved_model(path),
        ):
            self.assertAllClose(_run_lite(converter.convert()), model(X))

    def test_layers_that_return_sequences_convert_to_tensorflow_lite(self):
        inputs = np.random.RandomState(0).rand(2, 5, 3).astype("float32")
        model = models.Sequential(
            [
                layers.Input(batch_shape=(2, 5, 3)),
                layers.LSTM(4, return_sequences=True),
                layers.GRU(3, return_sequences=True),
            ]
        )
        path = self.saved(model)
        for converter in (
            tf.lite.TFLiteConverter.from_keras_model(model),
            tf.lite.TFLiteConverter.from_saved_model(path),
        ):
            found = _run_lite(converter.convert(), inputs)
            self.assertAllClose(found, model(inputs), rtol=1e-5)


def _run_lite(content, inputs=X):
    interpreter = tf.lite.Interpreter(model_content=content)
    index = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(index, inputs.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(index, inputs)
    interpreter.invoke()
    output = interpreter.get_output_details()[0]["index"]
    return interpreter.get_tensor(output)


if __name__ == "__main__":
    tf.test.main()
