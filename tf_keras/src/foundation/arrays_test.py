"""Tests of array helpers."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.arrays import (
    normalize,
    pad_sequences,
    to_categorical,
    to_ordinal,
)


class ToCategoricalTest(tf.test.TestCase):
    def test_puts_a_one_at_each_class(self):
        rows = to_categorical([0, 2, 1], num_classes=4)
        self.assertAllEqual(rows, np.eye(4)[[0, 2, 1]])
        self.assertEqual(rows.dtype, "float32")

    def test_counts_classes_by_the_greatest(self):
        self.assertEqual(to_categorical([0, 4]).shape, (2, 5))

    def test_keeps_other_axes_and_drops_one_of_length_one(self):
        self.assertEqual(to_categorical([[0, 1, 2]] * 2).shape, (2, 3, 3))
        self.assertEqual(to_categorical([[0], [1]], 3).shape, (2, 3))
        self.assertAllEqual(to_categorical(2, 4), [0, 0, 1, 0])

    def test_takes_no_classes_at_all(self):
        self.assertEqual(to_categorical([], 3).shape, (0, 3))

    def test_refuses_classes_out_of_range(self):
        for classes in ([-1, 0], [5]):
            with self.assertRaisesRegex(IndexError, r"\[0, 3\)"):
                to_categorical(classes, 3)


class ToOrdinalTest(tf.test.TestCase):
    def test_puts_as_many_ones_as_the_class_says(self):
        rows = to_ordinal([0, 2, 1], num_classes=4, dtype="int32")
        self.assertAllEqual(rows, [[0, 0, 0], [1, 1, 0], [1, 0, 0]])
        self.assertEqual(rows.dtype, "int32")


class NormalizeTest(tf.test.TestCase):
    def test_scales_to_length_one(self):
        x = np.array([[3.0, 4.0], [0.0, 0.0]])
        self.assertAllClose(normalize(x), [[0.6, 0.8], [0.0, 0.0]])

    def test_one_vector_becomes_a_row(self):
        self.assertAllClose(normalize([3.0, 4.0]), [[0.6, 0.8]])

    def test_takes_axis_and_order(self):
        x = np.array([[3.0, -4.0], [1.0, 12.0]])
        expected = x / np.array([4.0, 16.0])
        self.assertAllClose(normalize(x, axis=0, order=1), expected)


class PadSequencesTest(tf.test.TestCase):
    def test_pads_and_cuts_at_either_end(self):
        sequences = [[1], [2, 3], [4, 5, 6]]
        self.assertAllEqual(
            pad_sequences(sequences, 2), [[0, 1], [2, 3], [5, 6]]
        )
        self.assertAllEqual(
            pad_sequences(
                sequences, 2, padding="post", truncating="post", value=-1
            ),
            [[1, -1], [2, 3], [4, 5]],
        )

    def test_length_is_that_of_the_longest(self):
        self.assertAllEqual(pad_sequences([[], [1, 2]]), [[0, 0], [1, 2]])
        self.assertEqual(pad_sequences([]).shape, (0, 0))
        self.assertEqual(pad_sequences([[1, 2]], maxlen=0).shape, (1, 0))

    def test_pads_sequences_of_arrays(self):
        padded = pad_sequences([np.ones((2, 3)), np.ones((1, 3))])
        self.assertAllEqual(padded[1], [[0, 0, 0], [1, 1, 1]])

    def test_pads_strings(self):
        padded = pad_sequences([["a"], ["b", "c"]], dtype=object, value="x")
        self.assertEqual(padded.tolist(), [["x", "a"], ["b", "c"]])

    def test_refuses_what_does_not_fit(self):
        for message, arguments in (
            ("list of sequences", {"sequences": 5}),
            ("Element 1 is 2", {"sequences": [[1], 2]}),
            ("`padding`", {"sequences": [[1]], "padding": "x"}),
            ("`truncating`", {"sequences": [[1]], "truncating": "x"}),
            ("dtype=object", {"sequences": [["a"]], "value": "x"}),
            (
                "Sequence 1 has elements of shape",
                {"sequences": [np.ones((1, 3)), np.ones((1, 2))]},
            ),
        ):
            with self.assertRaisesRegex(ValueError, message):
                pad_sequences(**arguments)


if __name__ == "__main__":
    tf.test.main()
