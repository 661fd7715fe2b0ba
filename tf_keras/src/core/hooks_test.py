"""Tests of the upward calls."""

import tensorflow as tf

from tf_keras.src.core import hooks


class HooksTest(tf.test.TestCase):
    def test_an_unanswered_question_gives_none(self):
        # No public name is tied to this question: nothing is imported for it.
        question = "graph_model_class"
        before = hooks._answers.pop(question, None)
        self.assertIsNone(hooks.ask(question))
        hooks.answer(question, 3)
        self.assertEqual(hooks.ask(question), 3)
        hooks.answer(question, before)

    def test_there_is_no_other_question(self):
        with self.assertRaisesRegex(ValueError, "'colour'.*ARCHITECTURE.md"):
            hooks.answer("colour", 3)


if __name__ == "__main__":
    tf.test.main()
