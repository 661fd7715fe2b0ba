"""Reads HDF5 files that nobody vouches for, and writes them."""

import collections.abc
import contextlib
import functools
import math
import os
import re

import numpy as np
import tensorflow as tf

from tf_keras.src.saving.hdf5_heaps import check_heaps
from tf_keras.src.saving.hdf5_package import h5py
from tf_keras.src.saving.hdf5_places import Places

# What the libraries throw at damaged files; none of it says which file.
_PARSER_ERRORS = (
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    TypeError,
    MemoryError,
    AssertionError,
    ArithmeticError,
    UnicodeError,
)
# Built into HDF5 and h5py: others would be loaded from the machine's disk.
_KNOWN_FILTERS = frozenset((1, 2, 3, 4, 5, 6, 32000))
# The best that deflate can do is 1,032 to 1.
_MAX_INFLATION = 1100
_MANY = 1_000_000
_MAX_ATTRIBUTE_BYTES = 64512  # HDF5 keeps attributes in one small block.
_ALIGNMENT = 64
_LARGE_BYTES = 1 << 16
_ERROR_NUMBER = re.compile(r"errno = (\d+)")


@contextlib.contextmanager
def written(file):
    """Makes a new HDF5 file to write.

    Args:
        file: A path or a file object.

    Raises:
        OSError: If the disk is full. The library throws other errors then.
    """
    try:
        with h5py().File(file, "w") as root:
            yield root
    except RuntimeError as error:
        number = _ERROR_NUMBER.search(str(error))
        if number is None:
            raise
        number = int(number[1])
        raise OSError(number, os.strerror(number), str(file)) from error


@contextlib.contextmanager
def blaming(where):
    """Makes what libraries throw into errors that say which file.

    Args:
        where: The file and the part of it that is read in the block.
    """
    try:
        yield
    except _PARSER_ERRORS as error:
        raise ValueError(
            f"{where} is damaged, or no file of the expected kind. "
            f"{type(error).__name__}: {str(error)[:300]}"
        ) from error
    except (OSError, ValueError) as error:
        if where.partition(":")[0] in str(error):
            raise
        kind = OSError if isinstance(error, OSError) else ValueError
        raise kind(f"{where} can't be read. {error}") from error


@contextlib.contextmanager
def opened(file, where):
    """Opens an HDF5 file for reading.

    Args:
        file: A path or a file object.
        where: What messages call it.

    Yields:
        The root, a `Group`.
    """
    with blaming(where):
        handle = h5py().File(file, "r")
    with handle:
        with blaming(where):
            places = Places(handle)
        check = _once(lambda: check_heaps(file, where))
        yield Group(handle, where, check, places)


def _once(check):
    """A check that runs at its first call; if it raises, at the next too."""
    passed = []

    def run():
        if not passed:
            check()
            passed.append(True)

    return run


