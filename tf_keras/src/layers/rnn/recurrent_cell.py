"""What SimpleRNN, GRU and LSTM share: arguments, weights, and the hoisting.

Each of their cells computes in two parts: a product of the inputs, which does
not depend on the states, and the rest. A layer does the first part for all
time steps in one product, and only the rest step by step.
"""

import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.backend.rnn import rnn, swap_batch_and_time
from tf_keras.src.core.call_context import context
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.layers.rnn import hoisted_gradient
from tf_keras.src.layers.rnn.cells import initial_state_of
from tf_keras.src.layers.rnn.recurrent_dropout import SharedDropoutMasks
from tf_keras.src.layers.rnn.rnn import RNN

_FAMILIES = {
    "activation": activations,
    "initializer": initializers,
    "regularizer": regularizers,
    "constraint": constraints,
}
# Arguments of cells that the layers around them have too.
CELL_ARGUMENTS = (
    "activation",
    "use_bias",
    "kernel_initializer",
    "recurrent_initializer",
    "bias_initializer",
    "kernel_regularizer",
    "recurrent_regularizer",
    "bias_regularizer",
    "kernel_constraint",
    "recurrent_constraint",
    "bias_constraint",
    "dropout",
    "recurrent_dropout",
)


class RecurrentCell(SharedDropoutMasks, BaseRandomLayer):
    """The base class of SimpleRNNCell, GRUCell and LSTMCell.

    A subclass sets `gate_count` and writes `advance`.

    Args:
        arguments: The arguments of the subclass's constructor by name.
        **kwargs: Arguments of `BaseRandomLayer`.

    Raises:
        ValueError: If `units` is no positive number.
    """

    gate_count = 1

    def __init__(self, arguments, **kwargs):
        super().__init__(**kwargs)
        units = arguments["units"]
        if units is None or units <= 0:
            raise ValueError(
                f"{type(self).__name__} needs a positive number of `units`. "
                f"Received: units={units!r}."
            )
        for name, value in arguments.items():
            family = _FAMILIES.get(name.rsplit("_", 1)[-1])
            value = family.get(value) if family else value
            if name.endswith("dropout"):
                value = min(1.0, max(0.0, value))
            setattr(self, name, value)
        self.state_size = units
        self.output_size = units

    def build(self, input_shape):
        features = known_size(input_shape, axis=-1)
        width = self.gate_count * self.units
        self.kernel = self._add_matrix("kernel", "kernel", features, width)
        self.recurrent_kernel = self._add_matrix(
            "recurrent_kernel", "recurrent", self.units, width
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=self._bias_shape(),
                initializer=self._first_bias(),
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        super().build(input_shape)

    def _add_matrix(self, name, prefix, *shape):
        return self.add_weight(
            name,
            shape=shape,
            initializer=getattr(self, f"{prefix}_initializer"),
            regularizer=getattr(self, f"{prefix}_regularizer"),
            constraint=getattr(self, f"{prefix}_constraint"),
        )

    def _bias_shape(self):
        return (self.gate_count * self.units,)

    def _first_bias(self):
        return self.bias_initializer

    def _input_bias(self):
        """The part of the bias that is added to the product of the inputs."""
        return self.bias

    def call(self, inputs, states, training=None):
        state = states[0] if tf.nest.is_nested(states) else states
        projected = self.parts(self.project(inputs, training))
        masks = self.get_recurrent_dropout_mask_for_cell(
            state, training, count=self.gate_count
        )
        return self.advance(projected, states, masks, self.step_weights())

    def parts(self, projected):
        """Returns products of inputs as `advance` takes them."""
        return projected

    def has_slopes(self):
        """Whether `slopes` tells the gradients of `hoisted_gradient`."""
        return False

    def project(self, inputs, training, time_axis=None):
        """Returns the part of a step that depends on the inputs alone.

        Args:
            inputs: The inputs of one step, or of all of them.
            training: Whether to drop inputs.
            time_axis: The axis of the steps, if there are all.
        """
        step = inputs
        if time_axis is not None and self.dropout:
            step = tf.gather(inputs, 0, axis=time_axis)
        masks = self.get_dropout_mask_for_cell(
            step, training, count=self.gate_count
        )
        if masks is not None and time_axis is not None:
            masks = [tf.expand_dims(mask, time_axis) for mask in masks]
        bias = self._input_bias()
        if masks is None or self._is_one_product():
            if masks is not None:
                inputs = inputs * masks[0]
            return _affine(inputs, self.kernel, bias)
        kernels = tf.split(self.kernel, self.gate_count, axis=1)
        parts = [_affine(inputs * m, k, None) for m, k in zip(masks, kernels)]
        projected = tf.concat(parts, axis=-1)
        return projected if bias is None else projected + bias

    def _is_one_product(self):
        """Whether all gates share one dropout mask: implementation 2."""
        return getattr(self, "implementation", 2) != 1

    def step_weights(self):
        """Returns the weights that `advance` needs, read once for all steps."""
        return (tf.convert_to_tensor(self.recurrent_kernel),)

    def advance(self, projected, states, masks, weights):
        """Computes the rest of a step.

        Args:
            projected: What `project` returned for the step.
            states: The states before it.
            masks: Dropout masks of the state, one for each gate, or None.
            weights: What `step_weights` returned.

        Returns:
            The output, and the new states.
        """
        raise NotImplementedError

    def recurrent_products(self, state, masks, kernel):
        """Returns state times a recurrent kernel, with masks for its gates."""
        if masks is None:
            return tf.matmul(state, kernel)
        if self._is_one_product():
            return tf.matmul(state * masks[0], kernel)
        kernels = tf.split(kernel, kernel.shape[1] // self.units, axis=1)
        parts = [tf.matmul(state * m, k) for m, k in zip(masks, kernels)]
        return tf.concat(parts, axis=-1)

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """Returns states of zeros, a list.

        Args:
            inputs: A tensor that gives batch size and dtype.
            batch_size: The batch size, if there are no inputs.
            dtype: The dtype, if there are no inputs.
        """
        states = initial_state_of(self, inputs, batch_size, dtype)
        return list(states) if isinstance(states, (list, tuple)) else states

    def get_config(self):
        """Returns what the cell was made with."""
        return super().get_config()


def _affine(inputs, kernel, bias):
    if inputs.shape.rank == 2:
        outputs = tf.matmul(inputs, kernel)
    else:
        outputs = tf.tensordot(inputs, kernel, 1)
        outputs.set_shape((*inputs.shape[:-1], kernel.shape[-1]))
    return outputs if bias is None else tf.nn.bias_add(outputs, bias)


class HoistingRNN(RNN):
    """The base class of SimpleRNN, GRU and LSTM: hoists products of inputs."""

    def __init__(self, cell, **kwargs):
        super().__init__(cell, **kwargs)
        self.input_spec = [InputSpec(ndim=3)]

    def call(self, inputs, mask=None, training=None, initial_state=None):
        return super().call(
            inputs, mask=mask, training=training, initial_state=initial_state
        )

    def _run_series(
        self, inputs, states, mask, row_lengths, training, constants
    ):
        cell = self.cell
        if not is_own(cell):
            return super()._run_series(
                inputs, states, mask, row_lengths, training, constants
            )
        hoists = self._may_hoist_gradient(mask, row_lengths)
        if hoists and not self.time_major:
            inputs = swap_batch_and_time(inputs)
        projected = cell.project(
            inputs, training, time_axis=0 if self.time_major or hoists else 1
        )
        if hoists:
            run, tensors = self._run_hoisted, (projected, states[0], mask)
        else:
            masks = cell.get_recurrent_dropout_mask_for_cell(
                states[0], training, count=cell.gate_count
            )
            run, projected = self._run_steps, cell.parts(projected)
            tensors = (projected, tuple(states), mask, row_lengths, masks)
        if tf.executing_eagerly() and self._is_pure():
            run = self._traced(run)
        return run(*tensors, cell.step_weights())

    def _may_hoist_gradient(self, mask, row_lengths):
        zeroes = mask is not None and (
            self.zero_output_for_mask or mask.shape.rank != 2
        )
        return self.cell.has_slopes() and not (
            zeroes
            or context.saving  # Plain loops are what TensorFlow Lite knows.
            or self.unroll
            or self.cell.recurrent_dropout
            or row_lengths is not None
        )

    def _run_hoisted(self, projected, state, mask, weights):
        if mask is not None:
            mask = tf.cast(mask, tf.bool)
            mask = mask if self.time_major else tf.transpose(mask)
        if self.go_backwards:
            projected = tf.reverse(projected, [0])
            mask = None if mask is None else tf.reverse(mask, [0])
        states = outputs = hoisted_gradient.run(
            self.cell, projected, state, weights, mask, self.return_sequences
        )
        if mask is not None:  # There is no output before the first step.
            seen = tf.cumsum(tf.cast(mask, tf.int32)) > 0
            seen = seen if self.return_sequences else seen[-1]
            outputs = tf.where(seen[..., None], states, tf.zeros_like(states))
        if not self.return_sequences:
            return outputs, None, (states,)
        last = outputs[-1]
        if not self.time_major:
            outputs = swap_batch_and_time(outputs)
        return last, outputs, (states[-1],)

    def _run_steps(self, projected, states, mask, row_lengths, masks, weights):
        cell = self.cell
        return rnn(
            lambda step, states: cell.advance(step, states, masks, weights),
            projected,
            states,
            go_backwards=self.go_backwards,
            mask=mask,
            unroll=self.unroll,
            input_length=row_lengths,
            time_major=self.time_major,
            zero_output_for_mask=self.zero_output_for_mask,
            return_all_outputs=self.return_sequences,
        )

    def _is_pure(self):
        """Whether steps compute only with functions of this package."""
        functions = (
            self.cell.activation,
            getattr(self.cell, "recurrent_activation", None),
        )
        return all(
            getattr(function, "__module__", "").startswith("tf_keras.src.")
            for function in functions
            if function is not None
        )

    def _traced(self, run):
        """All steps as one graph: eager steps cost 20 times as much."""
        graphs = self.__dict__.setdefault("_steps_graphs", {})
        if run.__name__ not in graphs:
            graphs[run.__name__] = tf.function(
                run, reduce_retracing=True, autograph=False
            )
        return graphs[run.__name__]

    def __getstate__(self):
        state = super().__getstate__()
        state.pop("_steps_graphs", None)
        return state

    def get_config(self):
        """Returns what the layer was made with: the cell's arguments too."""
        config = super().get_config()
        del config["cell"]
        return config

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        config = dict(config)
        if config.get("implementation") == 0:
            config["implementation"] = 1  # Written by Keras 1 and 2.0.
        return cls(**config)


def is_own(cell):
    """Whether a cell computes as its class in this wing does."""
    return isinstance(cell, RecurrentCell) and (
        type(cell).call.__module__.startswith("tf_keras.src.layers.rnn.")
    )


def argument_of_cell(name):
    """Returns a property of a layer that reads an argument of its cell."""
    return property(
        lambda layer: getattr(layer.cell, name),
        doc=f"The argument `{name}` of the cell.",
    )


def cell_options(kwargs):
    """The constructor arguments of a layer that its cell gets too."""
    return {
        "trainable": kwargs.get("trainable", True),
        "dtype": kwargs.get("dtype"),
    }
