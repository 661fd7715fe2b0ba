"""Tests of pickles and copies of models."""

import copy
import pickle

import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.core.layer import Layer


class Twice(Layer):
    """Not registered, like most layers of users."""

    def call(self, inputs):
        return inputs * 2.0


class Own(keras.Model):
    """Tells its config by its attributes."""

    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)
        self.twice = Twice()

    def call(self, inputs):
        return self.twice(self.dense(inputs))


class Secretive(keras.Model):
    """Does not tell its config."""

    def __init__(self, units):
        super().__init__()
        self.parts = [keras.layers.Dense(units)]
        self.calls = 0

    def call(self, inputs):
        return self.parts[0](inputs)


def own_loss(y_true, y_pred):
    return tf.reduce_mean(tf.abs(y_true - y_pred), axis=-1)


def sequential():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), Twice()])


def with_lambda():
    factor = 3.0
    inputs = keras.Input((3,))
    outputs = keras.layers.Lambda(lambda x: x[:, :2] * factor)(inputs)
    return keras.Model(inputs, keras.layers.Dense(2)(outputs))


def pickled(model):
    return pickle.loads(pickle.dumps(model))


X, Y = np.random.rand(4, 3).astype("float32"), np.ones((4, 2), "float32")


class PicklingTest(tf.test.TestCase):
    def test_copies_predict_and_train_the_same(self):
        for make in (
            sequential,
            with_lambda,
            Own,
            lambda: Secretive(2),
        ):
            for copied in (copy.deepcopy, pickled):
                model = make()
                model.compile(keras.optimizers.Adam(0.1), own_loss)
                model.train_on_batch(X, Y)
                other = copied(model)
                self.assertAllEqual(other(X), model(X))
                for _ in range(3):
                    self.assertEqual(
                        other.train_on_batch(X, Y), model.train_on_batch(X, Y)
                    )

    def test_copies_keep_vocabularies(self):
        words = keras.layers.StringLookup()
        words.adapt(np.array(["a", "b", "b"]))
        model = keras.Sequential([keras.Input((1,), dtype="string"), words])
        data = tf.constant([["a"], ["b"], ["c"]])
        for copied in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
            self.assertAllEqual(copied(data), [[2], [1], [0]])

    def test_copies_are_separate(self):
        for make in (sequential, Own, lambda: Secretive(2)):
            for copied in (copy.deepcopy, pickled):
                model = make()
                before = model(X).numpy()
                other = copied(model)
                for variable in other.weights:
                    variable.assign(variable + 1.0)
                self.assertAllEqual(model(X), before)
                self.assertNotAllEqual(other(X), before)

    def test_copies_models_without_weights_yet(self):
        for make in (Own, lambda: keras.Sequential([keras.layers.Dense(2)])):
            for copied in (copy.deepcopy, pickled):
                other = copied(make())
                self.assertFalse(other.built)
                self.assertEqual(other(X).shape, (4, 2))

    def test_tells_two_classes_of_one_name_apart(self):
        def make(factor):
            class Local(Layer):
                def call(self, inputs):
                    return inputs * factor

            return Local()

        model = keras.Sequential([keras.Input((3,)), make(2.0), make(5.0)])
        other = copy.deepcopy(model)
        self.assertAllEqual(other(np.ones((1, 3))), [[10.0] * 3])

    def test_keeps_attributes_of_models_that_tell_nothing(self):
        model = Secretive(2)
        model.calls = 7
        self.assertEqual(copy.deepcopy(model).calls, 7)

    def test_a_copy_keeps_what_is_shared(self):
        inputs = keras.Input((3,))
        shared = keras.layers.Dense(3)
        model = keras.Model(inputs, shared(shared(inputs)))
        self.assertLen(copy.deepcopy(model).weights, 2)


if __name__ == "__main__":
    tf.test.main()
