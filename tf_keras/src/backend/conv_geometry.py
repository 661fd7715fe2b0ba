"""Geometry of convolutions and pooling: lengths, strides and paddings.

Plain integer arithmetic; None stands for an unknown length.
"""

import itertools

from tf_keras.src.foundation import config

_PADDINGS = ("valid", "same", "full", "causal")


def conv_output_length(length, window, padding, stride, dilation=1):
    """Returns the length of a convolution's or pool's output.

    Args:
        length: Length of the input, or None.
        window: Length of the kernel or pool.
        padding: `"valid"`, `"same"`, `"causal"` or `"full"`.
        stride: The stride.
        dilation: Distance between neighbours in the window.
    """
    if length is None:
        return None
    reach = (window - 1) * dilation
    if padding in ("same", "causal"):
        positions = length
    elif padding == "valid":
        positions = length - reach
    else:
        positions = length + reach
    return (positions + stride - 1) // stride


def conv_input_length(length, window, padding, stride):
    """Returns a length of input that gives this length of output.

    Args:
        length: Length of the output, or None.
        window: Length of the kernel.
        padding: `"valid"`, `"same"` or `"full"`.
        stride: The stride.
    """
    if length is None:
        return None
    pad = {"same": window // 2, "valid": 0, "full": window - 1}[padding]
    return (length - 1) * stride - 2 * pad + window


def deconv_output_length(
    length, window, padding, output_padding=None, stride=0, dilation=1
):
    """Returns the length of a transposed convolution's output.

    Args:
        length: Length of the input, or None.
        window: Length of the kernel.
        padding: `"valid"`, `"same"` or `"full"`.
        output_padding: What is added to the shortest possible output; None
            chooses it so that a convolution would lead back.
        stride: The stride.
        dilation: Distance between neighbours in the window.
    """
    if length is None:
        return None
    window += (window - 1) * (dilation - 1)
    if output_padding is None:
        extra = max(window - stride, 0)
        added = {"valid": extra, "full": -(stride + window - 2), "same": 0}
        return length * stride + added[padding]
    pad = {"same": window // 2, "valid": 0, "full": window - 1}[padding]
    return (length - 1) * stride + window - 2 * pad + output_padding


def normalize_tuple(value, n, name, allow_zero=False):
    """Returns `value` as a tuple of `n` integers.

    Args:
        value: An integer, or an iterable of `n` of them.
        n: How many there must be.
        name: The argument's name, for messages.
        allow_zero: Whether 0 is allowed.

    Raises:
        ValueError: For another count or kind, and for numbers too small.

    Example:

    >>> normalize_tuple(3, 2, "kernel_size")
    (3, 3)
    """
    problem = (
        f"`{name}` must be an integer or {n} integers"
        f"{' of 0 or more' if allow_zero else ' above 0'}. Received: {value}"
    )
    if _is_integer(value):
        values = (int(value),) * n
    else:
        try:
            values = tuple(value)
        except TypeError:
            raise ValueError(problem) from None
        if len(values) != n:
            raise ValueError(f"{problem} of length {len(values)}")
        if not all(map(_is_integer, values)):
            raise ValueError(problem)
        values = tuple(map(int, values))
    if min(values, default=1) < (0 if allow_zero else 1):
        raise ValueError(problem)
    return values


def _is_integer(value):
    if isinstance(value, float):
        return False
    try:
        return int(value) == value
    except (TypeError, ValueError):
        return False


def normalize_padding(value):
    """Returns the padding's name in lower case.

    Args:
        value: `"valid"`, `"same"` or `"causal"`, in any case.

    Raises:
        ValueError: For another value.
    """
    padding = value.lower() if isinstance(value, str) else value
    if padding not in ("valid", "same", "causal"):
        raise ValueError(
            "`padding` must be 'valid', 'same' or, in one dimension, "
            f"'causal'. Received: {value!r}"
        )
    return padding


def normalize_data_format(value):
    """Returns the data format's name; the default one for None.

    Args:
        value: `"channels_last"`, `"channels_first"` or None.

    Raises:
        ValueError: For another value.
    """
    if value is None:
        return config.image_data_format()
    data_format = value.lower() if isinstance(value, str) else value
    if data_format not in ("channels_last", "channels_first"):
        raise ValueError(
            "`data_format` must be 'channels_last' or 'channels_first'. "
            f"Received: {value!r}"
        )
    return data_format


def tf_data_format(data_format, rank):
    """Returns TensorFlow's name of a format, such as `"NHWC"`.

    Args:
        data_format: `"channels_last"` or `"channels_first"`.
        rank: Rank of the tensor: 3, 4 or 5.
    """
    space = "DHW"[5 - rank :]
    if data_format == "channels_last":
        return f"N{space}C"
    return f"NC{space}"


def conv_connections(input_shape, window, strides, padding):
    """Yields which inputs each output of a convolution depends on.

    Args:
        input_shape: Lengths of the input's space axes.
        window: Lengths of the kernel.
        strides: The strides.
        padding: `"valid"` or `"same"`.

    Yields:
        `(output_position, input_positions)`: a tuple, and an iterator of
        tuples.
    """
    output_shape = tuple(
        conv_output_length(*lengths, padding, stride)
        for *lengths, stride in zip(input_shape, window, strides)
    )
    for output in itertools.product(*map(range, output_shape)):
        ranges = []
        for axis, position in enumerate(output):
            left = window[axis] // 2 if padding == "same" else 0
            start = position * strides[axis] - left
            stop = min(start + window[axis], input_shape[axis])
            ranges.append(range(max(start, 0), stop))
        yield output, itertools.product(*ranges)
