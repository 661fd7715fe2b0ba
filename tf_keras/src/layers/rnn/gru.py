"""GRU: the gated recurrent unit (Cho et al. 2014)."""

import tensorflow as tf

from tf_keras.src import activations
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

_OWN = ("recurrent_activation", "reset_after")


class GRUCell(RecurrentCell):
    """One step of a `GRU`: its output is its next state.

    Columns of the matrices belong to the update gate, the reset gate and the
    candidate, in this order.

    Cho et al. 2014, Learning Phrase Representations using RNN
    Encoder-Decoder, https://arxiv.org/abs/1406.1078. `reset_after=True` is
    the form of cuDNN, of the paper's first version.

    Args:
        units: Size of the output and of the state.
        activation: What to apply to the candidate.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' matrix.
        recurrent_initializer: First values of the state's matrix.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the inputs' matrix.
        recurrent_regularizer: Penalty on the state's matrix.
        bias_regularizer: Penalty on the bias.
        kernel_constraint: Projection of the inputs' matrix.
        recurrent_constraint: Projection of the state's matrix.
        bias_constraint: Projection of the bias.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        reset_after: Whether the reset gate acts after the state's matrix,
            which has a bias of its own then, or before.
        **kwargs: `name`, `dtype`, `trainable`, `seed`; `implementation`: 1
            for a dropout mask of its own for each gate, 2 for one.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> output, states = GRUCell(4)(tf.ones((2, 3)), [tf.zeros((2, 4))])
    >>> output.shape
    TensorShape([2, 4])
    """

    gate_count = 3

    def __init__(
        self,
        units,
        activation="tanh",
        recurrent_activation="sigmoid",
        use_bias=True,
        kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal",
        bias_initializer="zeros",
        kernel_regularizer=None,
        recurrent_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        recurrent_constraint=None,
        bias_constraint=None,
        dropout=0.0,
        recurrent_dropout=0.0,
        reset_after=True,
        **kwargs,
    ):
        given = locals()
        names = ("units", *CELL_ARGUMENTS, *_OWN)
        implementation = kwargs.pop("implementation", 2)
        super().__init__({name: given[name] for name in names}, **kwargs)
        # Drops on states never share a mask between gates.
        self.implementation = 1 if self.recurrent_dropout else implementation

    def _bias_shape(self):
        width = self.units * 3
        return (2, width) if self.reset_after else (width,)

    def _input_bias(self):
        if self.bias is None or not self.reset_after:
            return self.bias
        return tf.unstack(self.bias)[0]

    def parts(self, x):
        """Returns the columns of both gates, and those of the candidate."""
        return tf.split(x, [2 * self.units, self.units], axis=-1)

    def has_slopes(self):
        """Whether `slopes` tells the gradients of `hoisted_gradient`."""
        return (
            self.reset_after
            and self.activation is activations.tanh
            and self.recurrent_activation is activations.sigmoid
        )

    kept_widths = (2, 1, 1)

    def renew(self, projected, state, weights):
        """Does what `hoisted_gradient.run` asks for."""
        kernel, bias = weights
        inner = _with_bias(tf.matmul(state, kernel), bias)
        gates, *kept = self._gated(*self.parts(projected), inner)
        update, candidate = self._halves(gates)[0], kept[-1]
        return candidate + update * (state - candidate), [gates, *kept]

    def slopes(self, before, _, gates, inner, candidate):
        """Returns what `hoisted_gradient.run` asks for."""
        update, reset = self._halves(gates)
        of_candidate = (1.0 - update) * (1.0 - tf.square(candidate))
        of_update = (before - candidate) * update * (1.0 - update)
        of_reset = of_candidate * inner * reset * (1.0 - reset)
        of_sums = (of_update, of_reset, of_candidate * reset)
        return tf.concat(of_sums, -1), of_candidate, update

    def _gated(self, gates, candidate, inner):
        """The gates, the last product, and the candidate after the reset."""
        inner_gates, inner = self.parts(inner)
        gates = self.recurrent_activation(gates + inner_gates)
        reset = self._halves(gates)[1]
        return gates, inner, self._activated(candidate + reset * inner)

    def step_weights(self):
        kernel = tf.convert_to_tensor(self.recurrent_kernel)
        if not self.reset_after:
            return tuple(self.parts(kernel))
        if self.bias is None:
            return kernel, None
        return kernel, tf.unstack(self.bias)[1]

    def advance(self, projected, states, masks, weights):
        is_nested = tf.nest.is_nested(states)
        state = states[0] if is_nested else states
        if self.reset_after:
            kernel, bias = weights
            inner = self.recurrent_products(state, masks, kernel)
            inner = _with_bias(inner, bias)
            gates, _, candidate = self._gated(*projected, inner)
            update = self._halves(gates)[0]
        else:
            update, candidate = self._reset_before(
                projected, state, masks, *weights
            )
        output = candidate + update * (state - candidate)
        return output, [output] if is_nested else output

    def _reset_before(self, projected, state, masks, kernel, last_kernel):
        gates, candidate = projected
        gates += self.recurrent_products(state, masks, kernel)
        update, reset = self._halves(self.recurrent_activation(gates))
        if masks is not None:
            state = state * masks[0 if self._is_one_product() else 2]
        inner = tf.matmul(reset * state, last_kernel)
        return update, self._activated(candidate + inner)

    def _halves(self, gates):
        return tf.split(gates, 2, axis=-1)

    def _activated(self, candidate):
        if self.activation is activations.linear:
            return candidate
        return self.activation(candidate)

    def get_config(self):
        """Returns what the cell was made with."""
        return {
            **super().get_config(),
            **arguments_config(self, GRUCell, skip=("reset_after",)),
            "implementation": self.implementation,
            "reset_after": self.reset_after,
        }