class Group(collections.abc.Mapping):
    """A group of an open file: names of arrays and of groups.

    Only what is stored in the file itself is found: links to elsewhere and
    datasets whose values are in other files are refused.

    Args:
        group: The `h5py.Group`.
        where: What messages call it.
        check: What is called before texts are read, on whose places in a
            damaged file the library can hang; or None.
        places: Where what was opened lies in the file; or None.
    """

    def __init__(self, group, where, check=None, places=None):
        self._group = group
        self._places = places
        self._check = check or (lambda: None)
        self._members = {}
        self.where = where

    def __iter__(self):
        with blaming(self.where):
            return iter(list(self._group))

    def __len__(self):
        with blaming(self.where):
            return len(self._group)

    def __contains__(self, path):
        return self._find(path) is not None

    def __getitem__(self, path):
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        if isinstance(found, Group):
            return found
        return read_dataset(found, f"{self.where}/{path}")

    @property
    def file_bytes(self):
        """The size of the file."""
        return self._group.file.id.get_filesize()

    def group(self, path):
        """Returns the group at a path, or None."""
        found = self._find(path)
        if found is None or isinstance(found, Group):
            return found
        raise ValueError(f"{self.where}/{path} should be a group.")

    def shape_and_dtype(self, path):
        """Returns what a dataset's header says, or None if there is none.

        Raises:
            ValueError: If its values could not be trusted.
        """
        found = self._find(path)
        if found is None:
            return None
        if isinstance(found, Group):
            raise ValueError(f"{self.where}/{path} should be an array.")
        return found.shape, found.dtype

    def _find(self, path):
        """The member at a path, one step at a time; None if there is none."""
        # As HDF5 reads names: Keras 2.0 with Theano wrote "/iterations".
        found = self
        if str(path).startswith("/"):
            found = Group(
                self._group.file, self.where, self._check, self._places
            )
        for name in str(path).split("/"):
            if not isinstance(found, Group):
                raise ValueError(f"{self.where}: no group on the way to {path}")
            if name:
                found = found._member(name)
            if found is None:
                return None
        return found

    def _member(self, name):
        """The group or checked dataset of a name; None if there is none."""
        if name not in self._members:
            self._members[name] = self._opened(name)
        return self._members[name]

    def _opened(self, name):
        where = f"{self.where}/{name}"
        with blaming(where):
            links, key = self._group.id.links, name.encode("utf-8")
            if not links.exists(key):
                return None
            if links.get_info(key).type != h5py().h5l.TYPE_HARD:
                raise ValueError(
                    f"{where} is a link to another place, which is refused: a "
                    "file should hold its own values."
                )
            found = _object(self._group.id, key)
            if self._places is not None:
                self._places.add(found, where)
        if isinstance(found, h5py().Group):
            return Group(found, where, self._check, self._places)
        if not isinstance(found, h5py().Dataset):
            raise ValueError(f"{where} is neither a group nor an array.")
        check_dataset(found, where)
        if found.dtype.hasobject:
            self._check()
        return found

    def text(self, name):
        """Returns an attribute as text, or None."""
        with blaming(f"{self.where}: attribute {name}"):
            if name not in self._group.attrs:
                return None
            value = self._attribute(name)
            if isinstance(value, np.ndarray):
                value = value.item()
            if isinstance(value, bytes):
                value = value.decode("utf-8")
            return str(value)

    def names(self, name):
        """Returns an attribute that lists names, or None.

        Lists too long for one attribute stand in `name0`, `name1`, ...
        """
        with blaming(f"{self.where}: attribute {name}"):
            attrs = self._group.attrs
            if name in attrs:
                return _decoded(self._attribute(name))
            if f"{name}0" not in attrs:
                return None
            found = []
            for index in range(_MANY):
                if f"{name}{index}" not in attrs:
                    return found
                found += _decoded(self._attribute(f"{name}{index}"))

    def _attribute(self, name):
        attrs = self._group.attrs
        found = attrs.get_id(name)
        if found.get_type().get_class() == h5py().h5t.VLEN:
            raise ValueError("It holds neither text nor numbers.")
        declared = math.prod(found.shape or ()) * found.dtype.itemsize
        if declared > max(_MAX_ATTRIBUTE_BYTES, self.file_bytes):
            raise ValueError(
                f"It declares {declared} bytes, which is too much."
            )
        if found.dtype.hasobject:
            self._check()
        return attrs[name]


def _object(group, key):
    """The group or array of a name, without what h5py looks up beside."""
    found = h5py().h5o.open(group, key)
    if isinstance(found, h5py().h5g.GroupID):
        return h5py().Group(found)
    is_array = isinstance(found, h5py().h5d.DatasetID)
    return h5py().Dataset(found) if is_array else found


@functools.lru_cache(maxsize=100)
def _kind_of(dtype):
    """HDF5's own type for numbers of a dtype."""
    return h5py().h5t.py_create(dtype)


def _decoded(values):
    if isinstance(values, h5py().Empty):
        return []
    return [
        value.decode("utf-8") if isinstance(value, bytes) else str(value)
        for value in np.asarray(values).ravel().tolist()
    ]


