"""Whatever the model and the format: what was saved goes on as it was."""

import os

import numpy as np
import tensorflow as tf

import tf_keras as keras

X = np.random.RandomState(0).rand(10, 3).astype("float32")
Y = np.random.RandomState(1).rand(10, 2).astype("float32")


class _Scale(keras.layers.Layer):
    """A layer of a user, which tells its config by its attributes."""

    def __init__(self, factor=2.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight(
            "scale", (input_shape[-1],), initializer="ones"
        )
        super().build(input_shape)

    def call(self, inputs):
        return inputs * self.scale * tf.cast(self.factor, inputs.dtype)


class _Own(keras.Model):
    """A model defined by its code."""

    def __init__(self, units=4, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.parts = [keras.layers.Dense(units), _Scale()]
        self.normalized = keras.layers.BatchNormalization()
        self.head = keras.layers.Dense(2, dtype="float32")

    def call(self, inputs):
        for part in self.parts:
            inputs = part(inputs)
        return self.head(self.normalized(inputs))


def _loss(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)


def _sequential():
    return keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, activation="relu"),
            _Scale(3.0),
            keras.layers.Dense(2, dtype="float32"),
        ]
    )


def _functional():
    inputs = keras.Input((3,))
    shared = keras.layers.Dense(3, activation=tf.nn.tanh)
    hidden = shared(shared(inputs) * 2.0 - 1.0)
    inner = keras.Sequential([keras.Input((3,)), _Scale(), _Scale(0.5)])
    both = keras.layers.Concatenate()([inner(hidden), hidden])
    return keras.Model(inputs, keras.layers.Dense(2, dtype="float32")(both))


def _nested():
    inputs = keras.Input((3,))
    inner = _sequential()
    branch = keras.Model(inputs, inner(inputs) + inner(inputs * 0.5))
    outer = keras.Input((3,))
    hidden = keras.layers.BatchNormalization()(branch(outer))
    return keras.Model(outer, keras.layers.Dense(2, dtype="float32")(hidden))


class _Around(_Own):
    """A model defined by its code, with graphs of layers in it."""

    def __init__(self, units=4, **kwargs):
        super().__init__(units, **kwargs)
        self.inner = _nested()

    def call(self, inputs):
        return super().call(inputs) + self.inner(inputs)


MODELS = (_sequential, _functional, _nested, _Own, _Around)
OBJECTS = {c.__name__: c for c in (_Scale, _Own, _Around, _loss)}


def _compile(model, steps=2):
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
    model.compile(keras.optimizers.Adam(rate), _loss, metrics=["mae"])
    for _ in range(steps):
        model.train_on_batch(X, Y)
    return model


class SavingMatrixTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        keras.utils.set_random_seed(3)

    def tearDown(self):
        super().tearDown()
        keras.mixed_precision.set_global_policy("float32")

    def path(self, name):
        return os.path.join(self.get_temp_dir(), f"{self.id()}.{name}")

    def whole_copies(self, make, change):
        """Yields pairs of a model and its copy from each format."""
        for suffix in ("keras", "h5", "tf"):
            if make in (_Own, _Around) and suffix == "h5":
                continue
            with self.subTest(model=make.__name__, format=suffix):
                model = change(make())
                path = self.path(suffix)
                model.save(path)
                yield model, keras.models.load_model(path, OBJECTS)

    def assert_same(self, model, copy):
        self.assertAllEqual(
            copy.predict(X, verbose=0), model.predict(X, verbose=0)
        )
        self.assertEqual(
            [v.shape for v in copy.weights], [v.shape for v in model.weights]
        )

    def assert_trains_the_same(self, model, copy):
        for mine, its in zip(
            model.optimizer.variables, copy.optimizer.variables
        ):
            self.assertAllEqual(mine, its)
        for _ in range(5):
            self.assertEqual(
                copy.train_on_batch(X, Y), model.train_on_batch(X, Y)
            )
        for mine, its in zip(model.get_weights(), copy.get_weights()):
            self.assertAllEqual(mine, its)

    def test_models_that_were_never_compiled(self):
        def called(model):
            model(X)
            return model

        for make in MODELS:
            for model, copy in self.whole_copies(make, called):
                self.assert_same(model, copy)
                self.assertIsNone(copy.optimizer)

    def test_models_that_were_trained(self):
        for make in MODELS:
            for model, copy in self.whole_copies(make, _compile):
                self.assert_same(model, copy)
                self.assert_trains_the_same(model, copy)

    def test_models_that_compute_in_float16(self):
        keras.mixed_precision.set_global_policy("mixed_float16")
        for make in MODELS:
            for model, copy in self.whole_copies(make, _compile):
                self.assert_same(model, copy)
                self.assertEqual(copy.layers[1].compute_dtype, "float16")
                self.assert_trains_the_same(model, copy)

    def check_weights_alone(self, models, suffixes):
        for make in models:
            for suffix in suffixes:
                with self.subTest(model=make.__name__, format=suffix):
                    model, other = _compile(make()), _compile(make(), steps=1)
                    path = self.path(f"{make.__name__}.{suffix}")
                    model.save_weights(path)
                    other.load_weights(path)
                    self.assert_same(model, other)
                    if suffix != "h5":  # Holds no optimizer's state.
                        self.assert_trains_the_same(model, other)

    def test_weights_alone(self):
        suffixes = ("weights.h5", "h5", "ckpt", "keras")
        self.check_weights_alone(MODELS, suffixes)

    def test_weights_alone_of_models_that_compute_in_float16(self):
        keras.mixed_precision.set_global_policy("mixed_float16")
        models = (_functional, _Around)
        self.check_weights_alone(models, ("weights.h5", "h5", "ckpt"))

    def test_checkpoints_give_a_fresh_optimizer_its_state(self):
        for make in (_sequential, _Around):
            with self.subTest(model=make.__name__):
                model, other = _compile(make()), _compile(make(), steps=0)
                other(X)
                model.save_weights(self.path(make.__name__))
                other.load_weights(self.path(make.__name__))
                for _ in range(5):
                    self.assertEqual(
                        other.train_on_batch(X, Y), model.train_on_batch(X, Y)
                    )


if __name__ == "__main__":
    tf.test.main()
