"""Tests of who is calling whom."""

import threading

import tensorflow as tf

from tf_keras.src.core.call_context import call_context
from tf_keras.src.core.layer import Layer


class Look(Layer):
    """Notes the call context."""

    def call(self, inputs, training=None):
        context = call_context()
        self.layers = [layer.name for layer in context.layers]
        self.innermost = context.layer
        self.flag = context.training
        return inputs


class CallContextTest(tf.test.TestCase):
    def test_knows_the_layers_under_way(self):
        class Outer(Layer):
            def __init__(self):
                super().__init__(name="outer")
                self.inner = Look(name="inner")

            def call(self, inputs):
                return self.inner(inputs)

        outer = Outer()
        outer(tf.ones(2), training=True)
        self.assertEqual(outer.inner.layers, ["outer", "inner"])
        self.assertIs(outer.inner.innermost, outer.inner)
        self.assertIs(outer.inner.flag, True)

    def test_is_empty_outside(self):
        Look()(tf.ones(2), training=True)
        context = call_context()
        self.assertFalse(context.in_call)
        self.assertIsNone(context.layer)
        self.assertIsNone(context.training)
        self.assertIsNone(context.autocast_dtype)
        self.assertEqual(context.built, [])

    def test_threads_do_not_see_each_other(self):
        found = []

        class Fork(Layer):
            def call(self, inputs):
                thread = threading.Thread(
                    target=lambda: found.append(call_context().in_call)
                )
                thread.start()
                thread.join()
                return inputs

        Fork()(tf.ones(2))
        self.assertEqual(found, [False])

    def test_many_threads_call_one_layer(self):
        class Scale(Layer):
            def build(self, input_shape):
                self.scale = self.add_weight("scale", (), initializer="ones")
                super().build(input_shape)

            def call(self, inputs):
                return inputs * self.scale

        layer = Scale()
        layer(tf.ones(2))
        results = []

        def run(number):
            for _ in range(20):
                results.append(
                    float(layer(tf.fill([2], float(number)))[0]) - number
                )

        threads = [
            threading.Thread(target=run, args=(number,)) for number in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [0.0] * 80)


if __name__ == "__main__":
    tf.test.main()
