"""Wrapper: a layer around a layer."""

from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.from_config import deserialize_keras_object
from tf_keras.src.serialization.to_config import serialize_keras_object


class Wrapper(Layer):
    """The base class of layers that do something to another layer.

    Args:
        layer: The layer within.
        **kwargs: `name`, `dtype`, `input_shape`.

    Raises:
        ValueError: If `layer` is no layer.
    """

    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer):
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
        super().build(input_shape)

    @property
    def activity_regularizer(self):
        """The penalty on the outputs of the layer within, or None."""
        return self.layer.activity_regularizer

    def get_config(self):
        config = super().get_config()
        config["layer"] = serialize_keras_object(self.layer)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        config = dict(config)
        layer = deserialize_keras_object(
            config.pop("layer"), custom_objects=custom_objects
        )
        return cls(layer, **config)
