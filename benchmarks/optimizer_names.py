"""The names of the rows that time a step of an optimizer."""

_NAMES = (
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Ftrl",
    "Lion",
    "Nadam",
    "RMSprop",
    "SGD",
)
_LEGACY_NAMES = (
    "Adadelta",
    "Adagrad",
    "Adam",
    "Adamax",
    "Ftrl",
    "Nadam",
    "RMSprop",
    "SGD",
)

# From the name of a row to the kind of variables, the face, the class.
STEPS = {
    "_".join(filter(None, ("step", kind, face, name))): (kind, face, name)
    for kind in ("small", "sparse", "large")
    for face, names in (("", _NAMES), ("legacy", _LEGACY_NAMES))
    for name in names
}
