"""Tests of keeping logs."""

import copy
import pickle

import tensorflow as tf

from tf_keras.src.callbacks.history import History
from tf_keras.src.testing.toy_model import run


class HistoryTest(tf.test.TestCase):
    def test_keeps_the_logs_of_every_epoch(self):
        history = run([], [3, 2]).history
        self.assertEqual(
            history.history, {"loss": [3.0, 2.0], "val_loss": [3.0, 2.0]}
        )
        self.assertEqual(history.epoch, [0, 1])

    def test_copies_and_pickles_without_its_model(self):
        history = run([], [3]).history
        for twin in (
            copy.deepcopy(history),
            pickle.loads(pickle.dumps(history)),
        ):
            self.assertEqual(twin.history, history.history)
            self.assertIsNone(twin.model)

    def test_the_users_own_is_used(self):
        mine = History()
        self.assertIs(run([mine], [3]).history, mine)


if __name__ == "__main__":
    tf.test.main()
