"""Global pooling: one number a channel, over the whole extent."""

import numpy as np
import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.core.layer import Layer


class GlobalPooling(Layer):
    """What global poolings of every rank share.

    Args as of `GlobalMaxPooling2D`.
    """

    rank = None  # How many axes go: 1, 2 or 3.
    mode = None  # "max" or "average".

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = normalize_data_format(data_format)
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=self.rank + 2)
        first = 2 if self.data_format == "channels_first" else 1
        # An array, which TensorFlow takes faster than a tuple.
        self._axes = np.arange(first, first + self.rank, dtype="int32")

    def call(self, inputs):
        if isinstance(inputs, tf.RaggedTensor):
            return self._call_ragged(inputs)
        reduce = tf.raw_ops.Max if self.mode == "max" else tf.raw_ops.Mean
        return reduce(input=inputs, axis=self._axes, keep_dims=self.keepdims)

    def _call_ragged(self, inputs):
        reduce = tf.reduce_max if self.mode == "max" else tf.reduce_mean
        outputs = reduce(inputs, axis=tuple(self._axes.tolist()))
        if isinstance(outputs, tf.RaggedTensor):
            outputs = outputs.to_tensor()
        for axis in self._axes.tolist() if self.keepdims else ():
            outputs = tf.expand_dims(outputs, axis)
        return outputs

    def compute_output_shape(self, input_shape):
        sizes = tf.TensorShape(input_shape).as_list()
        if self.keepdims:
            return tf.TensorShape(
                [1 if i in self._axes else n for i, n in enumerate(sizes)]
            )
        return tf.TensorShape(
            [n for i, n in enumerate(sizes) if i not in self._axes]
        )


class GlobalMaxPooling1D(GlobalPooling):
    """Takes the greatest value of each channel of series.

    Args:
        data_format: `"channels_last"` or `"channels_first"`.
        keepdims: Whether the axes stay, with size 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalMaxPooling1D()(tf.ones((2, 8, 3))).shape
    TensorShape([2, 3])
    """

    rank = 1
    mode = "max"

    def __init__(self, data_format="channels_last", keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)


class GlobalMaxPooling2D(GlobalPooling):
    """Takes the greatest value of each channel of images.

    Args:
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        keepdims: Whether the axes stay, with size 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalMaxPooling2D()(tf.ones((2, 8, 6, 3))).shape
    TensorShape([2, 3])
    """

    rank = 2
    mode = "max"


class GlobalMaxPooling3D(GlobalPooling):
    """Takes the greatest value of each channel of volumes.

    Args:
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        keepdims: Whether the axes stay, with size 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalMaxPooling3D()(tf.ones((2, 4, 8, 6, 3))).shape
    TensorShape([2, 3])
    """

    rank = 3
    mode = "max"


class GlobalAveragePooling1D(GlobalPooling):
    """Averages each channel of series.

    Steps that the mask leaves out don't count.

    Args:
        data_format: `"channels_last"` or `"channels_first"`.
        **kwargs: `keepdims`: whether the axis stays, with size 1; `name`,
            `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalAveragePooling1D()(tf.ones((2, 8, 3))).shape
    TensorShape([2, 3])
    """

    rank = 1
    mode = "average"

    def __init__(self, data_format="channels_last", **kwargs):
        super().__init__(data_format, **kwargs)
        self.supports_masking = True

    def call(self, inputs, mask=None):
        if mask is None:
            return super().call(inputs)
        if isinstance(inputs, tf.RaggedTensor):
            raise ValueError(
                "GlobalAveragePooling1D takes a ragged tensor or a mask, not "
                f"both. Received: inputs={inputs}, mask={mask}."
            )
        (axis,) = self._axes
        mask = tf.expand_dims(tf.cast(mask, inputs.dtype), 3 - axis)
        total = tf.reduce_sum(inputs * mask, axis, keepdims=self.keepdims)
        return total / tf.reduce_sum(mask, axis, keepdims=self.keepdims)

    def compute_mask(self, inputs, mask=None):
        return None


class GlobalAveragePooling2D(GlobalPooling):
    """Averages each channel of images.

    Args:
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        keepdims: Whether the axes stay, with size 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalAveragePooling2D()(tf.ones((2, 8, 6, 3))).shape
    TensorShape([2, 3])
    """

    rank = 2
    mode = "average"


class GlobalAveragePooling3D(GlobalPooling):
    """Averages each channel of volumes.

    Args:
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default.
        keepdims: Whether the axes stay, with size 1.
        **kwargs: `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        `(batch, channels)`.

    Example:

    >>> GlobalAveragePooling3D()(tf.ones((2, 4, 8, 6, 3))).shape
    TensorShape([2, 3])
    """

    rank = 3
    mode = "average"
