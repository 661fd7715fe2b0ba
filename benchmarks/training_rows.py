"""fit, evaluate, predict and *_on_batch.

A row gets the package, and returns a function that does the work once and
reads a result back.
"""

import functools

import numpy as np
import tensorflow as tf
from networks import (
    FEATURES,
    INPUTS,
    convolution,
    data,
    gru,
    lstm,
    mlp,
    model,
    seed,
    small_transformer,
)
from raw import BATCH, Net, crossentropy, mean_squares

SAMPLES = 10_000


def arrays(samples=SAMPLES):
    """The same random inputs and targets for all contenders."""
    random = np.random.RandomState(0)
    x = random.rand(samples, FEATURES).astype("float32")
    return x, x[:, :1] * 2.0


def compiled(keras, **options):
    """The small network with Adam and mean squares."""
    made = model(keras, mlp)
    seed(made.trainable_weights)
    made.compile("adam", "mse", **options)
    return made


def _fit(made, *given, **options):
    return lambda: made.fit(*given, verbose=0, **options).history["loss"][-1]


def fit_arrays(keras):
    """An epoch of 10,000 samples in batches of 32, no batch callback."""
    return _fit(compiled(keras), *arrays())


def fit_arrays_with_metrics(keras):
    return _fit(compiled(keras, metrics=["mae", "mape"]), *arrays())


def fit_eight_outputs(keras):
    x = keras.Input((FEATURES,))
    hidden = keras.layers.Dense(32, activation="relu")(x)
    heads = [keras.layers.Dense(1)(hidden) for _ in range(8)]
    made = keras.Model(x, heads)
    seed(made.trainable_weights)
    made.compile("adam", ["mse"] * 8)
    x, y = arrays()
    return _fit(made, x, [y] * 8)


def fit_own_train_step(keras):
    class Own(keras.Model):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                outputs = self(x, training=True)
                loss = tf.reduce_mean(tf.square(outputs - y))
            weights = self.trainable_weights
            pairs = zip(tape.gradient(loss, weights), weights)
            self.optimizer.apply_gradients(pairs)
            return {"loss": loss}

    x = keras.Input((FEATURES,))
    made = Own(x, mlp(keras.layers, x))
    seed(made.trainable_weights)
    made.compile("adam")
    return _fit(made, *arrays())


def _dataset():
    dataset = tf.data.Dataset.from_tensor_slices(arrays()).batch(BATCH)
    return dataset.prefetch(tf.data.AUTOTUNE)


def fit_dataset(keras):
    return _fit(compiled(keras), _dataset())


def _batches():
    x, y = arrays()
    for start in range(0, len(x), BATCH):
        yield x[start : start + BATCH], y[start : start + BATCH]


def fit_generator(keras):
    made = compiled(keras)
    return lambda: made.fit(_batches(), verbose=0).history["loss"][-1]


def fit_with_batch_callback(keras):
    """A callback reads logs at every batch."""

    class Reader(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.loss = logs["loss"]

    return _fit(compiled(keras), *arrays(), callbacks=[Reader()])


def fit_jit_compile(keras):
    return _fit(compiled(keras, jit_compile=True), *arrays())


def fit_short_epochs(keras):
    """Twenty epochs of 8 steps."""
    return _fit(compiled(keras), *arrays(8 * BATCH), epochs=20)


def train_on_batch(keras):
    made, (x, y) = compiled(keras), arrays(BATCH)
    return lambda: made.train_on_batch(x, y)


def test_on_batch(keras):
    made, (x, y) = compiled(keras), arrays(BATCH)
    return lambda: made.test_on_batch(x, y)


def predict_on_batch(keras):
    made, (x, _) = compiled(keras), arrays(BATCH)
    return lambda: made.predict_on_batch(x)[0, 0]


def predict_one(keras):
    """`predict` of one sample."""
    made, (x, _) = compiled(keras), arrays(1)
    return lambda: made.predict(x, verbose=0)[0, 0]


def evaluate_one(keras):
    """`evaluate` of one batch."""
    made, (x, y) = compiled(keras), arrays(BATCH)
    return lambda: made.evaluate(x, y, verbose=0)


def predict_many(keras):
    made, (x, _) = compiled(keras), arrays()
    return lambda: made.predict(x, verbose=0)[-1, 0]


def evaluate_many(keras):
    made, (x, y) = compiled(keras), arrays()
    return lambda: made.evaluate(x, y, verbose=0)


def own_tape_loop(keras):
    """A user's own step in a `tf.function`, called for each batch."""
    made, optimizer = compiled(keras), keras.optimizers.Adam()
    weights = made.trainable_weights
    optimizer.build(weights)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(made(x, training=True) - y))
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss

    return lambda: _mean(float(step(x, y)) for x, y in _batches())


def _mean(values):
    return float(np.mean(list(values)))


