"""What an expert would write with TensorFlow alone: layers, Adam, loops."""

import numpy as np
import tensorflow as tf
from networks import INPUTS, seed

BATCH = 32


class Layers:
    """Stands in for `keras.layers`: each method returns a function.

    Variables are made when a network runs first; later they come again in
    the same order.
    """

    def __init__(self):
        self.variables, self.trainable = [], []
        self.training, self._next = False, 0

    def run(self, network, x, training):
        """Runs a network on a tensor."""
        self.training, self._next = training, 0
        return network(self, x)

    def _variable(self, shape, start=None, trainable=True):
        if self._next == len(self.variables):
            with tf.init_scope():
                if start is not None:
                    value = tf.broadcast_to(start, shape)
                else:
                    limit = np.sqrt(6 / (np.prod(shape[:-1]) + shape[-1]))
                    value = tf.random.uniform(shape, -limit, limit)
                variable = tf.Variable(value, trainable=trainable)
            self.variables.append(variable)
            if trainable:
                self.trainable.append(variable)
        self._next += 1
        return self.variables[self._next - 1]

    def Dense(self, units, activation=None):
        def call(x):
            kernel = self._variable((x.shape[-1], units))
            bias = self._variable((units,), 0.0)
            if x.shape.rank > 2:
                x = tf.tensordot(x, kernel, 1) + bias
            else:
                x = tf.nn.bias_add(tf.matmul(x, kernel), bias)
            return tf.nn.relu(x) if activation else x

        return call

    def Conv2D(
        self, filters, size, strides=1, padding="valid", activation=None
    ):
        def call(x):
            kernel = self._variable((size, size, x.shape[-1], filters))
            bias = self._variable((filters,), 0.0)
            x = tf.nn.conv2d(x, kernel, strides, padding.upper())
            x = tf.nn.bias_add(x, bias)
            return tf.nn.relu(x) if activation else x

        return call

    def BatchNormalization(self):
        def call(x):
            shape = (x.shape[-1],)
            gamma, beta = self._variable(shape, 1.0), self._variable(shape, 0.0)
            mean = self._variable(shape, 0.0, trainable=False)
            variance = self._variable(shape, 1.0, trainable=False)
            if not self.training:
                return tf.compat.v1.nn.fused_batch_norm(
                    x, gamma, beta, mean, variance, 1e-3, is_training=False
                )[0]
            x, of_batch, spread = tf.compat.v1.nn.fused_batch_norm(
                x, gamma, beta, epsilon=1e-3
            )
            mean.assign_sub((mean - of_batch) * 0.01)
            variance.assign_sub((variance - spread) * 0.01)
            return x

        return call

    def LayerNormalization(self):
        def call(x):
            shape = (x.shape[-1],)
            gamma, beta = self._variable(shape, 1.0), self._variable(shape, 0.0)
            mean, variance = tf.nn.moments(x, [-1], keepdims=True)
            return tf.nn.batch_normalization(
                x, mean, variance, beta, gamma, 1e-3
            )

        return call

    def Embedding(self, words, width):
        return lambda x: tf.gather(self._variable((words, width)), x)

    def MultiHeadAttention(self, heads, size):
        def projected(x, rule, *shape):
            kernel = self._variable(shape)
            bias = self._variable(
                shape[1:] if rule != _BACK else shape[-1:], 0.0
            )
            return tf.einsum(rule, x, kernel) + bias

        def call(x, _):
            width = x.shape[-1]
            query, key, value = (
                projected(x, "btd,dhk->bthk", width, heads, size)
                for _ in range(3)
            )
            scores = tf.einsum("bthk,bshk->bhts", query * size**-0.5, key)
            seen = tf.einsum("bhts,bshk->bthk", tf.nn.softmax(scores), value)
            return projected(seen, _BACK, heads, size, width)

        return call

    def LSTM(self, units):
        def call(x):
            kernel = self._variable((x.shape[-1], 4 * units))
            recurrent = self._variable((units, 4 * units))
            opened = np.repeat(np.float32([0, 1, 0, 0]), units)
            bias = self._variable((4 * units,), opened)
            x = tf.transpose(x, (1, 0, 2))
            zeros, none = tf.zeros((tf.shape(x)[1], units)), tf.zeros((units,))
            return tf.raw_ops.BlockLSTMV2(
                seq_len_max=tf.shape(x, tf.int64)[0],
                x=x,
                cs_prev=zeros,
                h_prev=zeros,
                w=tf.concat([kernel, recurrent], 0),
                wci=none,
                wcf=none,
                wco=none,
                b=bias,
                cell_clip=0.0,
            ).h[-1]

        return call

    def GRU(self, units):
        def call(x):
            kernel = self._variable((x.shape[-1], 3 * units))
            recurrent = self._variable((units, 3 * units))
            bias = self._variable((2, 3 * units), 0.0)
            x = tf.tensordot(tf.transpose(x, (1, 0, 2)), kernel, 1) + bias[0]
            state = tf.zeros((tf.shape(x)[1], units))
            for step in tf.unstack(x):  # Unrolled: faster than a loop here.
                inner = tf.matmul(state, recurrent) + bias[1]
                gates = tf.sigmoid(step[:, : 2 * units] + inner[:, : 2 * units])
                update, reset = tf.split(gates, 2, axis=1)
                new = tf.tanh(
                    step[:, 2 * units :] + reset * inner[:, 2 * units :]
                )
                state = new + update * (state - new)
            return state

        return call

    def Activation(self, _):
        return tf.nn.relu

    def Add(self):
        return lambda parts: parts[0] + parts[1]

    def Flatten(self):
        return lambda x: tf.reshape(x, (-1, np.prod(x.shape[1:])))

    def MaxPooling2D(self, size, strides=None, padding="valid"):
        return lambda x: tf.nn.max_pool2d(
            x, size, strides or size, padding.upper()
        )

    def GlobalAveragePooling2D(self):
        return lambda x: tf.reduce_mean(x, (1, 2))

    def GlobalAveragePooling1D(self):
        return lambda x: tf.reduce_mean(x, 1)


