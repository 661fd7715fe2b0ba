"""Tests of the progress bar and of where the package speaks."""

import contextlib
import io
import re
from unittest import mock

import tensorflow as tf

from tf_keras.src.foundation import messages
from tf_keras.src.foundation.progress_bar import Progbar


class _Terminal(io.StringIO):
    def isatty(self):
        return True


class _Notebook(io.StringIO):
    """The output of a cell, as ipykernel gives it: no terminal."""


_Notebook.__module__ = "ipykernel.iostream"


@contextlib.contextmanager
def _output(stream):
    with contextlib.redirect_stdout(stream):
        yield stream


class ProgbarTest(tf.test.TestCase):
    def test_terminal_line_is_drawn_over(self):
        with _output(_Terminal()) as output:
            bar = Progbar(5)
            bar.update(1, [("a", 1.0), ("b", 1e-5)])
            bar.update(5, [("a", 3.0)])
        first, second = output.getvalue().split("\b" * 74)
        self.assertEqual(
            first,
            "\r1/5 [=====>........................] - ETA: 0s"
            " - a: 1.0000 - b: 1.0000e-05",
        )
        self.assertRegex(
            second,
            r"^\r5/5 \[={30}\] - 0s \d+us/step - a: 2.6000 - b: 1.0000e-05\n$",
        )

    def test_a_shorter_line_covers_a_longer_one(self):
        with _output(_Terminal()) as output:
            bar = Progbar(2)
            bar.update(1, [("a", "long words")])
            bar.update(2, [("a", "short")])
        lines = re.split("\b+", output.getvalue())
        self.assertGreaterEqual(len(lines[1].rstrip("\n")), len(lines[0]))

    def test_notebook_line_is_drawn_over_too(self):
        with _output(_Notebook()) as output:
            bar = Progbar(5)
            bar.update(1)
            bar.update(5)
        first, second = re.split("\b+", output.getvalue())
        self.assertStartsWith(first, "\r1/5 [")
        self.assertStartsWith(second, "\r5/5 [")

    def test_pipe_gets_one_line(self):
        with _output(io.StringIO()) as output:
            bar = Progbar(3)
            for step in range(1, 4):
                bar.update(step, [("loss", 0.5)])
        self.assertRegex(
            output.getvalue(),
            r"^3/3 \[={30}\] - 0s \d+us/step - loss: 0.5000\n$",
        )

    def test_unknown_length_shows_the_count(self):
        with _output(_Terminal()) as output:
            Progbar(None).update(7)
        self.assertRegex(output.getvalue(), r"^\r      7/Unknown - 0s \d+")

    def test_averages_over_steps_but_shows_stateful_values_as_they_are(self):
        with _output(io.StringIO()) as output:
            bar = Progbar(4, stateful_metrics=["kept"])
            bar.update(1, [("mean", 1.0), ("kept", 1.0)])
            bar.update(4, [("mean", 3.0), ("kept", 9.0)])
        self.assertIn(" - mean: 2.5000 - kept: 9.0000\n", output.getvalue())

    def test_verbose_2_writes_one_line_at_the_end(self):
        with _output(_Terminal()) as output:
            bar = Progbar(3, verbose=2)
            bar.add(1, [("loss", 0.5)])
            self.assertEqual(output.getvalue(), "")
            bar.add(2, [("loss", 0.5)])
        self.assertRegex(
            output.getvalue(),
            r"^3/3 - 0s - loss: 0.5000 - \d+us/epoch - \d+us/step\n$",
        )

    def test_draws_no_more_often_than_its_interval(self):
        with _output(_Terminal()) as output:
            bar = Progbar(100, interval=60.0)
            for step in range(1, 50):
                bar.update(step)
        self.assertEqual(output.getvalue().count("\r"), 1)

    def test_first_update_does_not_count_for_the_pace(self):
        with mock.patch("time.time") as now, _output(_Terminal()) as output:
            now.return_value = 100.0
            bar = Progbar(11)
            now.return_value = 150.0  # Traced for 50 seconds.
            bar.update(1)
            now.return_value = 151.0
            bar.update(6)
            now.return_value = 152.0
            bar.update(11)
        self.assertIn("ETA: 1s", output.getvalue())
        self.assertIn(" - 52s 200ms/step\n", output.getvalue())

    def test_long_times_have_minutes_and_hours(self):
        with mock.patch("time.time") as now, _output(_Terminal()) as output:
            now.return_value = 0.0
            bar = Progbar(1001)
            now.return_value = 10.0
            bar.update(1)
            bar.update(101)
        self.assertIn("ETA: 2:46:40", output.getvalue())


class MessagesTest(tf.test.TestCase):
    def tearDown(self):
        messages.enable_interactive_logging()
        super().tearDown()

    def test_prints_unless_told_to_log(self):
        self.assertTrue(messages.is_interactive_logging_enabled())
        with _output(io.StringIO()) as output:
            messages.print_msg("hello")
        self.assertEqual(output.getvalue(), "hello\n")
        messages.disable_interactive_logging()
        self.assertFalse(messages.is_interactive_logging_enabled())
        with _output(io.StringIO()) as output:
            with self.assertLogs("tf_keras", "INFO") as logs:
                messages.print_msg("hello")
        self.assertEqual(output.getvalue(), "")
        self.assertIn("hello", logs.output[0])

    def test_bar_logs_its_last_line_only(self):
        messages.disable_interactive_logging()
        with self.assertLogs("tf_keras", "INFO") as logs:
            bar = Progbar(2)
            bar.update(1)
            bar.update(2)
        self.assertLen(logs.output, 1)
        self.assertIn("2/2 [===", logs.output[0])

    def test_warns_once_under_a_key(self):
        with self.assertLogs("tf_keras", "WARNING") as logs:
            for _ in range(3):
                messages.warn("careful", once="a test's key")
        self.assertLen(logs.output, 1)


if __name__ == "__main__":
    tf.test.main()
