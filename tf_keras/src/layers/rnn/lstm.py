"""LSTM: long short-term memory (Hochreiter and Schmidhuber 1997)."""

import tensorflow as tf

from tf_keras.src import activations, initializers
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.layers.rnn import fused_kernels
from tf_keras.src.layers.rnn.recurrent_cell import (
    CELL_ARGUMENTS,
    HoistingRNN,
    RecurrentCell,
    argument_of_cell,
    cell_options,
    is_own,
)
from tf_keras.src.layers.rnn.recurrent_dropout import SharedDropoutMasks
from tf_keras.src.serialization.constructor_config import arguments_config

_OWN = ("recurrent_activation", "unit_forget_bias")


class LSTMCell(RecurrentCell):
    """One step of an `LSTM`. Its states are the output and the memory.

    Columns of the matrices belong to the input gate, the forget gate, the
    candidate and the output gate, in this order.

    Hochreiter and Schmidhuber 1997, Long Short-Term Memory,
    https://doi.org/10.1162/neco.1997.9.8.1735; with the forget gate of Gers
    et al. 2000, https://doi.org/10.1162/089976600300015015

    Args:
        units: Size of the output and of each state.
        activation: What to apply to the candidate and to the memory.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' matrix.
        recurrent_initializer: First values of the state's matrix.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts as 1
            (Jozefowicz et al. 2015,
            https://proceedings.mlr.press/v37/jozefowicz15.html).
        kernel_regularizer: Penalty on the inputs' matrix.
        recurrent_regularizer: Penalty on the state's matrix.
        bias_regularizer: Penalty on the bias.
        kernel_constraint: Projection of the inputs' matrix.
        recurrent_constraint: Projection of the state's matrix.
        bias_constraint: Projection of the bias.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        **kwargs: `name`, `dtype`, `trainable`, `seed`; `implementation`: 1
            for a dropout mask of its own for each gate, 2 for one.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> cell = LSTMCell(4)
    >>> output, states = cell(tf.ones((2, 3)), [tf.zeros((2, 4))] * 2)
    >>> output.shape
    TensorShape([2, 4])
    """

    gate_count = 4

    def __init__(
        self,
        units,
        activation="tanh",
        recurrent_activation="sigmoid",
        use_bias=True,
        kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal",
        bias_initializer="zeros",
        unit_forget_bias=True,
        kernel_regularizer=None,
        recurrent_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        recurrent_constraint=None,
        bias_constraint=None,
        dropout=0.0,
        recurrent_dropout=0.0,
        **kwargs,
    ):
        given = locals()
        names = ("units", *CELL_ARGUMENTS, *_OWN)
        implementation = kwargs.pop("implementation", 2)
        super().__init__({name: given[name] for name in names}, **kwargs)
        # Drops on states never share a mask between gates.
        self.implementation = 1 if self.recurrent_dropout else implementation
        self.state_size = [units, units]

    def _first_bias(self):
        if not self.unit_forget_bias:
            return self.bias_initializer

        def initialize(_, *args, **kwargs):
            units = self.units
            return tf.concat(
                [
                    self.bias_initializer((units,), *args, **kwargs),
                    initializers.get("ones")((units,), *args, **kwargs),
                    self.bias_initializer((units * 2,), *args, **kwargs),
                ],
                axis=0,
            )

        return initialize

    def advance(self, projected, states, masks, weights):
        state, memory = states[0], states[1]
        gates = projected + self.recurrent_products(state, masks, weights[0])
        in_gate, forget_gate, candidate, out_gate = tf.split(gates, 4, axis=-1)
        squash, open_gate = self.activation, self.recurrent_activation
        memory = open_gate(forget_gate) * memory + (
            open_gate(in_gate) * squash(candidate)
        )
        output = open_gate(out_gate) * squash(memory)
        return output, [output, memory]

    def get_config(self):
        """Returns what the cell was made with."""
        return {
            **super().get_config(),
            **arguments_config(self, LSTMCell),
            "implementation": self.implementation,
        }