def write_names(group, attribute, names):
    """Writes a list of names, in parts where it is too long for one.

    Args:
        group: An `h5py.Group`.
        attribute: The attribute's name.
        names: The names; if they are bytes, the library's heap is not used.
    """
    encoded = np.asarray(
        [n if isinstance(n, bytes) else n.encode() for n in names]
    )
    if encoded.nbytes <= _MAX_ATTRIBUTE_BYTES:
        group.attrs[attribute] = names
        return
    longest = encoded.dtype.itemsize
    if longest > _MAX_ATTRIBUTE_BYTES:
        raise RuntimeError(
            f"A name of {longest} bytes can't be saved to HDF5, which allows "
            f"{_MAX_ATTRIBUTE_BYTES}. Shorten the names of layers or weights."
        )
    count = -(-encoded.nbytes // _MAX_ATTRIBUTE_BYTES)
    while any(
        part.nbytes > _MAX_ATTRIBUTE_BYTES
        for part in np.array_split(encoded, count)
    ):
        count += 1
    for index, part in enumerate(np.array_split(encoded, count)):
        group.attrs[f"{attribute}{index}"] = part


def check_dataset(dataset, where):
    """Raises ValueError unless a dataset is stored plainly, in its file.

    Args:
        dataset: An `h5py.Dataset`; its values are not read.
        where: What messages call it.
    """
    with blaming(where):
        plist = dataset.id.get_create_plist()
        layout = plist.get_layout()
        if plist.get_external_count() or layout == h5py().h5d.VIRTUAL:
            raise ValueError(
                f"{where} takes its values from another file, which is "
                "refused: a file should hold its own values."
            )
        filters = {
            plist.get_filter(index)[0] for index in range(plist.get_nfilters())
        }
        if not filters <= _KNOWN_FILTERS:
            raise ValueError(
                f"{where} is compressed by a plug-in of HDF5 (filters "
                f"{sorted(filters - _KNOWN_FILTERS)}), which is refused."
            )
        kind, dtype = dataset.id.get_type(), dataset.dtype
        if dtype.hasobject and h5py().check_string_dtype(dtype) is None:
            raise ValueError(f"{where} holds {dtype}, not numbers.")
        if dtype.kind in "fiu" and kind != _kind_of(dtype):
            raise ValueError(f"{where} holds numbers of an unknown form.")
        stored = dataset.id.get_storage_size()
        declared = dataset.size * dtype.itemsize
        is_packed = layout == h5py().h5d.CHUNKED or dtype.hasobject
        if not is_packed and stored != dataset.size * kind.get_size():
            raise ValueError(
                f"{where} has {dataset.size} values of {kind.get_size()} "
                f"bytes, but the file stores {stored} bytes. It is damaged."
            )
        if declared > _MAX_INFLATION * stored:
            raise ValueError(
                f"{where} declares {declared} bytes of shape {dataset.shape}, "
                f"but the file stores {stored}. The file is damaged."
            )


def _aligned(shape, dtype):
    """A new array that begins where TensorFlow wants tensors to begin."""
    size = math.prod(shape) * dtype.itemsize
    memory = np.empty(size + _ALIGNMENT, "uint8")
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start : start + size].view(dtype).reshape(shape)


def can_be_shared(value):
    """Whether a tensor may take over the memory of what was read."""
    return (
        isinstance(value, np.ndarray)
        and value.nbytes >= _LARGE_BYTES
        and value.flags.carray
        and value.dtype.kind in "fiu"
        and value.ctypes.data % _ALIGNMENT == 0
    )


def read_dataset(dataset, where):
    """Returns a dataset's values as an array in the machine's byte order.

    Args:
        dataset: An `h5py.Dataset`, checked.
        where: What messages call it.
    """
    dtype = dataset.dtype
    with blaming(where):
        is_plain = dtype.isnative and dtype.kind in "fiu"
        if is_plain and dataset.nbytes >= _LARGE_BYTES:
            values = _aligned(dataset.shape, dtype)
            dataset.read_direct(values)
            return values
        values = dataset[()]
    if dtype.kind == "V" and dtype.itemsize == 2 and not dtype.fields:
        # HDF5 has no bfloat16: h5py writes it as two bytes without meaning.
        return np.asarray(values).view(tf.bfloat16.as_numpy_dtype)
    if isinstance(values, np.ndarray) and not dtype.isnative:
        return values.astype(dtype.newbyteorder("="))
    return values
