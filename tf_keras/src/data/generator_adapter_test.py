"""Tests of reading generators and Sequences."""

import threading
import time

import numpy as np
import tensorflow as tf

from tf_keras.src.data.generator_adapter import (
    GeneratorAdapter,
    SequenceAdapter,
)
from tf_keras.src.data.sequence import Sequence


def _take_all(adapter, index=0, max_steps=100):
    adapter.expect(None)
    take, batches = adapter.read_pass(index), []
    while (block := take(max_steps)) is not None:
        batches += [adapter.batch(block, step) for step in range(block.steps)]
    return batches


class GeneratorAdapterTest(tf.test.TestCase):
    def _check_all_read(self, workers):
        adapter = GeneratorAdapter(
            (np.full((2, 3), number) for number in range(30)), workers
        )
        self.addCleanup(adapter.close)
        batches = _take_all(adapter)
        self.assertAllEqual([batch[0, 0] for batch in batches], np.arange(30))

    def test_reads_every_batch_once_in_a_thread(self):
        self._check_all_read(workers=1)

    def test_reads_every_batch_once_without_threads(self):
        self._check_all_read(workers=0)

    def test_joins_batches_of_equal_shapes(self):
        shapes = [(2, 3)] * 4 + [(1, 3)]
        adapter = GeneratorAdapter(
            (np.ones(shape) for shape in shapes), workers=0
        )
        take = adapter.read_pass(0)
        self.assertEqual(take(3).steps, 3)
        self.assertEqual([take(3)[3:], take(3)[3:]], [(1, 2), (1, 1)])
        self.assertIsNone(take(3))

    def test_slow_batches_come_one_by_one(self):
        def slow():
            while True:
                yield np.ones((2, 3))
                threading.Event().wait(0.02)

        take = GeneratorAdapter(slow(), workers=0).read_pass(0)
        self.assertEqual([take(9).steps for _ in range(3)], [2, 1, 1])

    def test_floats_become_floatx_and_none_stays(self):
        adapter = GeneratorAdapter(iter([(np.ones((2, 3)), None)]), workers=0)
        ((x, y),) = _take_all(adapter)
        self.assertEqual(x.dtype, tf.float32)
        self.assertIsNone(y)

    def test_an_error_comes_after_the_batches_before_it(self):
        def broken():
            yield np.ones((2, 3))
            yield np.ones((2, 3))
            raise KeyError("mine")

        for workers in (0, 1):
            adapter = GeneratorAdapter(broken(), workers)
            adapter.expect(None)
            take = adapter.read_pass(0)
            steps = 0
            with self.assertRaisesRegex(KeyError, "mine"):
                while True:
                    steps += take(9).steps
            self.assertEqual(steps, 2)
            adapter.close()

    def test_reads_no_more_than_is_expected(self):
        read = []

        def counted():
            for number in range(100):
                read.append(number)
                yield np.ones((1, 1))

        adapter = GeneratorAdapter(counted(), max_queue_size=50)
        adapter.expect(4)
        take, steps = adapter.read_pass(0), 0
        while steps < 4:
            steps += take(4 - steps).steps
        adapter.close()
        self.assertLen(read, 4)

    def test_closing_ends_the_thread(self):
        before = threading.active_count()
        adapter = GeneratorAdapter(np.ones((1, 1)) for _ in range(9))
        self.assertEqual(threading.active_count(), before + 1)
        adapter.close()
        self.assertEqual(threading.active_count(), before)

    def test_reads_ahead_while_steps_run(self):
        read = []

        def counted():
            for number in range(5):
                read.append(number)
                yield np.ones((1, 1))

        adapter = GeneratorAdapter(counted(), max_queue_size=2)
        self.addCleanup(adapter.close)
        adapter.expect(None)
        adapter.read_pass(0)(1)
        deadline = time.monotonic() + 5
        while len(read) < 3 and time.monotonic() < deadline:
            threading.Event().wait(0.001)
        self.assertLen(read, 3)

    def test_refuses_an_empty_generator(self):
        with self.assertRaisesRegex(ValueError, "yielded nothing"):
            GeneratorAdapter(iter([]))

    def test_refuses_a_change_of_structure(self):
        x = np.ones((2, 3))
        adapter = GeneratorAdapter(iter([(x, x), {"a": x}]), workers=0)
        take = adapter.read_pass(0)
        take(5)
        with self.assertRaisesRegex(ValueError, "same structure"):
            take(5)

    def test_refuses_scalars(self):
        with self.assertRaisesRegex(ValueError, "batch axis"):
            GeneratorAdapter(iter([(np.ones((2, 3)), np.float32(1))]))

    def test_ragged_batches_stay_ragged(self):
        ragged = tf.ragged.constant([[1], [2, 3]])
        batches = _take_all(GeneratorAdapter(iter([ragged] * 2), workers=0))
        self.assertEqual(
            [batch.to_list() for batch in batches], [[[1], [2, 3]]] * 2
        )


class _Numbers(Sequence):
    def __init__(self, size=5):
        self.size = size
        self.ended = 0

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        return np.full((2, 1), index)

    def on_epoch_end(self):
        self.ended += 1


def _numbers(batches):
    return [int(batch[0, 0]) for batch in batches]


class SequenceAdapterTest(tf.test.TestCase):
    def test_starts_each_pass_anew(self):
        adapter = SequenceAdapter(_Numbers())
        self.addCleanup(adapter.close)
        for index in range(2):
            self.assertEqual(_numbers(_take_all(adapter, index)), [*range(5)])

    def test_shuffles_batches(self):
        tf.random.set_seed(2)
        adapter = SequenceAdapter(_Numbers(20), shuffle=True, workers=0)
        first, second = (_numbers(_take_all(adapter, i)) for i in (0, 1))
        self.assertCountEqual(first, range(20))
        self.assertNotEqual(first, second)
        self.assertEqual(first, _numbers(_take_all(adapter, 0)))

    def test_several_threads_keep_the_order(self):
        adapter = SequenceAdapter(_Numbers(30), workers=3)
        self.addCleanup(adapter.close)
        self.assertEqual(_numbers(_take_all(adapter)), [*range(30)])

    def test_several_processes_keep_the_order(self):
        adapter = SequenceAdapter(
            _Numbers(8), workers=2, use_multiprocessing=True
        )
        self.addCleanup(adapter.close)
        self.assertEqual(_numbers(_take_all(adapter)), [*range(8)])

    def test_tells_the_sequence_that_the_epoch_ended(self):
        sequence = _Numbers()
        adapter = SequenceAdapter(sequence)
        _take_all(adapter)
        adapter.on_epoch_end()
        self.assertEqual(sequence.ended, 1)

    def test_refuses_an_empty_sequence(self):
        with self.assertRaisesRegex(ValueError, "not empty"):
            SequenceAdapter(_Numbers(0))


if __name__ == "__main__":
    tf.test.main()
