"""Wrapper: a layer around a layer."""

from tf_keras.src.core.layer import Layer
from tf_keras.src.layers.resolve import deserialize_part
from tf_keras.src.serialization.to_config import serialize_keras_object


class Wrapper(Layer):
    """The base class of layers that change how another layer is called.

    Args:
        layer: The layer inside.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Raises:
        ValueError: If `layer` is no layer.

    Example:

    >>> class Twice(Wrapper):
    ...     def call(self, inputs):
    ...         return self.layer(self.layer(inputs))
    """

    def __init__(self, layer, **kwargs):
        if not hasattr(layer, "_is_layer"):
            raise ValueError(
                f"{type(self).__name__} wraps a layer. Received: "
                f"layer={layer!r} of type {type(layer).__name__}."
            )
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True
            self.layer.__dict__["_build_input_shape"] = input_shape
        super().build(input_shape)

    @property
    def activity_regularizer(self):
        """The penalty on outputs of the layer inside, or None."""
        if hasattr(self.layer, "activity_regularizer"):
            return self.layer.activity_regularizer
        return None

    @activity_regularizer.setter
    def activity_regularizer(self, regularizer):
        Layer.activity_regularizer.fset(self, regularizer)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config["layer"] = serialize_keras_object(self.layer)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        layer = deserialize_part(config.pop("layer"), custom_objects)
        return cls(layer, **config)
