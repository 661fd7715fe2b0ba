"""Tests of warmstart_embedding_matrix."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.embedding_warm_start import (
    warmstart_embedding_matrix,
)

OLD = np.array([[1.0, 2.0], [3.0, 4.0]], "float32")


class WarmStartTest(tf.test.TestCase):
    def test_known_tokens_keep_their_rows(self):
        expected = [[3, 4], [9, 9], [1, 2]]
        for kind in (list, np.array, tf.constant):
            found = warmstart_embedding_matrix(
                kind(["a", "b"]),
                kind(["b", "c", "a"]),
                OLD,
                tf.constant_initializer(9.0),
            )
            self.assertAllClose(found, expected)

    def test_reads_vocabularies_from_files(self):
        path = os.path.join(self.get_temp_dir(), "words.txt")
        with open(path, "w") as file:
            file.write("a\nb\n")
        found = warmstart_embedding_matrix(path, ["b", "q"], OLD, "zeros")
        self.assertAllClose(found, [[3, 4], [0, 0]])

    def test_refuses_what_does_not_fit(self):
        with self.assertRaisesRegex(ValueError, "does not exist"):
            warmstart_embedding_matrix("/nowhere", ["a"], OLD)
        with self.assertRaisesRegex(ValueError, "is a matrix"):
            warmstart_embedding_matrix(["a"], ["a"], OLD[0])
        with self.assertRaisesRegex(ValueError, "as many rows"):
            warmstart_embedding_matrix(["a", "b", "c"], ["c"], OLD)


if __name__ == "__main__":
    tf.test.main()
