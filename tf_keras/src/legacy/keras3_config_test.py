"""Tests of configs of Keras 3."""

import tensorflow as tf

from tf_keras import models
from tf_keras.src.legacy import keras3_config
from tf_keras.src.saving.old_files import Origin

_UNKNOWN = Origin()
_KERAS_3 = Origin("3.5.0")


def layer(class_name, module="keras.layers", **config):
    return {"module": module, "class_name": class_name, "config": config}


def tensor(name, index=0):
    """How Keras 3 writes the output of a layer."""
    inner = {"shape": [None, 3], "keras_history": [name, index, 0]}
    return {"class_name": "__keras_tensor__", "config": inner}


def entry(class_name, name, *calls, module="keras.layers", **config):
    """A layer of a graph, called on `(args, kwargs)`, or on one tensor."""
    calls = [c if isinstance(c, tuple) else ([c], {}) for c in calls]
    return {
        **layer(class_name, module, name=name, trainable=True, **config),
        "name": name,
        "inbound_nodes": [{"args": a, "kwargs": k} for a, k in calls],
    }


def start(name, shape=(3,)):
    new = entry("InputLayer", name, batch_shape=[None, *shape])
    del new["config"]["trainable"]
    return new


def operation(class_name, name, *args, module="keras.src.ops.numpy"):
    new = entry(class_name, name, (list(args), {}), module=module)
    return {**new, "config": {"name": name}}


def graph(*entries, output):
    inner = {
        "name": "m",
        "layers": list(entries),
        "input_layers": [entries[0]["name"], 0, 0],
        "output_layers": output,
    }
    config = layer("Functional", "keras.src.models.functional")
    return {**config, "config": inner}


def converted(config, origin=_KERAS_3):
    return keras3_config.model_of_today(config, origin)


