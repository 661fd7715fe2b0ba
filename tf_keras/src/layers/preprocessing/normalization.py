"""Normalization: mean and variance learnt from data."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.config import epsilon
from tf_keras.src.layers.preprocessing.adaptable import PreprocessingLayer


class Normalization(PreprocessingLayer):
    """Shifts and scales features to mean 0 and variance 1.

    Mean and variance are given, or learnt by `adapt`, in one pass that joins
    the moments of parts (Chan et al. 1979, Updating Formulae and a Pairwise
    Algorithm for Computing Sample Variances).

    Args:
        axis: The axis or axes that have a mean and variance at each place;
            None for one mean of everything.
        mean: The mean, if it isn't to be learnt.
        variance: The variance, if it isn't to be learnt.
        invert: Whether to do the reverse: from normalised to raw values.
        **kwargs: `name`, `dtype`.

    Input shape:
        Any; sizes along `axis` must be known.

    Output shape:
        The input's shape.

    Raises:
        ValueError: If only one of mean and variance is given; at the first
            call, if an axis is not there or its size unknown.

    Example:

    >>> layer = Normalization()
    >>> layer.adapt([[1.0], [3.0]])
    >>> layer([[1.0], [2.0]]).numpy()
    array([[-1.],
           [ 0.]], dtype=float32)
    """

    def __init__(
        self, axis=-1, mean=None, variance=None, invert=False, **kwargs
    ):
        super().__init__(**kwargs)
        if axis is None:
            axis = ()
        elif isinstance(axis, int):
            axis = (axis,)
        self.axis = tuple(axis)
        if (mean is None) != (variance is None):
            raise ValueError(
                "Normalization needs both `mean` and `variance`, or neither. "
                f"Received: mean={mean}, variance={variance}."
            )
        self.input_mean = _plain(mean)
        self.input_variance = _plain(variance)
        self.invert = invert

    def build(self, input_shape):
        shape = tf.TensorShape(input_shape)
        if shape.rank == 1:
            # Numbers without an axis of features have one of size 1.
            shape = tf.TensorShape([1] + shape.as_list())
        rank = shape.rank
        kept = self._kept_axes(shape)
        self._rank = rank
        self._reduced_axes = tuple(d for d in range(rank) if d not in kept)
        sizes = tuple(shape[d] for d in kept)
        self._broadcast_shape = tuple(
            shape[d] if d in kept else 1 for d in range(rank)
        )
        dtype = self.compute_dtype
        if self.input_mean is None:
            self.adapt_mean = self.add_weight(
                "mean", sizes, dtype, "zeros", trainable=False
            )
            self.adapt_variance = self.add_weight(
                "variance", sizes, dtype, "ones", trainable=False
            )
            self.count = self.add_weight(
                "count", (), tf.int64, "zeros", trainable=False
            )
        else:
            ones = np.ones(sizes)
            self._given = tuple(
                np.reshape(ones * np.asarray(value), self._broadcast_shape)
                for value in (self.input_mean, self.input_variance)
            )
        super().build(input_shape)

    def _kept_axes(self, shape):
        rank = shape.rank
        if any(not -rank <= axis < rank for axis in self.axis):
            raise ValueError(
                "Every `axis` of Normalization must be one of the input's "
                f"{rank}. Received: axis={self.axis}, input_shape={shape}."
            )
        kept = sorted(axis % rank for axis in self.axis)
        for axis in kept:
            if shape[axis] is None:
                raise ValueError(
                    "Normalization needs to know sizes along its `axis`. "
                    f"Received: input_shape={shape}, with unknown axis {axis}."
                )
        return kept

    @property
    def mean(self):
        """The mean, in a shape that broadcasts with the inputs."""
        return self._moment(0)

    @property
    def variance(self):
        """The variance, in a shape that broadcasts with the inputs."""
        return self._moment(1)

    def _moment(self, index):
        if not self.built:
            return None
        dtype = self.compute_dtype
        if self.input_mean is not None:
            return tf.constant(self._given[index], dtype)
        variable = (self.adapt_mean, self.adapt_variance)[index]
        return tf.cast(tf.reshape(variable, self._broadcast_shape), dtype)

    def adapt(self, data, batch_size=None, steps=None):
        """Learns mean and variance of data.

        Args:
            data: A `tf.data.Dataset`, which is streamed, or an array.
            batch_size: As of `PreprocessingLayer.adapt`.
            steps: How many batches to read of a dataset.

        Raises:
            ValueError: If mean and variance were given.
        """
        if self.input_mean is not None:
            raise ValueError(
                "Normalization can't `adapt`: its `mean` and `variance` were "
                "given to the constructor."
            )
        super().adapt(data, batch_size=batch_size, steps=steps)

    def update_state(self, data):
        """Takes in one batch.

        Args:
            data: A tensor, the batch axis first.
        """
        data = self._full_rank(data)
        dtype = self.adapt_mean.dtype
        mean, variance = tf.nn.moments(
            tf.cast(data, dtype), axes=self._reduced_axes
        )
        sizes = tf.gather(tf.shape(data), self._reduced_axes)
        count = tf.cast(tf.reduce_prod(sizes), tf.int64)
        total = self.count + count
        weight = tf.cast(count / total, dtype)
        old_mean = tf.convert_to_tensor(self.adapt_mean)
        new_mean = old_mean + (mean - old_mean) * weight
        new_variance = (
            self.adapt_variance + tf.square(old_mean - new_mean)
        ) * (1 - weight) + (variance + tf.square(mean - new_mean)) * weight
        # An empty batch has no mean.
        is_empty = tf.equal(count, 0)
        self.adapt_mean.assign(tf.where(is_empty, old_mean, new_mean))
        self.adapt_variance.assign(
            tf.where(is_empty, self.adapt_variance, new_variance)
        )
        self.count.assign(total)

    def reset_state(self):
        """Forgets mean and variance."""
        if self.input_mean is not None or not self.built:
            return
        self.adapt_mean.assign(tf.zeros_like(self.adapt_mean))
        self.adapt_variance.assign(tf.ones_like(self.adapt_variance))
        self.count.assign(0)

    def finalize_state(self):
        """Does nothing: `call` reads the weights as they are."""

    def _full_rank(self, data):
        data = tf.convert_to_tensor(data)
        if data.shape.rank is not None and data.shape.rank < self._rank:
            data = tf.expand_dims(data, 0)
        return data

    def call(self, inputs):
        inputs = tf.cast(inputs, self.compute_dtype)
        deviation = tf.maximum(tf.sqrt(self.variance), epsilon())
        if self.invert:
            outputs = self.mean + inputs * deviation
        else:
            outputs = (inputs - self.mean) / deviation
        # A single sample, without a batch axis, stays one.
        return tf.squeeze(outputs, 0) if inputs.shape.rank == 1 else outputs

    def compute_output_shape(self, input_shape):
        """Returns the input's shape."""
        return tf.TensorShape(input_shape)

    def compute_output_signature(self, input_spec):
        """Returns the input's shape with the layer's dtype."""
        return tf.TensorSpec(input_spec.shape, self.compute_dtype)

    def load_own_variables(self, store):
        """Sets mean and variance from a file, after building for them."""
        if not self.built:
            raise RuntimeError(
                f"Layer {self.name!r} is not built: its weights can't be "
                "loaded. Call it once, or `adapt` it."
            )
        super().load_own_variables(store)
        self._is_adapted = True

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config.update(
            axis=self.axis,
            invert=self.invert,
            mean=_listed(self.input_mean),
            variance=_listed(self.input_variance),
        )
        return config


def _plain(value):
    """A number or a nest of lists stays; arrays and tensors become arrays."""
    if value is None or isinstance(value, (int, float)):
        return value
    return np.asarray(value)


def _listed(value):
    return value.tolist() if isinstance(value, np.ndarray) else value
