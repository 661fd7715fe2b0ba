"""Where readers of the files of other releases register themselves.

The rest of the wing knows the files of today alone. It asks here before it
makes a model of a config, compiles it, or pairs arrays with variables.
"""

import dataclasses

from tf_keras.src.serialization import registry

_readers = []


@dataclasses.dataclass(frozen=True)
class Origin:
    """Which release wrote a file, as far as the file tells.

    Attributes:
        version: Its version, "1.2.2", or None.
        backend: What ran it, "theano", or None.
    """

    version: str | None = None
    backend: str | None = None

    @property
    def numbers(self):
        """The version as a tuple of numbers; empty if unknown."""
        parts = str(self.version or "").partition("-")[0].split(".")
        return tuple(int(part) for part in parts if part.isdigit())


class Reader:
    """What a reader of old files may do; each verb passes on what it gets."""

    def model_config(self, config, origin):
        """Returns a model's config in the form of today."""
        return config

    def model_made(self, model, config, origin):
        """Changes a model that was made of the config of a file."""

    def training_config(self, config, origin):
        """Returns in the form of today how a model was compiled."""
        return config

    def layer_arrays(self, layer, place, names, origin):
        """Returns arrays for the weights of a layer, or None.

        Args:
            layer: The layer, built.
            place: The group that holds its arrays.
            names: Their names.
            origin: Which release wrote the file.
        """
        return None

    def optimizer_arrays(self, model, place, names, layers, origin):
        """Returns `(variable, array)` for an optimizer's state, or None.

        Args:
            model: The compiled model.
            place: The group that holds the state.
            names: The names of its arrays.
            layers: `(layer, group, names)` for each layer with weights.
            origin: Which release wrote the file.
        """
        return None

    def object_store(self, path, model, root):
        """Returns the arrays of an object that lie elsewhere, or None.

        Args:
            path: Where files of today hold them.
            model: The model that holds the object.
            root: The file.
        """
        return None

    def optimizer_names(self, variables, store):
        """Returns the names of the arrays that an optimizer knows, or None.

        Args:
            variables: The optimizer's.
            store: All arrays of the file, by number.
        """
        return None


def register(reader):
    """Adds a reader.

    Args:
        reader: A `Reader`.
    """
    _readers.append(reader)


def _known():
    registry.load_readers()
    return _readers


def model_config(config, origin):
    """Returns a model's config in the form of today."""
    for reader in _known():
        config = reader.model_config(config, origin)
    return config


def model_made(model, config, origin):
    """Changes a model that was made of the config of a file."""
    for reader in _known():
        reader.model_made(model, config, origin)


def training_config(config, origin):
    """Returns in the form of today how a model was compiled."""
    for reader in _known():
        config = reader.training_config(config, origin)
    return config


def first_answer(verb, *args):
    """Returns what the first reader says that knows, or None.

    Args:
        verb: The name of a method of `Reader`.
        *args: Its arguments.
    """
    for reader in _known():
        answer = getattr(reader, verb)(*args)
        if answer is not None:
            return answer
    return None
