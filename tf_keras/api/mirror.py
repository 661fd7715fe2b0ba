"""Shows one set of faces at TensorFlow's addresses too.

With `TF_USE_LEGACY_KERAS=1`, TensorFlow loads `tf_keras.api._v2.keras` when
`tf.keras` is touched, and puts `tf_keras/api/_v2` on its own path, so that
Python executes the files there once more for `import tensorflow.keras.layers`.
Each of those files calls one of the two functions here, which put our own
module in the place of the one that is being loaded.
"""

import importlib
import pkgutil
import sys
import types

import tf_keras

_front_doors = {}  # File to the mirror that stands for it, at any address.


class _FrontDoor(types.ModuleType):
    """The front door at another address: every name is that of `tf_keras`."""

    def __getattr__(self, name):
        return getattr(tf_keras, name)

    def __dir__(self):
        return dir(tf_keras)


def show_front_door(address):
    """Puts a mirror of the front door in the place of the module `address`.

    It is not `tf_keras` itself, because Python looks for `address.layers` on
    the path of the module at `address`, and must find our `layers.py` beside
    the file being loaded rather than the face itself, to load it twice.
    """
    loading = sys.modules[address]
    if loading.__file__ not in _front_doors:
        mirror = _FrontDoor(address, tf_keras.__doc__)
        mirror.__file__ = loading.__file__
        mirror.__path__ = loading.__path__
        mirror.__spec__ = loading.__spec__
        _front_doors[loading.__file__] = mirror
    sys.modules[address] = _front_doors[loading.__file__]


def show_face(address):
    """Puts a face in the place of the module `address`, and its children.

    The children are put there at once: Python would look for them on the
    path of the face, and load its files a second time.
    """
    face = address.partition(".keras.")[2]
    _show(importlib.import_module(f"tf_keras.{face}"), address)


def _show(face, address):
    sys.modules[address] = face
    for child in pkgutil.iter_modules(getattr(face, "__path__", ())):
        module = importlib.import_module(f"{face.__name__}.{child.name}")
        _show(module, f"{address}.{child.name}")
