"""Tests of op layers of TensorFlow 2.0 to 2.3."""

import numpy as np
import tensorflow as tf

from tf_keras import models


class TensorFlowOpLayersTest(tf.test.TestCase):
    def computed(self, op, constants, attributes=None, count=1):
        entry = {
            "class_name": "InputLayer",
            "name": "a",
            "config": {"name": "a", "batch_input_shape": [None, 2]},
            "inbound_nodes": [],
        }
        node = {"name": "n", "op": op, "attr": attributes or {}}
        layer = {
            "class_name": "TensorFlowOpLayer",
            "name": "op",
            "config": {"name": "n", "node_def": node, "constants": constants},
            "inbound_nodes": [[["a", 0, 0, {}]] * count],
        }
        model = models.model_from_config(
            {
                "class_name": "Model",
                "keras_version": "2.2.4-tf",
                "config": {
                    "name": "m",
                    "layers": [entry, layer],
                    "input_layers": [["a", 0, 0]],
                    "output_layers": [["op", 0, 0]],
                },
            }
        )
        return model(np.array([[1.0, -2.0]], "float32"))

    def test_constants_stand_in_their_places(self):
        self.assertAllClose(self.computed("Sub", {"1": 2.0}), [[-1.0, -4.0]])
        self.assertAllClose(self.computed("Sub", {"0": 2.0}), [[1.0, 4.0]])

    def test_joins_inputs(self):
        made = self.computed("ConcatV2", {"2": 1}, count=2)
        self.assertAllClose(made, [[1.0, -2.0, 1.0, -2.0]])

    def test_keeps_attributes(self):
        made = self.computed("Sum", {"1": 1}, {"keep_dims": {"b": True}})
        self.assertAllClose(made, [[-1.0]])

    def test_refuses_operations_that_reach_out(self):
        for op in ("ReadFile", "PyFunc", "WriteFile"):
            with self.assertRaisesRegex(ValueError, f"'op'.*'{op}'"):
                self.computed(op, {})


if __name__ == "__main__":
    tf.test.main()
