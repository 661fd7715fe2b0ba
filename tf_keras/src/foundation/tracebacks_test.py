"""Tests of tracebacks."""

import traceback

import tensorflow as tf

from tf_keras.src.foundation import names
from tf_keras.src.foundation.tracebacks import hide_own_frames


@hide_own_frames
def _run(users_function):
    # A detour through a frame of the package and one of TensorFlow.
    names.nearest("x", (users_function(part) for part in [1]))


def _fail(part):
    raise KeyError("mine")


def _frames(function):
    try:
        function()
    except KeyError as error:
        found = traceback.extract_tb(error.__traceback__)
        return [(frame.filename, frame.name) for frame in found]
    raise AssertionError("No error came.")


class TracebacksTest(tf.test.TestCase):
    def tearDown(self):
        tf.debugging.enable_traceback_filtering()
        super().tearDown()

    def test_hides_frames_of_the_package(self):
        tf.debugging.enable_traceback_filtering()
        files = [file for file, _ in _frames(lambda: _run(_fail))]
        self.assertNotIn(names.__file__, files)

    def test_keeps_the_users_frames(self):
        tf.debugging.enable_traceback_filtering()
        functions = [name for _, name in _frames(lambda: _run(_fail))]
        self.assertIn("_fail", functions)

    def test_shows_all_when_filtering_is_off(self):
        tf.debugging.disable_traceback_filtering()
        files = [file for file, _ in _frames(lambda: _run(_fail))]
        self.assertIn(names.__file__, files)

    def test_keeps_result_and_signature(self):
        @hide_own_frames
        def double(value):
            """Twice the value."""
            return 2 * value

        self.assertEqual(double(value=4), 8)
        self.assertEqual(double.__doc__, "Twice the value.")


if __name__ == "__main__":
    tf.test.main()
