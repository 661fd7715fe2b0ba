"""Runs in the interpreter of the published package: writes or reads files.

python other_side.py write|read FOLDER
"""

import sys

import made_models

import tf_keras

if __name__ == "__main__":
    verb, folder = sys.argv[1:]
    for line in getattr(made_models, verb)(tf_keras, folder) or ():
        print("DIFFERS", line)
    print("DONE")
