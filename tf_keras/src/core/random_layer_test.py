"""Tests of BaseRandomLayer."""

import copy

import tensorflow as tf

from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.foundation.seeds import set_random_seed


class Noise(BaseRandomLayer):
    """Adds noise."""

    def __init__(self, seed=None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.seed = seed

    def call(self, inputs):
        shape = tf.shape(inputs)
        return inputs + self._random_generator.random_uniform(shape)


class RandomLayerTest(tf.test.TestCase):
    def test_a_whole_run_repeats(self):
        x = tf.zeros((3, 4))
        runs = []
        for _ in range(2):
            set_random_seed(5)
            layers = [Noise(), Noise(force_generator=True)]
            runs.append([layer(x) for layer in layers for _ in range(2)])
        self.assertAllEqual(*runs)
        first, second, third, fourth = runs[0]
        self.assertNotAllEqual(first, second)
        self.assertNotAllEqual(third, fourth)
        self.assertNotAllEqual(first, third)

    def test_a_stateless_layer_draws_the_same_at_each_call(self):
        layer = Noise(seed=3, rng_type="stateless")
        x = tf.zeros((3, 4))
        self.assertAllEqual(layer(x), layer(x))

    def test_configs_hold_the_kind_of_generator_where_it_is_given(self):
        self.assertNotIn("rng_type", Noise().get_config())
        config = Noise(force_generator=True).get_config()
        self.assertEqual(
            list(config), ["name", "trainable", "dtype", "rng_type", "seed"]
        )
        self.assertEqual(config["rng_type"], "stateful")
        first = list(Noise(force_generator=True, input_shape=(2,)).get_config())
        self.assertEqual(first[2:5], ["dtype", "batch_input_shape", "rng_type"])
        again = Noise.from_config(config)
        self.assertEqual(again.get_config(), config)

    def test_copies_go_on_apart(self):
        x = tf.zeros((3, 4))
        for layer in (Noise(seed=3), Noise(seed=3, force_generator=True)):
            layer(x)
            copied = copy.deepcopy(layer)
            tf.random.set_seed(1)
            expected = layer(x)
            tf.random.set_seed(1)
            self.assertAllEqual(copied(x), expected)

    def test_files_hold_where_a_stateful_generator_is(self):
        x = tf.zeros((3, 4))
        layer, other = (Noise(seed=3, force_generator=True) for _ in range(2))
        folder = self.get_temp_dir()
        layer.save_assets(folder)  # Nothing yet.
        self.assertEmpty(tf.io.gfile.listdir(folder))
        layer(x)
        layer.save_assets(folder)
        other.load_assets(folder)
        self.assertAllEqual(other(x), layer(x))

    def test_refuses_unknown_kinds(self):
        with self.assertRaisesRegex(ValueError, "statefull"):
            Noise(rng_type="statefull")


if __name__ == "__main__":
    tf.test.main()
