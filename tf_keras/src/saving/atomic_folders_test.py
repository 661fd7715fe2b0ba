"""Tests of replacing folders in one step."""

import os
import stat
from unittest import mock

import tensorflow as tf

from tf_keras.src.saving import atomic_folders


def write(folder, text, *names):
    for name in ("saved_model.pb", "variables/index", *names):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)


def read(folder):
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name)) as file:
                key = os.path.relpath(os.path.join(place, name), folder)
                found[key] = file.read()
    return found


def whole(text):
    return {"saved_model.pb": text, "variables/index": text}


class AtomicFoldersTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.get_temp_dir(), self.id())
        self.path = os.path.join(self.folder, "model")

    def replace(self, path, text):
        with atomic_folders.replacing_folder(path) as temporary:
            write(temporary, text)

    def test_makes_a_folder_and_those_above(self):
        self.replace(self.path, "new")
        self.assertEqual(read(self.path), whole("new"))

    def test_replaces_a_model_with_all_its_members(self):
        write(self.path, "old", "assets/words.txt")
        os.chmod(self.path, 0o750)
        self.replace(self.path, "new")
        self.assertEqual(read(self.path), whole("new"))
        self.assertEqual(os.listdir(self.folder), ["model"])
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o750)

    def test_replaces_where_the_system_can_not_swap(self):
        write(self.path, "old")
        with mock.patch.object(atomic_folders, "_swap", return_value=False):
            self.replace(self.path, "new")
        self.assertEqual(read(self.path), whole("new"))
        self.assertEqual(os.listdir(self.folder), ["model"])

    def test_puts_the_old_model_back_if_the_new_one_can_not_come(self):
        write(self.path, "old")
        real, calls = os.rename, []

        def rename(source, target):
            calls.append(target)
            if len(calls) == 2:
                raise OSError("no more room")
            real(source, target)

        with (
            mock.patch.object(atomic_folders, "_swap", return_value=False),
            mock.patch.object(os, "rename", rename),
            self.assertRaisesRegex(OSError, "no more room"),
        ):
            self.replace(self.path, "new")
        self.assertEqual(read(self.path), whole("old"))
        self.assertEqual(os.listdir(self.folder), ["model"])

    def test_keeps_what_belongs_to_no_model(self):
        write(self.path, "old", "notes/day.txt", "train.csv")
        self.replace(self.path, "new")
        self.assertEqual(
            read(self.path),
            {**whole("new"), "notes/day.txt": "old", "train.csv": "old"},
        )
        self.assertEqual(os.listdir(self.folder), ["model"])

    def test_writes_into_the_working_folder(self):
        os.makedirs(self.path)
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.path)
        for text in ("first", "second"):
            self.replace(".", text)
            self.assertEqual(read("."), whole(text))

    def test_leaves_the_old_model_if_writing_fails(self):
        for names in ((), ("train.csv",)):
            write(self.path, "old", *names)
            before = read(self.path)
            with self.assertRaises(KeyboardInterrupt):
                with atomic_folders.replacing_folder(self.path) as temporary:
                    write(temporary, "half")
                    raise KeyboardInterrupt
            self.assertEqual(read(self.path), before)
            self.assertEqual(os.listdir(self.folder), ["model"])

    def test_writes_where_a_link_leads(self):
        write(self.path, "old")
        link = os.path.join(self.folder, "link")
        os.symlink(self.path, link)
        self.replace(link, "new")
        self.assertTrue(os.path.islink(link))
        self.assertEqual(read(self.path), whole("new"))

    def test_replaces_a_file(self):
        os.makedirs(self.folder)
        with open(self.path, "w") as file:
            file.write("old")
        self.replace(self.path, "new")
        self.assertEqual(read(self.path), whole("new"))
        self.assertEqual(os.listdir(self.folder), ["model"])


if __name__ == "__main__":
    tf.test.main()
