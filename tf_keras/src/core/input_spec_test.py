"""Tests of InputSpec and its checks."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_spec import (
    InputSpec,
    assert_input_compatibility,
    known_size,
    to_tensor_shape,
)


class InputSpecTest(tf.test.TestCase):
    def test_keeps_what_it_is_given(self):
        spec = InputSpec(dtype="int32", min_ndim=2, max_ndim=3, axes={"-1": 4})
        self.assertEqual(spec.axes, {-1: 4})
        self.assertEqual(
            repr(spec),
            "InputSpec(dtype=int32, max_ndim=3, min_ndim=2, axes={-1: 4})",
        )

    def test_shape_gives_the_rank(self):
        spec = InputSpec(shape=[None, 3])
        self.assertEqual(spec.shape, (None, 3))
        self.assertEqual(spec.ndim, 2)

    def test_config_comes_back(self):
        spec = InputSpec(shape=(None, 3), dtype="float32")
        again = InputSpec.from_config(spec.get_config())
        self.assertEqual(again.get_config(), spec.get_config())

    def test_refuses_axes_out_of_the_rank(self):
        with self.assertRaisesRegex(ValueError, "Axis 5.*1"):
            InputSpec(ndim=2, axes={5: 3})

    def test_refuses_axes_that_are_no_dict(self):
        with self.assertRaisesRegex(TypeError, "dict from integers"):
            InputSpec(axes=[3])

    def test_as_a_tensor_shape(self):
        self.assertEqual(
            to_tensor_shape(InputSpec(ndim=3, axes={-1: 4})).as_list(),
            [None, None, 4],
        )
        self.assertIsNone(to_tensor_shape(InputSpec()).rank)

    def test_known_size(self):
        self.assertEqual(known_size((None, 3), -1), 3)
        with self.assertRaisesRegex(ValueError, r"axis -1.*known.*Input\("):
            known_size((3, None), -1)


class CheckTest(tf.test.TestCase):
    def check(self, inputs, **spec):
        assert_input_compatibility(InputSpec(**spec), inputs, "it")

    def test_rank(self):
        self.check(tf.ones((2, 3)), ndim=2)
        with self.assertRaisesRegex(ValueError, '"it".*ndim=2, found ndim=3'):
            self.check(tf.ones((2, 3, 4)), ndim=2)
        with self.assertRaisesRegex(ValueError, "max_ndim=2, found ndim=3"):
            self.check(tf.ones((2, 3, 4)), max_ndim=2)
        with self.assertRaisesRegex(ValueError, "min_ndim=2, found ndim=1"):
            self.check(tf.ones(2), min_ndim=2)

    def test_axes(self):
        self.check(tf.ones((2, 3)), axes={-1: 3})
        self.check(tf.ones((2, 3)), axes={-1: None})
        with self.assertRaisesRegex(ValueError, "axis -1.*value 4.*(2, 3)"):
            self.check(tf.ones((2, 3)), axes={-1: 4})

    def test_an_axis_beyond_the_rank_is_told(self):
        with self.assertRaisesRegex(ValueError, "axis 3"):
            self.check(tf.ones((2, 3)), axes={3: 4})

    def test_shape(self):
        self.check(tf.ones((2, 3)), shape=(None, 3))
        with self.assertRaisesRegex(ValueError, r"\(None, 3\).*\(2, 4\)"):
            self.check(tf.ones((2, 4)), shape=(None, 3))

    def test_last_axis_of_one_may_be_missing_or_added(self):
        squeeze = {"allow_last_axis_squeeze": True}
        self.check(tf.ones((2, 3, 1)), shape=(None, 3), **squeeze)
        self.check(tf.ones((2,)), shape=(None, 1), **squeeze)
        with self.assertRaises(ValueError):
            self.check(tf.ones((2, 4)), shape=(None, 3), **squeeze)

    def test_dtype(self):
        with self.assertRaisesRegex(ValueError, "dtype=int32.*float32"):
            self.check(tf.ones((2, 3)), dtype="int32")

    def test_unknown_rank_passes(self):
        @tf.function(input_signature=[tf.TensorSpec(None)])
        def run(x):
            self.check(x, ndim=2)
            return x

        run(tf.ones((2, 3)))

    def test_number_of_inputs(self):
        specs = [InputSpec(ndim=2), InputSpec(ndim=1)]
        assert_input_compatibility(specs, [tf.ones((2, 3)), tf.ones(2)], "it")
        with self.assertRaisesRegex(ValueError, '"it" expects 2.*1'):
            assert_input_compatibility(specs, [tf.ones((2, 3))], "it")
        with self.assertRaisesRegex(ValueError, '"it" expects 2.*1'):
            assert_input_compatibility(specs, tf.ones((2, 3)), "it")

    def test_dict_by_names_of_specs(self):
        specs = [InputSpec(ndim=2, name="b"), InputSpec(ndim=1, name="a")]
        inputs = {"a": tf.ones(2), "b": tf.ones((2, 3))}
        assert_input_compatibility(specs, inputs, "it")
        with self.assertRaisesRegex(ValueError, "Missing data.*'b'.*'c'"):
            assert_input_compatibility(
                specs, {"a": tf.ones(2), "c": tf.ones(2)}, "it"
            )

    def test_optional_input_may_be_none(self):
        specs = [InputSpec(ndim=2), InputSpec(ndim=1, optional=True)]
        assert_input_compatibility(specs, [tf.ones((2, 3)), None], "it")

    def test_what_is_no_tensor(self):
        with self.assertRaisesRegex(TypeError, "tensors.*'text'.*input 0"):
            assert_input_compatibility(InputSpec(ndim=2), "text", "it")

    def test_arrays_and_ragged_tensors_have_shapes(self):
        self.check(np.ones((2, 3)), shape=(None, 3))
        self.check(tf.ragged.constant([[1.0], []]), ndim=2)


if __name__ == "__main__":
    tf.test.main()
