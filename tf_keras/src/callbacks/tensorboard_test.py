"""Tests of what TensorBoard gets to read."""

import os

import tensorflow as tf

from tf_keras.src.callbacks.callback_list import CallbackList
from tf_keras.src.callbacks.tensorboard import TensorBoard
from tf_keras.src.testing.toy_model import ToyModel, run


def _summaries(folder):
    """Tuples of run, plugin, tag and step, with the value."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            if "tfevents" not in name or "profile" in name:
                continue
            path = os.path.join(root, name)
            for event in tf.compat.v1.train.summary_iterator(path):
                for value in event.summary.value:
                    plugin = value.metadata.plugin_data.plugin_name
                    key = (os.path.relpath(root, folder), plugin, value.tag)
                    array = tf.make_ndarray(value.tensor)
                    found[(*key, event.step)] = array
    return found


class TensorBoardTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = self.get_temp_dir()

    def _write(self, values=(3, 2), steps=0, **options):
        run([TensorBoard(self.folder, **options)], values, steps)
        return _summaries(self.folder)

    def test_scalars_of_each_epoch(self):
        found = self._write()
        self.assertAllClose(
            [
                found["train", "scalars", "epoch_loss", 1],
                found["validation", "scalars", "epoch_loss", 0],
                found["train", "scalars", "epoch_learning_rate", 0],
            ],
            [2, 3, 0.1],
        )

    def test_scalars_of_every_second_batch(self):
        found = self._write(steps=3, update_freq=2)
        steps = [key[3] for key in found if key[2] == "batch_loss"]
        self.assertCountEqual(steps, [2, 4, 6])

    def test_no_batch_scalars_unless_asked_for(self):
        tags = {tag for _, _, tag, _ in self._write(steps=3)}
        self.assertNotIn("batch_loss", tags)

    def test_listens_to_batches_only_if_it_writes_them(self):
        for options, listens in (
            ({}, False),
            ({"update_freq": "batch"}, True),
            ({"profile_batch": 2}, True),
        ):
            moments = CallbackList([TensorBoard(self.folder, **options)])
            self.assertEqual(moments.listens_to_batches("train"), listens)

    def test_evaluation_by_iterations(self):
        moments = CallbackList([TensorBoard(self.folder)], model=ToyModel())
        moments.model.optimizer.iterations.assign(7)
        moments.on_test_begin()
        moments.on_test_end({"loss": tf.constant(0.5)})
        key = ("validation", "scalars", "evaluation_loss_vs_iterations", 7)
        self.assertEqual(_summaries(self.folder)[key], 0.5)

    def test_speed(self):
        found = self._write(steps=3, write_steps_per_second=True)
        value = found["train", "scalars", "epoch_steps_per_second", 0]
        self.assertGreater(value, 0)

    def test_graph_of_layers(self):
        found = self._write()
        self.assertIn(("train", "graph_keras_model", "keras", 0), found)

    def test_histograms_and_images_of_weights(self):
        found = self._write(histogram_freq=1, write_images=True)
        buckets = found["train", "histograms", "kernel_0/histogram", 1]
        self.assertEqual(buckets.shape, (30, 3))
        self.assertEqual(buckets[:, 2].sum(), 4)
        image = found["train", "images", "kernel_0/image", 1]
        self.assertAllEqual(image[:2], [b"2", b"2"])
        self.assertEqual(tf.io.decode_png(image[2]).shape, (2, 2, 1))

    def test_profile(self):
        self._write(steps=3, profile_batch=(2, 3))
        names = [name for _, _, names in os.walk(self.folder) for name in names]
        self.assertTrue(any(name.endswith(".xplane.pb") for name in names))

    def test_embeddings(self):
        model = ToyModel()
        layer = tf.Module("words")
        layer.embeddings, layer.weights = tf.Variable([0.0]), [1]
        model.layers = [layer]
        callback = TensorBoard(
            self.folder, embeddings_freq=1, embeddings_metadata="names.tsv"
        )
        callback.set_model(model)
        callback.on_train_begin()
        callback.on_epoch_begin(0)
        callback.on_epoch_end(0, {})
        callback.on_train_end()
        self.assertIn("keras_embedding.ckpt-0", model.saved[0][1])
        path = os.path.join(self.folder, "train", "projector_config.pbtxt")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(
                file.read(),
                "embeddings {\n"
                '  tensor_name: "layer_with_weights-0/embeddings/'
                '.ATTRIBUTES/VARIABLE_VALUE"\n'
                '  metadata_path: "../names.tsv"\n'
                "}\n",
            )

    def test_refuses_unknown_embeddings(self):
        callback = TensorBoard(
            self.folder, embeddings_freq=1, embeddings_metadata={"foo": "a"}
        )
        with self.assertRaisesRegex(ValueError, "foo"):
            callback.set_model(ToyModel())

    def test_refuses_unknown_arguments(self):
        with self.assertRaisesRegex(ValueError, "'foo'"):
            TensorBoard(self.folder, foo=1)
        for batches in ((5, 2), -1, (1, 2, 3)):
            with self.assertRaisesRegex(ValueError, "profile_batch"):
                TensorBoard(self.folder, profile_batch=batches)


if __name__ == "__main__":
    tf.test.main()
