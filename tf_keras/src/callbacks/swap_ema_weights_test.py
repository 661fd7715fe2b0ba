"""Tests of SwapEMAWeights."""

import tensorflow as tf

from tf_keras.src.callbacks.swap_ema_weights import SwapEMAWeights
from tf_keras.src.testing.toy_model import ToyModel


class _Averaging(tf.Module):
    use_ema = True

    def __init__(self, variables):
        super().__init__("averaging")
        self._known = variables
        self._model_variables_moving_average = [
            tf.Variable(tf.zeros_like(variable)) for variable in variables
        ]


def _model():
    model = ToyModel()
    model.optimizer = _Averaging(model.layers[0].weights)
    return model


def _callback(model, **options):
    callback = SwapEMAWeights(**options)
    callback.set_model(model)
    return callback


class SwapEMAWeightsTest(tf.test.TestCase):
    def check(self, model, are_averages):
        expected = [[0, 0], [0, 0]] if are_averages else [[1, 2], [3, 4]]
        self.assertAllEqual(model.get_weights()[0], expected)

    def test_evaluates_and_predicts_with_the_averages(self):
        model = _model()
        callback = _callback(model)
        for mode in ("test", "predict"):
            getattr(callback, f"on_{mode}_begin")()
            self.check(model, are_averages=True)
            getattr(callback, f"on_{mode}_end")()
            self.check(model, are_averages=False)
        callback.on_epoch_end(0)
        self.check(model, are_averages=False)

    def test_averages_stay_from_an_epochs_end_to_the_next_one(self):
        model = _model()
        callback = _callback(model, swap_on_epoch=True)
        callback.on_epoch_end(0)
        self.check(model, are_averages=True)
        callback.on_epoch_begin(1)
        self.check(model, are_averages=False)

    def test_a_run_that_fails_gets_its_weights_back(self):
        model = _model()
        callback = _callback(model)
        callback.on_test_begin()
        callback._abandon()
        self.check(model, are_averages=False)

    def test_refuses_an_optimizer_without_averages(self):
        with self.assertRaisesRegex(ValueError, "use_ema=True"):
            _callback(ToyModel())


if __name__ == "__main__":
    tf.test.main()