_WHOLE = {
    "train_convolution": (convolution, 2048),
    "train_transformer": (small_transformer, 512),
    "train_lstm": (lstm, 4096),
    "train_gru": (gru, 4096),
}


def _whole(keras, network, samples):
    """An epoch of a larger network."""
    made = model(keras, network)
    seed(made.trainable_weights)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    made.compile("adam", loss)
    return _fit(made, *data(network, samples))


# By hand ---------------------------------------------------------------------


def _net(**options):
    return Net(mlp, mean_squares, **options)


def _epochs(net, x, y, count=1):
    x, y = tf.constant(x), tf.constant(y)
    random = np.random.RandomState(0)

    def run():
        for _ in range(count):
            loss = net.epoch(x, y, tf.constant(random.permutation(len(x))))
            loss = float(loss)
        return loss

    return run


def _raw_eight_outputs(_):
    def network(layers, x):
        hidden = layers.Dense(32, activation="relu")(x)
        return tf.stack([layers.Dense(1)(hidden) for _ in range(8)])

    def loss(y, outputs):
        return tf.add_n([mean_squares(y, one) for one in tf.unstack(outputs)])

    INPUTS[network] = INPUTS[mlp]
    return _epochs(Net(network, loss), *arrays())


def _raw_with_metrics(_):
    net = _net()
    totals = [tf.Variable(0.0) for _ in range(4)]
    squares = net.loss

    def loss(y, outputs):
        away = tf.abs(outputs - y)
        share = 100 * away / tf.maximum(tf.abs(y), 1e-7)
        found = squares(y, outputs)
        sums = found, tf.reduce_mean(away), tf.reduce_mean(share), 1.0
        for total, one in zip(totals, sums):
            total.assign_add(one)
        return found

    net.loss = loss
    return _epochs(net, *arrays())


def _raw_dataset(_, dataset=None):
    net = _net()

    @tf.function
    def epoch(dataset):
        total, steps = 0.0, 0.0
        for x, y in dataset:
            total += net.one_step(x, y)
            steps += 1.0
        return total / steps

    return lambda: float(epoch(dataset or _dataset_of_batches()))


def _dataset_of_batches():
    specs = (
        tf.TensorSpec((None, FEATURES), tf.float32),
        tf.TensorSpec((None, 1), tf.float32),
    )
    made = tf.data.Dataset.from_generator(_batches, output_signature=specs)
    return made.prefetch(tf.data.AUTOTUNE)


def _raw_step_by_step(_):
    net = _net()
    return lambda: _mean(float(net.train(x, y)) for x, y in _batches())


def _raw_call(name, samples):
    def prepare(_):
        function, (x, y) = getattr(_net(), name), arrays(samples)
        if name in ("predict", "map_batches"):
            place = samples - 1 if name == "map_batches" else 0
            return lambda: function(x).numpy()[place, 0]
        return lambda: float(function(x, y))

    return prepare


def _raw_whole(_, network, samples):
    return _epochs(Net(network, crossentropy), *data(network, samples))


ROWS = {
    function.__name__: function
    for function in (
        fit_arrays,
        fit_arrays_with_metrics,
        fit_eight_outputs,
        fit_own_train_step,
        fit_dataset,
        fit_generator,
        fit_with_batch_callback,
        fit_jit_compile,
        fit_short_epochs,
        train_on_batch,
        test_on_batch,
        predict_on_batch,
        predict_one,
        evaluate_one,
        predict_many,
        evaluate_many,
        own_tape_loop,
    )
} | {
    name: functools.partial(_whole, network=network, samples=samples)
    for name, (network, samples) in _WHOLE.items()
}
RAW_ROWS = {
    "fit_arrays": lambda _: _epochs(_net(), *arrays()),
    "fit_arrays_with_metrics": _raw_with_metrics,
    "fit_eight_outputs": _raw_eight_outputs,
    "fit_own_train_step": lambda _: _epochs(_net(), *arrays()),
    "fit_dataset": lambda _: _raw_dataset(_, _dataset()),
    "fit_generator": _raw_dataset,
    "fit_with_batch_callback": _raw_step_by_step,
    "fit_jit_compile": lambda _: _epochs(_net(jit_compile=True), *arrays()),
    "fit_short_epochs": lambda _: _epochs(_net(), *arrays(8 * BATCH), 20),
    "train_on_batch": _raw_call("train", BATCH),
    "test_on_batch": _raw_call("test", BATCH),
    "predict_on_batch": _raw_call("predict", BATCH),
    "predict_one": _raw_call("predict", 1),
    "evaluate_one": _raw_call("test", BATCH),
    "predict_many": _raw_call("map_batches", SAMPLES),
    "evaluate_many": _raw_call("mean_loss", SAMPLES),
    "own_tape_loop": _raw_step_by_step,
} | {
    name: functools.partial(_raw_whole, network=network, samples=samples)
    for name, (network, samples) in _WHOLE.items()
}
