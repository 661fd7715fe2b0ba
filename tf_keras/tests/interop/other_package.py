"""Runs code in the interpreter of another package, as a black box."""

import os
import subprocess
import unittest

import tensorflow as tf


class OtherPackageTest(tf.test.TestCase):
    """A test that needs another package, in an interpreter of its own.

    It is skipped, with a printed reason, where nobody names one.
    """

    # What the package is called, and the environment variable that names an
    # interpreter with it and TensorFlow.
    package = None
    variable = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        found = os.environ.get(cls.variable, "")
        if not os.path.exists(found):
            reason = f"set {cls.variable} to an interpreter with {cls.package}"
            print(f"SKIPPED interop: {reason}")
            raise unittest.SkipTest(reason)

    def on_other_side(self, *command):
        """Runs Python; returns what it printed, which ends with DONE."""
        kept = ("PATH", "HOME", "LD_LIBRARY_PATH")
        environment = {k: v for k, v in os.environ.items() if k in kept}
        environment.update(
            KERAS_BACKEND="tensorflow",
            TF_USE_LEGACY_KERAS="1",
            TF_CPP_MIN_LOG_LEVEL="3",
            TF_ENABLE_ONEDNN_OPTS="0",
            CUDA_VISIBLE_DEVICES="-1",
            PYTHONDONTWRITEBYTECODE="1",
        )
        done = subprocess.run(
            [os.environ[self.variable], *command],
            env=environment,
            cwd=os.path.dirname(__file__),  # Where no package is but modules.
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        self.assertIn("DONE", done.stdout, done.stderr[-3000:])
        return done.stdout.splitlines()

    def differences_on_other_side(self, module, verb, *arguments):
        """What a module beside this one says of the other package's doing.

        Args:
            module: The module's name.
            verb: Its function; takes the package and `arguments`.
            *arguments: Texts.
        """
        code = (
            f"import sys, {self.package}, {module}\n"
            f"found = {module}.{verb}({self.package}, *sys.argv[1:])\n"
            "for line in found or ():\n"
            "    print('DIFFERS', ' '.join(line.split()))\n"
            "print('DONE')"
        )
        lines = self.on_other_side("-c", code, *arguments)
        return [line for line in lines if line.startswith("DIFFERS")]
