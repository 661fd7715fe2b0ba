"""Runs in an interpreter that has Keras 3: writes or reads files.

python keras3_side.py write|read FOLDER SUFFIX...
"""

import importlib
import sys

import keras3_models

if __name__ == "__main__":
    verb, folder, *suffixes = sys.argv[1:]
    # By name, so that no file of this package imports it.
    other = importlib.import_module("keras")
    for line in getattr(keras3_models, verb)(other, folder, suffixes) or ():
        print("DIFFERS", " ".join(line.split()))
    print("DONE")