def _with_bias(products, bias):
    return products if bias is None else tf.nn.bias_add(products, bias)


class GRU(SharedDropoutMasks, HoistingRNN, BaseRandomLayer):
    """A recurrent layer with gates for how much of its state to renew.

    The products of the inputs are computed for all steps at once. On a GPU,
    with `activation="tanh"`, `recurrent_activation="sigmoid"`,
    `reset_after=True` and no recurrent dropout, cuDNN runs all steps, masks
    included; that path was not run by us.

    Args:
        units: Size of the output and of the state.
        activation: What to apply to the candidate.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' matrix.
        recurrent_initializer: First values of the state's matrix.
        bias_initializer: First values of the bias.
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
        unroll: As of `RNN`.
        time_major: As of `RNN`.
        reset_after: As of `GRUCell`.
        **kwargs: More arguments of `RNN` and of `GRUCell`.

    Call arguments:
        As of `RNN`.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> GRU(4, return_sequences=True)(tf.ones((2, 3, 5))).shape
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
        unroll=False,
        time_major=False,
        reset_after=True,
        **kwargs,
    ):
        given = locals()
        cell = GRUCell(
            units,
            **{name: given[name] for name in (*CELL_ARGUMENTS, *_OWN)},
            implementation=kwargs.pop("implementation", 2),
            name="gru_cell",
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
            and cell.reset_after
        )

    units = argument_of_cell("units")
    activation = argument_of_cell("activation")
    recurrent_activation = argument_of_cell("recurrent_activation")
    use_bias = argument_of_cell("use_bias")
    kernel_initializer = argument_of_cell("kernel_initializer")
    recurrent_initializer = argument_of_cell("recurrent_initializer")
    bias_initializer = argument_of_cell("bias_initializer")
    kernel_regularizer = argument_of_cell("kernel_regularizer")
    recurrent_regularizer = argument_of_cell("recurrent_regularizer")
    bias_regularizer = argument_of_cell("bias_regularizer")
    kernel_constraint = argument_of_cell("kernel_constraint")
    recurrent_constraint = argument_of_cell("recurrent_constraint")
    bias_constraint = argument_of_cell("bias_constraint")
    dropout = argument_of_cell("dropout")
    recurrent_dropout = argument_of_cell("recurrent_dropout")
    implementation = argument_of_cell("implementation")
    reset_after = argument_of_cell("reset_after")

    def _run_series(
        self, inputs, states, mask, row_lengths, training, constants
    ):
        cell = self.cell
        if not (
            self._may_fuse
            and fused_kernels.can_run_gru(inputs.dtype)
            and is_own(cell)
        ):
            return super()._run_series(
                inputs, states, mask, row_lengths, training, constants
            )
        series = fused_kernels.Series(self, inputs, mask, row_lengths)
        masks = cell.get_dropout_mask_for_cell(
            series.first_step, training, count=cell.gate_count
        )
        if masks is not None:
            series.drop(masks[0])
        outputs = fused_kernels.cudnn_gru(
            series, states[0], cell.kernel, cell.recurrent_kernel, cell.bias
        )
        return (
            series.last_output(outputs),
            series.unpacked(outputs) if self.return_sequences else None,
            (series.last(outputs, states[0]),),
        )

    def get_config(self):
        """Returns what the layer was made with."""
        return {
            **super().get_config(),
            **arguments_config(self, GRU, skip=("reset_after",)),
            "implementation": self.implementation,
            "reset_after": self.reset_after,
        }
