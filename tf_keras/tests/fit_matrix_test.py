"""Whatever the model, the data and the engine: fit gives the same weights."""

import numpy as np
import tensorflow as tf

import tf_keras as keras

_random = np.random.RandomState(0)
X = _random.rand(34, 3).astype("float32")
Y = _random.rand(34, 2).astype("float32")
BATCH = 10  # The last batch of an epoch holds four rows.


class _Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(4, "tanh")
        self.out = keras.layers.Dense(2)

    def call(self, inputs):
        if isinstance(inputs, dict):
            inputs = inputs["x"]
        return self.out(self.hidden(inputs))


class _CustomStep(_Subclassed):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compiled_loss(y, self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}


def _functional():
    inputs = keras.Input((3,), name="x")
    hidden = keras.layers.Dense(4, "tanh")(inputs)
    return keras.Model(inputs, keras.layers.Dense(2)(hidden))


def _sequential():
    return keras.Sequential(
        [
            keras.Input((3,), name="x"),
            keras.layers.Dense(4, "tanh"),
            keras.layers.Dense(2),
        ]
    )


MODELS = {
    "sequential": _sequential,
    "functional": _functional,
    "subclassed": _Subclassed,
    "custom step": _CustomStep,
}


class _Batches(keras.utils.Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        rows = slice(index * BATCH, (index + 1) * BATCH)
        return X[rows], Y[rows]


def _generator():
    while True:
        for index in range(4):
            yield _Batches()[index]


def _fit(model, data, **options):
    options.update(epochs=3, verbose=0)
    if data == "array":
        return model.fit(X, Y, batch_size=BATCH, shuffle=False, **options)
    if data == "dict":
        options.update(batch_size=BATCH, shuffle=False)
        return model.fit({"x": X}, Y, **options)
    if data == "data set":
        dataset = tf.data.Dataset.from_tensor_slices((X, Y)).batch(BATCH)
        return model.fit(dataset, **options)
    if data == "data set of unknown size":
        dataset = tf.data.Dataset.from_tensor_slices((X, Y)).batch(BATCH)
        return model.fit(dataset.filter(lambda x, y: True), **options)
    if data == "generator":
        return model.fit(_generator(), steps_per_epoch=4, **options)
    return model.fit(_Batches(), shuffle=False, **options)


DATA = (
    "array",
    "dict",
    "data set",
    "data set of unknown size",
    "generator",
    "Sequence",
)


class _Listener(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.seen = []

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append((batch, round(logs["loss"], 5)))


def _build(kind):
    model = MODELS[kind]()
    model.build((None, 3))
    random = np.random.RandomState(3)
    model.set_weights(
        [random.uniform(-0.5, 0.5, w.shape) for w in model.weights]
    )
    return model


def _flat_weights(model):
    return np.concatenate([w.ravel() for w in model.get_weights()])


def _expected_weights():
    """The same training written against plain TensorFlow."""
    model = _build("functional")
    weights = [tf.Variable(w) for w in model.get_weights()]
    for _ in range(3):
        for start in range(0, len(X), BATCH):
            x, y = X[start : start + BATCH], Y[start : start + BATCH]
            with tf.GradientTape() as tape:
                hidden = tf.tanh(x @ weights[0] + weights[1])
                outputs = hidden @ weights[2] + weights[3]
                loss = tf.reduce_mean((outputs - y) ** 2)
            for weight, gradient in zip(weights, tape.gradient(loss, weights)):
                weight.assign_sub(0.01 * gradient)
    return np.concatenate([w.numpy().ravel() for w in weights])


class FitMatrixTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expected = _expected_weights()

    def check(self, kind, data, callbacks=None, **options):
        model = _build(kind)
        model.compile("sgd", "mse", **options)
        _fit(model, data, callbacks=callbacks)
        self.assertAllClose(
            _flat_weights(model), self.expected, rtol=1e-5, atol=1e-6
        )

    def check_all(self, **options):
        for kind in MODELS:
            for data in DATA:
                with self.subTest(kind=kind, data=data):
                    self.check(kind, data, **options)

    def test_several_steps_in_one_call(self):
        self.check_all()

    def test_step_by_step_where_a_callback_listens(self):
        logs = set()
        for kind in MODELS:
            for data in DATA:
                listener = _Listener()
                self.check(kind, data, callbacks=[listener])
                self.assertLen(listener.seen, 12)
                if kind != "custom step":  # Its loss isn't a running mean.
                    logs.add(tuple(listener.seen))
        self.assertLen(logs, 1)

    def test_eager(self):
        self.check_all(run_eagerly=True)
        self.check_all(run_eagerly=True, steps_per_execution=3)

    def test_compiled_by_xla(self):
        self.check_all(jit_compile=True)
        for kind in MODELS:
            self.check(kind, "array", jit_compile=True, callbacks=[_Listener()])

    def test_three_steps_per_execution(self):
        self.check_all(steps_per_execution=3)


if __name__ == "__main__":
    tf.test.main()
