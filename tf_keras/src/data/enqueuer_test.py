"""Tests of workers that read ahead."""

import concurrent.futures
import itertools
import multiprocessing
import os
import threading
from unittest import mock

import tensorflow as tf

from tf_keras.src.data.enqueuer import (
    GeneratorEnqueuer,
    OrderedEnqueuer,
    SequenceEnqueuer,
    read_in_order,
)
from tf_keras.src.data.sequence import Sequence


class _Squares(Sequence):
    ended = 0

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return index**2

    def on_epoch_end(self):
        self.ended += 1


class _Deadly(_Squares):
    def __getitem__(self, index):
        if index == 2:
            os._exit(1)
        return index


class _Wrong(_Squares):
    def __getitem__(self, index):
        raise KeyError(f"item {index}")


class EnqueuerTest(tf.test.TestCase):
    def test_reads_a_sequence_again_and_again(self):
        for processes in (False, True):
            sequence = _Squares()
            enqueuer = OrderedEnqueuer(sequence, processes)
            enqueuer.start(workers=2, max_queue_size=3)
            found = list(itertools.islice(enqueuer.get(), 6))
            enqueuer.stop()
            self.assertEqual(found, [0, 1, 4, 9, 0, 1])
            self.assertGreaterEqual(sequence.ended, 1)

    def test_shuffled_pass_holds_each_item_once(self):
        enqueuer = OrderedEnqueuer(_Squares(), shuffle=True)
        enqueuer.start()
        found = list(itertools.islice(enqueuer.get(), 4))
        enqueuer.stop()
        self.assertCountEqual(found, [0, 1, 4, 9])

    def test_reads_a_generator_to_its_end(self):
        enqueuer = GeneratorEnqueuer(iter([1, 2, 3]))
        enqueuer.start(workers=2)
        self.assertTrue(enqueuer.is_running())
        self.assertEqual(list(enqueuer.get()), [1, 2, 3])
        enqueuer.stop()
        self.assertFalse(enqueuer.is_running())

    def test_stopping_ends_threads_and_processes(self):
        before = threading.active_count()
        enqueuer = OrderedEnqueuer(_Squares(), use_multiprocessing=True)
        enqueuer.start(workers=2)
        next(enqueuer.get())
        enqueuer.stop()
        self.assertEqual(multiprocessing.active_children(), [])
        self.assertEqual(threading.active_count(), before)

    def test_a_dead_process_is_an_error(self):
        items = read_in_order(_Deadly(), range(4), 1, True, 2)
        with self.assertRaisesRegex(RuntimeError, "worker process .* died"):
            list(items)
        self.assertEqual(multiprocessing.active_children(), [])

    def test_an_error_of_the_sequence_keeps_its_type(self):
        for workers, processes in ((1, False), (2, False), (1, True)):
            items = read_in_order(_Wrong(), range(4), workers, processes, 2)
            with self.assertRaisesRegex(KeyError, "item 0"):
                list(items)

    def test_threads_need_nothing_of_processes(self):
        futures = vars(concurrent.futures)
        with mock.patch.dict(futures):
            futures.pop("process", None)  # As before a process was started.
            reader = read_in_order(_Wrong(), range(4), 2, False, 2)
            with self.assertRaisesRegex(KeyError, "item 0"):
                next(reader)
            reader = read_in_order(_Squares(), range(4), 2, False, 2)
            self.assertEqual(next(reader), 0)
            reader.close()

    def test_refuses_to_read_before_it_started(self):
        with self.assertRaisesRegex(RuntimeError, "start"):
            OrderedEnqueuer(_Squares()).get()

    def test_base_class_reads_nothing(self):
        with self.assertRaisesRegex(NotImplementedError, "OrderedEnqueuer"):
            SequenceEnqueuer(_Squares()).start()


class SequenceTest(tf.test.TestCase):
    def test_iterates_over_its_items(self):
        self.assertEqual(list(_Squares()), [0, 1, 4, 9])

    def test_says_which_method_is_missing(self):
        with self.assertRaisesRegex(NotImplementedError, "__getitem__"):
            Sequence()[0]
        with self.assertRaisesRegex(NotImplementedError, "__len__"):
            len(Sequence())


if __name__ == "__main__":
    tf.test.main()
