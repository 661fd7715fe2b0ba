"""Tests of how a mask travels beside its tensor."""

import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.masking import all_masked, mask_of, put_mask


class MakeMask(Layer):
    """Masks what is zero."""

    def compute_mask(self, inputs, mask=None):
        return tf.not_equal(inputs, 0.0)


class MakeMaskOfAll(Layer):
    """Masks what is zero, in a nest."""

    def compute_mask(self, inputs, mask=None):
        return tf.nest.map_structure(lambda x: tf.not_equal(x, 0.0), inputs)


class TakeMask(Layer):
    """Notes the mask it got."""

    def call(self, inputs, mask=None):
        self.seen = mask
        return inputs * 1.0


class Pass(Layer):
    """Supports masks and does not use them."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return inputs * 1.0


X = tf.constant([[1.0, 0.0]])


class MaskTest(tf.test.TestCase):
    def test_reaches_the_layer_that_takes_it(self):
        take = TakeMask()
        take(MakeMask()(X))
        self.assertAllEqual(take.seen, [[True, False]])

    def test_passes_through_a_layer_that_supports_it(self):
        take = TakeMask()
        take(Pass()(Pass()(MakeMask()(X))))
        self.assertAllEqual(take.seen, [[True, False]])

    def test_ends_at_a_layer_that_does_not(self):
        class Plain(Layer):
            def call(self, inputs):
                return inputs * 1.0

        take = TakeMask()
        take(Plain()(MakeMask()(X)))
        self.assertIsNone(take.seen)

    def test_a_given_mask_wins(self):
        take = TakeMask()
        take(MakeMask()(X), mask=tf.constant([[False, True]]))
        self.assertAllEqual(take.seen, [[False, True]])
        take(MakeMask()(X), tf.constant([[False, True]]))
        self.assertAllEqual(take.seen, [[False, True]])

    def test_is_a_nest_for_nested_inputs(self):
        take = TakeMask()
        take.call = lambda inputs, mask=None: setattr(take, "seen", mask)
        take([MakeMask()(X), X])
        self.assertAllEqual(take.seen[0], [[True, False]])
        self.assertIsNone(take.seen[1])

    def test_travels_in_functions(self):
        take = TakeMask()

        @tf.function
        def run(x):
            take(Pass()(MakeMask()(x)))
            return take.seen

        self.assertAllEqual(run(X), [[True, False]])

    def test_travels_in_symbolic_calls(self):
        outputs = Pass()(MakeMask()(Input((2,))))
        self.assertEqual(outputs._keras_mask.dtype, tf.bool)
        self.assertEqual(outputs._keras_mask.shape, (None, 2))

    def test_a_mask_that_call_set_is_kept(self):
        class Own(Layer):
            def call(self, inputs):
                outputs = inputs * 1.0
                outputs._keras_mask = tf.constant([[False, False]])
                return outputs

            def compute_mask(self, inputs, mask=None):
                return mask

        self.assertAllEqual(Own()(MakeMask()(X))._keras_mask, [[False, False]])

    def test_the_callers_tensor_gets_no_mask(self):
        for x in (tf.constant([[1.0, 0.0]]), [tf.constant([[1.0, 0.0]])]):
            MakeMaskOfAll()(x)
            self.assertIsNone(mask_of(x))

    def test_layer_without_support_refuses_to_compute_one(self):
        with self.assertRaisesRegex(TypeError, "plain does not support"):
            Layer(name="plain").compute_mask(X, mask=X)
        self.assertIsNone(Layer().compute_mask(X))


class HelpersTest(tf.test.TestCase):
    def test_mask_of_nests(self):
        masked = MakeMask()(X)
        self.assertIsNone(mask_of(X))
        self.assertIsNone(mask_of([X, {"a": X}]))
        masks = mask_of({"a": masked, "b": X})
        self.assertAllEqual(masks["a"], [[True, False]])
        self.assertIsNone(masks["b"])

    def test_put_mask_skips_what_takes_none(self):
        ragged = tf.ragged.constant([[1.0]])
        put_mask([ragged, 3], [tf.constant(True), tf.constant(True)])

    def test_all_masked(self):
        masked = MakeMask()(X)
        self.assertTrue(all_masked([masked, {"a": masked}]))
        self.assertFalse(all_masked([masked, tf.constant(1.0)]))


if __name__ == "__main__":
    tf.test.main()
