"""Nests of shapes, whose leaves are lists and tuples themselves."""

import tensorflow as tf


def is_shape(value):
    """Whether a value is one shape, and not a nest of them."""
    if isinstance(value, tf.TensorShape):
        return True
    return isinstance(value, (list, tuple)) and all(
        size is None or isinstance(size, int) or hasattr(size, "__index__")
        for size in value
    )


def map_shapes(function, shapes):
    """Applies a function to each shape of a nest."""
    if shapes is None or is_shape(shapes):
        return function(shapes)
    if isinstance(shapes, dict):
        return {key: map_shapes(function, v) for key, v in shapes.items()}
    mapped = [map_shapes(function, shape) for shape in shapes]
    if hasattr(shapes, "_fields"):
        return type(shapes)(*mapped)
    return tuple(mapped) if isinstance(shapes, tuple) else mapped


def plain_shapes(shapes):
    """Returns shapes as tuples, in their nest."""
    return map_shapes(_plain_shape, shapes)


def _plain_shape(shape):
    if shape is None:
        return None
    shape = tf.TensorShape(shape)
    return tuple(shape.as_list()) if shape.rank is not None else None


def batch_shapes_of(outputs):
    """Returns shapes of tensors for any batch size, None if one has none."""
    flat = tf.nest.flatten(outputs)
    if not all(hasattr(value, "shape") for value in flat):
        return None
    return tf.nest.map_structure(_batch_shape, outputs)


def _batch_shape(tensor):
    shape = tf.TensorShape(tensor.shape)
    if not shape.rank:
        return tuple(shape) if shape.rank == 0 else None
    return (None, *shape[1:])
