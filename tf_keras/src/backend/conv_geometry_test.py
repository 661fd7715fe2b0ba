"""Tests of the geometry of convolutions."""

import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import conv_geometry as geometry
from tf_keras.src.foundation import config


class LengthsTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.product(
        length=(6, 7), window=(1, 3), padding=("valid", "same"), stride=(1, 2)
    )
    def test_output_is_as_long_as_tensorflows(
        self, length, window, padding, stride
    ):
        y = tf.nn.conv1d(
            tf.ones((1, length, 1)),
            tf.ones((window, 1, 1)),
            stride,
            padding.upper(),
        )
        self.assertEqual(
            geometry.conv_output_length(length, window, padding, stride),
            y.shape[1],
        )

    def test_output_of_dilated_causal_and_full(self):
        compute = geometry.conv_output_length
        self.assertEqual(compute(7, 3, "valid", 1, dilation=2), 3)
        self.assertEqual(compute(7, 3, "causal", 2), 4)
        self.assertEqual(compute(7, 3, "full", 1), 9)
        self.assertIsNone(compute(None, 3, "valid", 1))

    def test_input_leads_back_to_output(self):
        for padding in ("valid", "same", "full"):
            length = geometry.conv_input_length(5, 3, padding, 2)
            self.assertEqual(
                geometry.conv_output_length(length, 3, padding, 2), 5
            )
        self.assertIsNone(geometry.conv_input_length(None, 3, "valid", 1))

    def test_output_of_transposed_convolution(self):
        compute = geometry.deconv_output_length
        self.assertEqual(compute(4, 3, "valid", stride=2), 9)
        self.assertEqual(compute(4, 3, "same", stride=2), 8)
        self.assertEqual(compute(4, 3, "full", stride=2), 5)
        self.assertEqual(compute(4, 3, "valid", stride=1, dilation=2), 8)
        self.assertEqual(compute(4, 3, "same", 1, stride=2), 8)
        self.assertIsNone(compute(None, 3, "same", stride=2))

    def test_connections_are_those_of_the_windows(self):
        found = {
            output: list(inputs)
            for output, inputs in geometry.conv_connections(
                (5,), (3,), (2,), "valid"
            )
        }
        self.assertEqual(
            found, {(0,): [(0,), (1,), (2,)], (1,): [(2,), (3,), (4,)]}
        )
        same = dict(geometry.conv_connections((2,), (3,), (1,), "same"))
        self.assertEqual(list(same[(0,)]), [(0,), (1,)])


class NormalizeTest(tf.test.TestCase, parameterized.TestCase):
    def test_tuples(self):
        self.assertEqual(geometry.normalize_tuple(3, 2, "strides"), (3, 3))
        self.assertEqual(geometry.normalize_tuple([1, 2], 2, "x"), (1, 2))
        self.assertEqual(
            geometry.normalize_tuple((0, 1), 2, "x", allow_zero=True), (0, 1)
        )

    @parameterized.parameters(
        0, -1, 1.5, "a", None, [(1, 2, 3)], [(1, "a")], [(0, 1)]
    )
    def test_refuses_other_tuples(self, value):
        with self.assertRaisesRegex(ValueError, "`strides` must be"):
            geometry.normalize_tuple(value, 2, "strides")

    def test_words(self):
        self.assertEqual(geometry.normalize_padding("SAME"), "same")
        self.assertEqual(
            geometry.normalize_data_format("Channels_First"), "channels_first"
        )
        for normalize in (
            geometry.normalize_padding,
            geometry.normalize_data_format,
        ):
            with self.assertRaisesRegex(ValueError, "'x'"):
                normalize("x")

    def test_data_format_is_that_of_the_settings(self):
        config.set_image_data_format("channels_first")
        self.addCleanup(config.set_image_data_format, "channels_last")
        self.assertEqual(geometry.normalize_data_format(None), "channels_first")

    def test_names_of_tensorflow(self):
        name = geometry.tf_data_format
        self.assertEqual(name("channels_last", 3), "NWC")
        self.assertEqual(name("channels_first", 4), "NCHW")
        self.assertEqual(name("channels_last", 5), "NDHWC")


if __name__ == "__main__":
    tf.test.main()
