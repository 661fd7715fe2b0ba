"""Files go both ways between this package and the published one.

The published package runs as a black box in its own environment, whose
interpreter `TF_KERAS_PUBLISHED_PYTHON` names.
"""

import os
import subprocess

import tensorflow as tf

import tf_keras
from tf_keras.tests.interop import made_models

_USUAL_PLACE = "/work/tools/pub/bin/python"
# With a LossScaleOptimizer the published package can't read its own files
# either: it loses the inner state in HDF5, and stumbles over an attribute
# `name` when weights alone are loaded into a model that was never trained.
# It never restores an optimizer's state from a SavedModel.
_FAILS_ON_ITS_OWN = (
    ".tf: losses",
    "mixed.h5: losses",
    "mixed.weights.h5: AttributeError",
)


def _published_python():
    found = os.environ.get("TF_KERAS_PUBLISHED_PYTHON", _USUAL_PLACE)
    return found if os.path.exists(found) else None


class PublishedTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        if _published_python() is None:
            reason = (
                "the published tf_keras is not installed; set "
                "TF_KERAS_PUBLISHED_PYTHON to an interpreter that has it"
            )
            print(f"SKIPPED interop: {reason}")
            self.skipTest(reason)

    def on_other_side(self, verb, folder):
        script = os.path.join(os.path.dirname(__file__), "other_side.py")
        kept = ("PATH", "HOME", "LD_LIBRARY_PATH")
        environment = {k: v for k, v in os.environ.items() if k in kept}
        environment.update(
            TF_USE_LEGACY_KERAS="1",
            TF_CPP_MIN_LOG_LEVEL="3",
            TF_ENABLE_ONEDNN_OPTS="0",
            CUDA_VISIBLE_DEVICES="-1",
            PYTHONDONTWRITEBYTECODE="1",
        )
        done = subprocess.run(
            [_published_python(), script, verb, folder],
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        self.assertIn("DONE", done.stdout, done.stderr[-3000:])
        return [line for line in done.stdout.splitlines() if "DIFFERS" in line]

    def test_reads_what_the_published_package_writes(self):
        folder = self.get_temp_dir()
        self.on_other_side("write", folder)
        self.assertEqual(made_models.read(tf_keras, folder), [])

    def test_is_read_by_the_published_package(self):
        folder = self.get_temp_dir()
        made_models.write(tf_keras, folder)
        lines = [
            line
            for line in self.on_other_side("read", folder)
            if not any(known in line for known in _FAILS_ON_ITS_OWN)
        ]
        self.assertEqual(lines, [])


if __name__ == "__main__":
    tf.test.main()
