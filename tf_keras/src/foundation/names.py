"""Names: snake_case, names that never repeat, the nearest known name."""

import collections
import difflib
import re

_counts = collections.defaultdict(int)
_observed = set()


def snake_case(name):
    """Turns a class name into the name of its first object.

    Example:

    >>> snake_case("GlobalMaxPooling2D")
    'global_max_pooling2d'
    >>> snake_case("ConvLSTM2D")
    'conv_lstm2d'
    """
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    # TensorFlow refuses scopes that start with an underscore.
    return "private" + name if name.startswith("_") else name


def unique_name(prefix, avoid=(), zero_based=True):
    """Returns `prefix`, then `prefix_1`, `prefix_2` and so on.

    Args:
        prefix: The name to count.
        avoid: Names that must not come out.
        zero_based: Whether the first name is `prefix` itself; else it is
            `prefix_1`.
    """
    while True:
        count = next_uid(prefix)
        number = count - 1 if zero_based else count
        name = f"{prefix}_{number}" if number else prefix
        if name not in avoid:
            return name


def next_uid(prefix=""):
    """Counts `prefix` up and returns its number, 1 at first."""
    _counts[prefix] += 1
    return _counts[prefix]


def reset_names():
    """Forgets all counts, so that names start again."""
    _counts.clear()
    _observed.clear()


def observe(name):
    """Notes a name that a user chose, for `observed`."""
    _observed.add(name)


def observed():
    """Returns the names that users chose."""
    return _observed


def nearest(name, names):
    """Returns a sentence that offers the nearest known name, or ''.

    Example:

    >>> nearest("rleu", ["relu", "tanh"])
    " Did you mean 'relu'?"
    """
    by_lower = {str(known).lower(): known for known in names}
    found = difflib.get_close_matches(str(name).lower(), by_lower, n=1)
    return f" Did you mean {by_lower[found[0]]!r}?" if found else ""
