"""Tests of learning rate schedules."""

import copy
import math
import pickle

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.optimizers import schedules


def _cosine(step, rate, steps, alpha=0.0):
    height = 0.5 * (1 + math.cos(math.pi * min(step, steps) / steps))
    return rate * ((1 - alpha) * height + alpha)


def _restarts(step, rate, first, longer=2.0, higher=1.0, alpha=0.0):
    length, start = first, rate
    while step >= length:
        step -= length
        length *= longer
        start *= higher
    height = start / rate * 0.5 * (1 + math.cos(math.pi * step / length))
    return rate * ((1 - alpha) * height + alpha)


def _polynomial(step, rate, steps, end, power, cycle):
    if cycle:
        steps *= max(1, math.ceil(step / steps))
    step = min(step, steps)
    return (rate - end) * (1 - step / steps) ** power + end


_STEPS = (0, 1, 7, 10, 19, 25, 40, 300)
_CASES = {
    "exponential": (
        schedules.ExponentialDecay(0.1, 10, 0.5),
        lambda t: 0.1 * 0.5 ** (t / 10),
    ),
    "exponential_stairs": (
        schedules.ExponentialDecay(0.1, 10, 0.5, staircase=True),
        lambda t: 0.1 * 0.5 ** (t // 10),
    ),
    "inverse": (
        schedules.InverseTimeDecay(0.1, 10, 0.5),
        lambda t: 0.1 / (1 + 0.5 * t / 10),
    ),
    "inverse_stairs": (
        schedules.InverseTimeDecay(0.1, 10, 0.5, staircase=True),
        lambda t: 0.1 / (1 + 0.5 * (t // 10)),
    ),
    "piecewise": (
        schedules.PiecewiseConstantDecay([10, 20], [1.0, 0.5, 0.1]),
        lambda t: 1.0 if t <= 10 else 0.5 if t <= 20 else 0.1,
    ),
    "polynomial": (
        schedules.PolynomialDecay(0.1, 10, 0.01, power=2.0),
        lambda t: _polynomial(t, 0.1, 10, 0.01, 2.0, False),
    ),
    "polynomial_cycle": (
        schedules.PolynomialDecay(0.1, 10, 0.01, power=0.5, cycle=True),
        lambda t: _polynomial(t, 0.1, 10, 0.01, 0.5, True),
    ),
    "cosine": (
        schedules.CosineDecay(0.1, 20, alpha=0.1),
        lambda t: _cosine(t, 0.1, 20, 0.1),
    ),
    "cosine_warmup": (
        schedules.CosineDecay(0.1, 20, warmup_target=0.5, warmup_steps=10),
        lambda t: 0.1 + 0.04 * t if t < 10 else _cosine(t - 10, 0.5, 20),
    ),
    "restarts": (
        schedules.CosineDecayRestarts(0.1, 5, m_mul=0.8, alpha=0.1),
        lambda t: _restarts(t, 0.1, 5, 2.0, 0.8, 0.1),
    ),
    "restarts_even": (
        schedules.CosineDecayRestarts(0.1, 7, t_mul=1.0),
        lambda t: _restarts(t, 0.1, 7, 1.0),
    ),
}


class SchedulesTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(*_CASES)
    def test_rates_agree_with_python(self, name):
        schedule, expected = _CASES[name]
        for step in _STEPS:
            for given in (step, tf.constant(step, tf.int64), float(step)):
                self.assertAllClose(schedule(given), expected(step), atol=1e-6)

    @parameterized.parameters(*_CASES)
    def test_graphs_xla_copies_and_configs_agree(self, name):
        schedule, expected = _CASES[name]
        function = tf.function(schedule, jit_compile=True)
        for other in (
            function,
            copy.deepcopy(schedule),
            pickle.loads(pickle.dumps(schedule)),
            type(schedule).from_config(schedule.get_config()),
            schedules.deserialize(
                schedules.serialize(schedule, True), None, True
            ),
        ):
            rate = other(tf.constant(7, tf.int64))
            self.assertAllClose(rate, expected(7), atol=1e-6)

    def test_boundaries_are_exact_beyond_single_precision(self):
        schedule = schedules.PiecewiseConstantDecay([2**24], [1.0, 2.0])
        self.assertEqual(float(schedule(tf.constant(2**24, tf.int64))), 1.0)
        self.assertEqual(float(schedule(tf.constant(2**24 + 1, tf.int64))), 2.0)

    def test_counts_that_do_not_fit_are_refused(self):
        with self.assertRaisesRegex(ValueError, "one value more"):
            schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.2])
        with self.assertRaisesRegex(ValueError, "decay_steps=0"):
            schedules.ExponentialDecay(0.1, 0, 0.5)

    def test_a_users_schedule_needs_no_config_of_its_own(self):
        class Halving(schedules.LearningRateSchedule):
            def __init__(self, start):
                self.start = start

            def __call__(self, step):
                return self.start / 2.0**step

        self.assertEqual(Halving(0.5).get_config(), {"start": 0.5})

        class Silent(schedules.LearningRateSchedule):
            def __init__(self, start):
                pass

        with self.assertRaisesRegex(NotImplementedError, "start"):
            Silent(1).get_config()
        with self.assertRaisesRegex(NotImplementedError, "__call__"):
            Silent(1)(0)

    def test_the_rate_keeps_its_dtype(self):
        schedule = schedules.ExponentialDecay(np.float64(0.1), 2, 0.5)
        self.assertEqual(schedule(3).dtype, tf.float64)


if __name__ == "__main__":
    tf.test.main()
