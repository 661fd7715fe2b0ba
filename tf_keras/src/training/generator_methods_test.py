"""Tests of the methods of old programs."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.sequential import Sequential

X, Y = np.ones((4, 2), "float32"), np.zeros((4, 1), "float32")


def _batches():
    while True:
        yield X, Y


class GeneratorMethodsTest(tf.test.TestCase):
    def test_do_what_fit_evaluate_and_predict_do(self):
        model = Sequential([Dense(1, kernel_initializer="ones")])
        model.compile("sgd", "mse")
        with self.assertWarnsRegex(UserWarning, "use `Model.evaluate`"):
            found = model.evaluate_generator(_batches(), steps=2)
        self.assertAllClose(found, 4.0)
        with self.assertWarnsRegex(UserWarning, "use `Model.predict`"):
            found = model.predict_generator(_batches(), steps=2)
        self.assertAllClose(found, np.full((8, 1), 2.0))
        with self.assertWarnsRegex(UserWarning, "use `Model.fit`"):
            history = model.fit_generator(
                _batches(), steps_per_epoch=2, epochs=3, verbose=0
            )
        self.assertLen(history.epoch, 3)


if __name__ == "__main__":
    tf.test.main()
