"""Which faces are built, found on disk."""

import pathlib

import tf_keras

_PACKAGE = pathlib.Path(tf_keras.__file__).parent
_NO_FACES = {"api", "protobuf", "src", "tests"}


def built_faces():
    """Returns the faces and their children: `"layers.experimental"`."""
    faces = set()
    for file in _PACKAGE.rglob("*.py"):
        parts = file.relative_to(_PACKAGE).with_suffix("").parts
        if parts[0] not in _NO_FACES and not parts[-1].endswith("_test"):
            faces.add(".".join(part for part in parts if part != "__init__"))
    return sorted(faces - {""})
