"""Tests of shapes and types."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import shapes

_X = np.arange(30, dtype="float32").reshape(2, 3, 5)


class AskTest(tf.test.TestCase):
    def test_tells_shape_size_rank_and_type(self):
        for x in (_X, tf.constant(_X), tf.Variable(_X)):
            self.assertAllEqual(shapes.shape(x), [2, 3, 5])
            self.assertEqual(int(shapes.size(x)), 30)
            self.assertEqual(shapes.int_shape(x), (2, 3, 5))
            self.assertEqual(shapes.ndim(x), 3)
            self.assertEqual(shapes.dtype(x), "float32")

    def test_tells_what_is_unknown(self):
        told = []

        @tf.function
        def ask(x, y):
            told.extend([shapes.int_shape(x), shapes.int_shape(y)])
            told.append(shapes.ndim(y))

        ask.get_concrete_function(tf.TensorSpec((None, 3)), tf.TensorSpec(None))
        self.assertEqual(told, [(None, 3), None, None])


class CastTest(tf.test.TestCase):
    def test_casts_tensors_and_arrays(self):
        self.assertEqual(shapes.cast(_X, "float16").dtype, tf.float16)
        variable = tf.Variable([1], dtype="int32")
        self.assertEqual(shapes.cast_to_floatx(variable).dtype, tf.float32)
        array = shapes.cast_to_floatx([1, 2])
        self.assertIsInstance(array, np.ndarray)
        self.assertEqual(array.dtype, "float32")


class ReorderTest(tf.test.TestCase):
    def test_agrees_with_numpy(self):
        for ours, expected in (
            (shapes.reshape(_X, (6, -1)), _X.reshape(6, 5)),
            (shapes.permute_dimensions(_X, (0, 2, 1)), _X.swapaxes(1, 2)),
            (shapes.transpose(_X), _X.T),
            (shapes.flatten(_X), _X.ravel()),
            (shapes.batch_flatten(_X), _X.reshape(2, 15)),
            (shapes.expand_dims(_X, 1), _X[:, None]),
            (shapes.squeeze(_X[:, :1], 1), _X[:, 0]),
            (shapes.reverse(_X, 1), _X[:, ::-1]),
            (shapes.reverse(_X, (0, 2)), _X[::-1, :, ::-1]),
            (shapes.gather(_X, [1, 0, 1]), _X[[1, 0, 1]]),
            (shapes.one_hot([[0, 2]], 3), np.eye(3)[[[0, 2]]]),
            (shapes.stack([_X, _X], axis=1), np.stack([_X, _X], 1)),
            (shapes.tile(_X, (1, 2, 3)), np.tile(_X, (1, 2, 3))),
            (shapes.tile(_X[0, 0], 2), np.tile(_X[0, 0], 2)),
            (shapes.repeat_elements(_X, 2, -1), np.repeat(_X, 2, -1)),
        ):
            self.assertAllEqual(ours, expected)

    def test_flattens_unknown_lengths(self):
        flatten = tf.function(
            shapes.batch_flatten,
            input_signature=[tf.TensorSpec((None, None, 5))],
        )
        self.assertAllEqual(flatten(_X), _X.reshape(2, 15))

    def test_repeats_rows_over_a_new_axis(self):
        repeated = shapes.repeat(tf.constant(_X[0]), 2)
        self.assertAllEqual(repeated, np.stack([_X[0]] * 2, axis=1))
        with self.assertRaisesRegex(ValueError, "rank 2"):
            shapes.repeat(tf.constant(_X), 2)

    def test_arange_counts_as_numpy_does(self):
        self.assertAllEqual(shapes.arange(5), np.arange(5))
        self.assertAllEqual(shapes.arange(2, 8, 2), np.arange(2, 8, 2))
        self.assertAllEqual(shapes.arange(5, 1, -1), np.arange(5, 1, -1))
        self.assertAllEqual(shapes.arange(-3), [])
        self.assertAllEqual(shapes.arange(tf.constant(3)), [0, 1, 2])
        self.assertEqual(shapes.arange(3).dtype, tf.int32)
        self.assertEqual(shapes.arange(3, dtype="float32").dtype, tf.float32)


class ConcatenateTest(tf.test.TestCase):
    def test_joins_dense(self):
        joined = shapes.concatenate([tf.constant(_X), tf.constant(_X)], -2)
        self.assertAllEqual(joined, np.concatenate([_X, _X], -2))

    def test_keeps_sparse_and_ragged(self):
        sparse = shapes.concatenate([tf.sparse.eye(2), tf.sparse.eye(2)])
        self.assertAllEqual(
            tf.sparse.to_dense(sparse), np.concatenate([np.eye(2)] * 2, 1)
        )
        ragged = tf.ragged.constant([[1], [2, 3]])
        joined = shapes.concatenate([ragged, ragged])
        self.assertEqual(joined.to_list(), [[1, 1], [2, 3, 2, 3]])

    def test_makes_sparse_among_dense_dense(self):
        joined = shapes.concatenate([tf.sparse.eye(2), tf.ones((2, 1))])
        self.assertAllEqual(joined, [[1, 0, 1], [0, 1, 1]])


class PadTest(tf.test.TestCase):
    def test_adds_zeros_around(self):
        self.assertAllEqual(
            shapes.temporal_padding(_X, (1, 2)),
            np.pad(_X, ((0, 0), (1, 2), (0, 0))),
        )
        image = _X[:, None]
        self.assertAllEqual(
            shapes.spatial_2d_padding(image, ((1, 2), (0, 3))),
            np.pad(image, ((0, 0), (1, 2), (0, 3), (0, 0))),
        )
        self.assertAllEqual(
            shapes.spatial_2d_padding(
                image, ((1, 2), (0, 3)), "channels_first"
            ),
            np.pad(image, ((0, 0), (0, 0), (1, 2), (0, 3))),
        )
        volume = _X[:, None, None]
        self.assertAllEqual(
            shapes.spatial_3d_padding(volume, ((1, 2), (0, 3), (4, 0))),
            np.pad(volume, ((0, 0), (1, 2), (0, 3), (4, 0), (0, 0))),
        )

    def test_refuses_bad_arguments(self):
        with self.assertRaisesRegex(ValueError, "data_format"):
            shapes.spatial_2d_padding(_X[None], data_format="x")
        with self.assertRaisesRegex(ValueError, "padding"):
            shapes.temporal_padding(_X, (1,))


class ResizeTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters("channels_last", "channels_first")
    def test_nearest_repeats_pixels(self, data_format):
        image = _X.reshape(1, 2, 3, 5)
        axes = (1, 2) if data_format == "channels_last" else (2, 3)
        expected = image.repeat(2, axes[0]).repeat(3, axes[1])
        resized = shapes.resize_images(tf.constant(image), 2, 3, data_format)
        self.assertAllEqual(resized, expected)

    def test_takes_unknown_lengths(self):
        @tf.function(input_signature=[tf.TensorSpec((None, None, None, 2))])
        def resize(x):
            return shapes.resize_images(x, 2, 2, "channels_last", "bilinear")

        self.assertEqual(resize(tf.ones((1, 3, 4, 2))).shape, (1, 6, 8, 2))

    def test_volumes_repeat(self):
        volume = _X.reshape(1, 1, 2, 3, 5)
        self.assertAllEqual(
            shapes.resize_volumes(volume, 2, 1, 3, "channels_first"),
            volume.repeat(2, 2).repeat(3, 4),
        )

    def test_refuses_unknown_words(self):
        with self.assertRaisesRegex(ValueError, "'nearest'"):
            shapes.resize_images(_X[None], 2, 2, "channels_last", "x")
        with self.assertRaisesRegex(ValueError, "data_format"):
            shapes.resize_volumes(_X[None, None], 2, 2, 2, "x")


if __name__ == "__main__":
    tf.test.main()