class Keras3ConfigTest(tf.test.TestCase):
    def test_is_known_by_version_or_by_signs(self):
        policy = {"class_name": "DTypePolicy", "config": {"name": "float16"}}
        for config, origin, wanted in (
            ({}, _KERAS_3, True),
            ({"dtype": policy}, Origin("2.15.0"), False),
            ([{"dtype": policy}], _UNKNOWN, True),
            (start("a"), _UNKNOWN, True),
            (layer("Dense", units=2), _UNKNOWN, False),
        ):
            found = keras3_config.is_of_keras_3(config, origin)
            self.assertEqual(found, wanted)
        config = layer("LeakyReLU", negative_slope=0.5)
        self.assertEqual(converted(config, Origin("2.15.0")), config)

    def test_arguments_have_other_names(self):
        new = converted(layer("LeakyReLU", negative_slope=0.5))
        self.assertEqual(new["config"], {"alpha": 0.5})
        new = converted(layer("InputLayer", batch_shape=[None, 2]))
        self.assertEqual(new["config"], {"batch_input_shape": [None, 2]})

    def test_a_policy_is_its_name(self):
        policy = {"class_name": "DTypePolicy", "config": {"name": "float16"}}
        new = converted(layer("Dense", units=2, dtype=policy))
        self.assertEqual(new["config"]["dtype"], "float16")

    def test_arguments_that_ask_for_nothing_are_dropped(self):
        new = converted(layer("Dense", units=2, quantization_config=None))
        self.assertEqual(new["config"], {"units": 2})
        for unset in (
            {"data_format": "channels_last"},
            {"fill_mode": "constant", "fill_value": 0.0},
        ):
            new = converted(layer("Resizing", height=2, width=3, **unset))
            self.assertEqual(new["config"], {"height": 2, "width": 3})
        asked = {"data_format": "channels_first"}
        new = converted(layer("Resizing", height=2, width=3, **asked))
        self.assertIn("data_format", new["config"])

    def test_lookups_of_integers_have_no_dtype_of_floats(self):
        options = {"bin_boundaries": [0.0], "dtype": "float32"}
        new = converted(layer("Discretization", output_mode="int", **options))
        self.assertNotIn("dtype", new["config"])
        new = converted(
            layer("Discretization", output_mode="one_hot", **options)
        )
        self.assertIn("dtype", new["config"])

    def test_reductions_have_other_names(self):
        for old, new in (
            ("mean_with_sample_weight", "weighted_mean"),
            ("mean", "sum_over_batch_size"),
            ("sum", "sum"),
        ):
            loss = layer("MeanSquaredError", "keras.losses", reduction=old)
            self.assertEqual(converted(loss)["config"], {"reduction": new})

    def test_counts_of_a_metric_have_no_dtype(self):
        options = {"num_classes": 2, "dtype": "int64"}
        new = converted(layer("MeanIoU", "keras.metrics", **options))
        self.assertEqual(new["config"], {"num_classes": 2})

    def test_a_loss_scale_has_no_name(self):
        scale = {"initial_scale": 8.0, "dynamic_growth_steps": 5}
        inner = layer("SGD", "keras.optimizers", learning_rate=0.5)
        old = layer("LossScaleOptimizer", "keras.optimizers", name="a", **scale)
        old["config"]["inner_optimizer"] = inner
        new = converted(old)
        self.assertEqual(new["module"], "keras.mixed_precision")
        self.assertEqual(new["config"], {"inner_optimizer": inner, **scale})

    def test_modules_are_those_of_today(self):
        for old, new in (
            ("keras.src.layers.core.dense", "keras.layers"),
            ("keras.layers", "keras.layers"),
            ("my.own", "my.own"),
        ):
            self.assertEqual(converted(layer("Dense", old))["module"], new)
        new = converted(graph(start("a"), output=["a", 0, 0]))
        self.assertEqual(new["module"], "tf_keras.src.engine.functional")

    def test_calls_are_nests_of_the_first_argument(self):
        both = [tensor("a"), tensor("b")]
        asked = {"use_causal_mask": True, "mask": None, "training": False}
        new = converted(
            graph(
                start("a"),
                start("b"),
                entry("Dense", "d", tensor("a"), tensor("b"), units=2),
                entry("Add", "s", ([both], {})),
                entry("MultiHeadAttention", "m", (both, asked), num_heads=1),
                output=["s", 0, 0],
            )
        )
        calls = [e["inbound_nodes"] for e in new["config"]["layers"]]
        self.assertEqual(calls[2], [[["a", 0, 0, {}]], [["b", 0, 0, {}]]])
        self.assertEqual(calls[3], [[["a", 0, 0, {}], ["b", 0, 0, {}]]])
        named = {"use_causal_mask": True, "_POSITIONAL": [["b", 0, 0]]}
        self.assertEqual(calls[4], [[["a", 0, 0, named]]])

    def test_a_nested_graph_counts_its_making_here(self):
        inner = graph(start("i"), output=["i", 0, 0])
        inner["config"]["name"] = "inner"
        call = {"args": [tensor("a")], "kwargs": {}}
        inner = {**inner, "name": "inner", "inbound_nodes": [call]}
        new = converted(
            graph(
                start("a"),
                inner,
                entry("Dense", "d", tensor("inner"), units=2),
                output=["inner", 0, 0],
            )
        )["config"]
        self.assertEqual(new["output_layers"], ["inner", 1, 0])
        made = new["layers"][2]["inbound_nodes"]
        self.assertEqual(made, [[["inner", 1, 0, {}]]])

    def masked(self, value, module="keras.src.ops.numpy"):
        """Words, their mask as an operation, and a layer that takes both."""
        asked = {"mask": tensor("not_equal"), "training": False}
        return graph(
            start("a", (4,)),
            entry(
                "Embedding",
                "e",
                tensor("a"),
                input_dim=5,
                output_dim=2,
                mask_zero=True,
            ),
            operation("NotEqual", "not_equal", tensor("a"), value),
            entry("LSTM", "l", ([tensor("e")], asked), units=3),
            output=["l", 0, 0],
        )

    def test_masks_that_layers_pass_on_are_left_out(self):
        config = self.masked(0)
        new = converted(config)["config"]["layers"]
        self.assertEqual([e["name"] for e in new], ["a", "e", "l"])
        self.assertEqual(new[2]["inbound_nodes"], [[["e", 0, 0, {}]]])
        model = models.model_from_config(config)
        same = model(tf.constant([[1, 2, 0, 0], [1, 2, 0, 3]]))
        short = model(tf.constant([[1, 2, 0, 0]]))
        self.assertAllClose(same[:1], short)
        words = models.Model(model.inputs, model.get_layer("e").output)
        mask = words(tf.constant([[1, 0, 2, 0]]))._keras_mask
        self.assertAllEqual(mask, [[True, False, True, False]])

    def test_other_operations_are_refused_by_name(self):
        with self.assertRaisesRegex(ValueError, "'not_equal'.*no layer makes"):
            converted(self.masked(3))
        config = graph(
            start("a"),
            operation("Relu", "r", tensor("a"), module="keras.src.ops.nn"),
            output=["r", 0, 0],
        )
        with self.assertRaisesRegex(ValueError, r"\['r'\] of `keras.ops`"):
            converted(config)
        del config["config"]["layers"][1]["module"]  # As in HDF5.
        with self.assertRaisesRegex(ValueError, r"\['r'\] of `keras.ops`"):
            converted(config)

    def test_a_call_on_what_is_no_output_is_refused(self):
        config = graph(
            start("a"),
            entry("Add", "s", ([[tensor("a"), 2.0]], {})),
            output=["s", 0, 0],
        )
        with self.assertRaisesRegex(ValueError, "'s' is called on 2.0"):
            converted(config)

    def test_compiling_leaves_out_what_is_unknown(self):
        old = {
            "auto_scale_loss": True,
            "loss": "mse",
            "optimizer_config": {"class_name": "Adam", "config": {}},
        }
        new = keras3_config.training_of_today(old, _KERAS_3)
        self.assertNotIn("auto_scale_loss", new)
        optimizer = new["optimizer_config"]
        self.assertEqual(optimizer["module"], "keras.optimizers")
        self.assertEqual(
            keras3_config.training_of_today(old, Origin("2.15.0")), old
        )


if __name__ == "__main__":
    tf.test.main()
