"""EinsumDense: a dense layer over any axes, written as einsum."""

import re

import tensorflow as tf

from tf_keras.src import activations, constraints, initializers, regularizers
from tf_keras.src.core.layer import Layer
from tf_keras.src.serialization.constructor_config import arguments_config


class EinsumDense(Layer):
    """Multiplies by a kernel as an equation says, adds a bias, activates.

    Args:
        equation: The product of inputs and kernel in the notation of
            `tf.einsum`: `"ab,bc->ac"`; `...` may stand for any axes, at the
            start or at the end of inputs and outputs.
        output_shape: Sizes of the outputs without the batch axis and without
            what `...` stands for; None where the input decides.
        activation: What to apply to the outputs: a function, a name or None.
        bias_axes: Letters of the output axes that the bias spans; None for
            no bias.
        kernel_initializer: First values of the kernel.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel.
        bias_regularizer: Penalty on the bias.
        activity_regularizer: Penalty on the outputs.
        kernel_constraint: Projection of the kernel after each update.
        bias_constraint: Projection of the bias after each update.
        **kwargs: `name`, `dtype`, `trainable`, `input_shape`.

    Input shape:
        What the equation says.

    Output shape:
        What the equation says.

    Raises:
        ValueError: At the first call, for an equation that can't be read or
            does not fit the shapes.

    Example:

    >>> layer = EinsumDense("abc,cd->abd", output_shape=(None, 5))
    >>> layer(tf.ones((2, 3, 4))).shape
    TensorShape([2, 3, 5])
    """

    def __init__(
        self,
        equation,
        output_shape,
        activation=None,
        bias_axes=None,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.equation = equation
        self.partial_output_shape = (
            (output_shape,)
            if isinstance(output_shape, int)
            else tuple(output_shape)
        )
        self.activation = activations.get(activation)
        self.bias_axes = bias_axes
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)

    def build(self, input_shape):
        kernel_shape, bias_shape, self.full_output_shape = shapes_of(
            self.equation,
            self.bias_axes,
            tf.TensorShape(input_shape).as_list(),
            self.partial_output_shape,
        )
        self.kernel = self.add_weight(
            "kernel",
            shape=kernel_shape,
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if bias_shape is not None:
            self.bias = self.add_weight(
                "bias",
                shape=bias_shape,
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self._plain_equation = self.equation.replace(" ", "")
        super().build(input_shape)

    def call(self, inputs):
        outputs = tf.raw_ops.Einsum(
            inputs=[inputs, self.kernel], equation=self._plain_equation
        )
        if self.bias is not None:
            outputs = tf.raw_ops.AddV2(x=outputs, y=self.bias)
        if self.activation is not activations.linear:
            outputs = self.activation(outputs)
        return outputs

    def compute_output_shape(self, _):
        if self.built:
            return tf.TensorShape(self.full_output_shape)
        shapes = shapes_of(
            self.equation,
            self.bias_axes,
            tf.TensorShape(_).as_list(),
            self.partial_output_shape,
        )
        return tf.TensorShape(shapes[-1])

    def get_config(self):
        config = super().get_config()
        config["output_shape"] = self.partial_output_shape
        config.update(
            arguments_config(self, EinsumDense, skip=("output_shape",))
        )
        return config


# What an equation says -------------------------------------------------------

_EQUATION = re.compile(
    r"(?P<before>\.\.\.)?(?P<inputs>[a-zA-Z]+)(?P<after>\.\.\.)?"
    r",(?P<kernel>[a-zA-Z]+)->"
    r"(?P<out_before>\.\.\.)?(?P<outputs>[a-zA-Z]+)(?P<out_after>\.\.\.)?"
)


def shapes_of(equation, bias_axes, input_shape, output_shape):
    """Returns the shapes of kernel, bias and outputs that an equation means.

    Args:
        equation: `"abc,cd->abd"`.
        bias_axes: Letters of the bias, or None.
        input_shape: Sizes of the inputs, as a list.
        output_shape: Sizes of the outputs, as `EinsumDense` gets them.

    Returns:
        Three tuples; the second is None without `bias_axes`.

    Raises:
        ValueError: If they don't fit each other.
    """
    found = _EQUATION.fullmatch(equation.replace(" ", ""))
    if (
        found is None
        or found["before"] != found["out_before"]
        or found["after"] != found["out_after"]
        or (found["before"] and found["after"])
    ):
        raise ValueError(
            "EinsumDense can't read its equation. Expected one of the forms "
            "'ab,bc->ac', '...ab,bc->...ac' and 'ab...,bc->ac...'. Received: "
            f"equation={equation!r}."
        )
    letters = found["outputs"]
    input_sizes, hidden = _sizes_of_inputs(found, input_shape, equation)
    if not found["before"]:
        # The first axis is the batch's, which `output_shape` leaves out.
        output_shape = (input_shape[0], *output_shape)
    output_sizes = _sizes_of_outputs(
        letters, output_shape, input_sizes, found["kernel"], equation
    )
    kernel_shape = []
    for letter in found["kernel"]:
        size = input_sizes.get(letter, output_sizes.get(letter))
        if size is None:
            raise ValueError(
                f"EinsumDense does not know the size of axis {letter!r} of "
                f"its kernel. Received: equation={equation!r}, "
                f"input_shape={tuple(input_shape)}, "
                f"output_shape={tuple(output_shape)}."
            )
        kernel_shape.append(size)
    full = list(output_shape)
    if found["before"]:
        full = [*hidden, *full]
    elif found["after"]:
        full = [*full, *hidden]
    hidden_after = len(hidden) if found["after"] else 0
    bias_shape = _bias_shape(bias_axes, letters, output_sizes, hidden_after)
    return tuple(kernel_shape), bias_shape, tuple(full)


def _sizes_of_inputs(found, input_shape, equation):
    """Sizes of the input's axes by letter, and those that `...` hides."""
    letters = found["inputs"]
    count = len(input_shape) - len(letters)
    has_dots = found["before"] or found["after"]
    if count < 0 or (count and not has_dots):
        raise ValueError(
            f"EinsumDense with equation={equation!r} takes inputs of "
            f"{'at least ' if has_dots else ''}{len(letters)} axes. Received: "
            f"input_shape={tuple(input_shape)}."
        )
    if found["before"]:
        hidden, shown = input_shape[:count], input_shape[count:]
    else:
        shown = input_shape[: len(letters)]
        hidden = input_shape[len(letters) :]
    return dict(zip(letters, shown)), hidden


def _sizes_of_outputs(letters, output_shape, input_sizes, kernel, equation):
    """Sizes of the output's axes by letter."""
    if len(output_shape) != len(letters):
        raise ValueError(
            f"EinsumDense with equation={equation!r} has outputs of the axes "
            f"{letters!r}. Received sizes that don't fit, batch included: "
            f"output_shape={tuple(output_shape)}."
        )
    sizes = {}
    for letter, size in zip(letters, output_shape):
        if letter not in input_sizes and letter not in kernel:
            raise ValueError(
                f"The output axis {letter!r} of equation={equation!r} is "
                "neither one of the inputs nor of the kernel."
            )
        known = input_sizes.get(letter)
        if None not in (known, size) and known != size:
            raise ValueError(
                f"The axis {letter!r} of equation={equation!r} has size "
                f"{known} in the inputs and {size} in `output_shape`."
            )
        sizes[letter] = known if size is None else size
    return sizes


def _bias_shape(bias_axes, letters, output_sizes, hidden_after):
    """The bias spans its axes, and has size 1 on others behind the first."""
    if bias_axes is None:
        return None
    for letter in bias_axes:
        if letter not in letters:
            raise ValueError(
                f"EinsumDense has no output axis {letter!r} for its bias; "
                f"its axes are {letters!r}. Received: bias_axes={bias_axes!r}."
            )
    first = min(letters.index(letter) for letter in bias_axes)
    sizes = [
        output_sizes[letter] if letter in bias_axes else 1
        for letter in letters[first:]
    ]
    return (*sizes, *[1] * hidden_after)