_BACK = "bthk,hkd->btd"


def mean_squares(y, outputs):
    """The loss of regression."""
    return tf.reduce_mean(tf.square(outputs - y))


def crossentropy(y, outputs):
    """The loss of classification, from logits."""
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(y, outputs)
    )


class Net:
    """A network with its loss, its Adam, and functions traced once."""

    def __init__(self, network, loss, jit_compile=False):
        shape, words = INPUTS[network]
        dtype = tf.int32 if words else tf.float32
        self.x_spec = tf.TensorSpec((None, *shape), dtype)
        self.layers, self.loss, self._network = Layers(), loss, network
        options = {"autograph": False, "reduce_retracing": True}
        self.predict = tf.function(self.forward, **options)
        self.predict.get_concrete_function(self.x_spec)  # Makes variables.
        seed(self.layers.trainable)
        self.count = tf.Variable(0, dtype=tf.int64)
        self.slots = [
            (tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v)))
            for v in self.layers.trainable
        ]
        self.train = tf.function(self.one_step, **options)
        self.test = tf.function(
            lambda x, y: self.loss(y, self.forward(x)), **options
        )
        self.map_batches = tf.function(self._map_batches)
        self.mean_loss = tf.function(self._mean_loss)
        self.epoch = tf.function(
            self._epoch, jit_compile=jit_compile, reduce_retracing=True
        )

    def forward(self, x, training=False):
        return self.layers.run(self._network, x, training)

    def one_step(self, x, y):
        """A step of Adam."""
        with tf.GradientTape() as tape:
            loss = self.loss(y, self.forward(x, training=True))
        variables = self.layers.trainable
        gradients = tape.gradient(loss, variables)
        step = tf.cast(self.count.assign_add(1), tf.float32)
        numbers = {
            "beta1_power": tf.pow(0.9, step),
            "beta2_power": tf.pow(0.999, step),
            "lr": 0.001,
            "beta1": 0.9,
            "beta2": 0.999,
            "epsilon": 1e-7,
        }
        for v, (m, s), g in zip(variables, self.slots, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=v.handle,
                m=m.handle,
                v=s.handle,
                grad=tf.convert_to_tensor(g),
                **numbers,
            )
        return loss

    def _epoch(self, x, y, order):
        total, steps = 0.0, len(order) // BATCH
        whole = tf.reshape(order[: steps * BATCH], (steps, BATCH))
        for index in tf.range(steps):
            rows = tf.gather(whole, index)
            total += self.one_step(tf.gather(x, rows), tf.gather(y, rows))
        if len(order) % BATCH:
            rest = order[steps * BATCH :]
            total += self.one_step(tf.gather(x, rest), tf.gather(y, rest))
            steps += 1
        return total / float(steps)

    def _map_batches(self, x):
        """Predictions of all rows, batch by batch."""
        steps = tf.shape(x)[0] // BATCH
        whole = tf.reshape(x[: steps * BATCH], (-1, BATCH, *x.shape[1:]))
        outputs = tf.map_fn(self.forward, whole)
        rest = self.forward(x[steps * BATCH :])
        return tf.concat([tf.reshape(outputs, (-1, 1)), rest], axis=0)

    def _mean_loss(self, x, y):
        """The loss of all rows, batch by batch."""
        total, rows = 0.0, tf.shape(x)[0]
        for start in tf.range(0, rows, BATCH):
            part = self.forward(x[start : start + BATCH])
            count = tf.cast(tf.shape(part)[0], tf.float32)
            total += count * self.loss(y[start : start + BATCH], part)
        return total / tf.cast(rows, tf.float32)
