"""Tests of saving the best or the latest."""

import contextlib
import io

import tensorflow as tf

from tf_keras.src.callbacks.callback_list import CallbackList
from tf_keras.src.callbacks.model_checkpoint import ModelCheckpoint
from tf_keras.src.testing.toy_model import run


def _saved(callback, values, steps=0):
    return [entry[-2] for entry in run([callback], values, steps).saved]


class ModelCheckpointTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = self.get_temp_dir() + "/"

    def _path(self, name):
        return self.folder + name

    def test_fills_in_epoch_and_logs(self):
        path = self._path("{epoch:02d}-{val_loss:.2f}.keras")
        self.assertEqual(
            _saved(ModelCheckpoint(path), [3, 2]),
            [self._path("01-3.00.keras"), self._path("02-2.00.keras")],
        )

    def test_saves_only_the_best(self):
        path = self._path("{epoch}.keras")
        callback = ModelCheckpoint(path, save_best_only=True)
        self.assertEqual(
            _saved(callback, [3, 2, 2.5, 1]),
            [self._path(f"{epoch}.keras") for epoch in (1, 2, 4)],
        )
        self.assertEqual(callback.best, 1)

    def test_threshold_is_the_best_so_far(self):
        callback = ModelCheckpoint(
            self._path("{epoch}.keras"),
            save_best_only=True,
            initial_value_threshold=2.5,
        )
        self.assertEqual(_saved(callback, [3, 2]), [self._path("2.keras")])

    def test_more_is_better_for_accuracies(self):
        callback = ModelCheckpoint(
            self._path("{epoch}.keras"), "val_acc", save_best_only=True
        )
        values = [{"val_acc": value} for value in (0.1, 0.3, 0.2)]
        self.assertLen(_saved(callback, values), 2)

    def test_saves_every_so_many_batches(self):
        callback = ModelCheckpoint(
            self._path("{epoch}-{batch}.keras"), save_freq=3
        )
        self.assertEqual(
            _saved(callback, [3, 2], steps=4),
            [self._path("1-3.keras"), self._path("2-2.keras")],
        )

    def test_listens_to_batches_only_if_it_counts_them(self):
        for save_freq, listens in (("epoch", False), (2, True)):
            callback = ModelCheckpoint("a.keras", save_freq=save_freq)
            moments = CallbackList([callback])
            self.assertEqual(moments.listens_to_batches("train"), listens)

    def test_saves_weights_with_options_where_the_format_takes_them(self):
        for name, options in (("a", ["options"]), ("a.weights.h5", [])):
            path = self._path(name)
            callback = ModelCheckpoint(path, save_weights_only=True)
            self.assertEqual(
                run([callback], [1]).saved, [("weights", path, options)]
            )

    def test_saves_models_with_options_where_the_format_takes_them(self):
        for name, options in (
            ("a", ["options"]),
            ("a.keras", []),
            ("a.h5", []),
        ):
            path = self._path(name)
            model = run([ModelCheckpoint(path)], [1])
            self.assertEqual(model.saved, [(path, options)])

    def test_makes_folders(self):
        run([ModelCheckpoint(self._path("new/a.keras"))], [1])
        self.assertTrue(tf.io.gfile.isdir(self._path("new")))

    def test_says_what_it_does(self):
        path = self._path("a.keras")
        callback = ModelCheckpoint(path, verbose=1, save_best_only=True)
        with contextlib.redirect_stdout(io.StringIO()) as output:
            run([callback], [3, 2, 2.5])
        self.assertEqual(
            output.getvalue(),
            "\nEpoch 1: val_loss improved from inf to 3.00000, saving model "
            f"to {path}\n"
            "\nEpoch 2: val_loss improved from 3.00000 to 2.00000, saving "
            f"model to {path}\n"
            "\nEpoch 3: val_loss did not improve from 2.00000\n",
        )

    def test_period_of_old_programs(self):
        with self.assertLogs("tf_keras", "WARNING"):
            callback = ModelCheckpoint(self._path("{epoch}.keras"), period=2)
        self.assertEqual(
            _saved(callback, [1] * 4),
            [self._path("2.keras"), self._path("4.keras")],
        )

    def test_warns_without_the_value_that_decides(self):
        callback = ModelCheckpoint(
            self._path("a.keras"), "foo", save_best_only=True
        )
        with self.assertLogs("tf_keras", "WARNING") as logs:
            self.assertEqual(_saved(callback, [1]), [])
        self.assertIn("`foo` is not available", logs.output[0])

    def test_refuses_an_unknown_field(self):
        callback = ModelCheckpoint(self._path("{foo}.keras"))
        with self.assertRaisesRegex(KeyError, "foo.*Available are"):
            run([callback], [1])

    def test_refuses_an_unknown_frequency(self):
        with self.assertRaisesRegex(ValueError, "save_freq"):
            ModelCheckpoint("a.keras", save_freq="day")

    def test_refuses_options_that_the_format_has_not(self):
        options = tf.saved_model.SaveOptions()
        with self.assertRaisesRegex(ValueError, "takes no `options`"):
            ModelCheckpoint("a.keras", options=options)
        with self.assertRaisesRegex(TypeError, "CheckpointOptions"):
            ModelCheckpoint("a", save_weights_only=True, options=options)


if __name__ == "__main__":
    tf.test.main()
