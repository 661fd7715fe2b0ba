"""Tests of what TensorBoard reads."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation import summaries


class SummariesTest(tf.test.TestCase):
    def _written(self, write):
        folder = self.get_temp_dir()
        writer = tf.summary.create_file_writer(folder)
        with writer.as_default():
            write()
        writer.close()
        (name,) = os.listdir(folder)
        events = tf.compat.v1.train.summary_iterator(os.path.join(folder, name))
        (value,) = [value for event in events for value in event.summary.value]
        plugin = value.metadata.plugin_data.plugin_name
        return plugin, tf.make_ndarray(value.tensor)

    def test_scalar(self):
        plugin, value = self._written(
            lambda: summaries.write_scalar("a", 0.5, 3)
        )
        self.assertEqual((plugin, value, value.dtype), ("scalars", 0.5, "f4"))

    def test_histogram_counts_between_edges(self):
        plugin, buckets = self._written(
            lambda: summaries.write_histogram(
                "a", [[0.0, 1.0], [1.5, 4.0]], 0, bucket_count=4
            )
        )
        self.assertEqual(plugin, "histograms")
        self.assertAllEqual(
            buckets, [[0, 1, 1], [1, 2, 2], [2, 3, 0], [3, 4, 1]]
        )

    def test_histogram_leaves_out_what_is_not_finite(self):
        values = [np.nan, np.inf, 2.0]
        _, buckets = self._written(
            lambda: summaries.write_histogram("a", values, 0)
        )
        self.assertEqual(buckets[:, 2].sum(), 1)
        self.assertAllEqual(buckets[-1], [2, 2, 1])

    def test_image(self):
        image = np.array([[[[0.0], [1.0], [0.5]]]])
        plugin, (width, height, png) = self._written(
            lambda: summaries.write_image("a", image, 0)
        )
        self.assertEqual((plugin, width, height), ("images", b"3", b"1"))
        pixels = tf.io.decode_png(png)[0, :, 0]
        self.assertAllClose(pixels, [0, 255, 127])


if __name__ == "__main__":
    tf.test.main()
