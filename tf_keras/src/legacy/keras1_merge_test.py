"""Tests of Merge of Keras 1."""

import numpy as np
import tensorflow as tf

from tf_keras import models
from tf_keras.src.legacy import keras1_merge


def merge(mode, **config):
    return {
        "class_name": "Merge",
        "config": {"name": "merge_1", "mode": mode, **config},
    }


def dense(name, units, size=None):
    config = {"name": name, "output_dim": units, "init": "one"}
    if size:
        config["batch_input_shape"] = [None, size]
    return {"class_name": "Dense", "config": config}


def sequential(*layers):
    return {"class_name": "Sequential", "config": list(layers)}


class Keras1MergeTest(tf.test.TestCase):
    def merged(self, mode, *arrays, **config):
        inputs = [
            {
                "class_name": "InputLayer",
                "name": f"input_{index}",
                "config": {
                    "name": f"input_{index}",
                    "batch_input_shape": [None, *array.shape[1:]],
                    "input_dtype": "float32",
                },
                "inbound_nodes": [],
            }
            for index, array in enumerate(arrays)
        ]
        references = [[entry["name"], 0, 0] for entry in inputs]
        layer = {
            **merge(mode, **config),
            "name": "merge_1",
            "inbound_nodes": [references],
        }
        model = models.model_from_config(
            {
                "class_name": "Model",
                "keras_version": "1.2.2",
                "config": {
                    "name": "model_1",
                    "layers": [*inputs, layer],
                    "input_layers": references,
                    "output_layers": [["merge_1", 0, 0]],
                },
            }
        )
        return model.predict_on_batch(list(arrays))

    def test_each_mode_computes_what_it_did(self):
        a = np.array([[1.0, 2.0], [3.0, 4.0]], "float32")
        b = np.array([[5.0, 1.0], [2.0, 2.0]], "float32")
        for mode, wanted in (
            ("sum", a + b),
            ("mul", a * b),
            ("ave", (a + b) / 2),
            ("max", np.maximum(a, b)),
            ("concat", np.concatenate([a, b], 1)),
            ("dot", (a * b).sum(1, keepdims=True)),
        ):
            self.assertAllClose(self.merged(mode, a, b), wanted)

    def test_cosines_have_an_axis_more(self):
        a = np.array([[3.0, 4.0]], "float32")
        b = np.array([[4.0, 3.0]], "float32")
        made = self.merged("cos", a, b, dot_axes=1)
        self.assertAllClose(made, [[[24.0 / 25.0]]])

    def test_axes_may_stand_in_lists(self):
        a, b = np.ones((2, 3, 4), "float32"), np.ones((2, 5, 4), "float32")
        made = self.merged("dot", a, b, dot_axes=[[2], [2]])
        self.assertAllClose(made, np.full((2, 3, 5), 4.0))

    def test_says_what_dot_cannot(self):
        with self.assertRaisesRegex(ValueError, "'merge_1'.*several axes"):
            keras1_merge.merge_of_today(
                merge("dot", dot_axes=[[1, 2], [1, 2]]), []
            )

    def test_refuses_code_of_another_python(self):
        a = np.ones((2, 3), "float32")
        with self.assertRaisesRegex(ValueError, "'merge_1'.*bytecode"):
            self.merged(["x", None, None], a, a, mode_type="lambda")

    def test_a_list_that_begins_with_branches_has_their_inputs(self):
        branches = [sequential(dense("a", 2, 3)), sequential(dense("b", 2, 4))]
        config = sequential(merge("sum", layers=branches), dense("c", 1))
        model = models.model_from_config({**config, "keras_version": "1.2.2"})
        self.assertEqual([tuple(i.shape) for i in model.inputs], [(None, 3), (None, 4)])
        made = model.predict_on_batch([np.ones((1, 3)), np.ones((1, 4))])
        self.assertAllClose(made, [[14.0]])

    def test_a_branch_that_comes_twice_is_one(self):
        shared = sequential(dense("a", 2, 3))
        first = sequential(
            merge("sum", layers=[shared, sequential(dense("b", 2, 4))])
        )
        config = sequential(
            {
                "class_name": "Merge",
                "config": {
                    "name": "merge_2",
                    "mode": "concat",
                    "layers": [first, shared],
                },
            }
        )
        model = models.model_from_config({**config, "keras_version": "1.2.2"})
        self.assertEqual([i.shape[1] for i in model.inputs], [3, 4])
        made = model.predict_on_batch([np.ones((1, 3)), np.ones((1, 4))])
        self.assertAllClose(made, [[7.0, 7.0, 3.0, 3.0]])


if __name__ == "__main__":
    tf.test.main()
