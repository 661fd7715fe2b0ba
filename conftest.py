"""Gives pytest the surroundings that .bazelrc gives Bazel's tests."""

import os
import tempfile

os.environ.update(
    CUDA_VISIBLE_DEVICES="-1",
    # A user's own ~/.keras must not change what a test sees.
    KERAS_HOME=os.path.join(tempfile.gettempdir(), "tf_keras_test_home"),
    TF_CPP_MIN_LOG_LEVEL="3",
    TF_ENABLE_ONEDNN_OPTS="0",
)
