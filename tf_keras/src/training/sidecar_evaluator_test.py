"""Tests of SidecarEvaluator."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.model_checkpoint import ModelCheckpoint
from tf_keras.src.callbacks.sidecar_export import SidecarEvaluatorModelExport
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.sidecar_evaluator import SidecarEvaluator

X, Y = np.ones((8, 2), "float32"), np.ones((8, 1), "float32")
DATA = tf.data.Dataset.from_tensor_slices((X, Y)).batch(4)


def _model():
    model = Sequential([Dense(1, input_shape=(2,))])
    model.compile("sgd", "mse", metrics=["mae"])
    return model


class _Watch(Callback):
    def __init__(self):
        super().__init__()
        self.seen = []

    def on_test_end(self, logs=None):
        steps = int(self.model.optimizer.iterations)
        self.seen.append((steps, sorted(logs), self.model.get_weights()[0]))


class SidecarEvaluatorTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = self.get_temp_dir()

    def evaluate(self, last, *callbacks):
        watch = _Watch()
        SidecarEvaluator(
            _model(), DATA, self.folder, None, last, [watch, *callbacks]
        ).start()
        return watch.seen

    def test_evaluates_a_checkpoint_of_model_and_optimizer(self):
        model = _model()
        model.fit(X, Y, batch_size=4, verbose=0)
        checkpoint = tf.train.Checkpoint(model=model, optimizer=model.optimizer)
        tf.train.CheckpointManager(checkpoint, self.folder, 2).save()
        ((steps, logs, kernel),) = self.evaluate(last=1)
        self.assertEqual((steps, logs), (2, ["loss", "mae"]))
        self.assertAllEqual(kernel, model.get_weights()[0])

    def test_evaluates_what_model_checkpoint_wrote_and_exports_it(self):
        model = _model()
        path = os.path.join(self.folder, "ckpt-{epoch}")
        save = ModelCheckpoint(path, save_weights_only=True)
        model.fit(X, Y, 4, epochs=3, verbose=0, callbacks=[save])
        exported = os.path.join(self.folder, "best.keras")
        export = SidecarEvaluatorModelExport(exported, path, monitor="loss")
        ((steps, _, kernel),) = self.evaluate(3, export)
        self.assertEqual(steps, 6)
        self.assertAllEqual(kernel, model.get_weights()[0])
        self.assertTrue(os.path.exists(exported))

    def test_refuses_checkpoints_without_a_count_of_steps(self):
        model = Sequential([Dense(1, input_shape=(2,))])
        tf.train.Checkpoint(model=model).save(f"{self.folder}/ckpt")
        with self.assertRaisesRegex(RuntimeError, "iterations"):
            self.evaluate(last=1)


if __name__ == "__main__":
    tf.test.main()
