"""Tests of how the faces are found."""

import tensorflow as tf

from tf_keras.src.testing.faces import built_faces


class BuiltFacesTest(tf.test.TestCase):
    def test_finds_faces_in_files_and_folders(self):
        faces = built_faces()
        self.assertIn("activations", faces)
        self.assertIn("datasets", faces)
        self.assertIn("datasets.digits", faces)

    def test_finds_nothing_else(self):
        for face in built_faces():
            self.assertNotIn(face.split(".")[0], ("", "api", "src", "tests"))


if __name__ == "__main__":
    tf.test.main()
