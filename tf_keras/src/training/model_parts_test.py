"""Tests of what a model says that it is made of."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization,
)
from tf_keras.src.metrics.reductions import Mean
from tf_keras.src.training.model import Model


def _variable(name, trainable=True):
    return tf.Variable(1.0, name=name, trainable=trainable)


class _Module(tf.Module):
    def __init__(self):
        super().__init__()
        self.scale = _variable("scale")
        self.dense = Dense(1, name="inner")


class _Holder:
    """Variables, layers, a list, a tuple, a module and a metric."""

    def __init__(self):
        super().__init__(name="holder")
        self.first = _variable("first")
        self.norm = BatchNormalization(name="norm")
        self.count = Mean(name="mean")
        self.fixed = _variable("fixed", trainable=False)
        self.nest = [_variable("in_list"), Dense(1, name="dense")]
        self.pair = (_variable("in_tuple"), _variable("kept", False))
        self.module = _Module()

    def call(self, inputs):
        return self.nest[1](self.norm(inputs)) + self.module.dense(inputs)


class _HolderModel(_Holder, Model):
    pass


class _HolderLayer(_Holder, Layer):
    pass


def _names(weights):
    return [w.name.removeprefix("holder/").removesuffix(":0") for w in weights]


def _built(cls):
    made = cls()
    made(tf.ones((1, 2)))
    return made


_NORM = ["norm/gamma", "norm/beta"]
_MOVING = ["norm/moving_mean", "norm/moving_variance"]
_DENSE = ["dense/kernel", "dense/bias"]
_INNER = ["scale", "inner/kernel", "inner/bias"]


class WeightsTest(tf.test.TestCase):
    def test_a_models_own_variables_stand_behind_its_layers(self):
        model = _built(_HolderModel)
        trainable = [*_NORM, *_DENSE, "in_list", "in_tuple", *_INNER, "first"]
        fixed = [*_MOVING, "total", "count", "kept", "fixed"]
        self.assertEqual(_names(model.trainable_weights), trainable)
        self.assertEqual(_names(model.non_trainable_weights), fixed)
        self.assertEqual(
            _names(model.weights),
            [
                *_NORM,
                *_MOVING,
                "total",
                "count",
                *_DENSE,
                "in_list",
                "in_tuple",
                "kept",
                *_INNER,
                "first",
                "fixed",
            ],
        )

    def test_a_layers_own_variables_stand_first_and_metrics_are_left_out(self):
        layer = _built(_HolderLayer)
        own = ["first", "in_list", "in_tuple"]
        trainable = [*own, *_NORM, *_DENSE, *_INNER]
        fixed = ["fixed", "kept", *_MOVING]
        self.assertEqual(_names(layer.trainable_weights), trainable)
        self.assertEqual(_names(layer.non_trainable_weights), fixed)
        self.assertEqual(_names(layer.weights), trainable + fixed)

    def test_frozen_models_keep_the_order_of_weights(self):
        model = _built(_HolderModel)
        model.trainable = False
        self.assertEqual(model.trainable_weights, [])
        self.assertCountEqual(
            _names(model.non_trainable_weights), _names(model.weights)
        )
        self.assertEqual(_names(model.weights)[:4], _NORM + _MOVING)
        self.assertEqual(_names(model.weights)[-2:], ["first", "fixed"])


if __name__ == "__main__":
    tf.test.main()
