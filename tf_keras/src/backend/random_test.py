"""Tests of random tensors and the generator that layers own."""

import os

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import random
from tf_keras.src.foundation.seeds import set_random_seed

_TYPES = ("stateful", "stateless", "legacy_stateful")


class GeneratorTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(*_TYPES)
    def test_seed_fixes_the_numbers(self, rng_type):
        def draw():
            tf.random.set_seed(1)
            generator = random.RandomGenerator(3, rng_type)
            return generator.random_normal((2, 3)), generator.random_uniform(
                (2, 3), -1.0, 1.0
            )

        first, second = draw(), draw()
        self.assertAllEqual(first[0], second[0])
        self.assertAllEqual(first[1], second[1])

    @parameterized.parameters(*_TYPES)
    def test_set_random_seed_fixes_unseeded_ones(self, rng_type):
        def draw():
            set_random_seed(5)
            generator = random.RandomGenerator(rng_type=rng_type)
            return generator.truncated_normal((2, 3))

        self.assertAllEqual(draw(), draw())

    def test_stateless_repeats_and_others_go_on(self):
        for rng_type in _TYPES:
            generator = random.RandomGenerator(3, rng_type)
            first = generator.random_uniform((4,))
            second = generator.random_uniform((4,))
            is_same = np.array_equal(first, second)
            self.assertEqual(is_same, rng_type == "stateless")

    def test_nonce_gives_other_stateless_numbers(self):
        generator = random.RandomGenerator(3, "stateless")
        self.assertNotAllEqual(
            generator.random_normal((4,)),
            generator.random_normal((4,), nonce=1),
        )

    def test_stateless_numbers_are_those_of_tensorflow(self):
        generator = random.RandomGenerator(3, "stateless")
        self.assertEqual(generator.make_seed_for_stateless_op(), [3, 0])
        self.assertAllEqual(
            generator.random_normal((4,), 1.0, 2.0),
            tf.random.stateless_normal((4,), [3, 0], 1.0, 2.0),
        )

    @parameterized.parameters(*_TYPES)
    def test_draws_what_was_asked_for(self, rng_type):
        generator = random.RandomGenerator(3, rng_type)
        normal = generator.random_normal((5000,), 2.0, 0.5).numpy()
        self.assertAllClose(normal.mean(), 2.0, atol=0.05)
        self.assertAllClose(normal.std(), 0.5, atol=0.05)
        cut = generator.truncated_normal((5000,), 2.0, 0.5).numpy()
        self.assertAllInRange(cut, 1.0, 3.0)
        whole = generator.random_uniform((50,), 2, 5, dtype="int32")
        self.assertAllInSet(whole, [2, 3, 4])
        self.assertEqual(
            generator.random_normal((2,), dtype="float64").dtype, tf.float64
        )

    @parameterized.parameters(*_TYPES)
    def test_dropout_zeroes_a_share_and_scales_the_rest(self, rng_type):
        generator = random.RandomGenerator(3, rng_type)
        dropped = generator.dropout(tf.ones((2000,)), 0.25).numpy()
        self.assertAllClose((dropped == 0).mean(), 0.25, atol=0.05)
        self.assertAllClose(dropped.max(), 1 / 0.75)
        columns = generator.dropout(tf.ones((9, 50)), 0.5, (1, 50)).numpy()
        self.assertAllEqual(columns, columns[:1].repeat(9, 0))

    @parameterized.parameters(*_TYPES)
    def test_goes_on_inside_a_function(self, rng_type):
        generator = random.RandomGenerator(3, rng_type)
        draw = tf.function(lambda: generator.random_uniform((4,)))
        is_same = np.array_equal(draw(), draw())
        self.assertEqual(is_same, rng_type == "stateless")

    def test_legacy_seeds_count_up(self):
        generator = random.RandomGenerator(3, "legacy_stateful")
        seeds = [generator.make_legacy_seed() for _ in range(3)]
        self.assertEqual(seeds, [3, 4, 5])
        unseeded = random.RandomGenerator(rng_type="legacy_stateful")
        self.assertIsNone(unseeded.make_legacy_seed())

    def test_checkpoints_hold_the_state(self):
        generator = random.RandomGenerator(3, "stateful")
        generator.random_normal((2,))
        path = tf.train.Checkpoint(generator=generator).write(
            os.path.join(self.get_temp_dir(), "state")
        )
        expected = generator.random_normal((2,))
        tf.train.Checkpoint(generator=generator).read(path)
        self.assertAllEqual(generator.random_normal((2,)), expected)

    def test_switch_decides_the_default(self):
        self.assertFalse(random.is_tf_random_generator_enabled())
        random.enable_tf_random_generator()
        self.addCleanup(random.disable_tf_random_generator)
        self.assertTrue(random.is_tf_random_generator_enabled())
        seed = random.RandomGenerator(3).make_seed_for_stateless_op()
        self.assertEqual(seed.shape, (2,))
        random.disable_tf_random_generator()
        legacy = random.RandomGenerator(3)
        self.assertIsNone(legacy.make_seed_for_stateless_op())

    def test_refuses_unknown_types(self):
        with self.assertRaisesRegex(ValueError, "'x'.*stateless"):
            random.RandomGenerator(rng_type="x")


class FunctionsTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        "random_normal",
        "random_uniform",
        "truncated_normal",
        "random_bernoulli",
    )
    def test_numpys_seed_decides_with_tensorflows(self, name):
        draw = getattr(random, name)

        def seeded():
            tf.random.set_seed(1)
            np.random.seed(2)
            return draw((3, 2)), draw((3, 2), dtype="float16")

        first, second = seeded(), seeded()
        self.assertAllEqual(first[0], second[0])
        self.assertEqual(first[0].dtype, tf.float32)
        self.assertEqual(first[1].dtype, tf.float16)

    def test_seed_is_tensorflows(self):
        tf.random.set_seed(1)
        ours = random.random_normal((3,), 1.0, 2.0, seed=4)
        tf.random.set_seed(1)
        self.assertAllEqual(ours, tf.random.normal((3,), 1.0, 2.0, seed=4))

    def test_bernoulli_draws_ones_with_their_probability(self):
        draws = random.random_bernoulli((5000,), 0.3, seed=1).numpy()
        self.assertAllInSet(draws, [0.0, 1.0])
        self.assertAllClose(draws.mean(), 0.3, atol=0.03)

    def test_binomial_warns_and_is_bernoulli(self):
        tf.random.set_seed(1)
        expected = random.random_bernoulli((9,), 0.5, seed=3)
        tf.random.set_seed(1)
        with self.assertWarnsRegex(UserWarning, "random_bernoulli"):
            draws = random.random_binomial((9,), 0.5, seed=3)
        self.assertAllEqual(draws, expected)

    def test_dropout_scales_what_stays(self):
        dropped = random.dropout(tf.ones((2000,)), 0.25, seed=1).numpy()
        self.assertAllClose((dropped == 0).mean(), 0.25, atol=0.05)
        self.assertAllClose(dropped.max(), 1 / 0.75)


if __name__ == "__main__":
    tf.test.main()
