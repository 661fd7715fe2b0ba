"""`.keras`: a zip of the config, the weights and the assets of a model."""

import contextlib
import datetime
import io
import json
import os
import shutil
import stat
import struct
import tempfile
import time
import zipfile
import zlib

from tf_keras.src.core.awaited_weights import awaiting_weights
from tf_keras.src.saving import compiling, old_files, safe_hdf5, weights_file
from tf_keras.src.saving.atomic_files import local_copy, replacing
from tf_keras.src.saving.common_config import for_every_keras
from tf_keras.src.saving.file_version import KERAS_VERSION
from tf_keras.src.saving.short_config import lengthen
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import (
    object_sharing,
    serialize_keras_object,
)

_METADATA = "metadata.json"
_CONFIG = "config.json"
_WEIGHTS = "model.weights.h5"
_ASSETS = "assets/"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_JSON_BYTES = 1 << 28
_MAX_INFLATION = 1100  # The best that deflate can do is 1,032 to 1.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_BLOCK_BYTES = 1 << 22
# Members get this time unless they were files, as published releases do.
_START_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def save(model, path, for_keras_3=False):
    """Writes a model to a `.keras` file.

    Args:
        model: The model.
        path: The file.
        for_keras_3: Whether to write the config so that Keras 3 takes it.
    """
    with object_sharing():
        config = serialize_keras_object(model)
    if for_keras_3:
        config = for_every_keras(config)
    metadata = {
        "keras_version": KERAS_VERSION,
        "date_saved": datetime.datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
    }
    with replacing(path) as temporary:
        with zipfile.ZipFile(temporary, "w") as archive:
            _write_json(archive, _METADATA, metadata)
            _write_json(archive, _CONFIG, config)
            # On the disk that has room for the model; it has no name there,
            # so that nothing stays behind, however the process ends.
            with tempfile.TemporaryFile(dir=os.path.dirname(temporary)) as file:
                weights_file.write(model, file)
                _write_file(archive, _WEIGHTS, file)
            _write_assets(model, archive)


def _write_json(archive, name, value):
    member = zipfile.ZipInfo(name, _START_OF_ZIP)
    member.external_attr = 0o600 << 16
    archive.writestr(member, json.dumps(value))


def _write_file(archive, name, file):
    """Adds a file, in larger blocks than `ZipFile.write` does."""
    member = zipfile.ZipInfo(name, time.localtime()[:6])
    member.external_attr = 0o600 << 16
    member.file_size = file.seek(0, os.SEEK_END)
    file.seek(0)
    with archive.open(member, "w") as target:
        shutil.copyfileobj(file, target, _BLOCK_BYTES)


def _write_assets(model, archive):
    holders = weights_file.holds_objects(model, "save_assets")
    if not holders:
        return
    with tempfile.TemporaryDirectory() as folder:
        for path, value in holders:
            own = os.path.join(folder, _ASSETS, path)
            os.makedirs(own)
            value.save_assets(own)
        for parent, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                path = os.path.join(parent, name)
                with open(path, "rb") as file:
                    _write_file(archive, os.path.relpath(path, folder), file)


def load(path, custom_objects=None, compile=True, safe_mode=True):
    """Makes the model that a `.keras` file holds.

    Args:
        path: The file.
        custom_objects: A dict from names to the user's own classes.
        compile: Whether to compile it as it was.
        safe_mode: Whether to refuse code stored in the file.

    Returns:
        The model.

    Raises:
        ValueError: If the file is damaged, or would run code.
        TypeError: If a class isn't known.
    """
    with local_copy(path) as local, Archive(local, path) as archive:
        version = archive.json(_METADATA).get("keras_version")
        origin = old_files.Origin(str(version))
        config = archive.json(_CONFIG)
        compile_config = config.pop("compile_config", None)
        with compiling.blaming_config(path, _CONFIG):
            with custom_object_scope(custom_objects):
                config = old_files.model_config(config, origin)
                compile_config = old_files.training_config(
                    compile_config, origin
                )
            if {"class_name", "config"} <= set(config):
                config = lengthen(config)  # Some releases left modules out.
        with awaiting_weights(archive.size(_WEIGHTS), path):
            with compiling.blaming_config(path, _CONFIG):
                model = deserialize_keras_object(
                    config, custom_objects, safe_mode
                )
            if not hasattr(model, "load_own_variables"):
                raise ValueError(
                    f"{path}: {_CONFIG} describes {type(model).__name__}, "
                    "which is no model."
                )
            old_files.model_made(model, config, origin)
            if compile and compile_config:
                compiling.compile_as(
                    model, compile_config, custom_objects, safe_mode, path
                )
            _load_state(model, archive)
    return model


def load_weights(model, path, skip_mismatch=False):
    """Sets a model's arrays from a `.keras` file.

    Args:
        model: The model, built.
        path: The file.
        skip_mismatch: Whether to leave layers that don't fit as they are.

    Raises:
        ValueError: If the file and the model don't fit; nothing is set then.
    """
    with local_copy(path) as local, Archive(local, path) as archive:
        _load_state(model, archive, skip_mismatch)


def _load_state(model, archive, skip_mismatch=False):
    where = f"{archive.where}: {_WEIGHTS}"
    with archive.weights() as file, safe_hdf5.opened(file, where) as root:
        weights_file.read(model, root, where, skip_mismatch)
    holders = weights_file.holds_objects(model, "load_assets")
    if holders and archive.has_assets():
        with tempfile.TemporaryDirectory() as folder:
            archive.extract_assets(folder)
            for path, value in holders:
                own = os.path.join(folder, _ASSETS, path)
                if os.path.isdir(own):
                    value.load_assets(own)


