"""Tests of StepsPerExecutionTuner."""

import tensorflow as tf

from tf_keras.src.optimizers.sgd import SGD
from tf_keras.src.training.steps_per_execution import StepsPerExecutionTuner


def _tune(speed_of, looks):
    """Lets a tuner look at a training whose speed follows from its steps."""
    optimizer, steps = SGD(), tf.Variable(1, dtype=tf.int64)
    tuner = StepsPerExecutionTuner(optimizer, steps, 1, change_spe_interval=2)
    found = []
    for _ in range(looks):
        tuner.look()
        optimizer.iterations.assign_add(speed_of(int(steps)))
        found.append(int(steps))
    return found


class StepsPerExecutionTunerTest(tf.test.TestCase):
    def test_grows_as_long_as_it_gets_faster(self):
        found = _tune(lambda steps: 100 * min(steps, 8), looks=20)
        self.assertEqual(found, sorted(found))
        self.assertBetween(found[-1], 8, 14)

    def test_goes_back_when_it_gets_slower(self):
        found = _tune(lambda steps: 400 // steps, looks=8)
        self.assertGreater(max(found), 1)
        self.assertEqual(found[-1], 1)

    def test_starts_at_one_and_keeps_what_it_found(self):
        steps = tf.Variable(7, dtype=tf.int64)
        tuner = StepsPerExecutionTuner(SGD(), steps, interval=60)
        tuner.start()
        self.assertEqual(tuner.steps_per_execution, 1)
        tuner.steps_per_execution = 5
        tuner.stop()
        self.assertEqual(int(steps), 5)


if __name__ == "__main__":
    tf.test.main()
