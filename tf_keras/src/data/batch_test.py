"""Tests of packing and unpacking batches."""

import tensorflow as tf

from tf_keras.src.data.batch import (
    pack_x_y_sample_weight,
    unpack_x_y_sample_weight,
)


class BatchTest(tf.test.TestCase):
    def test_packs_what_there_is(self):
        self.assertEqual(pack_x_y_sample_weight(1), 1)
        self.assertEqual(pack_x_y_sample_weight(1, 2), (1, 2))
        self.assertEqual(pack_x_y_sample_weight(1, 2, 3), (1, 2, 3))
        self.assertEqual(pack_x_y_sample_weight(1, None, 3), 1)

    def test_wraps_a_tuple_of_inputs(self):
        self.assertEqual(pack_x_y_sample_weight((1, 2)), ((1, 2),))
        self.assertEqual(pack_x_y_sample_weight({"a": 1}), {"a": 1})

    def test_unpacks_what_there_is(self):
        self.assertEqual(unpack_x_y_sample_weight(1), (1, None, None))
        self.assertEqual(unpack_x_y_sample_weight((1,)), (1, None, None))
        self.assertEqual(unpack_x_y_sample_weight([1, 2]), (1, 2, None))
        self.assertEqual(unpack_x_y_sample_weight((1, 2, 3)), (1, 2, 3))

    def test_refuses_four_parts(self):
        with self.assertRaisesRegex(ValueError, "tuple of 4"):
            unpack_x_y_sample_weight((1, 2, 3, 4))


if __name__ == "__main__":
    tf.test.main()
