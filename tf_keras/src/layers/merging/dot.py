"""Dot: the dot product of two tensors, sample by sample."""

import tensorflow as tf

from tf_keras.src.backend.linear_algebra import batch_dot
from tf_keras.src.layers.merging.merge import Merge, checked_shapes


class Dot(Merge):
    """Multiplies two tensors and sums along one axis of each.

    Args:
        axes: The axis of both, or the two of each, that are summed over.
        normalize: Whether to bring both to length 1 along that axis first,
            which makes the result the cosine of their angle.
        **kwargs: `name`, `dtype`.

    Input shape:
        A list of two tensors with equal batch size.

    Output shape:
        The other axes of the first, then those of the second; `(batch, 1)`
        for two vectors.

    Raises:
        TypeError: If `axes` is neither an integer nor two of them.
        ValueError: If there are not two `axes`; at the first call, if the
            inputs don't fit.

    Example:

    >>> x, y = tf.constant([[1.0, 2.0]]), tf.constant([[3.0, 4.0]])
    >>> Dot(axes=1)([x, y]).numpy()
    array([[11.]], dtype=float32)
    """

    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes = _checked_axes(axes)
        self.normalize = normalize

    def build(self, input_shape):
        shapes = checked_shapes(input_shape, "Dot", at_least=2)
        if len(shapes) != 2:
            raise ValueError(
                "Dot should be called on exactly 2 inputs. Received: "
                f"input_shape={input_shape}."
            )
        if None not in (shapes[0].rank, shapes[1].rank):
            first, second = self._positive_axes([s.rank for s in shapes])
            sizes = (shapes[0][first], shapes[1][second])
            if None not in sizes and sizes[0] != sizes[1]:
                raise ValueError(
                    f"Dot can't sum over axis {first} of the first input, of "
                    f"size {sizes[0]}, and axis {second} of the second, of "
                    f"size {sizes[1]}. Received shapes: "
                    f"{[tuple(shape) for shape in shapes]}."
                )
        self.built = True

    def _positive_axes(self, ranks):
        """One axis of each input, counted from the front."""
        axes = self.axes if not isinstance(self.axes, int) else [self.axes] * 2
        return [
            axis + rank if axis < 0 else axis for axis, rank in zip(axes, ranks)
        ]

    def call(self, inputs):
        first, second = inputs
        axes = self._positive_axes([first.shape.rank, second.shape.rank])
        if self.normalize:
            first = tf.linalg.l2_normalize(first, axis=axes[0])
            second = tf.linalg.l2_normalize(second, axis=axes[1])
        return batch_dot(first, second, axes)

    def compute_output_shape(self, input_shape):
        shapes = checked_shapes(input_shape, "Dot", at_least=2)
        first, second = (shape.as_list() for shape in shapes)
        axes = self._positive_axes([len(first), len(second)])
        del first[axes[0]], second[axes[1]]
        return tf.TensorShape(
            [*first, *second[1:]] + [1] * (len(first) + len(second) == 2)
        )

    def compute_mask(self, inputs, mask=None):
        return None


def _checked_axes(axes):
    if isinstance(axes, int):
        return axes
    if not isinstance(axes, (list, tuple)) or not all(
        isinstance(axis, int) for axis in axes
    ):
        raise TypeError(
            "Dot takes an integer or two of them as `axes`. Received: "
            f"axes={axes!r}."
        )
    if len(axes) != 2:
        raise ValueError(
            f"Dot takes two `axes`, one of each input. Received: axes={axes}."
        )
    return axes


def dot(inputs, axes, normalize=False, **kwargs):
    """Multiplies two tensors and sums along one axis of each.

    Args:
        inputs: A list of two tensors.
        axes: The axis of both, or the two of each, that are summed over.
        normalize: Whether to bring both to length 1 along that axis first.
        **kwargs: Arguments of the layer `Dot`.
    """
    return Dot(axes=axes, normalize=normalize, **kwargs)(inputs)
