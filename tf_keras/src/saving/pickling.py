"""pickle and deepcopy of models, by way of configs and arrays in memory."""

from tf_keras.src.saving.object_state import load_state
from tf_keras.src.saving.object_state import save_state
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import live_objects
from tf_keras.src.serialization.to_config import object_sharing
from tf_keras.src.serialization.to_config import serialize_keras_object


def copied(model, memo):
    """Returns a deep copy of a model: own weights, own optimizer's state.

    Args:
        model: The model.
        memo: What `copy.deepcopy` has copied already.
    """
    return _unpickle(*_parts(model))


def reduced(model):
    """Returns what `pickle` keeps of a model: config, classes and arrays."""
    return _unpickle, _parts(model)


def _parts(model):
    # Classes and functions go along themselves: they need not be registered.
    with object_sharing(), live_objects() as objects:
        config = serialize_keras_object(model)
    stores = {}
    save_state(model, lambda path: stores.setdefault(path, {}))
    return config, objects, stores


def _unpickle(config, objects, stores):
    model = deserialize_keras_object(config, custom_objects=objects)
    load_state(model, stores.get, "The pickle or copy")
    return model
