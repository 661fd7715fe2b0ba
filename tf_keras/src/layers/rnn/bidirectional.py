"""Bidirectional: a recurrent layer run forward and backward."""

import copy

import tensorflow as tf

from tf_keras.src.core.keras_tensor import holds_symbolic
from tf_keras.src.foundation.names import nearest
from tf_keras.src.layers.resolve import deserialize_part
from tf_keras.src.layers.rnn.rnn import split_inputs
from tf_keras.src.layers.rnn.wrapper import Wrapper
from tf_keras.src.serialization.registry import custom_object_scope
from tf_keras.src.serialization.to_config import serialize_keras_object

_MERGES = {
    "sum": lambda forward, backward: forward + backward,
    "mul": lambda forward, backward: forward * backward,
    "ave": lambda forward, backward: (forward + backward) / 2,
    "concat": lambda forward, backward: tf.concat([forward, backward], -1),
}


class Bidirectional(Wrapper):
    """Reads a series from both ends, with a layer each, and merges.

    Schuster and Paliwal 1997, Bidirectional Recurrent Neural Networks,
    https://doi.org/10.1109/78.650093

    Args:
        layer: A recurrent layer such as `LSTM`. It is copied, and the copies
            are named after it: `forward_lstm` and `backward_lstm`.
        merge_mode: `"concat"`, `"sum"`, `"mul"`, `"ave"`, or None to return
            both outputs.
        weights: First values of all weights.
        backward_layer: The layer for the way back, if it is not to be like
            `layer`; its `go_backwards` must differ from the other's.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Call arguments:
        As of `layer`; initial states of both, the forward ones first.

    Returns:
        The merged output; with `return_state` a list of it and the states of
        both.

    Raises:
        ValueError: If `layer` is not recurrent, if the layers do not match,
            for an unknown `merge_mode`; at a call, for an odd number of
            initial states.

    Example:

    >>> Bidirectional(LSTM(4))(tf.ones((2, 3, 5))).shape
    TensorShape([2, 8])
    """

    def __init__(
        self,
        layer,
        merge_mode="concat",
        weights=None,
        backward_layer=None,
        **kwargs,
    ):
        if merge_mode not in (*_MERGES, None):
            raise ValueError(
                f"Unknown merge_mode {merge_mode!r} of Bidirectional."
                f"{nearest(str(merge_mode), _MERGES)} Expected one of "
                f"{[*_MERGES, None]}."
            )
        _check_recurrent(layer, "layer")
        super().__init__(layer, **kwargs)
        self.forward_layer = _copied(layer)
        if backward_layer is None:
            self.backward_layer = _copied(layer, go_backwards=True)
        else:
            _check_recurrent(backward_layer, "backward_layer")
            self.backward_layer = backward_layer
            # As it was given: the layer itself gets another name.
            self.__dict__["_backward_layer_config"] = serialize_keras_object(
                backward_layer
            )
        self.forward_layer._set_name(f"forward_{self.forward_layer.name}")
        self.backward_layer._set_name(f"backward_{self.backward_layer.name}")
        self._check_pair()
        for part in (self.forward_layer, self.backward_layer):
            # A reversed sequence would carry outputs to masked steps from
            # the other side.
            if hasattr(part, "zero_output_for_mask"):
                part.zero_output_for_mask = layer.return_sequences
        if weights:
            half = len(weights) // 2
            self.forward_layer.__dict__["_initial_weights"] = weights[:half]
            self.backward_layer.__dict__["_initial_weights"] = weights[half:]
        self.merge_mode = merge_mode
        self.stateful = layer.stateful
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.supports_masking = True
        self._num_constants = None
        self.input_spec = layer.input_spec

    def _check_pair(self):
        forward, backward = self.forward_layer, self.backward_layer
        if forward.go_backwards == backward.go_backwards:
            raise ValueError(
                "The layers of Bidirectional run in different directions. "
                f"Received: go_backwards={forward.go_backwards} of both. Pass "
                "`go_backwards=True` to the constructor of `backward_layer`."
            )
        for name in ("stateful", "return_sequences", "return_state"):
            ours, other = getattr(forward, name), getattr(backward, name)
            if ours != other:
                raise ValueError(
                    f"The layers of Bidirectional need the same `{name}`. "
                    f"Received: {name}={ours} of `layer` and {name}={other} "
                    "of `backward_layer`."
                )

    # Building ------------------------------------------------------------

    def build(self, input_shape):
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                with tf.name_scope(layer.name):
                    layer.build(input_shape)
                layer.built = True
                layer._set_initial_weights()
        self.built = True

    # Calling -------------------------------------------------------------

    def __call__(self, inputs, initial_state=None, constants=None, **kwargs):
        """Runs both layers over the inputs, see the class."""
        inputs, initial_state, constants = split_inputs(
            inputs, initial_state, constants, self._num_constants
        )
        if constants is not None:
            self._num_constants = len(constants)
        if initial_state is not None and len(initial_state) % 2:
            raise ValueError(
                f"Layer {self.name!r} takes initial states for both its "
                "layers: an even number. Received: "
                f"initial_state={initial_state}."
            )
        more = [*(initial_state or ()), *(constants or ())]
        if more and holds_symbolic(more):
            return super().__call__([inputs, *more], **kwargs)
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        if constants is not None:
            kwargs["constants"] = constants
        return super().__call__(inputs, **kwargs)

    def call(
        self,
        inputs,
        training=None,
        mask=None,
        initial_state=None,
        constants=None,
    ):
        states = initial_state or []
        half = len(states) // 2
        options = {"training": training, "mask": mask}
        if constants is not None:
            options["constants"] = constants
        made = [
            layer(inputs, initial_state=own or None, **options)
            for layer, own in (
                (self.forward_layer, states[:half]),
                (self.backward_layer, states[half:]),
            )
        ]
        if not self.return_state:
            return self._merged(*made)
        (forward, *forward_states), (backward, *backward_states) = made
        output = self._merged(forward, backward)
        outputs = output if self.merge_mode is None else [output]
        return [*outputs, *forward_states, *backward_states]

    def _merged(self, forward, backward):
        if self.return_sequences:
            axis = 0 if getattr(self.forward_layer, "time_major", False) else 1
            backward = _reversed(backward, axis)
        if self.merge_mode is None:
            return [forward, backward]
        merge = _MERGES[self.merge_mode]
        return tf.nest.map_structure(merge, forward, backward)

    def compute_mask(self, inputs, mask):
        """Returns the mask of the outputs; states have none."""
        mask = tf.nest.flatten(mask)[0]
        output_mask = mask if self.return_sequences else None
        if self.merge_mode is None:
            output_mask = [output_mask, output_mask]
        if not self.return_state:
            return output_mask
        if not isinstance(output_mask, list):
            output_mask = [output_mask]
        count = len(tf.nest.flatten(self.forward_layer.states))
        return output_mask + [None] * (2 * count)

    def compute_output_shape(self, input_shape):
        """Returns the shape of the output, or a list of all shapes."""
        shape = self.forward_layer.compute_output_shape(input_shape)
        states = []
        if self.return_state:
            shape, *states = shape
        if self.merge_mode == "concat":
            features = shape[-1]
            shape = shape[:-1].concatenate(features and 2 * features)
        outputs = [shape, shape] if self.merge_mode is None else [shape]
        if self.return_state:
            return [*outputs, *states, *copy.copy(states)]
        return outputs if self.merge_mode is None else shape

    def reset_states(self, states=None):
        """Resets the states of both layers.

        Args:
            states: Arrays for both, the forward ones first; zeros by default.

        Raises:
            AttributeError: If the layers are not stateful.
        """
        if not self.stateful:
            raise AttributeError("Layer must be stateful.")
        half = None if states is None else len(states) // 2
        self.forward_layer.reset_states(states and states[:half])
        self.backward_layer.reset_states(states and states[half:])

    @property
    def constraints(self):
        """The constraints of the weights of both layers, by weight."""
        found = {}
        for layer in (self.forward_layer, self.backward_layer):
            found.update(getattr(layer, "constraints", None) or {})
        return found

    # Config --------------------------------------------------------------

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config["merge_mode"] = self.merge_mode
        if self._num_constants is not None:
            config["num_constants"] = self._num_constants
        backward = self.__dict__.get("_backward_layer_config")
        if backward is not None:
            config["backward_layer"] = backward
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        constants = config.pop("num_constants", None)
        config["layer"] = deserialize_part(config["layer"], custom_objects)
        backward = config.pop("backward_layer", None)
        if backward is not None:
            config["backward_layer"] = deserialize_part(
                backward, custom_objects
            )
        layer = cls(**config)
        layer._num_constants = constants
        return layer


def _check_recurrent(layer, name):
    needed = ("go_backwards", "return_sequences", "return_state", "stateful")
    missing = [part for part in needed if not hasattr(layer, part)]
    if missing or not hasattr(layer, "_is_layer"):
        raise ValueError(
            f"Bidirectional needs a recurrent layer as `{name}`, with the "
            f"attributes {list(needed)}; of these are missing: {missing}. "
            f"Received: {layer!r}."
        )


def _copied(layer, go_backwards=False):
    """A new layer with the config of another, in the other direction."""
    config = layer.get_config()
    if go_backwards:
        config["go_backwards"] = not config["go_backwards"]
    cell = getattr(layer, "cell", None)
    parts = [layer, cell, *getattr(cell, "cells", ())]
    # A user's own cells are found without a name in the registry.
    with custom_object_scope({type(x).__name__: type(x) for x in parts}):
        copied = type(layer).from_config(config)
    if hasattr(layer, "_num_constants"):
        copied._num_constants = layer._num_constants
    return copied


def _reversed(outputs, axis):
    def reverse(value):
        if isinstance(value, tf.RaggedTensor):
            return value
        return tf.reverse(value, [axis])

    return tf.nest.map_structure(reverse, outputs)
