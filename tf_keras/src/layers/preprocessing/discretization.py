"""Discretization: bins learnt from data."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.adaptable import PreprocessingLayer
from tf_keras.src.layers.preprocessing.category_encoding import (
    checked_mode,
    encode,
    encoded_dtype,
    encoded_shape,
)
from tf_keras.src.layers.preprocessing.hashing import MODES, with_dtype


class Discretization(PreprocessingLayer):
    """Puts numbers into bins: given ones, or such as hold as many each.

    `adapt` keeps a sketch of the distribution, at most `1 / epsilon` weighted
    points, which two sketches of parts are joined to; boundaries are its
    quantiles.

    Args:
        bin_boundaries: Where one bin ends and the next begins, ascending.
        num_bins: How many bins to learn, without `bin_boundaries`.
        epsilon: How far a learnt quantile may be off, as a share.
        output_mode: `"int"` for the bin, or a mode of `CategoryEncoding`.
        sparse: Whether to return a `tf.SparseTensor`, in other modes.
        **kwargs: `name`, `dtype`.

    Input shape:
        Any; dense, sparse or ragged.

    Output shape:
        The input's shape, or that of `CategoryEncoding`.

    Raises:
        ValueError: If not exactly one of boundaries and number is given.

    Example:

    >>> Discretization(bin_boundaries=[0.0, 1.0])([[-1.5, 0.5, 3.0]]).numpy()
    array([[0, 1, 2]])
    """

    def __init__(
        self,
        bin_boundaries=None,
        num_bins=None,
        epsilon=0.01,
        output_mode="int",
        sparse=False,
        **kwargs,
    ):
        mode = checked_mode(output_mode, MODES, self)
        kwargs = with_dtype(kwargs, mode, sparse, self, any_dtype=True)
        super().__init__(**kwargs)
        if (bin_boundaries is None) == (num_bins is None):
            raise ValueError(
                "Discretization needs either `bin_boundaries` or `num_bins`. "
                f"Received: bin_boundaries={bin_boundaries}, "
                f"num_bins={num_bins}."
            )
        if num_bins is not None and num_bins < 0:
            raise ValueError(
                "Discretization needs a `num_bins` that is no less than 0. "
                f"Received: num_bins={num_bins}."
            )
        given = None
        if bin_boundaries is not None:
            given = [float(x) for x in np.asarray(bin_boundaries).ravel()]
        self.input_bin_boundaries = given
        self.bin_boundaries = given if given is not None else []
        self.num_bins = num_bins
        self.epsilon = epsilon
        self.output_mode = mode
        self.sparse = sparse

    def build(self, input_shape):
        super().build(input_shape)
        if self.input_bin_boundaries is None:
            with tf.init_scope():
                self.summary = tf.Variable(
                    np.zeros((2, 0), "float32"),
                    shape=tf.TensorShape([2, None]),
                    trainable=False,
                    name="summary",
                )

    def adapt(self, data, batch_size=None, steps=None):
        """Learns boundaries between bins that hold as many numbers each.

        Args:
            data: A `tf.data.Dataset`, which is streamed, or an array.
            batch_size: As of `PreprocessingLayer.adapt`.
            steps: How many batches to read of a dataset.

        Raises:
            ValueError: If boundaries were given.
        """
        self._check_learns()
        super().adapt(data, batch_size=batch_size, steps=steps)

    def _check_learns(self):
        if self.input_bin_boundaries is not None:
            raise ValueError(
                "Discretization can't `adapt`: its `bin_boundaries` were given "
                "to the constructor."
            )

    def update_state(self, data):
        """Takes in one batch.

        Args:
            data: A tensor, the batch axis first.
        """
        self._check_learns()
        values = tf.reshape(tf.cast(_flat_values(data), tf.float32), [-1])
        part = tf.stack([values, tf.ones_like(values)])
        whole = tf.concat([self.summary, part], axis=1)
        count = self._point_count()
        points = tf.numpy_function(
            lambda whole: _compressed(whole, count), [whole], tf.float32
        )
        points.set_shape((2, None))
        self.summary.assign(points)

    def _point_count(self):
        return max(1, int(1.0 / self.epsilon))

    def finalize_state(self):
        """Computes boundaries from the sketch."""
        if self.input_bin_boundaries is not None or not self.built:
            return
        values, weights = self.summary.numpy()
        shares = np.arange(1, self.num_bins) / self.num_bins
        if values.size:
            found = _quantiles(values, weights, shares)
            self.bin_boundaries = [float(x) for x in found]

    def reset_state(self):
        """Forgets the sketch and the boundaries."""
        if self.input_bin_boundaries is not None or not self.built:
            return
        self.bin_boundaries = []
        self.summary.assign(np.zeros((2, 0), "float32"))

    def set_weights(self, weights):
        """Sets the sketch, and boundaries after it."""
        super().set_weights(weights)
        self.finalize_state()

    def load_own_variables(self, store):
        """Sets the sketch from a file, and boundaries after it."""
        super().load_own_variables(store)
        self.finalize_state()

    def call(self, inputs):
        def bins(values):
            found = tf.raw_ops.Bucketize(
                input=values, boundaries=list(self.bin_boundaries)
            )
            return tf.cast(found, tf.int64)

        if isinstance(inputs, tf.SparseTensor):
            indices = inputs.with_values(bins(inputs.values))
        elif isinstance(inputs, tf.RaggedTensor):
            indices = tf.ragged.map_flat_values(bins, inputs)
        else:
            indices = bins(tf.convert_to_tensor(inputs))
        return encode(
            indices,
            self.output_mode,
            self._depth(),
            self.compute_dtype,
            self.sparse,
        )

    def _depth(self):
        if self.input_bin_boundaries is None:
            return self.num_bins
        return len(self.input_bin_boundaries) + 1

    def compute_output_shape(self, input_shape):
        """Returns the input's shape, as published Keras does in every mode."""
        return tf.TensorShape(input_shape)

    def compute_output_signature(self, input_spec):
        """Returns the shape and dtype of the outputs."""
        shape = encoded_shape(input_spec.shape, self.output_mode, self._depth())
        kind = tf.SparseTensorSpec if self.sparse else tf.TensorSpec
        dtype = encoded_dtype(self.output_mode, self.compute_dtype)
        return kind(shape, dtype)

    def get_config(self):
        """Returns what the layer was made with."""
        config = super().get_config()
        config.update(
            bin_boundaries=self.input_bin_boundaries
            and list(self.input_bin_boundaries),
            num_bins=self.num_bins,
            epsilon=self.epsilon,
            output_mode=self.output_mode,
            sparse=self.sparse,
        )
        return config


def _flat_values(data):
    if isinstance(data, tf.SparseTensor):
        return data.values
    if isinstance(data, tf.RaggedTensor):
        return data.flat_values
    return tf.convert_to_tensor(data)


def _compressed(points, count):
    """At most `count` weighted points with about the same quantiles, sorted.

    NumPy does it, which sorts many times as fast as TensorFlow.
    """
    points = points[:, np.argsort(points[0], kind="stable")]
    if points.shape[1] <= count:
        return points
    # In float32, sums of ones end at 16 million.
    ends = np.cumsum(points[1], dtype="float64")
    shares = (np.arange(count) + 0.5) / count
    places = np.searchsorted(ends, shares * ends[-1])
    picked = points[0, np.minimum(places, points.shape[1] - 1)]
    return np.stack([picked, np.full_like(picked, ends[-1] / count)])


def _quantiles(values, weights, shares):
    """Weighted quantiles of sorted values, between them by straight lines."""
    weights = weights.astype("float64")
    middles = np.cumsum(weights) - weights / 2
    return np.interp(np.asarray(shares) * weights.sum(), middles, values)
