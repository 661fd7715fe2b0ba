"""ConvLSTM1D, ConvLSTM2D, ConvLSTM3D: LSTM whose products are convolutions."""

import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.backend.conv_geometry import (
    conv_output_length,
    normalize_data_format,
    normalize_padding,
    normalize_tuple,
)
from tf_keras.src.core.input_spec import InputSpec, known_size
from tf_keras.src.core.random_layer import BaseRandomLayer
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.layers.convolutional.kernels import convolve
from tf_keras.src.layers.rnn.recurrent_cell import (
    argument_of_cell,
    cell_options,
)
from tf_keras.src.layers.rnn.recurrent_dropout import SharedDropoutMasks
from tf_keras.src.layers.rnn.rnn import RNN
from tf_keras.src.serialization.constructor_config import arguments_config

# Arguments of the layers that their cell does not have.
_OF_LAYER = (
    "return_sequences",
    "return_state",
    "go_backwards",
    "stateful",
    "activity_regularizer",
)
_NOT_ARGUMENTS = ("self", "kwargs", "__class__")


class ConvLSTMCell(SharedDropoutMasks, BaseRandomLayer):
    """One step of a ConvLSTM; its states are the output and the memory.

    Args:
        rank: How many axes of space there are.
        arguments: The arguments of the layer's constructor by name.
        **kwargs: Arguments of `BaseRandomLayer`.

    Raises:
        ValueError: If an argument is out of range.
    """

    gate_count = 4

    def __init__(self, rank, arguments, **kwargs):
        super().__init__(**kwargs)
        families = {
            "activation": activations,
            "initializer": initializers,
            "regularizer": regularizers,
            "constraint": constraints,
        }
        for name, value in arguments.items():
            family = families.get(name.rsplit("_", 1)[-1])
            setattr(self, name, family.get(value) if family else value)
        self.rank = rank
        self.data_format = normalize_data_format(self.data_format)
        self.padding = normalize_padding(self.padding)
        for name in ("kernel_size", "strides", "dilation_rate"):
            value = normalize_tuple(getattr(self, name), rank, name)
            setattr(self, name, value)
        if self.filters is not None and self.filters <= 0:
            raise ValueError(
                "A ConvLSTM needs a positive number of `filters`. Received: "
                f"filters={self.filters}."
            )
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "A ConvLSTM can't have strides and dilation at once. Received:"
                f" strides={self.strides}, dilation_rate={self.dilation_rate}."
            )
        self.dropout = min(1.0, max(0.0, self.dropout))
        self.recurrent_dropout = min(1.0, max(0.0, self.recurrent_dropout))
        self.channel_axis = -1 - rank if self._is_first() else -1

    def _is_first(self):
        return self.data_format == "channels_first"

    @property
    def state_size(self):
        """Two states: as many channels as filters; space is not known yet."""
        return [self.filters, self.filters]

    def build(self, input_shape):
        channels = known_size(input_shape, self.channel_axis)
        width = self.filters * 4
        self.kernel = self._add_kernel("kernel", "kernel", channels, width)
        self.recurrent_kernel = self._add_kernel(
            "recurrent_kernel", "recurrent", self.filters, width
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                shape=(width,),
                initializer=self._first_bias,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        super().build(input_shape)

    def _add_kernel(self, name, prefix, *channels):
        return self.add_weight(
            name,
            shape=(*self.kernel_size, *channels),
            initializer=getattr(self, f"{prefix}_initializer"),
            regularizer=getattr(self, f"{prefix}_regularizer"),
            constraint=getattr(self, f"{prefix}_constraint"),
        )

    def _first_bias(self, shape, *args, **kwargs):
        if not self.unit_forget_bias:
            return self.bias_initializer(shape, *args, **kwargs)
        one = (self.filters,)
        return tf.concat(
            [
                self.bias_initializer(one, *args, **kwargs),
                initializers.get("ones")(one, *args, **kwargs),
                self.bias_initializer((2 * self.filters,), *args, **kwargs),
            ],
            axis=0,
        )

    def call(self, inputs, states, training=None):
        state, memory = states[0], states[1]
        gates = [
            from_inputs + from_state
            for from_inputs, from_state in zip(
                self._products_of_inputs(inputs, training),
                self._products_of_state(state, training),
            )
        ]
        open_gate, squash = self.recurrent_activation, self.activation
        in_gate, forget_gate, candidate, out_gate = gates
        memory = open_gate(forget_gate) * memory + (
            open_gate(in_gate) * squash(candidate)
        )
        output = open_gate(out_gate) * squash(memory)
        return output, [output, memory]

    def _products_of_inputs(self, inputs, training):
        masks = self.get_dropout_mask_for_cell(inputs, training, count=4)
        products = self._products(
            inputs, masks, self.kernel, self.convolve_inputs
        )
        if self.bias is None:
            return products
        shape = [1] * (self.rank + 2)
        shape[self.channel_axis] = self.filters
        return [
            product + tf.reshape(bias, shape)
            for product, bias in zip(products, tf.split(self.bias, 4))
        ]

    def _products_of_state(self, state, training):
        masks = self.get_recurrent_dropout_mask_for_cell(
            state, training, count=4
        )
        return self._products(
            state, masks, self.recurrent_kernel, self._convolve_state
        )

    def _products(self, x, masks, kernel, convolution):
        """The convolutions for the four gates."""
        if masks is None:
            return tf.split(convolution(x, kernel), 4, axis=self.channel_axis)
        kernels = tf.split(kernel, 4, axis=-1)
        return [convolution(x * m, k) for m, k in zip(masks, kernels)]

    def convolve_inputs(self, x, kernel):
        """Returns the convolution that makes gates of inputs."""
        return convolve(
            x,
            kernel,
            self.strides,
            self.padding,
            self.data_format,
            self.dilation_rate,
            1,
        )

    def _convolve_state(self, x, kernel):
        ones = (1,) * self.rank
        return convolve(x, kernel, ones, "same", self.data_format, ones, 1)

    def get_config(self):
        """Returns what the cell was made with."""
        config = super().get_config()
        names = (*_CELL_NAMES, "dropout", "recurrent_dropout")
        return {**config, **{name: getattr(self, name) for name in names}}


_CELL_NAMES = ("filters", "kernel_size", "strides", "padding", "data_format")


class ConvLSTM(RNN):
    """What ConvLSTM1D, ConvLSTM2D and ConvLSTM3D share.

    Args:
        rank: How many axes of space there are.
        given: The arguments of the subclass's constructor by name.
        kwargs: More arguments of `RNN`.
    """

    def __init__(self, rank, given, kwargs):
        if kwargs.get("unroll") or kwargs.get("time_major"):
            raise TypeError(
                f"{type(self).__name__} has no `unroll` and no `time_major`. "
                f"Received: {kwargs}."
            )
        arguments = {
            name: value
            for name, value in given.items()
            if name not in (*_OF_LAYER, *_NOT_ARGUMENTS)
        }
        kwargs = {
            key: value
            for key, value in kwargs.items()
            if key not in ("unroll", "time_major")  # False, from a config.
        }
        cell = ConvLSTMCell(rank, arguments, **cell_options(kwargs))
        super().__init__(
            cell, **{name: given[name] for name in _OF_LAYER}, **kwargs
        )
        self.rank = rank
        self.input_spec = [InputSpec(ndim=rank + 3)]

    def _build_cell(self, step_shape):
        # Weights have the names of the layer, without one of the cell.
        if not self.cell.built:
            self.cell.build(step_shape)
            self.cell.built = True
        self.__dict__["_space"] = self._output_space(step_shape)

    def call(self, inputs, mask=None, training=None, initial_state=None):
        return super().call(
            inputs, mask=mask, training=training, initial_state=initial_state
        )

    def _output_space(self, step_shape):
        cell = self.cell
        is_last = cell.channel_axis == -1
        sizes = step_shape[1:-1] if is_last else step_shape[2:]
        return tuple(
            conv_output_length(size, window, cell.padding, stride, dilation)
            for size, window, stride, dilation in zip(
                sizes, cell.kernel_size, cell.strides, cell.dilation_rate
            )
        )

    def _with_channels(self, space):
        if self.cell.channel_axis == -1:
            return (*space, self.cell.filters)
        return (self.cell.filters, *space)

    def get_initial_state(self, inputs):
        """Returns states of zeros, of the size of the first output.

        Args:
            inputs: The inputs of the call.
        """
        cell = self.cell
        # A convolution with nothing tells the size, known or not.
        step = tf.zeros_like(inputs[:, 0])
        channels = step.shape[cell.channel_axis]
        kernel = tf.zeros(
            (*cell.kernel_size, channels, cell.filters), step.dtype
        )
        state = cell.convolve_inputs(step, kernel)
        return [state, state]

    def _zero_states(self, batch_size, dtype):
        shape = (batch_size, *self._with_channels(self._space))
        if None in shape:
            raise ValueError(
                f"The stateful layer {self.name!r} needs to know the whole "
                f"shape of its inputs. Its states would have shape {shape}."
            )
        return [tf.zeros(shape, dtype)] * 2

    def compute_output_shape(self, input_shape):
        """Returns the shape of the output, or a list of all shapes."""
        shape = map_shapes(tf.TensorShape, input_shape)
        shape = shape[0] if isinstance(shape, list) else shape
        step = tf.TensorShape([shape[0], *shape[2:]])
        state = self._with_channels(self._output_space(step))
        lead = shape[:2] if self.return_sequences else shape[:1]
        output = lead.concatenate(state)
        if not self.return_state:
            return output
        return [output] + [shape[:1].concatenate(state)] * 2

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        del config["cell"]
        # The base class has told what belongs to every RNN.
        more = arguments_config(self, type(self)._argument_class(), _OF_RNN)
        config = {key: config[key] for key in config if key not in more}
        return {**config, **more}

    @classmethod
    def _argument_class(cls):
        """The class whose constructor names the arguments of the config."""
        return next(c for c in cls.__mro__ if ConvLSTM in c.__bases__)

    @classmethod
    def from_config(cls, config):
        """Makes a layer from what `get_config` returned."""
        return cls(**config)

    filters = argument_of_cell("filters")
    kernel_size = argument_of_cell("kernel_size")
    strides = argument_of_cell("strides")
    padding = argument_of_cell("padding")
    data_format = argument_of_cell("data_format")
    dilation_rate = argument_of_cell("dilation_rate")
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


_OF_RNN = ("return_sequences", "return_state", "go_backwards", "stateful")


class ConvLSTM1D(ConvLSTM):
    """Recurrent layer over series of series, with convolutions in an LSTM.

    Shi et al. 2015, Convolutional LSTM Network: A Machine Learning Approach
    for Precipitation Nowcasting, https://arxiv.org/abs/1506.04214; without
    the peepholes of the paper.

    Args:
        filters: How many channels the output and each state have.
        kernel_size: Size of the window.
        strides: How far the window moves over the inputs at a time.
        padding: `"valid"` or `"same"`, for the inputs; states keep their size.
        data_format: `"channels_last"` or `"channels_first"`.
        dilation_rate: Distance between neighbours in the window.
        activation: What to apply to the candidate and to the memory.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' kernel.
        recurrent_initializer: First values of the state's kernel.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts as 1.
        kernel_regularizer: Penalty on the inputs' kernel.
        recurrent_regularizer: Penalty on the state's kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the inputs' kernel.
        recurrent_constraint: Projection of the state's kernel.
        bias_constraint: Projection of the bias.
        return_sequences: As of `RNN`.
        return_state: As of `RNN`.
        go_backwards: As of `RNN`.
        stateful: As of `RNN`.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        **kwargs: More arguments of `RNN`.

    Input shape:
        `(batch, steps, length, channels)`,
        or channels before space.

    Output shape:
        `(batch, new_length, filters)`,
        with `steps` after the batch for sequences.

    Raises:
        ValueError: For an argument that is out of range.
        TypeError: For `unroll` and `time_major`.

    Example:

    >>> ConvLSTM1D(2, 3)(tf.ones((1, 4, 5, 3))).shape
    TensorShape([1, 3, 2])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        dilation_rate=1,
        activation="tanh",
        recurrent_activation="hard_sigmoid",
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
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        dropout=0.0,
        recurrent_dropout=0.0,
        **kwargs,
    ):
        super().__init__(1, locals(), kwargs)


class ConvLSTM2D(ConvLSTM):
    """Recurrent layer over series of images, with convolutions in an LSTM.

    Shi et al. 2015, Convolutional LSTM Network: A Machine Learning Approach
    for Precipitation Nowcasting, https://arxiv.org/abs/1506.04214; without
    the peepholes of the paper.

    Args:
        filters: How many channels the output and each state have.
        kernel_size: Size of the window.
        strides: How far the window moves over the inputs at a time.
        padding: `"valid"` or `"same"`, for the inputs; states keep their size.
        data_format: `"channels_last"` or `"channels_first"`.
        dilation_rate: Distance between neighbours in the window.
        activation: What to apply to the candidate and to the memory.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' kernel.
        recurrent_initializer: First values of the state's kernel.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts as 1.
        kernel_regularizer: Penalty on the inputs' kernel.
        recurrent_regularizer: Penalty on the state's kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the inputs' kernel.
        recurrent_constraint: Projection of the state's kernel.
        bias_constraint: Projection of the bias.
        return_sequences: As of `RNN`.
        return_state: As of `RNN`.
        go_backwards: As of `RNN`.
        stateful: As of `RNN`.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        **kwargs: More arguments of `RNN`.

    Input shape:
        `(batch, steps, rows, columns, channels)`,
        or channels before space.

    Output shape:
        `(batch, new_rows, new_columns, filters)`,
        with `steps` after the batch for sequences.

    Raises:
        ValueError: For an argument that is out of range.
        TypeError: For `unroll` and `time_major`.

    Example:

    >>> ConvLSTM2D(2, 3)(tf.ones((1, 4, 5, 6, 3))).shape
    TensorShape([1, 3, 4, 2])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        data_format=None,
        dilation_rate=(1, 1),
        activation="tanh",
        recurrent_activation="hard_sigmoid",
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
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        dropout=0.0,
        recurrent_dropout=0.0,
        **kwargs,
    ):
        super().__init__(2, locals(), kwargs)


