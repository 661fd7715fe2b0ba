"""When and how one kernel runs the whole sequence.

`BlockLSTM` (CPU and GPU, float32 and float16) and cuDNN know no masks. But a
masked step changes nothing, so that a masked sequence is one that is shorter:
the steps that count are moved to the front, the kernel runs, and each output
is put where it belongs. That is exact for masks of any form.

The cuDNN path was written after TensorFlow's documentation of the operations
and was not run by us on a GPU.
"""

import functools

import tensorflow as tf

from tf_keras.src.backend.rnn import swap_batch_and_time
from tf_keras.src.core.call_context import context
from tf_keras.src.foundation.tf_internals import is_compiled_by_xla
from tf_keras.src.layers.rnn import fused_second_order

_DTYPES = (tf.float32, tf.float16)
fused_second_order.register()


def can_run_lstm(dtype):
    """Whether a fused LSTM computes in this dtype, here."""
    # What is saved may be run where there is no GPU, or by TensorFlow Lite.
    return dtype in _DTYPES and not (is_compiled_by_xla() or context.saving)


def can_run_gru(dtype):
    """Whether a fused GRU computes in this dtype, here: cuDNN alone has one."""
    return can_run_lstm(dtype) and _has_gpu()


@functools.cache
def _has_gpu():
    return bool(tf.config.list_logical_devices("GPU"))


class Series:
    """The inputs of all steps, time first, without steps that are masked.

    Args:
        layer: The `RNN` layer, for its arguments.
        inputs: A tensor of shape `(batch, steps, features)`.
        mask: Booleans of shape `(batch, steps)`, or None.
        row_lengths: How many steps of each sample count, or None.

    Attributes:
        inputs: The inputs, `(steps, batch, features)`.
        counts: How many steps of each sample count, or None for all.
    """

    def __init__(self, layer, inputs, mask, row_lengths):
        self.is_time_major = layer.time_major
        self.zeroes_masked = layer.zero_output_for_mask
        if not layer.time_major:
            inputs = swap_batch_and_time(inputs)
        self.mask = _time_first(mask, row_lengths, inputs, layer.time_major)
        if layer.go_backwards:
            inputs = tf.reverse(inputs, [0])
            if self.mask is not None:
                self.mask = tf.reverse(self.mask, [0])
        self.counts = None
        if self.mask is not None:
            self.counts = tf.reduce_sum(tf.cast(self.mask, tf.int32), 0)
            inputs = _picked(inputs, _order_of_steps(self.mask))
        self.inputs = inputs
        self.first_step = inputs[0]

    def drop(self, mask):
        """Multiplies the inputs of each step by one dropout mask."""
        self.inputs = self.inputs * mask

    def unpacked(self, outputs):
        """Returns outputs of the kernel with those of masked steps.

        A masked step has the output of the step before, or zeros.
        """
        if self.mask is not None:
            index = tf.cumsum(tf.cast(self.mask, tf.int32), axis=0) - 1
            is_made = self.mask if self.zeroes_masked else index >= 0
            values = _picked(outputs, tf.maximum(index, 0))
            outputs = tf.where(
                is_made[..., None], values, tf.zeros_like(values)
            )
        return outputs if self.is_time_major else swap_batch_and_time(outputs)

    def last(self, outputs, default):
        """Returns the outputs of each sample's last step that counts.

        Args:
            outputs: What the kernel made, `(steps, batch, units)`.
            default: Values for samples without any step.
        """
        if self.mask is None:
            return outputs[-1]
        index = tf.maximum(self.counts - 1, 0)
        values = _picked(outputs, index[None])[0]
        return tf.where(self.counts[:, None] > 0, values, default)

    def last_output(self, outputs):
        """Returns the output of the last step, masked or not."""
        last = self.last(outputs, tf.zeros_like(outputs[0]))
        if self.mask is None or not self.zeroes_masked:
            return last
        return tf.where(self.mask[-1][:, None], last, tf.zeros_like(last))

    def lengths(self):
        """Returns the number of steps of each sample."""
        if self.counts is not None:
            return self.counts
        shape = tf.shape(self.inputs)
        return tf.fill([shape[1]], shape[0])


def _time_first(mask, row_lengths, inputs, is_time_major):
    """A mask of shape (steps, batch), or None."""
    if mask is not None:
        mask = tf.cast(mask, tf.bool)
        if mask.shape.rank == 3:
            mask = tf.squeeze(mask, -1)
        return mask if is_time_major else tf.transpose(mask)
    if row_lengths is None:
        return None
    steps = tf.range(tf.shape(inputs)[0])
    return steps[:, None] < row_lengths[None]


def _order_of_steps(mask):
    """For each sample, the steps that count and then the others."""
    count = tf.shape(mask)[0]
    steps = tf.range(count)[:, None]
    return tf.argsort(tf.where(mask, steps, steps + count), axis=0)


