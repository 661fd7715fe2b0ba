"""Tests of how layers of files from before TensorFlow 2 train."""

import json
import os

import h5py
import numpy as np
import tensorflow as tf

from tf_keras import models

_INPUTS = np.array([[1.0, 2.0], [3.0, 8.0], [8.0, 2.0]], "float32")
_EPSILON = 0.5


class OldTrainingTest(tf.test.TestCase):
    def model(self, version, backend="theano", steps=None, **config):
        """The one layer of a file that a release wrote, compiled with Adam."""
        layer = {
            "class_name": "BatchNormalization",
            "config": {
                "name": "n",
                "momentum": 0.75,
                "epsilon": _EPSILON,
                "batch_input_shape": [None, 2],
                **config,
            },
        }
        model = {"class_name": "Sequential", "config": [layer]}
        arrays = {
            name: np.full(2, value, "float32")
            for name, value in zip("gbmv", (1.0, 0.0, 10.0, 20.0))
        }
        adam = {"class_name": "Adam", "config": {"lr": 0.001}}
        training = {"optimizer_config": adam, "loss": "mse"}
        path = os.path.join(self.get_temp_dir(), "old.h5")
        with h5py.File(path, "w") as file:
            file.attrs["keras_version"] = version
            file.attrs["backend"] = backend
            file.attrs["model_config"] = json.dumps(model)
            file.attrs["training_config"] = json.dumps(training)
            group = file.create_group("model_weights")
            group.attrs["layer_names"] = ["n"]
            group.attrs["keras_version"] = version
            group.attrs["backend"] = backend
            names = [f"{name}:0" for name in arrays]
            own = group.create_group("n")
            own.attrs["weight_names"] = names
            for name, array in zip(names, arrays.values()):
                own[name] = array
            if steps is not None:
                state = file.create_group("optimizer_weights")
                state.attrs["weight_names"] = ["steps"]
                state["steps"] = np.int64(steps)
                if layer["config"].get("trainable", True):
                    slots = [f"s{i}" for i in range(4)]
                    state.attrs["weight_names"] = ["steps", *slots]
                    for slot in slots:
                        state[slot] = np.ones(2, "float32")
        return models.load_model(path)

    def averages(self, model):
        """Mean and variance that the layer remembers after one step."""
        model.train_on_batch(_INPUTS, _INPUTS)
        layer = model.layers[0]
        return [layer.moving_mean.numpy(), layer.moving_variance.numpy()]

    def test_a_frozen_layer_takes_the_batch_and_remembers_nothing(self):
        model = self.model("2.2.4", trainable=False)
        outputs = model(_INPUTS, training=True)
        centred = _INPUTS - _INPUTS.mean(0)
        self.assertAllClose(
            outputs, centred / np.sqrt(_INPUTS.var(0) + _EPSILON)
        )
        self.assertAllEqual(self.averages(model), [[10.0] * 2, [20.0] * 2])

    def test_a_frozen_layer_of_2_0_remembered(self):
        model = self.model("2.0.2", trainable=False)
        mean, variance = self.averages(model)
        self.assertAllClose(mean, 7.5 + 0.25 * _INPUTS.mean(0))
        self.assertAllClose(variance, 15.0 + 0.25 * _INPUTS.var(0))

    def test_a_layer_frozen_later_infers_as_today(self):
        model = self.model("2.2.4")
        model.trainable = False
        outputs = model(_INPUTS, training=True)
        self.assertAllClose(outputs, (_INPUTS - 10.0) / np.sqrt(20.5))

    def test_tensorflow_1_is_known_by_its_initializers(self):
        name = "moving_mean_initializer"
        initial = {"class_name": "Zeros", "config": {"dtype": "float32"}}
        options = {"backend": "tensorflow", "trainable": False, name: initial}
        centred = _INPUTS - _INPUTS.mean(0)
        model = self.model("2.2.4-tf", **options)
        wanted = centred / np.sqrt(_INPUTS.var(0) + _EPSILON)
        self.assertAllClose(model(_INPUTS, training=True), wanted)
        options[name] = {"class_name": "Zeros", "config": {}}
        model = self.model("2.2.4-tf", **options)  # That was TensorFlow 2.0.
        wanted = (_INPUTS - 10.0) / np.sqrt(20.5)
        self.assertAllClose(model(_INPUTS, training=True), wanted)

    def test_keras_2_1_remembered_an_unbiased_variance(self):
        _, variance = self.averages(self.model("2.2.4"))
        unbiased = _INPUTS.var(0) * 3.0 / (2.0 - _EPSILON)
        self.assertAllClose(variance, 15.0 + 0.25 * unbiased)
        _, variance = self.averages(self.model("2.0.6"))
        self.assertAllClose(variance, 15.0 + 0.25 * _INPUTS.var(0))

    def test_averages_grow_up_as_with_tensorflow(self):
        for version, seen in (("2.2.4", 3), ("1.1.2", 4)):
            model = self.model(version, "tensorflow", steps=2)
            mean, _ = self.averages(model)
            share = 0.25 / (1.0 - 0.75**seen)
            wanted = 10.0 + share * (_INPUTS.mean(0) - 10.0)
            self.assertAllClose(mean, wanted)
            self.assertAllClose(
                self.averages(model)[0],
                mean
                + 0.25 / (1.0 - 0.75 ** (seen + 1)) * (_INPUTS.mean(0) - mean),
            )
        self.assertLen(model.weights, 4)
        path = os.path.join(self.get_temp_dir(), "saved")
        model.save(path, save_format="tf")
        copy = models.load_model(path)
        self.assertAllClose(copy(_INPUTS), model(_INPUTS))
        model = self.model("2.3.1", "tensorflow", steps=2)
        mean, _ = self.averages(model)
        self.assertAllClose(mean, 7.5 + 0.25 * _INPUTS.mean(0))

    def test_penalties_on_outputs_were_sums_over_the_batch(self):
        layer = {
            "class_name": "ActivityRegularization",
            "config": {"name": "a", "l2": 0.5, "batch_input_shape": [None, 2]},
        }
        config = {"class_name": "Sequential", "config": [layer]}
        wanted = 0.5 * np.sum(_INPUTS**2)
        for version, share in (("2.3.1", 1.0), ("2.4.0", 3.0)):
            told = {**config, "keras_version": version}
            model = models.model_from_config(told)
            model(_INPUTS)
            self.assertAllClose(model.losses, [wanted / share])


    def test_keras_3_normalises_each_step_by_itself(self):
        normal = {"class_name": "BatchNormalization", "config": {"name": "n"}}
        config = {
            "class_name": "Sequential",
            "config": {
                "name": "s",
                "layers": [
                    {
                        "class_name": "InputLayer",
                        "config": {"name": "i", "batch_shape": [None, 2, 1]},
                    },
                    {
                        "class_name": "TimeDistributed",
                        "config": {"name": "t", "layer": normal},
                    },
                ],
            },
        }
        inputs = np.array([[[1.0], [30.0]], [[3.0], [50.0]]])
        for version, wanted in (
            ("3.5.0", [[[-1.0], [-1.0]], [[1.0], [1.0]]]),
            ("2.15.0", [[[-0.99], [0.44]], [[-0.89], [1.43]]]),
        ):
            text = json.dumps(config)
            if version == "2.15.0":
                text = text.replace("batch_shape", "batch_input_shape")
            model = models.model_from_config(
                {**json.loads(text), "keras_version": version}
            )
            outputs = model(inputs, training=True)
            self.assertAllClose(outputs, wanted, atol=0.01)


if __name__ == "__main__":
    tf.test.main()