class ConvLSTM3D(ConvLSTM):
    """Recurrent layer over series of volumes: an LSTM of convolutions.

    Shi et al. 2015, Convolutional LSTM Network: A Machine Learning Approach
    for Precipitation Nowcasting, https://arxiv.org/abs/1506.04214; without
    the peepholes of the paper.

    Args:
        filters: How many channels the output and each state have.
        kernel_size: Size of the window.
        strides: How far the window moves over the inputs at a time.
        padding: `"valid"` or `"same"`, for the inputs; states keep their size.
        data_format: `"channels_last"` or `"channels_first"`.
        dilation_rate: Distance between neighbours in the window.
        activation: What to apply to the candidate and to the memory.
        recurrent_activation: What to apply to the gates.
        use_bias: Whether to add a bias.
        kernel_initializer: First values of the inputs' kernel.
        recurrent_initializer: First values of the state's kernel.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts as 1.
        kernel_regularizer: Penalty on the inputs' kernel.
        recurrent_regularizer: Penalty on the state's kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the inputs' kernel.
        recurrent_constraint: Projection of the state's kernel.
        bias_constraint: Projection of the bias.
        return_sequences: As of `RNN`.
        return_state: As of `RNN`.
        go_backwards: As of `RNN`.
        stateful: As of `RNN`.
        dropout: Share of the inputs to drop in training.
        recurrent_dropout: Share of the state to drop in training.
        **kwargs: More arguments of `RNN`.

    Input shape:
        `(batch, steps, depth, rows, columns, channels)`,
        or channels before space.

    Output shape:
        `(batch, new_depth, new_rows, new_columns, filters)`,
        with `steps` after the batch for sequences.

    Raises:
        ValueError: For an argument that is out of range.
        TypeError: For `unroll` and `time_major`.

    Example:

    >>> ConvLSTM3D(2, 3)(tf.ones((1, 4, 5, 6, 7, 3))).shape
    TensorShape([1, 3, 4, 5, 2])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1, 1),
        padding="valid",
        data_format=None,
        dilation_rate=(1, 1, 1),
        activation="tanh",
        recurrent_activation="hard_sigmoid",
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
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        dropout=0.0,
        recurrent_dropout=0.0,
        **kwargs,
    ):
        super().__init__(3, locals(), kwargs)
