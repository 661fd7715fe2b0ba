"""Tests of variables that read in the compute dtype."""

import copy
import os
import pickle

import numpy as np
import tensorflow as tf

from tf_keras.src.core.autocast_variable import AutoCastVariable
from tf_keras.src.core.layer import Layer


class Affine(Layer):
    """`inputs @ kernel`, and what the kernel read as."""

    def build(self, input_shape):
        self.kernel = self.add_weight(
            "kernel", (input_shape[-1], 2), initializer="ones"
        )
        self.count = self.add_weight(
            "count", (), "int32", initializer="zeros", trainable=False
        )
        super().build(input_shape)

    def call(self, inputs):
        self.read_dtype = (self.kernel + 0).dtype
        return tf.matmul(inputs, self.kernel)


def built(dtype="mixed_float16"):
    layer = Affine(dtype=dtype)
    layer(np.ones((2, 3), "float32"))
    return layer


class ReadTest(tf.test.TestCase):
    def test_reads_cast_inside_a_call_only(self):
        for policy, dtype in (
            ("mixed_float16", tf.float16),
            ("mixed_bfloat16", tf.bfloat16),
        ):
            layer = built(policy)
            self.assertEqual(layer.read_dtype, dtype)
            self.assertEqual(layer(np.ones((2, 3))).dtype, dtype)
            self.assertEqual(layer.kernel.dtype, tf.float32)
            self.assertEqual((layer.kernel + 0.0).dtype, tf.float32)
            self.assertEqual(layer.kernel.numpy().dtype, np.float32)

    def test_every_kind_of_read_is_cast(self):
        class Reads(Affine):
            def call(self, inputs):
                kernel = self.kernel
                self.reads = [
                    kernel.value(),
                    kernel.read_value(),
                    kernel[0],
                    kernel[:, 1:],
                    kernel.sparse_read([0]),
                    kernel.gather_nd([[0, 1]]),
                    tf.convert_to_tensor(kernel),
                    tf.identity(kernel),
                    tf.gather(kernel, [0]),
                    tf.nn.embedding_lookup(kernel, [0]),
                    kernel * 2,
                    2 * kernel,
                    -kernel,
                    kernel / 2,
                    kernel @ tf.transpose(kernel),
                    tf.reduce_sum(kernel),
                ]
                return inputs

        layer = Reads(dtype="mixed_float16")
        layer(np.ones((2, 3)))
        self.assertEqual({read.dtype for read in layer.reads}, {tf.float16})
        tf.function(layer)(np.ones((2, 3)))
        self.assertEqual({read.dtype for read in layer.reads}, {tf.float16})

    def test_integers_are_not_wrapped(self):
        layer = built()
        self.assertNotIsInstance(layer.count, AutoCastVariable)
        self.assertIsInstance(layer.kernel, AutoCastVariable)
        self.assertIsInstance(layer.kernel, tf.Variable)

    def test_a_plain_policy_wraps_nothing(self):
        self.assertNotIsInstance(built("float32").kernel, AutoCastVariable)

    def test_a_weight_may_opt_out(self):
        layer = Layer(dtype="mixed_float16")
        weight = layer.add_weight("a", (), experimental_autocast=False)
        self.assertNotIsInstance(weight, AutoCastVariable)

    def test_a_float32_layer_inside_reads_float32(self):
        class Outer(Layer):
            def __init__(self):
                super().__init__(dtype="mixed_float16")
                self.inner = Affine(dtype="float32")

            def call(self, inputs):
                return self.inner(inputs)

        outer = Outer()
        self.assertEqual(outer(np.ones((2, 3))).dtype, tf.float32)

    def test_asking_for_another_dtype_is_refused(self):
        layer = built()
        with self.assertRaisesRegex(ValueError, "float32.*float16"):
            tf.convert_to_tensor(layer.kernel, dtype="float16")