def _picked(x, index):
    """Returns `x[index[t, b], b]` for each step and sample."""
    samples = tf.range(tf.shape(x)[1])[None]
    pairs = tf.stack([index, tf.broadcast_to(samples, tf.shape(index))], -1)
    values = tf.gather_nd(x, pairs)
    return tf.ensure_shape(values, [index.shape[0], *x.shape[1:]])


def lstm(series, states, kernel, recurrent_kernel, bias):
    """Runs an LSTM with tanh and sigmoid over a series.

    Args:
        series: A `Series`.
        states: The output and the memory before the first step.
        kernel: The inputs' matrix, gates in the order of `LSTMCell`.
        recurrent_kernel: The state's matrix.
        bias: The bias, or None.

    Returns:
        Outputs and memories of all steps, `(steps, batch, units)`.
    """
    if bias is None:
        bias = tf.zeros(kernel.shape[-1:], series.inputs.dtype)
    run = _cudnn_lstm if _has_gpu() else _block_lstm
    outputs, memory = run(series, states, kernel, recurrent_kernel, bias)
    shape = (*series.inputs.shape[:2], recurrent_kernel.shape[0])
    return tf.ensure_shape(outputs, shape), tf.ensure_shape(memory, shape)


def _block_lstm(series, states, kernel, recurrent_kernel, bias):
    inputs = series.inputs
    limit = tf.shape(inputs)[0]
    if series.counts is not None:
        limit = tf.reduce_max(series.counts)
    no_peephole = tf.zeros(recurrent_kernel.shape[:1], inputs.dtype)
    # Not `BlockLSTMV2`, which has our order of gates: TensorFlow gives it the
    # gradient of this one, which is in another order and thus wrong.
    made = tf.raw_ops.BlockLSTM(
        seq_len_max=tf.cast(limit, tf.int64),
        x=inputs,
        cs_prev=states[1],
        h_prev=states[0],
        w=_in_block_order(tf.concat([kernel, recurrent_kernel], axis=0)),
        wci=no_peephole,
        wcf=no_peephole,
        wco=no_peephole,
        b=_in_block_order(bias),
        forget_bias=0.0,
        cell_clip=0.0,
    )
    return made.h, made.cs


def _in_block_order(weight):
    """The columns of the candidate before those of the forget gate."""
    in_gate, forget_gate, candidate, out_gate = tf.split(weight, 4, axis=-1)
    return tf.concat([in_gate, candidate, forget_gate, out_gate], axis=-1)


def _cudnn_lstm(series, states, kernel, recurrent_kernel, bias):
    units = recurrent_kernel.shape[0]
    matrices = [
        tf.transpose(part)
        for matrix in (kernel, recurrent_kernel)
        for part in tf.split(matrix, 4, axis=1)
    ]
    # cuDNN adds two biases.
    biases = tf.split(bias, 4) + [tf.zeros([units], series.inputs.dtype)] * 4
    made = _cudnn("lstm", series, matrices, biases, states[0], states[1])
    # Memories are known for the last step alone; `Series.last` reads there.
    memory = tf.broadcast_to(made.output_c, tf.shape(made.output))
    return made.output, memory


def cudnn_gru(series, state, kernel, recurrent_kernel, bias):
    """Runs a GRU with tanh, sigmoid and `reset_after` over a series, by cuDNN.

    Args:
        series: A `Series`.
        state: The state before the first step.
        kernel: The inputs' matrix, gates in the order of `GRUCell`.
        recurrent_kernel: The state's matrix.
        bias: Both biases, or None.

    Returns:
        Outputs of all steps, `(steps, batch, units)`.
    """
    width = kernel.shape[-1]
    if bias is None:
        bias = tf.zeros([2, width], series.inputs.dtype)

    def in_cudnn_order(parts):
        update, reset, candidate = parts
        return [reset, update, candidate]

    matrices = [
        tf.transpose(part)
        for matrix in (kernel, recurrent_kernel)
        for part in in_cudnn_order(tf.split(matrix, 3, axis=1))
    ]
    biases = [
        part
        for row in tf.unstack(bias)
        for part in in_cudnn_order(tf.split(row, 3))
    ]
    none = tf.zeros([], series.inputs.dtype)
    return _cudnn("gru", series, matrices, biases, state, none).output


def _cudnn(mode, series, matrices, biases, state, memory):
    units = matrices[-1].shape[0]
    weights = tf.raw_ops.CudnnRNNCanonicalToParamsV2(
        num_layers=1,
        num_units=units,
        input_size=series.inputs.shape[-1],
        weights=matrices,
        biases=biases,
        rnn_mode=mode,
    )
    return tf.raw_ops.CudnnRNNV3(
        input=series.inputs,
        input_h=tf.expand_dims(state, 0),
        input_c=tf.expand_dims(memory, 0) if mode == "lstm" else memory,
        params=weights,
        # cuDNN takes no empty sequence; what it makes there is not read.
        sequence_lengths=tf.maximum(series.lengths(), 1),
        rnn_mode=mode,
        is_training=True,
        time_major=True,
    )
