"""Tests of cutting off a part to validate with."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data.validation_split import train_validation_split


class ValidationSplitTest(tf.test.TestCase):
    def test_validates_with_the_last_rows(self):
        x, y = np.arange(10).reshape(5, 2), [1, 2, 3, 4, 5]
        train, validation = train_validation_split((x, {"y": y}, None), 0.4)
        self.assertAllEqual(train[0], x[:3])
        self.assertAllEqual(validation[0], x[3:])
        self.assertAllEqual(validation[1]["y"], [4, 5])
        self.assertIsNone(train[2])

    def test_cuts_tensors_of_all_kinds(self):
        dense = tf.constant([[1, 0], [0, 2], [3, 0], [4, 4]])
        train, validation = train_validation_split(
            (
                dense,
                tf.ragged.constant([[1], [2, 3], [4], []]),
                tf.sparse.from_dense(dense),
            ),
            0.25,
        )
        self.assertAllEqual(train[0], dense[:3])
        self.assertEqual(train[1].to_list(), [[1], [2, 3], [4]])
        self.assertAllEqual(tf.sparse.to_dense(validation[2]), dense[3:])

    def test_does_not_read_what_is_larger_than_memory(self):
        class Rows:
            shape, dtype = (10, 2), np.dtype("float32")
            reads = []

            def __len__(self):
                return 10

            def __getitem__(self, chosen):
                self.reads.append(chosen)
                return np.arange(20).reshape(10, 2)[chosen]

        _, validation = train_validation_split(Rows(), 0.3)
        self.assertEqual(Rows.reads, [])
        self.assertEqual(validation.shape, (3, 2))
        self.assertAllEqual(validation[:2], [[14, 15], [16, 17]])
        self.assertAllEqual(validation[np.array([0, 2])], [[14, 15], [18, 19]])

    def test_refuses_datasets_and_generators(self):
        for data in (tf.data.Dataset.range(3), iter([1])):
            with self.assertRaisesRegex(ValueError, "validation_data"):
                train_validation_split((data, None, None), 0.5)

    def test_refuses_an_empty_part(self):
        with self.assertRaisesRegex(ValueError, "leaves 0 to train"):
            train_validation_split(np.ones(1), 0.5)


if __name__ == "__main__":
    tf.test.main()
