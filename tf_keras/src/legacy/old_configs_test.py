"""Tests of configs of Keras 2 and of how models were compiled."""

import numpy as np
import tensorflow as tf

from tf_keras import models
from tf_keras.src.legacy import old_configs
from tf_keras.src.saving.old_files import Origin
from tf_keras.src.serialization.registry import custom_object_scope

_KERAS_2 = Origin("2.2.4", "tensorflow")


def converted(class_name, origin=_KERAS_2, **config):
    """Class and config of a layer as of today."""
    old = {"class_name": class_name, "config": config}
    new = old_configs.model_of_today(old, origin)
    return new["class_name"], new["config"]


def compiled(origin=_KERAS_2, **config):
    return old_configs.training_of_today(config, origin)


class LayersOfKeras2Test(tf.test.TestCase):
    def test_a_gru_without_the_key_resets_before(self):
        for name in ("GRU", "GRUCell"):
            self.assertEqual(converted(name), (name, {"reset_after": False}))
            kept = {"reset_after": True}
            self.assertEqual(converted(name, **kept), (name, kept))

    def test_layers_for_cudnn_are_plain_ones(self):
        name, config = converted("CuDNNGRU", units=2)
        self.assertEqual(name, "GRU")
        self.assertTrue(config["reset_after"])
        self.assertEqual(config["recurrent_activation"], "sigmoid")
        self.assertEqual(converted("CuDNNLSTM", units=2)[0], "LSTM")

    def test_flatten_kept_the_order_in_memory(self):
        _, config = converted("Flatten")
        self.assertEqual(config["data_format"], "channels_last")

    def test_the_dtype_of_an_embedding_was_its_inputs(self):
        self.assertEqual(converted("Embedding", dtype="int32")[1], {})
        kept = {"dtype": "float16"}
        self.assertEqual(converted("Embedding", **kept)[1], kept)

    def test_names_of_both_ways_of_tensorflow_1_are_one(self):
        for old, new in (
            ("BatchNormalizationV1", "BatchNormalization"),
            ("UnifiedLSTM", "LSTM"),
        ):
            self.assertEqual(converted(old)[0], new)

    def test_arrays_were_dicts(self):
        array = {"type": "ndarray", "value": [1.0, 2.0]}
        number = {"type": "ndarray", "value": 0.5}
        _, config = converted("Lambda", arguments={"a": array}, alpha=number)
        self.assertAllEqual(config["arguments"]["a"], np.array([1.0, 2.0]))
        self.assertEqual(config["alpha"], 0.5)

    def test_causal_attention_is_an_argument_of_the_call(self):
        old = {
            "class_name": "Attention",
            "config": {"causal": True},
            "inbound_nodes": [[["q", 0, 0, {}], ["v", 0, 0, {"a": 1}]]],
        }
        new = old_configs.model_of_today(old, Origin("2.6.0"))
        self.assertEqual(new["config"], {})
        asked = {"use_causal_mask": True}
        self.assertEqual(
            new["inbound_nodes"],
            [[["q", 0, 0, asked], ["v", 0, 0, {"a": 1, **asked}]]],
        )
        self.assertEqual(old["config"], {"causal": True})

    def test_what_layers_hold_is_converted_too(self):
        cell = {"class_name": "GRUCell", "config": {"units": 2}}
        stack = {"class_name": "StackedRNNCells", "config": {"cells": [cell]}}
        _, config = converted("RNN", cell=stack)
        (inner,) = config["cell"]["config"]["cells"]
        self.assertFalse(inner["config"]["reset_after"])
        gru = {"class_name": "GRU", "config": {"units": 2}}
        _, config = converted("Bidirectional", layer=gru, backward_layer=gru)
        for key in ("layer", "backward_layer"):
            self.assertFalse(config[key]["config"]["reset_after"])
        layers = [{"class_name": "Sequential", "config": [gru]}]
        _, config = converted("Model", layers=layers)
        (inner,) = config["layers"][0]["config"]
        self.assertFalse(inner["config"]["reset_after"])

    def test_a_removed_layer_is_named_unless_the_caller_has_one(self):
        with self.assertRaisesRegex(ValueError, "'h' is a Highway.*removed"):
            converted("Highway", name="h")
        with custom_object_scope({"Highway": object}):
            self.assertEqual(converted("Highway", name="h")[0], "Highway")

    def test_todays_layers_stay_as_they_are(self):
        config = {"class_name": "GRU", "config": {"units": 2}}
        for version in ("3.0.5", "3.15.1"):
            new = old_configs.model_of_today(config, Origin(version))
            self.assertEqual(new, config)

    def test_a_stack_of_cells_of_2_1_loads(self):
        cells = [
            {"class_name": "GRUCell", "config": {"units": 2, "name": "a"}},
            {"class_name": "LSTMCell", "config": {"units": 3, "name": "b"}},
        ]
        stack = {"class_name": "StackedRNNCells", "config": {"cells": cells}}
        config = {"cell": stack, "batch_input_shape": [None, 4, 5]}
        rnn = {"class_name": "RNN", "config": config}
        config = {"class_name": "Sequential", "config": [rnn]}
        model = models.model_from_config({**config, "keras_version": "2.1.3"})
        self.assertEqual(model.output_shape, (None, 3))


class CompilingTest(tf.test.TestCase):
    def test_is_of_the_package_keras_or_of_tensorflow(self):
        for version, wanted in (
            ("1.2.2", True),
            ("2.3.1", True),
            ("2.2.4-tf", False),
            ("2.4.0", False),
            ("3.0.0", False),
            (None, False),
        ):
            found = old_configs.is_standalone(Origin(version))
            self.assertEqual(found, wanted, version)

    def test_clipnorm_meant_all_gradients_together(self):
        optimizer = {"class_name": "SGD", "config": {"clipnorm": 1.0}}
        new = compiled(optimizer_config=optimizer)["optimizer_config"]
        self.assertEqual(new["config"], {"global_clipnorm": 1.0})
        origin = Origin("2.2.4-tf")
        new = compiled(origin, optimizer_config=optimizer)["optimizer_config"]
        self.assertEqual(new, optimizer)

    def test_cosine_proximity_was_a_mean_before_2_1(self):
        y_true = np.array([[1.0, 0.0], [3.0, 4.0]])
        y_pred = np.array([[2.0, 0.0], [4.0, 3.0]])
        loss = compiled(Origin("2.0.6"), loss="cosine_proximity")["loss"]
        self.assertAllClose(loss(y_true, y_pred), [-0.5, -0.48])
        self.assertEqual(
            compiled(loss={"a": ["cosine", "mse"]})["loss"],
            {"a": ["cosine_similarity", "mse"]},
        )

    def test_metrics_that_are_gone_are_left_out(self):
        with self.assertWarnsRegex(UserWarning, "fmeasure.*removed"):
            new = compiled(metrics={"a": ["fmeasure", "mae"]})
        self.assertEqual(new["metrics"], {"a": ["mae"]})
        with custom_object_scope({"fmeasure": len}):
            new = compiled(metrics=["fmeasure"])
        self.assertEqual(new["metrics"], ["fmeasure"])


if __name__ == "__main__":
    tf.test.main()
