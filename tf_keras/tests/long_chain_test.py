"""A chain of 2,000 layers builds, runs, summarises, saves, loads, clones."""

import os

import numpy as np
import tensorflow as tf

import tf_keras

LENGTH = 2000
ZERO = np.zeros((1, 1), "float32")


@tf_keras.saving.register_keras_serializable("long_chain_test")
class Step(tf_keras.layers.Layer):
    """Adds one; if weighted, a weight that starts at one."""

    def __init__(self, weighted=False, **kwargs):
        super().__init__(**kwargs)
        self.weighted = weighted

    def build(self, input_shape):
        self.step = 1.0
        if self.weighted:
            self.step = self.add_weight("step", (), initializer="ones")
        super().build(input_shape)

    def call(self, inputs):
        return inputs + self.step


def steps():
    return [Step(weighted=number % 20 == 0) for number in range(LENGTH)]


class LongChainTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        x = tf_keras.Input((1,))
        y = x
        for step in steps():
            y = step(y)
        cls.model = tf_keras.Model(x, y)

    def test_runs(self):
        self.assertAllEqual(self.model(ZERO), [[LENGTH]])
        self.assertAllEqual(tf.function(self.model)(ZERO), [[LENGTH]])

    def test_summarises(self):
        lines = []
        self.model.summary(print_fn=lines.append)
        self.assertIn(f"Total params: {LENGTH // 20}", "\n".join(lines))

    def test_saves_and_loads(self):
        path = os.path.join(self.get_temp_dir(), "chain.keras")
        self.model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertAllEqual(again(ZERO), [[LENGTH]])

    def test_clones(self):
        again = tf_keras.models.clone_model(self.model)
        self.assertAllEqual(again(ZERO), [[LENGTH]])

    def test_a_sequential_of_as_many(self):
        model = tf_keras.Sequential(steps())
        self.assertAllEqual(model(ZERO), [[LENGTH]])


if __name__ == "__main__":
    tf.test.main()
