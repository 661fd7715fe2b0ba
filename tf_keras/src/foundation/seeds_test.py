"""Tests of seeds."""

import random

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import draw_seed, set_random_seed


def _draw_all():
    return (
        random.random(),
        np.random.rand(),
        float(tf.random.uniform(())),
        draw_seed(),
    )


class SetRandomSeedTest(tf.test.TestCase):
    def test_fixes_python_numpy_tensorflow_and_own_draws(self):
        set_random_seed(7)
        first = _draw_all()
        others = _draw_all()
        set_random_seed(7)
        self.assertEqual(_draw_all(), first)
        self.assertNotEqual(others, first)

    def test_own_draws_leave_the_users_generators_alone(self):
        set_random_seed(7)
        expected = random.random(), np.random.rand()
        set_random_seed(7)
        draw_seed()
        self.assertEqual((random.random(), np.random.rand()), expected)

    def test_draws_do_not_repeat(self):
        set_random_seed(1)
        self.assertLen({draw_seed() for _ in range(100)}, 100)

    def test_first_draw_is_that_of_published_releases(self):
        # So that seeded programs keep their weights.
        set_random_seed(1)
        self.assertEqual(draw_seed(), 144272510)

    def test_takes_numpy_integers(self):
        set_random_seed(np.int64(3))
        expected = draw_seed()
        set_random_seed(3)
        self.assertEqual(draw_seed(), expected)

    def test_refuses_what_is_no_seed(self):
        for seed in (3.0, "a", None, -1, 2**32):
            with self.assertRaisesRegex(ValueError, "integer from 0"):
                set_random_seed(seed)


if __name__ == "__main__":
    tf.test.main()
