"""Files go both ways between this package and the published one.

The published package runs as a black box in its own environment, whose
interpreter `TF_KERAS_PUBLISHED_PYTHON` names.
"""

import os

import tensorflow as tf

import tf_keras
from tf_keras.tests.interop import made_models, other_package, saved_models

# With a LossScaleOptimizer the published package can't read its own files
# either: it loses the inner state in HDF5, and stumbles over an attribute
# `name` when weights alone are loaded into a model that was never trained.
# It never restores an optimizer's state from a SavedModel.
_FAILS_ON_ITS_OWN = (
    ".tf: losses",
    "mixed.h5: losses",
    "mixed.weights.h5: AttributeError",
)


class PublishedTest(other_package.OtherPackageTest):
    package = "tf_keras"
    variable = "TF_KERAS_PUBLISHED_PYTHON"

    def test_reads_what_the_published_package_writes(self):
        folder = self.get_temp_dir()
        self.differences_on_other_side("made_models", "write", folder)
        self.assertEqual(made_models.read(tf_keras, folder), [])

    def test_exchanges_saved_models_with_vocabularies_states_and_masks(self):
        ours, published = (
            os.path.join(self.get_temp_dir(), name) for name in ("ours", "its")
        )
        os.makedirs(ours)
        os.makedirs(published)
        saved_models.write(tf_keras, ours)
        for folder, verb in ((published, "write"), (ours, "read")):
            lines = self.differences_on_other_side("saved_models", verb, folder)
            self.assertEqual(lines, [])
        lines = saved_models.read(tf_keras, published)
        # Its own traced call forgets the mask.
        lines = [line for line in lines if "masked, plain" not in line]
        self.assertEqual(lines, [])

    def test_is_read_by_the_published_package(self):
        folder = self.get_temp_dir()
        made_models.write(tf_keras, folder)
        lines = self.differences_on_other_side("made_models", "read", folder)
        unknown = [
            line
            for line in lines
            if not any(known in line for known in _FAILS_ON_ITS_OWN)
        ]
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    tf.test.main()
