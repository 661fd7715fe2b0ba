"""Tests that `adapt` streams: memory holds the state and a few batches."""

import os
import pathlib

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.discretization import Discretization
from tf_keras.src.layers.preprocessing.integer_lookup import IntegerLookup
from tf_keras.src.layers.preprocessing.normalization import Normalization

ROWS = 250_000
BATCHES = 60
STATUS = pathlib.Path("/proc/self/statm")


def _resident_bytes():
    pages = int(STATUS.read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class StreamingTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        if not STATUS.exists():
            self.skipTest("this system doesn't tell how much memory is used")

    def check_flat(self, layer, make_batch, share):
        """Adapts on batches that together are far larger than the growth."""
        random = np.random.RandomState(0)
        whole, seen = 0, []

        def batches():
            nonlocal whole
            for _ in range(BATCHES):
                batch = make_batch(random)
                whole += batch.nbytes
                seen.append(_resident_bytes())
                yield batch

        example = make_batch(random)
        spec = tf.TensorSpec(
            (None, *example.shape[1:]), tf.as_dtype(example.dtype)
        )
        data = tf.data.Dataset.from_generator(batches, output_signature=spec)
        layer.adapt(data)
        growth = max(seen[5:]) - seen[5]
        self.assertLen(seen, BATCHES)
        self.assertLess(growth, share * whole)

    def test_numbers(self):
        def make_batch(random):
            return random.normal(3.0, 2.0, (ROWS, 4)).astype("float32")

        layer = Normalization()
        self.check_flat(layer, make_batch, 1 / 4)
        self.assertAllClose(layer.mean[0], [3.0] * 4, atol=0.02)

    def test_quantiles(self):
        def make_batch(random):
            return random.normal(3.0, 2.0, (ROWS,)).astype("float32")

        layer = Discretization(num_bins=4)
        self.check_flat(layer, make_batch, 1 / 2)
        self.assertAllClose(layer.bin_boundaries, [1.651, 3.0, 4.349], atol=0.1)

    def test_counts_beyond_what_float32_tells_apart(self):
        layer = Discretization(num_bins=4)
        layer.build((None,))
        layer.summary.assign([[0.0], [2.0**24]])
        layer.update_state(tf.fill((2**23,), 2.0))
        layer.finalize_state()
        self.assertAllClose(layer.bin_boundaries[2], 2.0, atol=0.1)

    def test_tokens(self):
        layer = IntegerLookup()
        self.check_flat(
            layer, lambda random: random.randint(0, 9, (ROWS, 2)), 1 / 4
        )
        self.assertEqual(layer.vocabulary_size(), 10)


if __name__ == "__main__":
    tf.test.main()
