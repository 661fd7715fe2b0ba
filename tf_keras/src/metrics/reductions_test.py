"""Tests of sums, means, and means of functions."""

import sys

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.core.dtype_policy import policy_scope
from tf_keras.src.losses.crossentropy import sparse_categorical_crossentropy
from tf_keras.src.losses.regression import mean_squared_error
from tf_keras.src.metrics.reductions import (
    Mean,
    MeanMetricWrapper,
    MeanTensor,
    Sum,
)

_VALUES = np.random.RandomState(0).uniform(size=(4, 3)).astype("float32")


class MeanTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ((),), ((4,),), ((4, 1),), ((1, 3),), ((4, 3),), ((4, 3, 1),)
    )
    def test_weights_of_any_shape_agree_with_numpy(self, shape):
        weights = np.random.RandomState(1).uniform(size=shape)
        full = weights[..., 0] if len(shape) == 3 else weights
        full = full[:, None] if shape == (4,) else full
        full = np.broadcast_to(full, (4, 3))
        for run in (lambda f: f, tf.function):
            mean, total = Mean(), Sum()

            @run
            def update():
                mean.update_state(_VALUES, weights)
                mean.update_state(_VALUES[0])
                total.update_state(_VALUES, weights)

            update()
            expected = ((_VALUES * full).sum() + _VALUES[0].sum()) / (
                full.sum() + 3
            )
            self.assertAllClose(mean.result(), expected)
            self.assertAllClose(total.result(), (_VALUES * full).sum())

    def test_weights_that_lack_axes_weigh_means(self):
        values = np.random.RandomState(0).uniform(size=(4, 3, 2))
        weights = np.array([1.0, 0.0, 2.0, 1.0])
        mean = Mean()
        mean.update_state(values, weights)
        self.assertAllClose(mean.count, 4.0)
        expected = (values.mean((1, 2)) * weights).sum() / 4
        self.assertAllClose(mean.result(), expected)

    def test_nothing_gives_zero(self):
        self.assertAllEqual(Mean().result(), 0.0)
        self.assertAllEqual(Sum().result(), 0.0)

    def test_takes_ragged_values(self):
        values = tf.ragged.constant([[1.0], [2.0, 6.0]])
        self.assertAllClose(Mean()(values), 3.0)

    def test_unknown_shapes_work(self):
        mean = Mean()

        @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)])
        def update(values):
            mean.update_state(values)

        update(_VALUES)
        update(np.float32(2.0))
        self.assertAllClose(mean.result(), (_VALUES.sum() + 2) / 13)

    def test_dtype_is_that_of_the_state(self):
        for dtype in ("float16", "float64"):
            mean = Mean(dtype=dtype)
            mean.update_state([1.0, 2.0])
            mean.update_state([1.0, 2.0], [0.0, 1.0])
            self.assertEqual(mean.result().dtype, dtype)
            self.assertAllClose(mean.result(), 5.0 / 3, rtol=1e-3)

    def test_state_is_exact_under_a_mixed_policy(self):
        with policy_scope("mixed_float16"):
            mean = Mean()
        self.assertEqual(mean.dtype, "float32")
        self.assertEqual(mean.total.dtype, tf.float32)

    def test_an_update_is_few_python_calls(self):
        mean, values = Mean(), tf.constant(_VALUES)
        mean.update_state(values)
        calls = []

        def watch(frame, event, argument):
            if event == "call":
                calls.append(frame)

        sys.setprofile(watch)
        try:
            mean.update_state(values)
        finally:
            sys.setprofile(None)
        self.assertLess(len(calls), 40)


class MeanTensorTest(tf.test.TestCase):
    def test_means_are_taken_element_by_element(self):
        metric = MeanTensor()
        metric.update_state([0.0, 1.0, 2.0])
        metric.update_state([1.0, 2.0, 4.0], sample_weight=[0.0, 1.0, 3.0])
        self.assertAllClose(metric.result(), [0.0, 1.5, 3.5])
        metric.reset_state()
        self.assertAllClose(metric.result(), [0.0, 0.0, 0.0])

    def test_one_shape_is_kept(self):
        metric = MeanTensor(shape=(2,))
        with self.assertRaisesRegex(ValueError, r"\(2,\).*\(3,\)"):
            metric.update_state([1.0, 2.0, 3.0])
        with self.assertRaisesRegex(ValueError, "no value yet"):
            MeanTensor().result()


class MeanMetricWrapperTest(tf.test.TestCase):
    def test_means_of_a_function_take_weights(self):
        true, pred = _VALUES, _VALUES[::-1]
        errors = ((true - pred) ** 2).mean(-1)
        metric = MeanMetricWrapper(mean_squared_error)
        metric.update_state(true, pred)
        self.assertAllClose(metric.result(), errors.mean())
        weights = np.array([1.0, 0.0, 2.0, 1.0])
        metric.reset_state()
        metric.update_state(true, pred, weights)
        self.assertAllClose(metric.result(), (errors * weights).sum() / 4)

    def test_arguments_reach_the_function(self):
        metric = MeanMetricWrapper(
            lambda true, pred, scale: scale * (true - pred),
            name="own",
            scale=3.0,
        )
        self.assertAllClose(metric([2.0], [1.0]), 3.0)
        self.assertEqual(metric.get_config()["scale"], 3.0)
        self.assertEqual(list(metric.get_config())[-2:], ["scale", "fn"])

    def test_config_makes_the_metric_again(self):
        metric = MeanMetricWrapper(mean_squared_error, name="own")
        again = MeanMetricWrapper.from_config(metric.get_config())
        self.assertAllClose(again([[2.0]], [[0.0]]), 4.0)
        self.assertEqual(again.name, "own")

    def test_what_the_function_hides_is_not_counted(self):
        metric = MeanMetricWrapper(
            sparse_categorical_crossentropy, ignore_class=-1
        )
        predictions = np.array([[0.2, 0.8], [0.5, 0.5], [0.4, 0.6]])
        metric.update_state([1, -1, 0], predictions)
        expected = -np.log([0.8, 0.4])
        self.assertAllClose(metric.result(), expected.mean())
        metric.reset_state()
        metric.update_state([1, -1, 0], predictions, [1.0, 5.0, 3.0])
        self.assertAllClose(metric.result(), expected @ [0.25, 0.75])

    def test_shapes_that_never_fit_name_the_metric(self):
        metric = MeanMetricWrapper(mean_squared_error, name="own")
        with self.assertRaisesRegex(ValueError, r"'own'.*\(3, 2\).*\(4, 2\)"):
            metric.update_state(np.ones((3, 2)), np.ones((4, 2)))

    def test_each_value_of_ragged_rows_counts_once(self):
        metric = MeanMetricWrapper(mean_squared_error)
        true = tf.ragged.constant([[1.0, 0.0], [1.0]])
        metric.update_state(true, tf.ragged.constant([[0.7, 0.3], [0.2]]))
        self.assertAllClose(metric.result(), (0.09 + 0.09 + 0.64) / 3)
        with self.assertRaisesRegex(TypeError, "with ragged tensors"):
            metric.update_state(true, [[1.0, 2.0]])
        with self.assertRaisesRegex(tf.errors.InvalidArgumentError, "rows"):
            metric.update_state(true, tf.ragged.constant([[0.7], [0.3, 0.2]]))

    def test_one_value_counts_with_the_weight_of_each(self):
        metric = MeanMetricWrapper(mean_squared_error)
        metric.update_state([1.0, 0.0], [0.0, 0.0], [[1.0], [2.0]])
        self.assertAllClose(metric.result(), 0.5)


if __name__ == "__main__":
    tf.test.main()
