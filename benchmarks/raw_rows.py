"""The same work as an expert would write it with TensorFlow alone."""

import numpy as np
import raw_optimizer_rows
import tensorflow as tf
from rows import BATCH, FEATURES, arrays

_SIZES = (FEATURES, 32, 32, 1)


class _Net:
    """Three dense layers, their Adam, and functions traced once."""

    def __init__(self, jit=False):
        del jit
        random = np.random.RandomState(1)
        self.weights = []
        for rows, columns in zip(_SIZES, _SIZES[1:]):
            limit = np.sqrt(6 / (rows + columns))
            kernel = random.uniform(-limit, limit, (rows, columns))
            self.weights.append(tf.Variable(kernel.astype("float32")))
            self.weights.append(tf.Variable(tf.zeros(columns)))
        self.means = [tf.Variable(tf.zeros_like(w)) for w in self.weights]
        self.squares = [tf.Variable(tf.zeros_like(w)) for w in self.weights]
        self.step = tf.Variable(0, dtype=tf.int64)
        self.predict = tf.function(self.forward, reduce_retracing=True)
        self.train = tf.function(self.one_step, reduce_retracing=True)

    def forward(self, x):
        for index in range(0, len(self.weights), 2):
            x = tf.matmul(x, self.weights[index]) + self.weights[index + 1]
            if index < len(self.weights) - 2:
                x = tf.nn.relu(x)
        return x

    def one_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.forward(x) - y))
        step = tf.cast(self.step.assign_add(1), tf.float32)
        for w, m, v, g in zip(
            self.weights,
            self.means,
            self.squares,
            tape.gradient(loss, self.weights),
        ):
            tf.raw_ops.ResourceApplyAdam(
                var=w.handle,
                m=m.handle,
                v=v.handle,
                beta1_power=tf.pow(0.9, step),
                beta2_power=tf.pow(0.999, step),
                lr=0.001,
                beta1=0.9,
                beta2=0.999,
                epsilon=1e-7,
                grad=g,
            )
        return loss

    @tf.function
    def epoch(self, x, y, order):
        total = 0.0
        for index in tf.range(len(order) // BATCH):
            rows = order[index * BATCH : (index + 1) * BATCH]
            total += self.one_step(tf.gather(x, rows), tf.gather(y, rows))
        rest = order[len(order) // BATCH * BATCH :]
        if len(rest) > 0:
            total += self.one_step(tf.gather(x, rest), tf.gather(y, rest))
        return total

    @tf.function
    def map_batches(self, x):
        whole = tf.shape(x)[0] // BATCH
        shaped = tf.reshape(x[: whole * BATCH], (-1, BATCH, FEATURES))
        outputs = tf.map_fn(self.forward, shaped)
        rest = self.forward(x[whole * BATCH :])
        return tf.concat([tf.reshape(outputs, (-1, 1)), rest], axis=0)


def _fit(samples=None):
    net = _Net()
    x, y = (tf.constant(a) for a in (arrays(samples) if samples else arrays()))
    random = np.random.RandomState(0)
    return lambda: float(net.epoch(x, y, random.permutation(len(x))))


def fit_arrays(_):
    """An epoch as one loop in the graph."""
    return _fit()


def fit_dataset(_):
    """A loop over a data set in the graph."""
    net = _Net()
    dataset = tf.data.Dataset.from_tensor_slices(arrays()).batch(BATCH)
    dataset = dataset.prefetch(tf.data.AUTOTUNE)

    @tf.function
    def epoch(dataset):
        total = 0.0
        for x, y in dataset:
            total += net.one_step(x, y)
        return total

    return lambda: float(epoch(dataset))


def fit_with_batch_callback(_):
    """A call for each step, the loss read each time."""
    net, (x, y) = _Net(), arrays()

    def run():
        for start in range(0, len(x), BATCH):
            rows = slice(start, start + BATCH)
            loss = float(net.train(x[rows], y[rows]))
        return loss

    return run


def fit_short_epochs(_):
    """Twenty epochs of 8 steps, each one call."""
    once = _fit(8 * BATCH)
    return lambda: [once() for _ in range(20)][-1]


def train_on_batch(_):
    """One call of a step."""
    net, (x, y) = _Net(), arrays(BATCH)
    return lambda: float(net.train(x, y))


def predict_on_batch(_):
    """One call of the forward function."""
    net, (x, _) = _Net(), arrays(BATCH)
    return lambda: net.predict(x).numpy()[0, 0]


def predict_one(_):
    """The same for one sample."""
    net, (x, _) = _Net(), arrays(1)
    return lambda: net.predict(x).numpy()[0, 0]


def predict_many(_):
    """All batches in one loop in the graph."""
    net, (x, _) = _Net(), arrays()
    return lambda: net.map_batches(x).numpy()[-1, 0]


def call_eagerly(_):
    """The arithmetic through `tf.*`, eagerly."""
    net, (x, _) = _Net(), arrays(BATCH)
    x = tf.constant(x)
    return lambda: net.forward(x).numpy()[0, 0]


ROWS = {
    function.__name__: function
    for function in (
        fit_arrays,
        fit_dataset,
        fit_with_batch_callback,
        fit_short_epochs,
        train_on_batch,
        predict_on_batch,
        predict_one,
        predict_many,
        call_eagerly,
    )
} | raw_optimizer_rows.ROWS
