"""InputSpec: what a layer demands of its input."""

import tensorflow as tf


class InputSpec:
    """The rank, shape and dtype that a layer demands of one input.

    Args:
        dtype: Its dtype, or None for any.
        shape: Its shape, with None where any size will do.
        ndim: Its rank.
        max_ndim: Its largest rank.
        min_ndim: Its smallest rank.
        axes: A dict from axis to size.
        allow_last_axis_squeeze: Whether a last axis of size 1 may be missing
            or added, against `shape`.
        name: The key of this input, where inputs are a dict.
        optional: Whether the input may be None.

    Raises:
        TypeError: If `axes` is no dict of integers.
        ValueError: If an axis lies outside of the rank.

    Example:

    >>> layer.input_spec = InputSpec(min_ndim=2, axes={-1: 8})
    """

    def __init__(
        self,
        dtype=None,
        shape=None,
        ndim=None,
        max_ndim=None,
        min_ndim=None,
        axes=None,
        allow_last_axis_squeeze=False,
        name=None,
        optional=False,
    ):
        self.dtype = tf.as_dtype(dtype).name if dtype is not None else None
        shape = tf.TensorShape(shape)
        self.shape = tuple(shape) if shape.rank is not None else None
        self.ndim = len(self.shape) if self.shape is not None else ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.name = name
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        self.optional = optional
        self.axes = _checked_axes(axes, self.ndim, max_ndim)

    def __repr__(self):
        parts = [
            ("dtype", self.dtype),
            ("shape", self.shape),
            ("ndim", self.ndim),
            ("max_ndim", self.max_ndim),
            ("min_ndim", self.min_ndim),
            ("axes", self.axes or None),
        ]
        text = ", ".join(f"{k}={v}" for k, v in parts if v is not None)
        return f"InputSpec({text})"

    def get_config(self):
        """Returns the demands as a dict."""
        return {
            "dtype": self.dtype,
            "shape": self.shape,
            "ndim": self.ndim,
            "max_ndim": self.max_ndim,
            "min_ndim": self.min_ndim,
            "axes": self.axes,
        }

    @classmethod
    def from_config(cls, config):
        """Makes a specification from what `get_config` returned."""
        return cls(**config)


def _checked_axes(axes, ndim, max_ndim):
    try:
        axes = {int(axis): size for axis, size in (axes or {}).items()}
    except (TypeError, ValueError, AttributeError):
        raise TypeError(
            "The axes of an InputSpec are a dict from integers to sizes. "
            f"Received: {axes}"
        ) from None
    limit = ndim if ndim is not None else max_ndim
    if axes and limit is not None and max(axes) >= limit:
        raise ValueError(
            f"Axis {max(axes)} is greater than the maximum allowed value: "
            f"{limit - 1}"
        )
    return axes


def known_size(input_shape, axis):
    """Returns the size of an axis.

    Raises:
        ValueError: If it is unknown, or there is no such axis.
    """
    shape = tf.TensorShape(input_shape)
    if shape.rank is not None and not -shape.rank <= axis < shape.rank:
        raise ValueError(
            f"The input has no axis {axis}. Received: "
            f"input_shape={tuple(shape)}."
        )
    size = shape[axis]
    if size is None:
        raise ValueError(
            f"The size of axis {axis} of the input must be known. Received "
            f"input_shape={tuple(input_shape)}. Set it in "
            "`Input(shape=...)`."
        )
    return size


