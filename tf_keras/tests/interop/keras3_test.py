"""Files go both ways between this package and Keras 3, for common layers.

Keras 3 runs as a black box in its own environment, on TensorFlow, whose
interpreter `KERAS3_PYTHON` names.
"""

import os
import subprocess

import tensorflow as tf

import tf_keras
from tf_keras.tests.interop import keras3_models

_USUAL_PLACE = "/work/tools/k3/bin/python"

# Published releases of this package count the making of a nested model as its
# call 0, Keras 3 does not: a file can't be both. The state of optimizers has
# a variable more there, so that training starts with a fresh one.
_CANNOT = ("nested.keras", ": next ")


def _python():
    found = os.environ.get("KERAS3_PYTHON", _USUAL_PLACE)
    return found if os.path.exists(found) else None


class Keras3Test(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        if _python() is None:
            reason = (
                "Keras 3 is not installed; set KERAS3_PYTHON to an "
                "interpreter that has it and TensorFlow"
            )
            print(f"SKIPPED interop: {reason}")
            self.skipTest(reason)

    def on_other_side(self, *arguments):
        script = os.path.join(os.path.dirname(__file__), "keras3_side.py")
        kept = ("PATH", "HOME", "LD_LIBRARY_PATH")
        environment = {k: v for k, v in os.environ.items() if k in kept}
        environment.update(
            KERAS_BACKEND="tensorflow",
            TF_CPP_MIN_LOG_LEVEL="3",
            TF_ENABLE_ONEDNN_OPTS="0",
            CUDA_VISIBLE_DEVICES="-1",
            PYTHONDONTWRITEBYTECODE="1",
        )
        done = subprocess.run(
            [_python(), script, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        self.assertIn("DONE", done.stdout, done.stderr[-3000:])
        return [line for line in done.stdout.splitlines() if "DIFFERS" in line]

    def test_reads_what_keras_3_writes(self):
        folder = self.get_temp_dir()
        suffixes = (".keras", ".h5", ".weights.h5", ".json")
        self.on_other_side("write", folder, *suffixes)
        self.assertEqual(keras3_models.read(tf_keras, folder, suffixes), [])

    def test_is_read_by_keras_3(self):
        folder = self.get_temp_dir()
        keras3_models.write(tf_keras, folder, (".keras",))
        lines = self.on_other_side("read", folder, ".keras")
        unknown = [
            line
            for line in lines
            if not any(known in line for known in _CANNOT)
        ]
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    tf.test.main()
