"""Tests of old files as a whole, made by hand as old releases wrote them."""

import json
import os
import warnings

import h5py
import numpy as np
import tensorflow as tf

from tf_keras import layers, models


def counted(*shape):
    return np.arange(np.prod(shape), dtype="float32").reshape(shape) / 10.0


def dense(name, old_units, **config):
    return {
        "class_name": "Dense",
        "config": {
            "name": name,
            "output_dim": old_units,
            "init": "glorot_uniform",
            "activation": "linear",
            **config,
        },
    }


class OldFilesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.get_temp_dir(), "old.h5")

    def write(self, version, config, weights, training=None, state=()):
        """Writes a whole model; `weights` are `{layer: {name: array}}`."""
        with h5py.File(self.path, "w") as file:
            file.attrs["keras_version"] = version.encode()
            file.attrs["model_config"] = json.dumps(config).encode()
            group = file.create_group("model_weights")
            group.attrs["layer_names"] = [n.encode() for n in weights]
            for layer, arrays in weights.items():
                own = group.create_group(layer)
                own.attrs["weight_names"] = [n.encode() for n in arrays]
                for name, array in arrays.items():
                    own[name] = array
            if training:
                file.attrs["training_config"] = json.dumps(training).encode()
                own = file.create_group("optimizer_weights")
                names = [f"param_{i}" for i in range(len(state))]
                own.attrs["weight_names"] = [n.encode() for n in names]
                for name, array in zip(names, state):
                    own[name] = array

    def two_layers(self):
        shape = [None, 2]
        config = [dense("d_10", 2, batch_input_shape=shape), dense("d_9", 1)]
        return {"class_name": "Sequential", "config": config}

    def test_the_optimizer_goes_on_though_its_slots_were_sorted(self):
        weights = {
            "d_10": {"d_10_W": counted(2, 2), "d_10_b": counted(2)},
            "d_9": {"d_9_W": counted(2, 1), "d_9_b": counted(1)},
        }
        adam = {"lr": 0.5, "beta_1": 0.9, "beta_2": 0.9, "epsilon": 1e-8}
        training = {
            "optimizer_config": {"class_name": "Adam", "config": adam},
            "loss": "mse",
            "metrics": ["fmeasure"],
            "loss_weights": None,
        }
        shapes = [(2, 2), (2,), (2, 1), (1,)]
        slots = [
            np.full(s, i, "float32") for i, s in enumerate(shapes + shapes)
        ]
        state = [np.float32(7.0), *slots]
        self.write("1.2.2", self.two_layers(), weights, training, state)
        with self.assertWarnsRegex(UserWarning, "fmeasure.*removed"):
            model = models.load_model(self.path)
        optimizer = model.optimizer
        self.assertEqual(int(optimizer.iterations), 7)
        kernel = model.layers[1].kernel
        self.assertAllEqual(optimizer.get_slot(kernel, "m"), slots[2])
        self.assertAllEqual(optimizer.get_slot(kernel, "v"), slots[6])

    def test_clips_the_norm_of_all_gradients_and_then_values(self):
        config = [dense("d", 2, bias=False, batch_input_shape=[None, 1])]
        config = {"class_name": "Sequential", "config": config}
        sgd = {"lr": 1.0, "clipnorm": 1.0, "clipvalue": 0.7}
        training = {
            "optimizer_config": {"class_name": "SGD", "config": sgd},
            "loss": "mse",
        }
        weights = {"d": {"d_W": np.array([[30.0, 40.0]], "float32")}}
        self.write("1.2.2", config, weights, training)
        model = models.load_model(self.path)
        model.train_on_batch(np.ones((1, 1)), np.zeros((1, 2)))
        # The norm of 30 and 40 is 50.
        kernel = model.layers[0].kernel
        self.assertAllClose(kernel, [[30.0 - 0.6, 40.0 - 0.7]])

    def test_theano_is_known_by_the_names_of_weights(self):
        conv = {
            "class_name": "Convolution1D",
            "config": {
                "name": "c",
                "nb_filter": 1,
                "filter_length": 3,
                "bias": False,
                "batch_input_shape": [None, 3, 1],
            },
        }
        config = {"class_name": "Sequential", "config": [conv]}
        kernel = np.array([1.0, 2.0, 3.0], "float32").reshape(3, 1, 1, 1)
        inputs = np.array([[[1.0], [0.0], [0.0]]])
        for name, wanted in (("c_W", 3.0), ("c_W:0", 1.0)):
            self.write("1.2.2", config, {"c": {name: kernel}})
            model = models.load_model(self.path)
            self.assertAllClose(model.predict_on_batch(inputs), [[[wanted]]])

    def test_a_gru_of_keras_2_0_resets_before(self):
        gru = {"name": "g", "units": 2, "batch_input_shape": [None, 3, 1]}
        config = {
            "class_name": "Sequential",
            "config": [{"class_name": "GRU", "config": gru}],
        }
        arrays = {"k:0": counted(1, 6), "r:0": counted(2, 6), "b:0": counted(6)}
        self.write("2.0.6", config, {"g": arrays})
        self.assertFalse(models.load_model(self.path).layers[0].reset_after)

    def test_loads_weights_into_todays_code(self):
        weights = {
            "d_10": {"d_10_W:0": counted(2, 2), "d_10_b:0": counted(2)},
            "d_9": {"d_9_W:0": counted(2, 1), "d_9_b:0": counted(1)},
        }
        self.write("1.1.2", self.two_layers(), weights)
        model = models.Sequential(
            [layers.Input((2,)), layers.Dense(2), layers.Dense(1, name="d_9")]
        )
        model.load_weights(self.path)
        self.assertAllEqual(model.layers[0].kernel, counted(2, 2))
        model.layers[1].kernel.assign(np.zeros((2, 1)))
        model.load_weights(self.path, by_name=True)
        self.assertAllEqual(model.layers[1].kernel, counted(2, 1))

    def test_weights_from_before_keras_1_are_numbered(self):
        arrays = [counted(2, 2), counted(2), counted(2, 1), counted(1)]
        with h5py.File(self.path, "w") as file:
            file.attrs["nb_layers"] = 3
            for layer, count in enumerate((2, 0, 2)):
                own = file.create_group(f"layer_{layer}")
                own.attrs["nb_params"] = count
                for number in range(count):
                    own[f"param_{number}"] = arrays[layer + number]
        model = models.Sequential([layers.Input((2,)), layers.Dense(2)])
        model.add(layers.Activation("relu"))
        model.add(layers.Dense(1))
        model.load_weights(self.path)
        for weight, array in zip(model.get_weights(), arrays):
            self.assertAllEqual(weight, array)
        with h5py.File(self.path, "a") as file:
            file.attrs["nb_layers"] = 10**9
        with self.assertRaisesRegex(ValueError, "tells of 1000000000 layers"):
            model.load_weights(self.path)

    def test_a_count_alone_is_the_optimizers_state(self):
        sgd = {"learning_rate": 0.5, "momentum": 0.0, "name": "sgd"}
        training = {
            "optimizer_config": {"class_name": "SGD", "config": sgd},
            "loss": "mse",
        }
        weights = {
            "d_10": {"k": counted(2, 2), "b": counted(2)},
            "d_9": {"k": counted(2, 1), "b": counted(1)},
        }
        config = {"class_name": "Sequential", "config": []}
        for name, units in (("d_10", 2), ("d_9", 1)):
            own = {"name": name, "units": units}
            config["config"].append({"class_name": "Dense", "config": own})
        config["config"][0]["config"]["batch_input_shape"] = [None, 2]
        self.write("3.5.0", config, weights, training, [np.int64(7)])
        model = models.load_model(self.path)
        self.assertEqual(int(model.optimizer.iterations), 7)

    def test_sets_nothing_if_a_shape_differs(self):
        weights = {
            "d_10": {"d_10_W": counted(2, 2), "d_10_b": counted(2)},
            "d_9": {"d_9_W": counted(3, 1), "d_9_b": counted(1)},
        }
        self.write("1.2.2", self.two_layers(), weights)
        with self.assertRaisesRegex(ValueError, "d_9.*shape"):
            models.load_model(self.path)

    def test_reads_a_config_of_keras_3(self):
        def tensor(name):
            history = [name, 0, 0]
            inner = {"shape": [None, 2], "keras_history": history}
            return {"class_name": "__keras_tensor__", "config": inner}

        policy = {
            "module": "keras",
            "class_name": "DTypePolicy",
            "config": {"name": "float32"},
        }
        entries = [
            {
                "module": "keras.layers",
                "class_name": "InputLayer",
                "name": "a",
                "config": {"batch_shape": [None, 2], "name": "a"},
                "inbound_nodes": [],
            },
            {
                "module": "keras.layers",
                "class_name": "LeakyReLU",
                "name": "b",
                "config": {
                    "name": "b",
                    "negative_slope": 0.5,
                    "dtype": policy,
                    "quantization_config": None,
                },
                "inbound_nodes": [{"args": [tensor("a")], "kwargs": {}}],
            },
        ]
        config = {
            "module": "keras.src.models.functional",
            "class_name": "Functional",
            "registered_name": "Functional",
            "config": {
                "name": "m",
                "layers": entries,
                "input_layers": ["a", 0, 0],
                "output_layers": ["b", 0, 0],
            },
        }
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model = models.model_from_json(json.dumps(config))
        self.assertAllEqual(model(np.array([[-2.0, 4.0]])), [[-1.0, 4.0]])


if __name__ == "__main__":
    tf.test.main()
