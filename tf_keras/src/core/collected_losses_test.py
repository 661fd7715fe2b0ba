"""Tests of add_loss, activity penalties, and what `losses` shows."""

import tensorflow as tf

from tf_keras.src.core import collected_losses
from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer


class Penalised(Layer):
    """Adds the mean of its input, times a weight."""

    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight("scale", (), initializer="ones")
        super().build(input_shape)

    def call(self, inputs):
        self.add_loss(self.factor * self.scale * tf.reduce_mean(inputs))
        return inputs


class Two(Layer):
    """Calls one penalised layer twice and another once."""

    def __init__(self):
        super().__init__()
        self.first, self.second = Penalised(), Penalised(10.0)

    def call(self, inputs):
        return self.second(self.first(self.first(inputs)))


class AddLossTest(tf.test.TestCase):
    def test_a_batch_without_samples_has_no_penalty(self):
        layer = Layer(activity_regularizer="l2")
        layer(tf.ones((0, 3)))
        self.assertAllEqual(layer.losses, [0.0])

    def test_keeps_losses_of_the_last_call_only(self):
        layer = Penalised()
        layer(tf.fill([2], 5.0))
        layer(tf.fill([2], 3.0))
        self.assertAllClose(layer.losses, [3.0])

    def test_collects_from_below_each_call(self):
        layer = Two()
        for _ in range(2):
            layer(tf.ones(2))
            self.assertAllClose(layer.losses, [1.0, 1.0, 10.0])

    def test_a_layer_not_used_in_the_last_call_adds_nothing(self):
        class Sometimes(Two):
            def call(self, inputs, use_first=True):
                if use_first:
                    inputs = self.first(inputs)
                return self.second(inputs)

        layer = Sometimes()
        layer(tf.ones(2))
        self.assertAllClose(layer.losses, [1.0, 10.0])
        layer(tf.ones(2), use_first=False)
        self.assertAllClose(layer.losses, [10.0])

    def test_a_function_is_asked_each_time(self):
        layer = Layer()
        value = tf.Variable(2.0)
        layer.add_loss(lambda: value * 3.0)
        self.assertAllClose(layer.losses, [6.0])
        value.assign(3.0)
        self.assertAllClose(layer.losses, [9.0])
        layer(tf.ones(2))
        self.assertAllClose(layer.losses, [9.0])

    def test_a_list_of_losses(self):
        class Listed(Layer):
            def call(self, inputs):
                self.add_loss([tf.reduce_sum(inputs), 3.0, None])
                return inputs

        layer = Listed()
        layer(tf.ones(2))
        self.assertAllClose(layer.losses, [2.0, 3.0])

    def test_gradients_flow_under_a_tape(self):
        layer = Two()
        layer(tf.ones(2))
        with tf.GradientTape() as tape:
            layer(tf.fill([2], 4.0))
            loss = tf.add_n(layer.losses)
        gradients = tape.gradient(loss, layer.trainable_weights)
        self.assertAllClose(gradients, [8.0, 40.0])

    def test_works_inside_a_function(self):
        layer = Two()

        @tf.function
        def run(x):
            layer(x)
            return tf.add_n(layer.losses)

        self.assertAllClose(run(tf.ones(2)), 12.0)
        self.assertAllClose(run(tf.fill([2], 2.0)), 24.0)

    def test_tensors_of_a_function_do_not_escape(self):
        layer = Two()
        layer(tf.ones(2))
        tf.function(layer)(tf.ones(2))
        self.assertEqual(layer.losses, [])
        layer(tf.ones(2))
        self.assertLen(layer.losses, 3)

    def test_symbolic_calls_leave_no_loss(self):
        layer = Two()
        layer(Input((2,)))
        self.assertEqual(layer.losses, [])

    def test_outside_of_a_call_a_tensor_is_refused(self):
        with self.assertRaisesRegex(ValueError, "'mine', outside.*lambda"):
            Layer(name="mine").add_loss(tf.constant(1.0))

    def test_inputs_of_old_programs_are_taken_and_others_refused(self):
        layer = Layer()
        layer.add_loss(lambda: 1.0, inputs=True)
        self.assertLen(layer.losses, 1)
        with self.assertRaisesRegex(TypeError, "colour"):
            layer.add_loss(lambda: 1.0, colour=3)

    def test_clear_forgets_tensors_and_keeps_functions(self):
        layer = Two()
        layer.add_loss(lambda: tf.constant(7.0))
        layer(tf.ones(2))
        collected_losses.clear(layer)
        self.assertAllClose(layer.losses, [7.0])


class ActivityPenaltyTest(tf.test.TestCase):
    def test_is_a_mean_over_the_batch(self):
        layer = Layer(activity_regularizer="l2")
        layer(tf.ones((4, 2)))
        self.assertAllClose(layer.losses, [0.01 * 8 / 4])

    def test_of_each_output(self):
        layer = Layer(activity_regularizer="l2")
        layer([tf.ones((4, 2)), tf.ones((2, 3))])
        self.assertAllClose(layer.losses, [0.02, 0.03])

    def test_may_be_set_later(self):
        layer = Layer()
        layer(tf.ones((4, 2)))
        layer.activity_regularizer = "l1"
        layer(tf.ones((4, 2)))
        self.assertAllClose(layer.losses, [0.02])

    def test_has_a_gradient(self):
        x = tf.Variable([[3.0]])
        layer = Layer(activity_regularizer="l2")
        with tf.GradientTape() as tape:
            layer(x * 1.0)
            loss = layer.losses[0]
        self.assertAllClose(tape.gradient(loss, x), [[0.06]])


if __name__ == "__main__":
    tf.test.main()
