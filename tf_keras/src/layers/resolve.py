"""layers.serialize and layers.deserialize."""

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation.names import nearest
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.resolve import Family

# Where the classes are that configs of layers name, models among them.
_PLACES = (
    "keras.layers",
    "keras.layers.experimental.preprocessing",
    "keras.layers.experimental",
    "keras.models",
    "keras.experimental",
    "keras.__internal__.layers",
    "tf_keras.src.engine.functional",
    "tf_keras.src.layers.core.tf_op_layer",
)


class _Layers(Family):
    """Layers, found in their faces: the catalogue is not imported for them."""

    def find(self, name, custom_objects=None):
        found = registry.get_registered_object(name, custom_objects)
        for place in _PLACES:
            if found is None:
                found = registry.published(place, name)
        if found is None:
            known = registry.public_names("layers")
            raise ValueError(
                f"Unknown layer: {name!r}.{nearest(name, known)} Pass an own "
                "layer in `custom_objects`, or put the call in a "
                "`tf_keras.saving.custom_object_scope` that knows it."
            )
        return found


_family = _Layers("layer", {}, base=Layer)


def serialize(layer, use_legacy_format=False):
    """Returns the config of a layer, as a dict for `deserialize`.

    Args:
        layer: A layer.
        use_legacy_format: Whether to return the short form of older files.

    Example:

    >>> serialize(Dense(3))["class_name"]
    'Dense'
    """
    return _family.serialize(layer, use_legacy_format)


def deserialize(config, custom_objects=None, use_legacy_format=False):
    """Returns the layer that a config describes.

    Args:
        config: What `serialize` returned.
        custom_objects: A dict from names to own layers.
        use_legacy_format: Whether the config is in the short form.

    Raises:
        ValueError: For an unknown layer.

    Example:

    >>> deserialize(serialize(Dense(3))).units
    3
    """
    return _family.deserialize(config, custom_objects, use_legacy_format)


def deserialize_part(config, custom_objects=None):
    """Returns the layer that the config of a layer around it holds.

    It is not built yet: the outer layer builds it, under its own name.
    """
    config = {k: v for k, v in config.items() if k != "build_config"}
    return deserialize(config, custom_objects)
