"""Tests of exporting the best evaluation."""

import tensorflow as tf

from tf_keras.src.callbacks.sidecar_export import SidecarEvaluatorModelExport
from tf_keras.src.testing.toy_model import ToyModel


class SidecarExportTest(tf.test.TestCase):
    def test_saves_the_best_evaluation(self):
        path = self.get_temp_dir() + "/best.keras"
        callback = SidecarEvaluatorModelExport(path, "checkpoints")
        callback.set_model(ToyModel())
        for loss in (3.0, 2.0, 2.5):
            callback.on_test_begin()
            callback.on_test_end({"loss": loss})
        self.assertLen(callback.model.saved, 2)
        self.assertEqual(callback.best, 2.0)


if __name__ == "__main__":
    tf.test.main()
