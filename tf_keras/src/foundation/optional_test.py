"""Tests of packages that may be absent."""

import tensorflow as tf

from tf_keras.src.foundation.optional import find_package, need_package


class OptionalTest(tf.test.TestCase):
    def test_finds_what_is_installed(self):
        self.assertEqual(find_package("json").loads("[1]"), [1])

    def test_gives_none_for_what_is_absent(self):
        self.assertIsNone(find_package("no_such_package"))
        self.assertIsNone(find_package("no_such_package.part"))

    def test_says_how_to_install_what_is_needed(self):
        with self.assertRaisesRegex(ImportError, "A test.*pip install other"):
            need_package("no_such_package", "A test", "other")


if __name__ == "__main__":
    tf.test.main()
