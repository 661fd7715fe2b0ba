"""RNN: runs a cell over time."""

import tensorflow as tf

from tf_keras.src.backend.rnn import rnn
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.keras_tensor import holds_symbolic
from tf_keras.src.core.layer import Layer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.foundation.tf_internals import tracked_dict, tracked_list
from tf_keras.src.layers.resolve import deserialize_part
from tf_keras.src.layers.rnn.cells import (
    StackedRNNCells,
    accepted_arguments,
    build_part,
    output_shape_of,
    zero_states,
)
from tf_keras.src.layers.rnn.recurrent_dropout import forget_masks
from tf_keras.src.serialization.to_config import serialize_keras_object


class RNN(Layer):
    """Calls a cell for each time step, handing states from step to step.

    Args:
        cell: A cell, see `AbstractRNNCell`, or a list of cells to stack.
        return_sequences: Whether to return the outputs of all steps, instead
            of the last.
        return_state: Whether to return the last states too.
        go_backwards: Whether to start with the last step. Sequences come out
            in the order in which they are made: reversed.
        stateful: Whether the last states of a batch are the first states of
            the next. Needs a known batch size.
        unroll: Whether to write each step into the graph: faster for short
            series, and takes more memory.
        time_major: Whether inputs and outputs have the shape
            `(steps, batch, ...)`, which spares two transpositions.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`; `input_dim` and
            `input_length`; `zero_output_for_mask`: whether outputs of masked
            steps are zeros, instead of the output of the step before.

    Call arguments:
        inputs: A tensor of shape `(batch, steps, features)`, or what the cell
            takes with two axes in front; a `tf.RaggedTensor` with ragged
            steps. A list is a tensor, its initial states and constants.
        mask: Booleans of shape `(batch, steps)`; false steps are skipped.
        training: Handed to the cell.
        initial_state: Tensors to start with; zeros by default.
        constants: Tensors that the cell gets at each step.

    Returns:
        The output `(batch, features)`, or `(batch, steps, features)` for
        sequences; with `return_state` a list of it and each state.

    Raises:
        ValueError: If `cell` has no `call` or no `state_size`; at a call, if
            states or shapes do not fit.

    Example:

    >>> RNN(SimpleRNNCell(4), return_sequences=True)(tf.ones((2, 3, 5))).shape
    TensorShape([2, 3, 4])
    """

    _object_identifier = "_tf_keras_rnn_layer"

    def __init__(
        self,
        cell,
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        unroll=False,
        time_major=False,
        **kwargs,
    ):
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        for name in ("call", "state_size"):
            if not hasattr(cell, name):
                raise ValueError(
                    f"The cell of an RNN needs `{name}`, see `AbstractRNNCell`."
                    f" Received: cell={cell!r}."
                )
        self.zero_output_for_mask = kwargs.pop("zero_output_for_mask", False)
        length = kwargs.pop("input_length", None)
        if "input_shape" not in kwargs and (
            length is not None or "input_dim" in kwargs
        ):
            kwargs["input_shape"] = (length, kwargs.pop("input_dim", None))
        super().__init__(**kwargs)
        self.cell = cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.stateful = stateful
        self.unroll = unroll
        self.time_major = time_major
        self.supports_masking = True
        self._num_constants = None
        self.__dict__["_cell_accepts"] = accepted_arguments(cell)
        # Not tracked: states are no weights.
        self.__dict__["_states"] = None

    # Building ------------------------------------------------------------

    def build(self, input_shape):
        shape = _series_shape(input_shape)
        self.input_spec = tf.nest.map_structure(
            self._spec_of_series, [shape] if _is_one(shape) else shape
        )
        self._build_cell(tf.nest.map_structure(self._step_shape, shape))
        if self.stateful:
            self._make_states(tf.nest.flatten(shape)[0][self._batch_axis])
        self.built = True

    def _spec_of_series(self, shape):
        sizes = list(shape)
        sizes[1 - self._batch_axis] = None
        if not self.stateful:
            sizes[self._batch_axis] = None
        return InputSpec(shape=tuple(sizes))

    def _step_shape(self, shape):
        """The shape of one step: batch and the rest."""
        if shape.rank is not None and shape.rank < 3:
            raise ValueError(
                f"Layer {self.name!r} needs inputs of shape (batch, steps, "
                f"features), of rank 3 or more. Received: shape={shape}."
            )
        return tf.TensorShape([shape[self._batch_axis], *shape[2:]])

    @property
    def _batch_axis(self):
        return 1 if self.time_major else 0

    def _build_cell(self, step_shape):
        build_part(self.cell, step_shape)

    # Calling -------------------------------------------------------------

    def __call__(self, inputs, initial_state=None, constants=None, **kwargs):
        """Runs the cell over the inputs, see the class."""
        inputs, initial_state, constants = split_inputs(
            inputs, initial_state, constants, self._num_constants
        )
        if constants is not None:
            self._num_constants = len(constants)
        more = [*(initial_state or ()), *(constants or ())]
        if more and holds_symbolic(more):
            # As one list, as graphs and files hold it; it is taken apart
            # above when the graph runs.
            return super().__call__([inputs, *more], **kwargs)
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        if constants is not None:
            kwargs["constants"] = constants
        return super().__call__(inputs, **kwargs)

    def call(
        self,
        inputs,
        mask=None,
        training=None,
        initial_state=None,
        constants=None,
    ):
        inputs, row_lengths = self._without_raggedness(inputs, mask)
        states = self._first_states(inputs, initial_state)
        if isinstance(mask, (list, tuple)):
            mask = mask[0]
        forget_masks(self.cell)
        try:
            last, outputs, states = self._run_series(
                inputs, states, mask, row_lengths, training, constants
            )
        finally:
            forget_masks(self.cell)
        if self.stateful:
            self._keep_states(states)
        output = self._output(last, outputs, row_lengths)
        return [output, *states] if self.return_state else output

    def _without_raggedness(self, inputs, mask):
        if not isinstance(inputs, tf.RaggedTensor):
            return inputs, None
        if mask is not None or self.unroll:
            raise ValueError(
                f"Layer {self.name!r} got a RaggedTensor, which goes neither "
                "with `mask`, as its row lengths are one, nor with "
                "`unroll=True`. Use `inputs.to_tensor()` for these."
            )
        lengths = tf.cast(inputs.nested_row_lengths()[0], tf.int32)
        return inputs.to_tensor(), lengths

    def _run_series(
        self, inputs, states, mask, row_lengths, training, constants
    ):
        """Returns the last output, all outputs (or one) and the states."""
        return rnn(
            self._step_function(len(states), training, constants),
            inputs,
            states,
            go_backwards=self.go_backwards,
            mask=mask,
            constants=constants,
            unroll=self.unroll,
            input_length=row_lengths,
            time_major=self.time_major,
            zero_output_for_mask=self.zero_output_for_mask,
            return_all_outputs=self.return_sequences,
        )

    def _step_function(self, state_count, training, constants):
        """What `backend.rnn` calls: the cell, with its other arguments."""
        cell = self.cell
        extra = {}
        if "training" in self._cell_accepts:
            extra["training"] = training
        if constants and "constants" not in self._cell_accepts:
            raise ValueError(
                f"The cell of layer {self.name!r} takes no `constants` in its "
                f"`call`. Received: cell={cell}, constants={constants}."
            )
        call = cell if callable(cell) else cell.call
        # Cells of TensorFlow 1 take a single state by itself.
        takes_one = state_count == 1 and hasattr(cell, "_is_tf_rnn_cell")

        def step(inputs, states):
            if constants:
                extra["constants"] = list(states[state_count:])
                states = states[:state_count]
            given = states[0] if takes_one else states
            return call(inputs, given, **extra)

        return step

    def _output(self, last, outputs, row_lengths):
        if not self.return_sequences:
            return last
        if row_lengths is None:
            return outputs
        if self.go_backwards:
            outputs = tf.reverse(outputs, [1])
        return tf.RaggedTensor.from_tensor(outputs, row_lengths)

    def compute_mask(self, inputs, mask):
        """Returns the mask of a sequence; states and last outputs have none."""
        mask = tf.nest.flatten(mask)[0]
        output_mask = mask if self.return_sequences else None
        if not self.return_state:
            return output_mask
        return [output_mask, *(None for _ in self._state_sizes())]

    def compute_output_shape(self, input_shape):
        """Returns the shape of the output, or a list of all shapes."""
        shape = tf.nest.flatten(_series_shape(input_shape))[0]
        batch, steps = shape[0], shape[1]
        if self.time_major:
            batch, steps = steps, batch
        axes = (steps, batch) if self.time_major else (batch, steps)
        lead = axes if self.return_sequences else (batch,)

        def full_shape(size):
            return tf.TensorShape([*lead, *tf.TensorShape(size)])

        output = tf.nest.map_structure(full_shape, output_shape_of(self.cell))
        if not self.return_state:
            return output
        return [output] + [
            tf.TensorShape([batch, *tf.TensorShape(size)])
            for size in tf.nest.flatten(self.cell.state_size)
        ]

    # States --------------------------------------------------------------

    @property
    def states(self):
        """The states that a stateful layer keeps, a list; None before."""
        if self._states is None:
            return [None for _ in self._state_sizes()]
        return self._states

    def _state_sizes(self):
        size = self.cell.state_size
        return size if isinstance(size, (list, tuple)) else [size]

    def _first_states(self, inputs, initial_state):
        if initial_state is not None:
            states = list(initial_state)
        elif self.stateful:
            states = self._states
        else:
            states = self.get_initial_state(inputs)
        if len(states) != len(self._state_sizes()):
            raise ValueError(
                f"Layer {self.name!r} has {len(self._state_sizes())} states, "
                f"but was passed {len(states)} initial states. Received: "
                f"initial_state={initial_state}."
            )
        dtype = self._autocast_dtype

        def value_of(state):
            value = tf.convert_to_tensor(state)
            if dtype is None or not value.dtype.is_floating:
                return value
            return tf.cast(value, dtype)

        states = [tf.nest.map_structure(value_of, state) for state in states]
        if initial_state is not None:
            self._check_states(states)
        return states

    def _check_states(self, states):
        for index, (state, size) in enumerate(zip(states, self._state_sizes())):
            is_plain = isinstance(size, (int, tf.TensorShape))
            shape = getattr(state, "shape", None)
            if not is_plain or shape is None:
                continue
            if not shape[1:].is_compatible_with(tf.TensorShape(size)):
                raise ValueError(
                    f"State {index} of layer {self.name!r} has the size "
                    f"{size}. Received: an `initial_state` of shape {shape}."
                )

    def get_initial_state(self, inputs):
        """Returns the states that a call starts with if it is given none.

        Args:
            inputs: The inputs of the call.
        """
        series = tf.nest.flatten(inputs)[0]
        batch_size = series.shape[self._batch_axis]
        if batch_size is None:
            batch_size = tf.shape(series)[self._batch_axis]
        get_state = getattr(self.cell, "get_initial_state", None)
        if get_state is not None:
            states = get_state(
                inputs=None, batch_size=batch_size, dtype=series.dtype
            )
        else:
            states = zero_states(self.cell.state_size, batch_size, series.dtype)
        return list(states) if isinstance(states, (list, tuple)) else [states]

    def _make_states(self, batch_size):
        if batch_size is None:
            raise ValueError(
                f"The stateful layer {self.name!r} needs to know its batch "
                "size. Pass `batch_input_shape` to the first layer of a "
                "Sequential, or `batch_size` to `Input`."
            )
        dtype = self.variable_dtype or "float32"
        with tf.init_scope():
            values = self._zero_states(batch_size, tf.as_dtype(dtype))
            self.__dict__["_states"] = [
                tf.nest.map_structure(
                    lambda value: tf.Variable(value, trainable=False), state
                )
                for state in values
            ]

    def _zero_states(self, batch_size, dtype):
        states = zero_states(self.cell.state_size, batch_size, dtype)
        return list(states) if isinstance(states, (list, tuple)) else [states]

    def _keep_states(self, states):
        for variable, value in zip(
            tf.nest.flatten(self._states), tf.nest.flatten(list(states))
        ):
            variable.assign(tf.cast(value, variable.dtype))

    def reset_states(self, states=None):
        """Sets the states that a stateful layer keeps.

        Args:
            states: Arrays, one for each state; zeros by default.

        Raises:
            AttributeError: If the layer is not stateful.
            ValueError: If it was never built, or an array does not fit.
        """
        if not self.stateful:
            raise AttributeError("Layer must be stateful.")
        if self._states is None:
            self._make_states(self._known_batch_size())
        variables = tf.nest.flatten(self._states)
        if states is None:
            for variable in variables:
                variable.assign(tf.zeros_like(variable))
            return
        values = tf.nest.flatten(states)
        if len(values) != len(variables):
            raise ValueError(
                f"Layer {self.name} expects {len(variables)} states, but it "
                f"received {len(values)} state values."
            )
        for variable, value in zip(variables, values):
            if tuple(variable.shape) != tuple(
                tf.convert_to_tensor(value).shape
            ):
                raise ValueError(
                    f"A state of layer {self.name} has shape {variable.shape}."
                    f" Received a value of shape {value.shape}."
                )
            variable.assign(tf.cast(value, variable.dtype))

    def _known_batch_size(self):
        spec = tf.nest.flatten(self.input_spec)[0]
        if spec.shape is None:
            return None
        return spec.shape[self._batch_axis]

    def _trackable_children(self, save_type="checkpoint", **kwargs):
        children = super()._trackable_children(save_type, **kwargs)
        if save_type == "savedmodel" and self._states is not None:
            for index, state in enumerate(tf.nest.flatten(self._states)):
                children[f"state_{index}"] = state
        return children

    def _lookup_dependency(self, name, cached_dependencies=None):
        # Where SavedModels hold states; checkpoints never do.
        if name == "keras_api" and self._states is not None:
            states = tracked_list(tf.nest.flatten(self._states))
            return tracked_dict({"states": states})
        return super()._lookup_dependency(name, cached_dependencies)

    # Config --------------------------------------------------------------

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config.update(
            return_sequences=self.return_sequences,
            return_state=self.return_state,
            go_backwards=self.go_backwards,
            stateful=self.stateful,
            unroll=self.unroll,
            time_major=self.time_major,
        )
        if self._num_constants is not None:
            config["num_constants"] = self._num_constants
        if self.zero_output_for_mask:
            config["zero_output_for_mask"] = True
        config["cell"] = serialize_keras_object(self.cell)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        constants = config.pop("num_constants", None)
        cell = config.pop("cell")
        if isinstance(cell, dict):
            cell = deserialize_part(cell, custom_objects)
        layer = cls(cell, **config)
        layer._num_constants = constants
        return layer


def split_inputs(inputs, initial_state, constants, constant_count):
    """Takes a list of inputs, initial states and constants apart.

    Returns:
        The inputs, a list of states or None, a list of constants or None.
    """
    if isinstance(inputs, list):
        rest = list(inputs[1:])
        inputs = inputs[0]
        if constants is None and constant_count:
            constants = rest[-constant_count:]
            rest = rest[:-constant_count]
        if initial_state is None and rest:
            initial_state = rest
    return inputs, _as_list(initial_state), _as_list(constants)


def _as_list(value):
    if value is None:
        return None
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _is_one(shape):
    return isinstance(shape, tf.TensorShape)


def _series_shape(input_shape):
    """The shape of the inputs alone, out of that of all arguments."""
    shapes = map_shapes(tf.TensorShape, input_shape)
    return shapes[0] if isinstance(shapes, list) else shapes
