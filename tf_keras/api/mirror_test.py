"""Tests that TensorFlow's addresses show the faces of this package.

Which module is loaded first matters, so each test is a new process.
"""

import os
import subprocess
import sys

import tensorflow as tf

import tf_keras
from tf_keras.src.testing.faces import built_faces

# What a process runs after its imports. `faces` holds every face, "layers".
CHECKS = """
import importlib
import tensorflow as tf
import tf_keras

for face in {faces}:
    own = importlib.import_module("tf_keras." + face)
    addresses = ["tensorflow.keras", "tf_keras.api._v2.keras"]
    if face in {v1_faces}:
        addresses.append("tf_keras.api._v1.keras")
    for address in addresses:
        shown = importlib.import_module(address + "." + face)
        assert shown is own, (address, face, shown)
    reached = tf.keras
    for part in face.split("."):
        reached = getattr(reached, part)
    assert reached is own, (face, reached)
"""


def run(script, **env):
    """Runs a script in a new process and returns what it printed."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=dict(
            os.environ,
            PYTHONPATH=os.pathsep.join(filter(None, sys.path)),
            **env,
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise AssertionError(result.stderr)
    return result.stdout.strip()


def legacy(script):
    return run(script, TF_USE_LEGACY_KERAS="1")


class MirrorTest(tf.test.TestCase):
    def checks(self):
        faces = built_faces()
        self.assertIn("datasets.digits", faces)
        return CHECKS.format(
            faces=faces,
            v1_faces=[face for face in faces if "dtensor" not in face],
        )

    def test_shows_our_faces_when_tensorflow_comes_first(self):
        legacy("import tensorflow\n" + self.checks())

    def test_shows_our_faces_when_a_face_comes_first(self):
        # It imports TensorFlow, which imports a part of our package in turn.
        legacy("import tf_keras.activations\n" + self.checks())

    def test_import_statements_reach_our_objects(self):
        out = legacy(
            "from tensorflow.keras.datasets import digits\n"
            "from tensorflow.keras.datasets.digits import load_data\n"
            "import tensorflow.keras as keras\n"
            "import tensorflow as tf\n"
            "import tf_keras\n"
            "assert digits is tf_keras.datasets.digits\n"
            "assert load_data is digits.load_data\n"
            "assert tf.keras is keras\n"
            "assert keras.datasets is tf_keras.datasets\n"
            "assert tf.compat.v1.keras.datasets is tf_keras.datasets\n"
            "assert tf.compat.v2.keras.datasets is tf_keras.datasets\n"
            "assert 'datasets' in dir(keras)\n"
            "print(keras.__version__, hasattr(keras, 'nowhere'))"
        )
        self.assertEqual(out, f"{tf_keras.__version__} False")

    def test_tensorflow_shows_losses_metrics_optimizers_initializers(self):
        faces = {"losses", "metrics", "optimizers", "initializers"}
        checks = [
            f"assert tf.{face}.get is tf_keras.{face}.get\n"
            for face in sorted(faces & set(built_faces()))
        ]
        self.assertTrue(checks)
        legacy("import tensorflow as tf, tf_keras\n" + "".join(checks))

    def test_importing_tensorflow_opens_no_face(self):
        out = legacy(
            "import sys, tensorflow\n"
            "print([name for name in sys.modules if name.startswith('tf_keras')"
            " and not name.startswith('tf_keras.src')])"
        )
        self.assertEqual(out, "['tf_keras']")

    def test_leaves_tensorflow_alone_unless_asked(self):
        out = run(
            "import os; os.environ.pop('TF_USE_LEGACY_KERAS', None)\n"
            "import tf_keras, tensorflow as tf\n"
            "print(any('/tf_keras/api/' in str(p) for p in tf.__path__))"
        )
        self.assertEqual(out, "False")


if __name__ == "__main__":
    tf.test.main()
