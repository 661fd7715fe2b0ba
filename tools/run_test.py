"""Runs one test module, named by its path, as Bazel starts it.

Python puts a script's own folder first on the import path, so a test started
as a script would find `tf_keras/src/backend/random.py` for `import random`.
Started from here, it finds only what Bazel laid out for it.
"""

import os
import runpy
import sys


def main():
    path = sys.argv.pop(1)
    del sys.path[0]
    # A user's own ~/.keras must not change what a test sees; and the home
    # folder can't be written here.
    scratch = os.environ["TEST_TMPDIR"]
    os.environ["KERAS_HOME"] = os.path.join(scratch, "keras")
    os.environ["MPLCONFIGDIR"] = os.path.join(scratch, "matplotlib")
    module = path.removesuffix(".py").replace("/", ".")
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
