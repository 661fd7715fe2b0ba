"""What a recurrent cell is, and a stack of cells."""

import inspect

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.layers.resolve import deserialize_part
from tf_keras.src.serialization.to_config import serialize_keras_object


class AbstractRNNCell(Layer):
    """One time step of a recurrent layer: the base class of own cells.

    A subclass writes `call(inputs, states)`, which returns the output and a
    list of new states, and the properties `state_size` and `output_size`.

    Example:

    >>> class Sum(AbstractRNNCell):
    ...     state_size = output_size = 3
    ...     def call(self, inputs, states):
    ...         total = states[0] + inputs
    ...         return total, [total]
    >>> RNN(Sum())(tf.ones((1, 4, 3))).numpy()
    array([[4., 4., 4.]], dtype=float32)
    """

    def call(self, inputs, states):
        """Computes one step.

        Args:
            inputs: The inputs of the step, `(batch, features)`.
            states: A sequence of states, each `(batch, size)`.

        Returns:
            The output of the step, and a list of new states.
        """
        raise NotImplementedError(
            f"Write `call(self, inputs, states)` in {type(self).__name__}."
        )

    @property
    def state_size(self):
        """The size of a state, or a list of sizes: integers or shapes."""
        raise NotImplementedError(
            f"Write the property `state_size` in {type(self).__name__}."
        )

    @property
    def output_size(self):
        """The size of the output, an integer or a shape."""
        raise NotImplementedError(
            f"Write the property `output_size` in {type(self).__name__}."
        )

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """Returns states of zeros.

        Args:
            inputs: A tensor that gives batch size and dtype.
            batch_size: The batch size, if there are no inputs.
            dtype: The dtype, if there are no inputs.
        """
        return initial_state_of(self, inputs, batch_size, dtype)


class StackedRNNCells(Layer):
    """A cell made of cells: the output of each is the input of the next.

    Args:
        cells: A list of cells.
        **kwargs: `name`, `dtype`, `trainable`; `reverse_state_order`, with
            which states start with those of the last cell, as old programs
            have it.

    Raises:
        ValueError: If a cell has no `call` or no `state_size`.

    Example:

    >>> stack = StackedRNNCells([LSTMCell(4), GRUCell(2)])
    >>> RNN(stack)(tf.ones((2, 3, 5))).shape
    TensorShape([2, 2])
    """

    def __init__(self, cells, **kwargs):
        for cell in cells:
            for name in ("call", "state_size"):
                if not hasattr(cell, name):
                    raise ValueError(
                        f"All cells of StackedRNNCells need `{name}`. "
                        f"Received: {cell!r}."
                    )
        self.reverse_state_order = kwargs.pop("reverse_state_order", False)
        super().__init__(**kwargs)
        self.cells = list(cells)
        self.__dict__["_accepts"] = [accepted_arguments(c) for c in cells]

    def build(self, input_shape):
        input_shape = map_shapes(tf.TensorShape, input_shape)
        if isinstance(input_shape, list):
            input_shape = input_shape[0]
        for cell in self.cells:
            build_part(cell, input_shape)
            batch = tf.nest.flatten(input_shape)[0][0]
            input_shape = tf.nest.map_structure(
                lambda size: tf.TensorShape([batch, *tf.TensorShape(size)]),
                output_shape_of(cell),
            )
        self.built = True

    def call(self, inputs, states, constants=None, training=None, **kwargs):
        states = tf.nest.pack_sequence_as(
            self.state_size, tf.nest.flatten(states)
        )
        if self.reverse_state_order:
            states = states[::-1]
        all_new = []
        for cell, own, accepts in zip(self.cells, states, self._accepts):
            is_one = not tf.nest.is_nested(own)
            takes_list = not hasattr(cell, "_is_tf_rnn_cell")
            given = [own] if is_one and takes_list else own
            extra = {**kwargs}
            if "training" in accepts:
                extra["training"] = training
            if constants is not None and "constants" in accepts:
                extra["constants"] = constants
            call = cell if callable(cell) else cell.call
            inputs, new = call(inputs, given, **extra)
            all_new.append(new)
        if self.reverse_state_order:
            all_new = all_new[::-1]
        new_states = tf.nest.pack_sequence_as(
            self.state_size, tf.nest.flatten(all_new)
        )
        return inputs, new_states

    @property
    def state_size(self):
        """The state sizes of the cells, a tuple."""
        cells = self.cells[::-1] if self.reverse_state_order else self.cells
        return tuple(cell.state_size for cell in cells)

    @property
    def output_size(self):
        """The output size of the last cell."""
        return output_shape_of(self.cells[-1])

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """Returns the first states of each cell, a tuple.

        Args:
            inputs: A tensor that gives batch size and dtype.
            batch_size: The batch size, if there are no inputs.
            dtype: The dtype, if there are no inputs.
        """
        cells = self.cells[::-1] if self.reverse_state_order else self.cells
        states = []
        for cell in cells:
            get_state = getattr(cell, "get_initial_state", None)
            if get_state is None:
                states.append(initial_state_of(cell, inputs, batch_size, dtype))
            else:
                states.append(
                    get_state(inputs=inputs, batch_size=batch_size, dtype=dtype)
                )
        return tuple(states)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        if self.reverse_state_order:
            config["reverse_state_order"] = True
        config["cells"] = [serialize_keras_object(cell) for cell in self.cells]
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        cells = [
            deserialize_part(cell, custom_objects)
            for cell in config.pop("cells")
        ]
        return cls(cells, **config)


def accepted_arguments(cell):
    """Returns which of `training` and `constants` a cell's `call` takes."""
    parameters = inspect.signature(cell.call).parameters
    takes_any = any(
        p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values()
    )
    return frozenset(
        name
        for name in ("training", "constants")
        if name in parameters or takes_any
    )


def build_part(part, input_shape):
    """Builds a layer that stands in another, under its own name scope."""
    if isinstance(part, Layer) and not part.built:
        with tf.name_scope(part.name):
            part.build(input_shape)
        part.built = True
        # The outer layer's config tells how to build both.
        part.__dict__["_build_input_shape"] = input_shape


def output_shape_of(cell):
    """The size of a cell's output: by default that of its first state."""
    size = getattr(cell, "output_size", None)
    if size is not None:
        return size
    size = cell.state_size
    return size[0] if isinstance(size, (list, tuple)) else size


def initial_state_of(cell, inputs, batch_size, dtype):
    """Returns zeros for a cell's states.

    Raises:
        ValueError: Without inputs, batch size or dtype.
    """
    if inputs is not None:
        batch_size, dtype = tf.shape(inputs)[0], inputs.dtype
    if batch_size is None or dtype is None:
        raise ValueError(
            "batch_size and dtype are needed to make initial states without "
            f"inputs. Received: batch_size={batch_size}, dtype={dtype}."
        )
    return zero_states(cell.state_size, batch_size, dtype)


def zero_states(state_size, batch_size, dtype):
    """Returns zeros in the nest of `state_size`."""

    def zeros(size):
        return tf.zeros([batch_size, *tf.TensorShape(size)], dtype)

    return tf.nest.map_structure(zeros, state_size)
