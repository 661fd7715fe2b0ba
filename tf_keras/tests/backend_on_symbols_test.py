"""Functions of tf_keras.backend on symbolic tensors."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras import backend

X = np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]], "float32")


class OneLayerTest(tf.test.TestCase):
    """Some functions are one layer of the graph, under their public name."""

    def check(self, name, outputs, x):
        layer = outputs._keras_history.layer
        self.assertStartsWith(layer.name, f"tf.keras.backend.{name}")
        config = layer.get_config()
        self.assertEqual(config["function"], f"keras.backend.{name}")
        model = tf_keras.Model(x, outputs)
        again = tf_keras.Model.from_config(model.get_config())
        self.assertAllClose(again(X), model(X))
        return model

    def test_cross_entropies(self):
        x = tf_keras.Input((3,))
        for name in ("categorical_crossentropy", "binary_crossentropy"):
            outputs = getattr(backend, name)(x, x)
            model = self.check(name, outputs, x)
            self.assertAllClose(model(X), getattr(backend, name)(X, X))

    def test_switch(self):
        x = tf_keras.Input((3,))
        model = self.check("switch", backend.switch(x[0, 0] > 0, x, -x), x)
        self.assertAllClose(model(X), X)
        self.assertAllClose(model(-X), X)

    def test_a_file_may_name_no_other_of_ours(self):
        from_config = tf_keras.layers.deserialize
        for name in ("clear_session", "set_floatx", "abs", "function"):
            with self.assertRaisesRegex(ValueError, name):
                from_config(
                    {
                        "module": "tf_keras.src.layers.core.tf_op_layer",
                        "class_name": "TFOpLambda",
                        "config": {"function": f"keras.backend.{name}"},
                        "registered_name": "TFOpLambda",
                    }
                )


class ComposedTest(tf.test.TestCase):
    def test_others_are_made_of_tensorflows_functions(self):
        x = tf_keras.Input((3,))
        for function in (
            lambda x: backend.mean(x, axis=1),
            lambda x: backend.l2_normalize(x, axis=-1),
            lambda x: backend.concatenate([x, x]),
            lambda x: backend.relu(x, alpha=0.1, max_value=6.0),
            lambda x: backend.bias_add(x, np.ones(3, "float32")),
            lambda x: backend.batch_dot(x, x),
            lambda x: backend.one_hot(backend.cast(x, "int32"), 3),
            lambda x: tf_keras.activations.gelu(x),
            lambda x: tf_keras.losses.mean_squared_error(x, x * 2.0),
            lambda x: tf_keras.losses.MeanSquaredError()(x, x * 2.0),
        ):
            model = tf_keras.Model(x, function(x))
            self.assertAllClose(model(X), function(tf.constant(X)))
            again = tf_keras.Model.from_config(model.get_config())
            self.assertAllClose(again(X), model(X))


if __name__ == "__main__":
    tf.test.main()
