"""Tests of the loop over epochs and steps."""

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.loop import BlockSize

X = np.arange(16, dtype="float32").reshape(8, 2) / 16
Y = np.arange(8, dtype="float32").reshape(8, 1) / 8


def _model(**options):
    model = Sequential([Dense(1, kernel_initializer="ones")])
    model.compile("sgd", "mse", **options)
    return model


def _data(size=3):
    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(size)


def _generator(count):
    for _ in range(count):
        yield X[:4], Y[:4]


class _Listener(Callback):
    """Notes every moment of a run, and where to stop it."""

    def __init__(self, stop_at=None):
        super().__init__()
        self.events = []
        self._stop_at = stop_at

    def _note(self, moment, number, logs):
        event = moment if number is None else f"{moment} {number}"
        self.events.append(event)
        self.logs = logs
        if event == self._stop_at:
            self.model.stop_training = True


def _add_moments():
    def make(moment, has_number):
        def numbered(self, number, logs=None):
            self._note(moment, number, logs)

        def plain(self, logs=None):
            self._note(moment, None, logs)

        return numbered if has_number else plain

    for mode in ("train", "test", "predict"):
        for end in ("begin", "end"):
            plain = make(f"{mode} {end}", False)
            setattr(_Listener, f"on_{mode}_{end}", plain)
            numbered = make(f"{mode} batch {end}", True)
            setattr(_Listener, f"on_{mode}_batch_{end}", numbered)
    for end in ("begin", "end"):
        setattr(_Listener, f"on_epoch_{end}", make(f"epoch {end}", True))


_add_moments()


def _batches(mode, count):
    return [
        f"{mode} batch {end} {index}"
        for index in range(count)
        for end in ("begin", "end")
    ]


class EventsTest(tf.test.TestCase):
    def test_fit_with_validation(self):
        listener = _Listener()
        _model().fit(
            X,
            Y,
            batch_size=4,
            epochs=2,
            validation_data=(X, Y),
            callbacks=[listener],
            verbose=0,
        )
        epoch = [
            *_batches("train", 2),
            "test begin",
            *_batches("test", 2),
            "test end",
        ]
        self.assertEqual(
            listener.events,
            [
                "train begin",
                *("epoch begin 0", *epoch, "epoch end 0"),
                *("epoch begin 1", *epoch, "epoch end 1"),
                "train end",
            ],
        )
        self.assertEqual(set(listener.logs), {"loss", "val_loss"})

    def test_evaluate_and_predict(self):
        for mode, method in (("test", "evaluate"), ("predict", "predict")):
            listener = _Listener()
            arguments = (X, Y) if mode == "test" else (X,)
            getattr(_model(), method)(
                *arguments, batch_size=3, callbacks=[listener], verbose=0
            )
            self.assertEqual(
                listener.events,
                [f"{mode} begin", *_batches(mode, 3), f"{mode} end"],
            )

    def test_data_of_unknown_size(self):
        listener = _Listener()
        data = _data().filter(lambda x, y: True)
        _model().fit(data, epochs=2, callbacks=[listener], verbose=0)
        batches = _batches("train", 3)
        self.assertEqual(
            listener.events,
            [
                "train begin",
                *("epoch begin 0", *batches, "epoch end 0"),
                *("epoch begin 1", *batches, "epoch end 1"),
                "train end",
            ],
        )

    def test_steps_per_execution_are_obeyed(self):
        listener = _Listener()
        model = _model(steps_per_execution=3)
        model.fit(X, Y, batch_size=1, callbacks=[listener], verbose=0)
        self.assertEqual(
            [event for event in listener.events if "batch" in event],
            [
                f"train batch {event}"
                for event in (
                    *("begin 0", "end 2", "begin 3", "end 5"),
                    *("begin 6", "end 7"),
                )
            ],
        )

    def test_predictions_reach_the_callback(self):
        seen = []

        class Reader(Callback):
            def on_predict_batch_end(self, batch, logs=None):
                seen.append(logs["outputs"])

        reader = Reader()
        found = _model().predict(X, batch_size=3, callbacks=[reader], verbose=0)
        self.assertAllClose(np.concatenate(seen), found)


class StopTest(tf.test.TestCase):
    def events(self, stop_at):
        listener = _Listener(stop_at)
        history = _model().fit(
            X, Y, batch_size=2, epochs=3, callbacks=[listener], verbose=0
        )
        return listener.events, history.epoch

    def test_after_a_batch_the_epoch_ends(self):
        events, epochs = self.events("train batch end 1")
        self.assertEqual(
            events,
            [
                *("train begin", "epoch begin 0", *_batches("train", 2)),
                *("epoch end 0", "train end"),
            ],
        )
        self.assertEqual(epochs, [0])

    def test_after_an_epoch_no_other_begins(self):
        events, epochs = self.events("epoch end 1")
        self.assertEqual(events[-2:], ["epoch end 1", "train end"])
        self.assertEqual(epochs, [0, 1])


class EpochsTest(tf.test.TestCase):
    def epochs(self, data, **options):
        history = _model().fit(data, verbose=0, **options)
        return history.epoch

    def test_initial_epoch_counts_on(self):
        found = self.epochs(_data(), initial_epoch=3, epochs=5)
        self.assertEqual(found, [3, 4])
        found = self.epochs(_data(), initial_epoch=5, epochs=5)
        self.assertEqual(found, [])

    def test_steps_per_epoch_read_on_in_infinite_data(self):
        found = self.epochs(_data().repeat(), steps_per_epoch=5, epochs=2)
        self.assertEqual(found, [0, 1])

    def test_a_generator_that_ends_early_ends_training(self):
        found = self.epochs(_generator(3), steps_per_epoch=2, epochs=4)
        self.assertEqual(found, [0, 1])

    def test_infinite_data_needs_steps(self):
        with self.assertRaisesRegex(ValueError, "steps_per_epoch"):
            self.epochs(_data().repeat())

    def test_empty_data_is_refused(self):
        empty = tf.data.Dataset.from_tensor_slices((X[:0], Y[:0])).batch(2)
        for data in (empty, empty.filter(lambda x, y: True), _generator(0)):
            with self.assertRaisesRegex(ValueError, "not empty"):
                self.epochs(data)
        with self.assertRaisesRegex(ValueError, "not empty"):
            _model().predict(empty, verbose=0)

    def test_epochs_must_be_positive(self):
        with self.assertRaisesRegex(ValueError, "`epochs` must be positive"):
            self.epochs(_data(), epochs=0)


class BlockSizeTest(tf.test.TestCase):
    def test_a_given_size_stays(self):
        size = BlockSize(3)
        size.note(3, 1e-3)
        size.note(3, 1e-3)
        self.assertEqual((size.steps(False), size.steps(True)), (3, 3))

    def test_whoever_listens_gets_single_batches(self):
        self.assertEqual(BlockSize().steps(True), 1)

    def test_grows_to_a_twentieth_of_a_second(self):
        size = BlockSize()
        for _ in range(6):
            steps = size.steps(False)
            size.note(steps, steps * 1e-3)
        self.assertBetween(steps, 50, 100)
        for _ in range(2):
            size.note(size.steps(False), 1.0)
        self.assertLess(size.steps(False), 10)


if __name__ == "__main__":
    tf.test.main()
