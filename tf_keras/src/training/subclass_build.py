"""Model.build(input_shape) for models whose `call` is Python."""

import tensorflow as tf

from tf_keras.src.core.keras_tensor import from_type_spec
from tf_keras.src.core.shapes import map_shapes
from tf_keras.src.core.symbolic_call import call_on_placeholders
from tf_keras.src.foundation import config as settings


def build_by_calling(model, input_shape):
    """Makes a model's weights by running its `call` on symbolic tensors.

    Not `__call__`, which may be what asks: a model's own `build` ends in
    `super().build(input_shape)`.

    Args:
        model: The model.
        input_shape: A shape with the batch axis, or a nest of shapes.

    Raises:
        ValueError: If it is no shape, or the call fails on float inputs.
    """
    if input_shape is None:
        raise ValueError(
            "Input shape must be defined when calling `build()` on model "
            f"{model.name!r}, which is no graph of layers. Pass a shape with "
            "the batch axis, such as (None, 3)."
        )
    if not isinstance(input_shape, (tuple, list, dict, tf.TensorShape)):
        raise ValueError(
            "Specified input shape is not one of the valid types: tuple, "
            f"list, dict or TensorShape. Received: {input_shape!r} of type "
            f"{type(input_shape)}."
        )
    shapes = map_shapes(tf.TensorShape, input_shape)
    dtype = model.compute_dtype or settings.floatx()
    inputs = map_shapes(
        lambda shape: from_type_spec(tf.TensorSpec(shape, dtype)), shapes
    )
    try:
        call_on_placeholders(model, inputs)
    except (tf.errors.OpError, TypeError, ValueError) as error:
        raise ValueError(
            f"Model {model.name!r} can't be built by `build(input_shape)`: "
            "its `call` failed on symbolic inputs of dtype "
            f"{dtype}. Call the model on a batch of data instead. The error "
            f"was: {error}"
        ) from error
    model._note_save_spec((inputs,), {})