class WriteTest(tf.test.TestCase):
    def test_assigns_full_precision_and_returns_the_value(self):
        kernel = built().kernel
        value = np.full((3, 2), 1.0001, "float32")
        self.assertAllEqual(kernel.assign(value), value)
        self.assertAllEqual(kernel, value)
        self.assertAllEqual(kernel.assign_add(value), 2 * value)
        self.assertAllEqual(kernel.assign_sub(value), value)
        self.assertAllClose(kernel, value)

    def test_assigns_inside_a_function(self):
        kernel = built().kernel

        @tf.function
        def write():
            kernel.assign(tf.zeros((3, 2)))
            kernel.assign_add(tf.ones((3, 2)))

        write()
        self.assertAllEqual(kernel, np.ones((3, 2)))

    def test_updates_rows(self):
        kernel = built().kernel
        kernel.scatter_update(tf.IndexedSlices(tf.zeros((1, 2)), [1]))
        self.assertAllEqual(kernel, [[1, 1], [0, 0], [1, 1]])
        kernel[2].assign([5.0, 5.0])
        self.assertAllEqual(kernel[2], [5.0, 5.0])

    def test_gradients_are_of_full_precision(self):
        layer = built()
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.cast(layer(np.ones((2, 3))), "float32"))
        (gradient,) = tape.gradient(loss, layer.trainable_weights)
        self.assertEqual(gradient.dtype, tf.float32)
        self.assertAllEqual(gradient, np.full((3, 2), 2.0))

    def test_gradients_of_looked_up_rows(self):
        class Look(Affine):
            def call(self, inputs):
                return tf.gather(self.kernel, [1, 1])

        layer = Look(dtype="mixed_float16")
        layer(np.ones((2, 3)))
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(np.ones((2, 3))))
        gradient = tape.gradient(loss, layer.kernel)
        self.assertAllEqual(
            tf.convert_to_tensor(gradient), [[0, 0], [2, 2], [0, 0]]
        )

    def test_tape_watches_it(self):
        kernel = built().kernel
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(kernel)
            loss = tf.reduce_sum(kernel * kernel)
        self.assertAllEqual(tape.gradient(loss, kernel), np.full((3, 2), 2.0))
        self.assertLen(tape.watched_variables(), 1)


class TravelTest(tf.test.TestCase):
    def test_checkpoint_holds_float32_and_comes_back(self):
        layer, other = built(), built()
        layer.kernel.assign(np.full((3, 2), 1.0001))
        prefix = os.path.join(self.get_temp_dir(), "mixed")
        path = tf.train.Checkpoint(layer=layer).write(prefix)
        shapes = dict(tf.train.list_variables(path))
        self.assertIn("layer/kernel/.ATTRIBUTES/VARIABLE_VALUE", shapes)
        tf.train.Checkpoint(layer=other).read(path).assert_consumed()
        self.assertAllEqual(other.kernel, layer.kernel)
        plain = built("float32")
        tf.train.Checkpoint(layer=plain).read(path).assert_consumed()
        self.assertAllEqual(plain.kernel, layer.kernel)

    def test_copies_and_pickles_are_separate(self):
        layer = built()
        for copied in (
            copy.deepcopy(layer),
            pickle.loads(pickle.dumps(layer)),
        ):
            self.assertIsInstance(copied.kernel, AutoCastVariable)
            copied.kernel.assign(tf.zeros((3, 2)))
            self.assertAllEqual(layer.kernel, np.ones((3, 2)))
            self.assertAllEqual(copied(np.ones((1, 3))), [[0, 0]])

    def test_is_one_key_in_dicts(self):
        kernel = built().kernel
        self.assertEqual({kernel.ref(): 1}[kernel.ref()], 1)

    def test_prints_the_dtype_it_holds(self):
        kernel = built().kernel
        self.assertStartsWith(repr(kernel), "<AutoCastVariable 'affine")
        self.assertIn("dtype=float32", repr(kernel))

    def test_under_a_strategy(self):
        strategy = tf.distribute.MirroredStrategy(["cpu:0"])
        with strategy.scope():
            layer = built()
            outputs = strategy.run(layer, args=(np.ones((2, 3), "float32"),))
        self.assertEqual(outputs.dtype, tf.float16)


if __name__ == "__main__":
    tf.test.main()
