"""SimpleRNN: the fully connected recurrent layer (Elman 1990)."""

import tensorflow as tf

from tf_keras.src import activations
from tf_keras.src.layers.rnn.recurrent_cell import (
    CELL_ARGUMENTS,
    HoistingRNN,
    RecurrentCell,
    argument_of_cell,
    cell_options,
)
from tf_keras.src.serialization.constructor_config import arguments_config


class SimpleRNNCell(RecurrentCell):
    """One step of a `SimpleRNN`: its output is its next state.

    Elman 1990, Finding Structure in Time,
    https://doi.org/10.1207/s15516709cog1402_1

    Args:
        units: Size of the output and of the state.
        activation: What to apply to the outputs.
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
        **kwargs: `name`, `dtype`, `trainable`, `seed`.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> output, states = SimpleRNNCell(4)(tf.ones((2, 3)), [tf.zeros((2, 4))])
    >>> output.shape
    TensorShape([2, 4])
    """

    def __init__(
        self,
        units,
        activation="tanh",
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
        **kwargs,
    ):
        given = locals()
        arguments = {name: given[name] for name in ("units", *CELL_ARGUMENTS)}
        super().__init__(arguments, **kwargs)

    def has_slopes(self):
        """Whether `slopes` tells the gradients of `hoisted_gradient`."""
        return self.activation is activations.tanh

    kept_widths = ()

    def renew(self, projected, state, weights):
        """Does what `hoisted_gradient.run` asks for."""
        return tf.tanh(projected + tf.matmul(state, weights[0])), []

    def slopes(self, before, states):
        """Returns what `hoisted_gradient.run` asks for."""
        return 1.0 - tf.square(states), None, None

    def advance(self, projected, states, masks, weights):
        is_nested = tf.nest.is_nested(states)
        state = states[0] if is_nested else states
        output = projected + self.recurrent_products(state, masks, weights[0])
        if self.activation is not activations.linear:
            output = self.activation(output)
        return output, [output] if is_nested else output

    def get_config(self):
        """Returns what the cell was made with."""
        config = super().get_config()
        return {**config, **arguments_config(self, SimpleRNNCell)}


class SimpleRNN(HoistingRNN):
    """A recurrent layer whose output is its next state.

    Args:
        units: Size of the output and of the state.
        activation: What to apply to the outputs.
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
        **kwargs: More arguments of `RNN`.

    Call arguments:
        As of `RNN`.

    Raises:
        ValueError: If `units` is not positive.

    Example:

    >>> SimpleRNN(4)(tf.ones((2, 3, 5))).shape
    TensorShape([2, 4])
    """

    def __init__(
        self,
        units,
        activation="tanh",
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
        **kwargs,
    ):
        given = locals()
        cell = SimpleRNNCell(
            units,
            **{name: given[name] for name in CELL_ARGUMENTS},
            name="simple_rnn_cell",
            **cell_options(kwargs),
        )
        # Files of older programs hold it; this layer has one way to compute.
        kwargs.pop("implementation", None)
        super().__init__(
            cell,
            return_sequences=return_sequences,
            return_state=return_state,
            go_backwards=go_backwards,
            stateful=stateful,
            unroll=unroll,
            activity_regularizer=activity_regularizer,
            **kwargs,
        )

    units = argument_of_cell("units")
    activation = argument_of_cell("activation")
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

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        return {**config, **arguments_config(self, SimpleRNN)}
