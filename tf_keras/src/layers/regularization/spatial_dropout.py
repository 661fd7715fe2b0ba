"""SpatialDropout: zeroes whole channels at random."""

import tensorflow as tf

from tf_keras.src.backend.conv_geometry import normalize_data_format
from tf_keras.src.core.input_spec import InputSpec
from tf_keras.src.layers.regularization.dropout import Dropout


class SpatialDropout(Dropout):
    """What spatial dropouts of every rank share.

    Args as of `SpatialDropout2D`.
    """

    rank = None  # How many axes of space there are: 1, 2 or 3.

    def __init__(self, rate, data_format="channels_last", **kwargs):
        super().__init__(rate, **kwargs)
        self.data_format = normalize_data_format(data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def _get_noise_shape(self, inputs):
        sizes = tf.shape(inputs)
        ones = (1,) * self.rank
        if self.data_format == "channels_first":
            return (sizes[0], sizes[1], *ones)
        return (sizes[0], *ones, sizes[self.rank + 1])

    def get_config(self):
        config = super().get_config()
        # Published files hold no `data_format`.
        config.pop("data_format", None)
        return config


class SpatialDropout1D(SpatialDropout):
    """Zeroes a share of the features, each at all steps of a series.

    Tompson et al. 2014, Efficient Object Localization Using Convolutional
    Networks, https://arxiv.org/abs/1411.4280

    Args:
        rate: The share to zero, in [0, 1).
        **kwargs: `seed`, `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, steps, features)`.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `rate` lies outside of [0, 1].

    Example:

    >>> SpatialDropout1D(0.5)(tf.ones((2, 3, 4)), training=True).shape
    TensorShape([2, 3, 4])
    """

    rank = 1

    def __init__(self, rate, **kwargs):
        super().__init__(rate, **kwargs)


class SpatialDropout2D(SpatialDropout):
    """Zeroes a share of the channels, each at all places of an image.

    Args:
        rate: The share to zero, in [0, 1).
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default. Configs don't hold it.
        **kwargs: `seed`, `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, rows, columns, channels)`.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `rate` lies outside of [0, 1].

    Example:

    >>> SpatialDropout2D(0.5)(tf.ones((2, 3, 4, 5)), training=True).shape
    TensorShape([2, 3, 4, 5])
    """

    rank = 2

    def __init__(self, rate, data_format=None, **kwargs):
        super().__init__(rate, data_format, **kwargs)


class SpatialDropout3D(SpatialDropout):
    """Zeroes a share of the channels, each at all places of a volume.

    Args:
        rate: The share to zero, in [0, 1).
        data_format: `"channels_last"` or `"channels_first"`;
            `image_data_format()` by default. Configs don't hold it.
        **kwargs: `seed`, `name`, `dtype`, `input_shape`.

    Input shape:
        `(batch, depth, rows, columns, channels)`.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If `rate` lies outside of [0, 1].

    Example:

    >>> SpatialDropout3D(0.5)(tf.ones((2, 3, 4, 5, 6)), training=True).shape
    TensorShape([2, 3, 4, 5, 6])
    """

    rank = 3

    def __init__(self, rate, data_format=None, **kwargs):
        super().__init__(rate, data_format, **kwargs)
