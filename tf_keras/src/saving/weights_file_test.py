"""Tests of `.weights.h5` files."""

import os

import h5py
import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.saving import hdf5, weights_file


def make_model(units=2):
    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(units),
            keras.layers.BatchNormalization(),
        ]
    )
    for variable in model.weights:
        variable.assign(np.random.uniform(1.0, 2.0, variable.shape))
    return model


class Encoder(keras.Model):
    """Two layers of one shape."""

    def __init__(self, first="mean", second="spread"):
        super().__init__()
        setattr(self, first, keras.layers.Dense(2))
        setattr(self, second, keras.layers.Dense(2))
        self.names = first, second

    def call(self, inputs):
        return [getattr(self, name)(inputs) for name in self.names]


class WeightsFileTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.get_temp_dir(), f"{self.id()}.weights.h5")

    def test_sets_what_was_saved(self):
        model, other = make_model(), make_model()
        weights_file.save_weights(model, self.path)
        weights_file.load_weights(other, self.path)
        for mine, its in zip(model.get_weights(), other.get_weights()):
            self.assertAllEqual(mine, its)

    def test_finds_layers_by_attribute_and_not_by_order(self):
        model, other = Encoder("mean", "zeta"), Encoder("zeta", "mean")
        model(tf.ones((1, 3)))
        other(tf.ones((1, 3)))
        weights_file.save_weights(model, self.path)
        weights_file.load_weights(other, self.path)
        self.assertAllEqual(other.mean.kernel, model.mean.kernel)

    def test_sets_nothing_if_one_layer_differs(self):
        weights_file.save_weights(make_model(4), self.path)
        model = make_model(2)
        before = model.get_weights()
        message = f"{self.path}: layers/.*shape"
        with self.assertRaisesRegex(ValueError, message):
            weights_file.load_weights(model, self.path)
        for was, value in zip(before, model.get_weights()):
            self.assertAllEqual(was, value)

    def test_can_skip_layers_that_differ(self):
        source = make_model(2)
        weights_file.save_weights(source, self.path)
        target = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(2), keras.layers.Dense(5)]
        )
        with self.assertWarnsRegex(UserWarning, "Not loaded.*dense_1"):
            weights_file.load_weights(target, self.path, skip_mismatch=True)
        self.assertAllEqual(target.layers[0].kernel, source.layers[0].kernel)

    def test_warns_of_weights_without_a_place(self):
        weights_file.save_weights(make_model(), self.path)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
        with self.assertWarnsRegex(UserWarning, "layers/batch_normalization"):
            weights_file.load_weights(model, self.path)

    def test_refuses_a_layer_without_its_arrays(self):
        model = make_model()
        weights_file.save_weights(model, self.path)
        with h5py.File(self.path, "a") as file:
            del file["layers/dense/vars/1"]
        with self.assertRaisesRegex(ValueError, "expected 2 .*received 1"):
            weights_file.load_weights(model, self.path)

    def test_a_fresh_optimizer_takes_up_the_state(self):
        model, other = make_model(), make_model()
        for each in (model, other):
            each.compile("adam", "mse")
        model.train_on_batch(np.ones((2, 3)), np.ones((2, 2)))
        weights_file.save_weights(model, self.path)
        weights_file.load_weights(other, self.path)
        for one, two in zip(model.optimizer.variables, other.optimizer.variables):
            self.assertAllEqual(one, two)

    def test_a_count_alone_is_read(self):
        model, other = make_model(), make_model()
        for each in (model, other):
            each.compile("adam", "mse")
        model.optimizer.iterations.assign(7)
        weights_file.save_weights(model, self.path)
        other.optimizer.build(other.trainable_variables)
        weights_file.load_weights(other, self.path)
        self.assertEqual(int(other.optimizer.iterations), 7)

    def test_reads_weights_by_layer_under_this_name(self):
        model, other = make_model(), make_model()
        hdf5.save_weights(model, self.path)
        weights_file.load_weights(other, self.path)
        self.assertAllEqual(other.get_weights()[0], model.get_weights()[0])


if __name__ == "__main__":
    tf.test.main()
