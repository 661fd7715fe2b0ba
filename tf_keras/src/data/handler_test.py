"""Tests of epochs and steps over all kinds of data."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data.dataset_creator import DatasetCreator
from tf_keras.src.data.handler import DataHandler
from tf_keras.src.data.iterator_handler import get_data_handler
from tf_keras.src.data.sequence import Sequence


class _Numbers(Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        return np.array([index])


def _generator(count=4):
    for number in range(count):
        yield np.array([number])


def _dataset():
    return tf.data.Dataset.range(4).batch(1)


def _first_rows(*args, **kwargs):
    """The first number of each batch, by epoch."""
    with DataHandler(*args, **kwargs) as handler:
        return _read(handler), handler


def _read(handler):
    return [
        [int(tf.nest.flatten(batch)[0][0]) for batch in data]
        for _, data in handler.enumerate_epochs()
    ]


class HandlerTest(tf.test.TestCase):
    def test_each_epoch_is_a_pass(self):
        kinds = {
            "array": lambda: np.arange(4),
            "dataset": _dataset,
            "unknown size": lambda: _dataset().filter(lambda _: True),
            "sequence": _Numbers,
        }
        for name, make in kinds.items():
            with self.subTest(name):
                epochs, handler = _first_rows(make(), batch_size=1, epochs=2)
                self.assertEqual(epochs, [[0, 1, 2, 3]] * 2)
                self.assertEqual(handler.inferred_steps, 4)

    def test_arrays_go_on_where_the_epoch_stopped(self):
        epochs, _ = _first_rows(
            np.arange(5), batch_size=2, steps_per_epoch=2, epochs=3
        )
        self.assertEqual(epochs, [[0, 2], [4, 0], [2, 4]])

    def test_datasets_go_on_where_the_epoch_stopped(self):
        epochs, _ = _first_rows(_dataset(), steps_per_epoch=2, epochs=2)
        self.assertEqual(epochs, [[0, 1], [2, 3]])

    def test_generators_go_on_where_the_epoch_stopped(self):
        epochs, _ = _first_rows(_generator(), steps_per_epoch=2, epochs=2)
        self.assertEqual(epochs, [[0, 1], [2, 3]])

    def test_sequences_start_anew(self):
        epochs, _ = _first_rows(_Numbers(), steps_per_epoch=2, epochs=2)
        self.assertEqual(epochs, [[0, 1], [0, 1]])

    def test_warns_and_stops_when_data_runs_out(self):
        for data in (_generator(3), _dataset().take(3), np.arange(3)):
            with self.assertLogs("tf_keras", "WARNING") as logs:
                epochs, handler = _first_rows(
                    data, batch_size=None, steps_per_epoch=5, epochs=1
                )
            self.assertIn("ran out of data", logs.output[0])
            self.assertEqual(epochs, [[0, 1, 2]])
            self.assertTrue(handler.insufficient_data)

    def test_size_is_known_after_the_first_epoch(self):
        handler = DataHandler(_generator(3))
        self.assertIsNone(handler.inferred_steps)
        _read(handler)
        self.assertEqual(handler.inferred_steps, 3)
        self.assertFalse(handler.insufficient_data)

    def test_batch_size_follows_from_steps(self):
        epochs, _ = _first_rows(np.arange(7), steps_per_epoch=2)
        self.assertEqual(epochs, [[0, 4]])

    def test_numbers_epochs_from_the_initial_one(self):
        handler = DataHandler(np.arange(2), initial_epoch=3, epochs=5)
        numbers = [epoch for epoch, data in handler.enumerate_epochs()]
        self.assertEqual(numbers, [3, 4])

    def test_resumed_run_sees_what_was_left(self):
        for steps in (None, 2):
            with self.subTest(steps=steps):
                options = {
                    "batch_size": 2,
                    "steps_per_epoch": steps,
                    "epochs": 4,
                    "shuffle": True,
                }
                handler = DataHandler(np.arange(7), **options)
                whole = _read(handler)
                resumed = DataHandler(np.arange(7), **options)
                resumed.seed = handler.seed
                resumed.resume_at(2, 1)
                self.assertEqual(_read(resumed), [whole[2][1:], whole[3]])

    def test_resumed_run_goes_on_after_an_epoch_that_was_done(self):
        handler = DataHandler(np.arange(4), batch_size=2, epochs=3)
        handler.resume_at(1, 2)
        epochs = [epoch for epoch, _ in handler.enumerate_epochs()]
        self.assertEqual(epochs, [2])

    def test_resumed_generator_is_read_past(self):
        handler = DataHandler(_generator(9), steps_per_epoch=3, epochs=3)
        handler.resume_at(1, 2)
        self.assertEqual(_read(handler), [[5], [6, 7, 8]])

    def test_class_weights_reach_every_kind_of_data(self):
        y = np.array([0, 1])
        batch = (np.ones((2, 1)), y)
        dataset = tf.data.Dataset.from_tensors(batch)
        for args in ((*batch,), (dataset,), (iter([batch]),)):
            with DataHandler(*args, class_weight={0: 2.0, 1: 3.0}) as handler:
                for _, data in handler.enumerate_epochs():
                    self.assertAllEqual(next(data)[2], [2, 3])

    def test_reads_a_dataset_creator(self):
        epochs, _ = _first_rows(DatasetCreator(lambda context: _dataset()))
        self.assertEqual(epochs, [[0, 1, 2, 3]])

    def test_strategy_splits_batches_of_arrays(self):
        strategy = tf.distribute.MirroredStrategy(["CPU:0"])
        with strategy.scope():
            handler = DataHandler(np.arange(5), batch_size=2, epochs=2)
            self.assertFalse(handler.gives_blocks)
            self.assertEqual(handler.inferred_steps, 3)
            self.assertEqual(_read(handler), [[0, 2, 4]] * 2)

    def test_strategy_splits_batches_of_generators(self):
        strategy = tf.distribute.MirroredStrategy(["CPU:0"])
        for data in (_generator(), _Numbers()):
            with strategy.scope(), DataHandler(data) as handler:
                self.assertFalse(handler.gives_blocks)
                self.assertEqual(_read(handler), [[0, 1, 2, 3]])
                self.assertEqual(handler.inferred_steps, 4)

    def test_all_data_comes_as_iterators_when_asked_for(self):
        for data in (np.arange(2), _generator(2), _dataset().take(2)):
            handler = DataHandler(data, batch_size=1, arrays_as_dataset=True)
            for _, epoch in handler.enumerate_epochs():
                self.assertAllEqual(next(epoch.iterator), [0])
                self.assertAllEqual(next(epoch.iterator), [1])

    def test_refuses_bad_counts(self):
        x = np.ones(3)
        for name in ("batch_size", "steps_per_epoch"):
            with self.assertRaisesRegex(ValueError, f"{name} must be pos"):
                DataHandler(x, **{name: 0})
            with self.assertRaisesRegex(TypeError, f"{name} must be an int"):
                DataHandler(x, **{name: 2.5})

    def test_refuses_targets_beside_what_holds_them(self):
        for data in (_dataset(), _generator(), _Numbers()):
            with self.assertRaisesRegex(ValueError, "`y` is not supported"):
                DataHandler(data, np.ones(3))

    def test_refuses_endless_data_without_steps(self):
        with self.assertRaisesRegex(ValueError, "steps_per_epoch"):
            DataHandler(_dataset().repeat())

    def test_refuses_an_empty_dataset(self):
        with self.assertRaisesRegex(ValueError, "not empty"):
            DataHandler(_dataset().take(0))


class IteratorHandlerTest(tf.test.TestCase):
    def test_a_loop_from_outside_reads_all(self):
        def make_all():
            yield "array", np.arange(4)
            yield "dataset", _dataset().filter(lambda _: True)
            yield "generator", _generator()
            yield "sequence", _Numbers()

        for name, data in make_all():
            with self.subTest(name):
                handler = get_data_handler(data, batch_size=1)
                found = []
                for _, iterator in handler.enumerate_epochs():
                    with handler.catch_stop_iteration():
                        for _ in handler.steps():
                            found.append(int(next(iterator)[0]))
                self.assertEqual(found, [0, 1, 2, 3])
                self.assertEqual(handler.inferred_steps, 4)


if __name__ == "__main__":
    tf.test.main()