class LSTM(SharedDropoutMasks, HoistingRNN, BaseRandomLayer):
    """A recurrent layer with a memory that gates write, keep and read.

    With `activation="tanh"`, `recurrent_activation="sigmoid"` and no
    recurrent dropout it runs as one kernel over all steps: TensorFlow's
    `BlockLSTM` on CPU, cuDNN on a GPU, masks included; see
    `fused_kernels.py`. The cuDNN path was not run by us on a GPU.

    Args:
        units: Size of the output and of each state.
        activation: What to apply to the candidate and to the memory.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' matrix.
        recurrent_initializer: First values of the state's matrix.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts as 1.
        kernel_regularizer: Penalty on the inputs' matrix.
        recurrent_regularizer: Penalty on the state's matrix.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the inputs' matrix.
        recurrent_constraint: Projection of the state's matrix.
        bias_constraint: Projection of the bias.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        return_sequences: As of `RNN`.
        return_state: As of `RNN`.
        go_backwards: As of `RNN`.
        stateful: As of `RNN`.
        time_major: As of `RNN`.
        unroll: As of `RNN`.
        **kwargs: More arguments of `RNN` and of `LSTMCell`.

    Call arguments:
        As of `RNN`.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> LSTM(4, return_sequences=True)(tf.ones((2, 3, 5))).shape
    TensorShape([2, 3, 4])
    """

    def __init__(
        self,
        units,
        activation="tanh",
        recurrent_activation="sigmoid",
        use_bias=True,
        kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal",
        bias_initializer="zeros",
        unit_forget_bias=True,
        kernel_regularizer=None,
        recurrent_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        recurrent_constraint=None,
        bias_constraint=None,
        dropout=0.0,
        recurrent_dropout=0.0,
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        time_major=False,
        unroll=False,
        **kwargs,
    ):
        given = locals()
        cell = LSTMCell(
            units,
            **{name: given[name] for name in (*CELL_ARGUMENTS, *_OWN)},
            implementation=kwargs.pop("implementation", 2),
            name="lstm_cell",
            seed=kwargs.get("seed"),
            **cell_options(kwargs),
        )
        super().__init__(
            cell,
            return_sequences=return_sequences,
            return_state=return_state,
            go_backwards=go_backwards,
            stateful=stateful,
            unroll=unroll,
            time_major=time_major,
            activity_regularizer=activity_regularizer,
            **kwargs,
        )
        self._may_fuse = (
            cell.activation is activations.tanh
            and cell.recurrent_activation is activations.sigmoid
            and cell.recurrent_dropout == 0
            and cell.implementation != 1
        )

    units = argument_of_cell("units")
    activation = argument_of_cell("activation")
    recurrent_activation = argument_of_cell("recurrent_activation")
    use_bias = argument_of_cell("use_bias")
    kernel_initializer = argument_of_cell("kernel_initializer")
    recurrent_initializer = argument_of_cell("recurrent_initializer")
    bias_initializer = argument_of_cell("bias_initializer")
    unit_forget_bias = argument_of_cell("unit_forget_bias")
    kernel_regularizer = argument_of_cell("kernel_regularizer")
    recurrent_regularizer = argument_of_cell("recurrent_regularizer")
    bias_regularizer = argument_of_cell("bias_regularizer")
    kernel_constraint = argument_of_cell("kernel_constraint")
    recurrent_constraint = argument_of_cell("recurrent_constraint")
    bias_constraint = argument_of_cell("bias_constraint")
    dropout = argument_of_cell("dropout")
    recurrent_dropout = argument_of_cell("recurrent_dropout")
    implementation = argument_of_cell("implementation")

    def _run_series(
        self, inputs, states, mask, row_lengths, training, constants
    ):
        cell = self.cell
        if not (
            self._may_fuse
            and is_own(cell)
            and fused_kernels.can_run_lstm(inputs.dtype)
        ):
            return super()._run_series(
                inputs, states, mask, row_lengths, training, constants
            )
        weights = (cell.kernel, cell.recurrent_kernel, cell.bias)
        weights = [
            None if w is None else tf.convert_to_tensor(w) for w in weights
        ]
        masks = (
            cell.get_dropout_mask_for_cell(
                inputs[0] if self.time_major else inputs[:, 0],
                training,
                count=cell.gate_count,
            )
            if cell.dropout
            else None
        )
        run = self._run_fused
        if tf.executing_eagerly():
            run = self._traced(run)
        return run(inputs, tuple(states), mask, row_lengths, masks, weights)

    def _run_fused(self, inputs, states, mask, row_lengths, masks, weights):
        series = fused_kernels.Series(self, inputs, mask, row_lengths)
        if masks is not None:
            series.drop(masks[0])
        outputs, memory = fused_kernels.lstm(series, states, *weights)
        return (
            series.last_output(outputs),
            series.unpacked(outputs) if self.return_sequences else None,
            (
                series.last(outputs, states[0]),
                series.last(memory, states[1]),
            ),
        )

    def get_config(self):
        """Returns what the layer was made with."""
        return {
            **super().get_config(),
            **arguments_config(self, LSTM),
            "implementation": self.implementation,
        }
