"""Tests of where a run stands, kept on disk."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.distribute.training_state import TrainingState


class TrainingStateTest(tf.test.TestCase):
    def test_keeps_numbers_and_arrays(self):
        folder = self.get_temp_dir()
        memory = {"best": np.inf, "weights": [np.eye(2), np.arange(3)], "n": 1}
        TrainingState(tf.Module(), folder).save(1, 2, 3, [memory, {}])
        state = TrainingState(tf.Module(), folder)
        self.assertTrue(state.restore())
        self.assertEqual((state.epoch, state.step, state.seed), (1, 2, 3))
        found, empty = state.memories
        self.assertEqual(empty, {})
        self.assertEqual((found["best"], found["n"]), (np.inf, 1))
        self.assertAllEqual(found["weights"][0], np.eye(2))
        self.assertAllEqual(found["weights"][1], [0, 1, 2])

    def test_keeps_only_the_latest(self):
        folder = self.get_temp_dir()
        state = TrainingState(tf.Module(), folder)
        for epoch in range(3):
            state.save(epoch)
        names = os.listdir(os.path.join(folder, "chief"))
        self.assertLen([name for name in names if ".index" in name], 1)


if __name__ == "__main__":
    tf.test.main()
