"""Tests of the upward calls."""

import tensorflow as tf

from tf_keras.src.core import hooks


class HooksTest(tf.test.TestCase):
    def test_an_unanswered_question_gives_none(self):
        before = hooks._answers.pop("saved_model_view", None)
        self.assertIsNone(hooks.ask("saved_model_view"))
        hooks.answer("saved_model_view", 3)
        self.assertEqual(hooks.ask("saved_model_view"), 3)
        hooks.answer("saved_model_view", before)

    def test_there_is_no_other_question(self):
        with self.assertRaisesRegex(ValueError, "'colour'.*ARCHITECTURE.md"):
            hooks.answer("colour", 3)


if __name__ == "__main__":
    tf.test.main()
