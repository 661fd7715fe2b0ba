"""Tests of replacing files in one step."""

import os
import stat
import sys
from unittest import mock

import tensorflow as tf

from tf_keras.src.saving import atomic_files


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def read(path):
    with open(path) as file:
        return file.read()


class AtomicFilesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.get_temp_dir(), self.id())
        os.makedirs(self.folder)
        self.path = os.path.join(self.folder, "file")

    def test_replaces_at_the_end(self):
        write(self.path, "old")
        with atomic_files.replacing(self.path) as temporary:
            write(temporary, "new")
            self.assertEqual(read(self.path), "old")
        self.assertEqual(read(self.path), "new")
        self.assertEqual(os.listdir(self.folder), ["file"])

    def test_leaves_the_old_file_if_writing_fails(self):
        write(self.path, "old")
        with self.assertRaises(KeyboardInterrupt):
            with atomic_files.replacing(self.path) as temporary:
                write(temporary, "half")
                raise KeyboardInterrupt
        self.assertEqual(read(self.path), "old")
        self.assertEqual(os.listdir(self.folder), ["file"])

    def test_keeps_the_rights_of_the_old_file(self):
        write(self.path, "old")
        os.chmod(self.path, 0o640)
        with atomic_files.replacing(self.path) as temporary:
            write(temporary, "new")
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o640)

    def test_writes_where_a_link_leads(self):
        link = os.path.join(self.folder, "link")
        os.symlink(self.path, link)
        with atomic_files.replacing(link) as temporary:
            write(temporary, "new")
        self.assertTrue(os.path.islink(link))
        self.assertEqual(read(self.path), "new")

    def test_says_that_there_is_no_folder(self):
        path = os.path.join(self.folder, "none", "file")
        with self.assertRaisesRegex(FileNotFoundError, "there is no folder"):
            with atomic_files.replacing(path):
                pass

    def test_writes_to_remote_file_systems(self):
        path = "ram://folder/file"
        tf.io.gfile.makedirs("ram://folder")
        with atomic_files.replacing(path) as temporary:
            write(temporary, "new")
        with tf.io.gfile.GFile(path) as file:
            self.assertEqual(file.read(), "new")
        self.assertEqual(tf.io.gfile.listdir("ram://folder"), ["file"])

    def test_asks_before_it_overwrites(self):
        write(self.path, "old")
        module = sys.modules["builtins"]
        with mock.patch.object(module, "input", side_effect=["?", "y"]):
            self.assertTrue(atomic_files.may_write(self.path, False))
        with mock.patch.object(module, "input", return_value="n"):
            self.assertFalse(atomic_files.may_write(self.path, False))

    def test_says_that_nobody_answers(self):
        write(self.path, "old")
        module = sys.modules["builtins"]
        with mock.patch.object(module, "input", side_effect=EOFError):
            with self.assertRaisesRegex(FileExistsError, "overwrite=True"):
                atomic_files.may_write(self.path, False)

    def test_does_not_ask_without_need(self):
        self.assertTrue(atomic_files.may_write(self.path, False))
        write(self.path, "old")
        self.assertTrue(atomic_files.may_write(self.path, True))


if __name__ == "__main__":
    tf.test.main()
