"""Tests of the random numbers of steps."""

import tensorflow as tf

from tf_keras.src.backend.random import RandomGenerator
from tf_keras.src.backend.step_random import StepRandom
from tf_keras.src.testing.devices import two_cpus


def drawn(random, generator, steps, function=None):
    """What a generator draws in some steps."""

    def step():
        with random.step():
            return tf.stack([generator.random_normal((3,)) for _ in range(2)])

    step = function(step) if function else step
    return [step().numpy() for _ in range(steps)]


class StepRandomTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        two_cpus()
        self.random = StepRandom()
        self.start = self.random.state.numpy()

    def again(self):
        random = StepRandom()
        random.state.assign(self.start)
        return random

    def test_each_draw_and_each_step_is_another(self):
        for own in (None, 3):
            values = drawn(self.again(), RandomGenerator(own), 3)
            flat = tf.concat(values, 0).numpy().ravel()
            self.assertLen(set(flat.tolist()), 18)

    def test_graphs_and_eager_code_draw_the_same(self):
        for own in (None, 3):
            eager = drawn(self.again(), RandomGenerator(own), 2)
            graph = drawn(self.again(), RandomGenerator(own), 2, tf.function)
            self.assertAllClose(eager, graph)

    def test_goes_on_from_its_state(self):
        whole = drawn(self.again(), RandomGenerator(), 4)
        first = self.again()
        drawn(first, RandomGenerator(), 2)
        later = StepRandom()
        later.state.assign(first.state)
        self.assertAllClose(drawn(later, RandomGenerator(), 2), whole[2:])

    def test_a_seed_of_tensorflow_fixes_the_run(self):
        states = []
        for seed in (1, 1, 2):
            tf.random.set_seed(seed)
            states.append(int(StepRandom().state[0]))
        self.assertEqual(states[0], states[1])
        self.assertNotEqual(states[0], states[2])

    def test_draws_inside_of_branches_count_too(self):
        generator = RandomGenerator()

        @tf.function
        def step(wanted):
            with self.random.step():
                return tf.cond(
                    wanted,
                    lambda: generator.random_uniform((2,)),
                    lambda: tf.zeros((2,)),
                )

        wanted = tf.constant(True)
        self.assertNotAllClose(step(wanted), step(wanted))

    def test_a_function_of_its_own_draws_anew_at_each_call(self):
        generator = RandomGenerator()
        inner = tf.function(lambda: generator.random_uniform((2,)))
        with self.random.step():
            inner()
        self.assertNotAllClose(inner(), inner())

    def test_dropout_of_two_replicas_differs(self):
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        with strategy.scope():
            random = StepRandom()
        generator = RandomGenerator()

        def step():
            with random.step():
                return generator.dropout(tf.ones(64), 0.5)

        run = tf.function(lambda: strategy.run(step))
        one, other = strategy.experimental_local_results(run())
        self.assertNotAllClose(one, other)
        self.assertEqual(int(random.state[1]), 1)


if __name__ == "__main__":
    tf.test.main()
