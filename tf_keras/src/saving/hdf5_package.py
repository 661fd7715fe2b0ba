"""The package h5py, which is loaded when a file first needs it."""

import functools

from tf_keras.src.foundation.optional import need_package


@functools.cache
def h5py():
    """Returns the package h5py."""
    return need_package("h5py", "Reading and writing HDF5 files")