class Archive:
    """A `.keras` file open for reading: the members we know, checked.

    Args:
        path: A local path or a file object.
        where: What messages call it.

    Raises:
        ValueError: If it is no zip file, or members are missing or double.
    """

    def __init__(self, path, where):
        self.where = where
        self._path = path
        try:
            with safe_hdf5.blaming(where):
                self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise ValueError(
                f"{where} is damaged or no `.keras` file: {error}."
            ) from error
        self._members = {}
        for info in self._zip.infolist():
            if info.filename in self._members:
                self._zip.close()
                raise ValueError(f"{where} holds {info.filename!r} twice.")
            self._members[info.filename] = info

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._zip.close()

    def _member(self, name):
        if name not in self._members:
            raise ValueError(
                f"{self.where} holds no {name!r}, so it is no whole `.keras` "
                f"file. It holds {sorted(self._members)[:5]}."
            )
        info = self._members[name]
        if info.compress_type not in _METHODS:
            raise ValueError(
                f"{self.where}: {name} is packed by a method that `.keras` "
                f"files don't use ({info.compress_type})."
            )
        if info.file_size > _MAX_INFLATION * info.compress_size + 1024:
            raise ValueError(
                f"{self.where}: {name} declares {info.file_size} bytes, but "
                f"stores {info.compress_size}. The file is damaged."
            )
        return info

    def size(self, name):
        """Returns how many bytes a member has."""
        return self._member(name).file_size

    def read(self, name):
        """Returns the bytes of a member, after checking their sum."""
        info = self._member(name)
        try:
            with safe_hdf5.blaming(f"{self.where}: {name}"):
                return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ValueError(
                f"{self.where}: {name} is damaged: {error}"
            ) from error

    def json(self, name):
        """Returns the dict that a member holds as JSON."""
        if self._member(name).file_size > _MAX_JSON_BYTES:
            raise ValueError(f"{self.where}: {name} is too long to be JSON.")
        try:
            value = json.loads(self.read(name))
        except (ValueError, RecursionError) as error:
            raise ValueError(
                f"{self.where}: {name} is damaged: {error}"
            ) from error
        if not isinstance(value, dict):
            raise ValueError(
                f"{self.where}: {name} should hold a dict. It holds "
                f"{str(value)[:100]}."
            )
        return value

    @contextlib.contextmanager
    def weights(self):
        """Gives the weights as a file object that can seek."""
        info = self._member(_WEIGHTS)
        stored = info.compress_type == zipfile.ZIP_STORED
        if not stored or info.flag_bits & 1 or not isinstance(self._path, str):
            yield io.BytesIO(self.read(_WEIGHTS))
            return
        with open(self._path, "rb") as file:
            yield self._window(file, info)

    def _window(self, file, info):
        """Reads a stored member in place, so that it is never held whole."""
        file.seek(info.header_offset)
        header = file.read(_LOCAL_HEADER.size)
        start = None
        if len(header) == _LOCAL_HEADER.size:
            signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
            if signature == b"PK\x03\x04":
                start = file.tell() + name_bytes + extra_bytes
        window = Window(file, start or 0, info.file_size)
        if start is None or _checksum(window) != info.CRC:
            raise ValueError(
                f"{self.where}: {info.filename} is damaged: its check sum is "
                "wrong."
            )
        return window

    def has_assets(self):
        """Whether there are assets."""
        return any(name.startswith(_ASSETS) for name in self._members)

    def extract_assets(self, folder):
        """Writes the assets into a folder, and nothing outside of it."""
        for name, info in self._members.items():
            if not name.startswith(_ASSETS) or name.endswith("/"):
                continue
            parts = name.split("/")
            is_link = stat.S_ISLNK(info.external_attr >> 16)
            if is_link or "\\" in name or {"..", "."} & set(parts):
                raise ValueError(
                    f"{self.where}: member {name!r} leads out of the archive, "
                    "which is refused."
                )
            target = os.path.join(folder, *parts)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "xb") as file:
                file.write(self.read(name))


def _checksum(window):
    total, left = 0, window.size
    while left > 0:
        block = window.read(min(left, _BLOCK_BYTES))
        if not block:
            return None
        total = zlib.crc32(block, total)
        left -= len(block)
    window.seek(0)
    return total


class Window(io.RawIOBase):
    """A part of an open file, as a file of its own.

    Args:
        file: The file, open for reading bytes.
        start: Where the part begins.
        size: How many bytes it has.
    """

    def __init__(self, file, start, size):
        super().__init__()
        self._file = file
        self._start = start
        self._place = 0
        self.size = size

    def readable(self):
        """Yes."""
        return True

    def seekable(self):
        """Yes."""
        return True

    def tell(self):
        """Returns the place in the part."""
        return self._place

    def seek(self, offset, whence=io.SEEK_SET):
        """Goes to a place in the part."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place}.get(whence, self.size)
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer):
        """Reads as much as fits and is left."""
        view = memoryview(buffer).cast("B")
        count = max(0, min(len(view), self.size - self._place))
        self._file.seek(self._start + self._place)
        count = self._file.readinto(view[:count])
        self._place += count
        return count
