"""Tests that importing the package is light."""

import os
import subprocess
import sys

import tensorflow as tf

from tf_keras.src.testing.faces import built_faces

# Packages that only some functions need, and big parts of our own.
NOT_WANTED = [
    "PIL",
    "h5py",
    "pandas",
    "scipy",
    "tensorflow",
    "tf_keras.applications",
    "tf_keras.datasets",
]


def run(script):
    """Runs a script in a new process and returns what it printed."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=dict(
            os.environ,
            PYTHONPATH=os.pathsep.join(filter(None, sys.path)),
            TF_USE_LEGACY_KERAS="1",
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


def loaded_after(statement, names):
    out = run(
        f"import sys\n{statement}\n"
        f"print(*[name for name in {names} if name in sys.modules])"
    )
    return out.split()


class ImportTest(tf.test.TestCase):
    def test_loads_nothing_that_is_big_or_optional_and_no_face(self):
        faces = [f"tf_keras.{face}" for face in built_faces()]
        loaded = loaded_after("import tf_keras", NOT_WANTED + faces)
        self.assertEqual(loaded, [])

    def test_a_face_loads_no_optional_package(self):
        face = "layers" if "layers" in built_faces() else "activations"
        names = [name for name in NOT_WANTED if name != "tensorflow"]
        # What TensorFlow itself loads is not our doing.
        self.assertEqual(
            loaded_after(f"import tf_keras.{face}", names),
            loaded_after("import tensorflow", names),
        )

    def test_costs_a_twentieth_of_tensorflow(self):
        def seconds(module):
            script = (
                "import time; start = time.perf_counter()\n"
                f"import {module}\nprint(time.perf_counter() - start)"
            )
            return min(float(run(script)) for _ in range(2))

        self.assertLess(seconds("tf_keras"), 0.05 * seconds("tensorflow"))

    def test_shows_every_name_and_takes_no_other(self):
        out = run(
            "import tf_keras\n"
            "print('layers' in dir(tf_keras), 'Model' in dir(tf_keras))\n"
            "print(hasattr(tf_keras, 'nowhere'))"
        )
        self.assertEqual(out.split(), ["True", "True", "False"])


if __name__ == "__main__":
    tf.test.main()
