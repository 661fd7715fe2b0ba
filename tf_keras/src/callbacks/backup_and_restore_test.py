"""Tests of going on after a crash."""

import os
import signal

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.backup_and_restore import BackupAndRestore
from tf_keras.src.callbacks.callback_list import CallbackList
from tf_keras.src.callbacks.early_stopping import EarlyStopping
from tf_keras.src.testing.toy_model import ToyModel


class _Handler:
    """The part of a data handler that a backup speaks to."""

    def __init__(self, seed=None):
        self.seed = seed
        self.place = (0, 0)

    def resume_at(self, epoch, step):
        self.place = (epoch, step)


def _begin(callbacks, model=None, seed=None):
    moments = CallbackList(callbacks, model=model or ToyModel())
    handler = _Handler(seed)
    moments.on_train_begin()
    moments.resume(handler)
    return moments, handler


class BackupAndRestoreTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = self.get_temp_dir()

    def _files(self):
        return [name for _, _, names in os.walk(self.folder) for name in names]

    def test_goes_on_with_the_next_epoch(self):
        moments, _ = _begin([BackupAndRestore(self.folder)], seed=7)
        moments.model.set_weights([np.full((2, 2), 5.0)])
        moments.on_epoch_begin(1)
        moments.on_epoch_end(1, {"loss": 1.0})
        moments, handler = _begin([BackupAndRestore(self.folder)])
        self.assertEqual(handler.place, (2, 0))
        self.assertEqual(handler.seed, 7)
        self.assertAllEqual(moments.model.get_weights()[0], [[5, 5], [5, 5]])

    def test_goes_on_with_the_next_batch(self):
        moments, _ = _begin([BackupAndRestore(self.folder, save_freq=3)])
        self.assertTrue(moments.listens_to_batches("train"))
        moments.on_epoch_begin(2)
        for batch in range(5):
            moments.on_train_batch_end(batch, {})
        _, handler = _begin([BackupAndRestore(self.folder)])
        self.assertEqual(handler.place, (2, 3))

    def test_starts_from_the_beginning_without_a_backup(self):
        _, handler = _begin([BackupAndRestore(self.folder)])
        self.assertEqual(handler.place, (0, 0))

    def test_other_callbacks_remember(self):
        def make():
            stopping = EarlyStopping("loss", 9, restore_best_weights=True)
            return [BackupAndRestore(self.folder), stopping]

        moments, _ = _begin(make())
        moments.model.set_weights([np.full((2, 2), 8.0)])
        moments.on_epoch_begin(0)
        moments.on_epoch_end(0, {"loss": 2.0})
        moments.on_epoch_begin(1)
        moments.on_epoch_end(1, {"loss": 3.0})
        callbacks = make()
        _begin(callbacks)
        stopping = callbacks[1]
        self.assertEqual(stopping.best, 2.0)
        self.assertEqual(stopping.wait, 1)
        self.assertAllEqual(stopping.best_weights[0], [[8, 8], [8, 8]])

    def test_removes_the_backup_when_training_ends(self):
        for delete in (False, True):
            backup = BackupAndRestore(self.folder, delete_checkpoint=delete)
            moments, _ = _begin([backup])
            moments.on_epoch_begin(0)
            moments.on_epoch_end(0, {})
            self.assertNotEmpty(self._files())
            moments.on_train_end()
            self.assertEqual(not self._files(), delete)

    def test_backs_up_before_the_machine_is_taken_away(self):
        old = signal.getsignal(signal.SIGTERM)
        backup = BackupAndRestore(
            self.folder, save_freq=False, save_before_preemption=True
        )
        moments, _ = _begin([backup])
        moments.on_epoch_begin(4)
        moments.on_train_batch_end(0, {})
        self.assertEmpty(self._files())
        os.kill(os.getpid(), signal.SIGTERM)
        with self.assertRaises(SystemExit):
            moments.on_train_batch_end(1, {})
        self.assertEqual(signal.getsignal(signal.SIGTERM), old)
        _, handler = _begin([BackupAndRestore(self.folder)])
        self.assertEqual(handler.place, (4, 2))

    def test_refuses_never_to_save(self):
        with self.assertRaisesRegex(ValueError, "would never save"):
            BackupAndRestore(self.folder, save_freq=False)

    def test_refuses_an_unknown_frequency(self):
        with self.assertRaisesRegex(ValueError, "save_freq"):
            BackupAndRestore(self.folder, save_freq="day")


if __name__ == "__main__":
    tf.test.main()
