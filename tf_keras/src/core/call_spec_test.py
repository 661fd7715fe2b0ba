"""Tests of how a signature of `call` is read."""

import tensorflow as tf

from tf_keras.src.core.call_spec import CallSpec, call_spec_of


class CallSpecTest(tf.test.TestCase):
    def test_plain(self):
        def call(self, x):
            return x

        spec = CallSpec(call)
        self.assertEqual(spec.first_name, "x")
        self.assertEqual(spec.names, [])
        self.assertFalse(spec.expects_training)
        self.assertFalse(spec.expects_mask)
        self.assertTrue(CallSpec(call).needs_autograph is not None)

    def test_training_and_mask_by_place(self):
        def call(self, x, other, training=True, mask=None):
            return x

        spec = CallSpec(call)
        self.assertEqual(spec.names, ["other", "training", "mask"])
        self.assertEqual(spec.training_index, 1)
        self.assertEqual(spec.mask_index, 2)
        self.assertIs(spec.default_training, True)

    def test_training_by_keyword_only(self):
        def call(self, x, *, training, mask=None):
            return x

        spec = CallSpec(call)
        self.assertTrue(spec.expects_training)
        self.assertTrue(spec.expects_mask)
        self.assertIsNone(spec.training_index)
        self.assertIsNone(spec.default_training)

    def test_any_keyword_takes_both(self):
        def call(self, x, **kwargs):
            return x

        spec = CallSpec(call)
        self.assertTrue(spec.expects_training)
        self.assertTrue(spec.expects_mask)

    def test_finds_what_was_given(self):
        def call(self, x, training=None):
            return x

        spec = CallSpec(call)
        index = spec.training_index
        self.assertIs(spec.given("training", index, (True,), {}), True)
        self.assertIs(spec.given("training", index, (), {"training": 0}), 0)
        self.assertIsNone(spec.given("training", index, (), {}))

    def test_puts_by_place_or_by_name(self):
        def call(self, x, training=None):
            return x

        spec = CallSpec(call)
        kwargs = {}
        self.assertEqual(spec.put("training", 0, 1, (None, 5), kwargs), (1, 5))
        self.assertEqual(spec.put("training", 0, 1, (), kwargs), ())
        self.assertEqual(kwargs, {"training": 1})

    def test_is_read_once_a_class_and_again_when_call_changes(self):
        class Old:
            def call(self, x):
                return x

        class New(Old):
            def call(self, x, training=None):
                return x

        self.assertIs(call_spec_of(Old), call_spec_of(Old))
        self.assertFalse(call_spec_of(Old).expects_training)
        self.assertTrue(call_spec_of(New).expects_training)
        Old.call = New.call
        self.assertTrue(call_spec_of(Old).expects_training)


if __name__ == "__main__":
    tf.test.main()
