"""What a model is made of: its layers and their weights."""

import tensorflow as tf

from tf_keras.src.core import tracking
from tf_keras.src.foundation.names import nearest


class ModelParts:
    """The methods of `Model` that find its layers and weights."""

    @property
    def layers(self):
        """The layers right below the model, in a list."""
        return tracking.layers_in(self._tracked_objects())

    def get_layer(self, name=None, index=None):
        """Returns one of `layers`.

        Args:
            name: Its name.
            index: Its place.

        Raises:
            ValueError: If there is none, or both or neither is given.
        """
        if index is not None and name is not None:
            raise ValueError(
                "Provide only a layer name or a layer index. Received: "
                f"index={index}, name={name}."
            )
        layers = self.layers
        if index is not None:
            if not -len(layers) <= index < len(layers):
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model "
                    f"only has {len(layers)} layers."
                )
            return layers[index]
        if name is None:
            raise ValueError(
                "Provide either a layer name or layer index at `get_layer`."
            )
        names = [layer.name for layer in layers]
        if name in names:
            return layers[names.index(name)]
        raise ValueError(
            f"No such layer: {name}. Existing layers are: "
            f"{names}.{nearest(name, names)}"
        )

    def _weight_holders(self):
        """What holds weights that come before the model's own."""
        return self._tracked_objects()

    def _gather(self, kind):
        found = []
        for part in self._weight_holders():
            if not isinstance(part, tf.Variable):
                found += tracking.variables_in(part, kind)
        return found

    @property
    def trainable_weights(self):
        """The variables that optimizers may change, layer by layer."""
        if not self._trainable:
            return []
        found = self._gather("trainable_variables")
        return tracking.without_repetition(found + self._trainable_weights)

    @property
    def non_trainable_weights(self):
        """The other variables; all of them if the model is frozen."""
        found = []
        if not self._trainable:
            found += self._gather("trainable_variables")
            found += self._trainable_weights
        found += self._gather("non_trainable_variables")
        return tracking.without_repetition(found + self._non_trainable_weights)

    @property
    def weights(self):
        """All variables, layer by layer, then the model's own."""
        found = self._gather("variables")
        return tracking.without_repetition(found + self._own_variables())

    def get_weight_paths(self):
        """Returns a dict from the path of each variable to the variable.

        A path is what leads to it by attributes, `"encoder.kernel"`.
        """
        paths, stack = {}, [("", self)]
        while stack:
            prefix, layer = stack.pop()
            for name, value in layer._tracked.items():
                path = f"{prefix}.{name}" if prefix else name
                if isinstance(value, tf.Variable):
                    paths[path] = value
                elif tracking.is_layer(value):
                    stack.append((path, value))
        return paths
