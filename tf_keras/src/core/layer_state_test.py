"""Tests of undoing a build; `layer_test` shows it from outside."""

import tensorflow as tf

from tf_keras.src.core import layer_state
from tf_keras.src.core.call_context import context
from tf_keras.src.core.layer import Layer


class LayerStateTest(tf.test.TestCase):
    def tearDown(self):
        context.built.clear()
        super().tearDown()

    def test_undo_restores_attributes_weights_and_lists(self):
        layer = Layer()
        layer.kept = "kept"
        layer_state.note_build(layer)
        layer.add_weight("scale", ())
        layer.part = Layer()
        layer.kept = "changed"
        layer.built = True
        layer_state.undo_builds(0)
        self.assertEqual(layer.kept, "kept")
        self.assertFalse(layer.built)
        self.assertFalse(hasattr(layer, "part"))
        self.assertEqual(layer.weights, [])
        self.assertEqual(list(layer._flatten_layers()), [layer])

    def test_undoes_only_builds_noted_later(self):
        first, second = Layer(), Layer()
        layer_state.note_build(first)
        first.built = True
        count = len(context.built)
        layer_state.note_build(second)
        second.built = True
        layer_state.undo_builds(count)
        self.assertTrue(first.built)
        self.assertFalse(second.built)

    def test_a_name_is_free_again_for_checkpoints(self):
        layer = Layer()
        layer_state.note_build(layer)
        layer.add_weight("scale", (2,))
        layer_state.undo_builds(0)
        layer.add_weight("scale", (3,))
        children = layer._trackable_children()
        self.assertEqual(children["scale"].shape, (3,))


if __name__ == "__main__":
    tf.test.main()
