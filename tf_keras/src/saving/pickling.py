"""pickle and deepcopy of models: by configs, arrays and files in memory."""

import copy

from tf_keras.src.saving import hdf5_assets
from tf_keras.src.saving.object_state import load_state, save_state
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import (
    live_objects,
    object_sharing,
    serialize_keras_object,
)

_OURS = "tf_keras.src."


def copied(model, memo):
    """Returns a deep copy of a model: own weights, own optimizer's state.

    Args:
        model: The model.
        memo: What `copy.deepcopy` has copied already.
    """
    parts = _parts(model)
    if parts is not None:
        return _remade(*parts)
    # In the memo before its parts are copied: some of them know it.
    memo[id(model)] = new = _blank(type(model))
    new.__setstate__(copy.deepcopy(model.__getstate__(), memo))
    return new


def reduced(model):
    """Returns what `pickle` keeps of a model: config, classes and arrays."""
    parts = _parts(model)
    if parts is not None:
        return _remade, parts
    return _blank, (type(model),), model.__getstate__()


def _parts(model):
    """What a model can be made of again.

    None for a model whose code does not tell its config: its attributes are
    copied one by one then.
    """
    if _tells_nothing(model):
        return None
    # Classes and functions go along themselves: they need not be registered.
    with object_sharing(), live_objects() as objects:
        try:
            config = serialize_keras_object(model)
        except NotImplementedError:
            if hasattr(model, "_graph_layers"):
                raise  # A graph has more to it than attributes.
            return None
    stores = {}
    save_state(model, lambda path: stores.setdefault(path, {}))
    return config, objects, stores, hdf5_assets.collect(model)


def _tells_nothing(model):
    """Whether only the constructor's arguments would be a user's config.

    A copy made of these alone would lose what was set afterwards.
    """
    return (
        not hasattr(model, "_graph_layers")
        and not type(model).__module__.startswith(_OURS)
        and type(model).get_config.__module__.startswith(_OURS)
    )


def _remade(config, objects, stores, files=()):
    model = deserialize_keras_object(config, custom_objects=objects)
    load_state(model, lambda path, _: stores.get(path), "The pickle or copy")
    hdf5_assets.restore(model, dict(files).get)
    return model


def _blank(cls):
    return cls.__new__(cls)