def assert_input_compatibility(specs, inputs, layer_name):
    """Checks inputs against a layer's `input_spec`.

    Args:
        specs: An `InputSpec` or a nest of them, in the inputs' order.
        inputs: A tensor or a nest of tensors.
        layer_name: The layer, for the message.

    Raises:
        ValueError: If there are too many or too few, or one does not fit.
        TypeError: If one has no shape.
    """
    if type(specs) is InputSpec and hasattr(inputs, "shape"):
        _check_one(specs, inputs, 0, layer_name)
        return
    specs = tf.nest.flatten(specs)
    inputs = _in_order_of_specs(specs, inputs)
    if len(inputs) != len(specs):
        raise ValueError(
            f'Layer "{layer_name}" expects {len(specs)} input(s), but it '
            f"received {len(inputs)} input tensors. Inputs received: {inputs}"
        )
    for index, (spec, value) in enumerate(zip(specs, inputs)):
        if spec is None or (value is None and spec.optional):
            continue
        if not hasattr(value, "shape"):
            raise TypeError(
                "Inputs to a layer should be tensors. Got "
                f"{value!r} (of type {type(value)}) as input {index} for "
                f'layer "{layer_name}".'
            )
        _check_one(spec, value, index, layer_name)


def _in_order_of_specs(specs, inputs):
    """A dict's values in the order of the names of the specs."""
    if not isinstance(inputs, dict):
        return tf.nest.flatten(inputs)
    names = [spec.name for spec in specs]
    if not all(names):
        return tf.nest.flatten(inputs)
    missing = [name for name in names if name not in inputs]
    if missing:
        unexpected = sorted(set(inputs) - set(names))
        raise ValueError(
            f"Missing data for input {missing}. You passed a data "
            f"dictionary with keys {list(inputs)}. Expected the following "
            f"keys: {names}"
            + (f"; unexpected are {unexpected}." if unexpected else ".")
        )
    return [inputs[name] for name in names]


def _check_one(spec, value, index, layer_name):
    shape = tf.TensorShape(value.shape)
    rank = shape.rank
    if rank is None:
        return
    problem = _problem_of_rank(spec, rank) or _problem_of_sizes(spec, shape)
    if spec.dtype is not None and value.dtype.name != spec.dtype:
        problem = f"expected dtype={spec.dtype}, found dtype={value.dtype}"
    if problem:
        raise ValueError(
            f'Input {index} of layer "{layer_name}" is incompatible with the '
            f"layer: {problem}. Full shape received: {tuple(shape)}"
        )


def _problem_of_rank(spec, rank):
    if spec.shape is not None and spec.allow_last_axis_squeeze:
        return None
    if spec.ndim is not None and rank != spec.ndim:
        return f"expected ndim={spec.ndim}, found ndim={rank}"
    if spec.max_ndim is not None and rank > spec.max_ndim:
        return f"expected max_ndim={spec.max_ndim}, found ndim={rank}"
    if spec.min_ndim is not None and rank < spec.min_ndim:
        return f"expected min_ndim={spec.min_ndim}, found ndim={rank}"
    return None


def _problem_of_sizes(spec, shape):
    sizes = shape.as_list()
    for axis, size in spec.axes.items():
        if not -len(sizes) <= axis < len(sizes):
            return f"expected an axis {axis}, found ndim={len(sizes)}"
        found = sizes[axis]
        if size is not None and found is not None and found != size:
            return (
                f"expected axis {axis} of input shape to have value {size}, "
                f"but received input with shape {tuple(sizes)}"
            )
    if spec.shape is None:
        return None
    wanted = spec.shape
    if spec.allow_last_axis_squeeze:
        wanted = wanted[:-1] if wanted and wanted[-1] == 1 else wanted
        sizes = sizes[:-1] if sizes and sizes[-1] == 1 else sizes
    for want, found in zip(wanted, sizes):
        if want is not None and found is not None and want != found:
            return f"expected shape={spec.shape}, found shape={tuple(shape)}"
    return None


def to_tensor_shape(spec):
    """Returns the `TensorShape` that an `InputSpec` allows."""
    if spec.ndim is None and spec.shape is None:
        return tf.TensorShape(None)
    if spec.shape is not None:
        return tf.TensorShape(spec.shape)
    shape = [None] * spec.ndim
    for axis, size in spec.axes.items():
        shape[axis] = size
    return tf.TensorShape(shape)
