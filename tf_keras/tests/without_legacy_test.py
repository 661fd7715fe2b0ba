"""The package works without the legacy wing, but for old files."""

import subprocess
import sys

import tensorflow as tf

_STORY = """
import sys
import tempfile
import types

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("tf_keras.src.legacy"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
# The faces that go with the wing.
for face in ("estimator", "optimizers.legacy", "preprocessing.image",
             "preprocessing.sequence", "preprocessing.text"):
    sys.modules[f"tf_keras.{face}"] = types.ModuleType(face)
import numpy as np
import tf_keras as keras

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
model.compile("adam", "mse")
data = np.ones((4, 3), "float32")
model.fit(data, np.ones((4, 2)), verbose=0)
for ending in (".keras", ".h5", ".weights.h5"):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/model" + ending
        if ending == ".weights.h5":
            model.save_weights(path)
            model.load_weights(path)
        else:
            model.save(path)
            copy = keras.models.load_model(path)
            copy.fit(data, np.ones((4, 2)), verbose=0)
assert "tf_keras.src.legacy" not in sys.modules
print("DONE")
"""


class WithoutLegacyTest(tf.test.TestCase):
    def test_trains_saves_and_loads(self):
        done = subprocess.run(
            [sys.executable, "-c", _STORY],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.assertIn("DONE", done.stdout, done.stderr[-3000:])


if __name__ == "__main__":
    tf.test.main()
