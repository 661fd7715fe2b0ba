"""DenseFeatures: feature columns to one tensor."""

import tensorflow as tf

from tf_keras.src.foundation import tf_internals
from tf_keras.src.layers.feature_columns.features_layer import FeaturesLayer


class DenseFeatures(FeaturesLayer):
    """Makes one tensor of raw features, as feature columns say.

    `tf_keras.utils.FeatureSpace` and the preprocessing layers do the same in
    new programs.

    Args:
        feature_columns: Dense columns of `tf.feature_column`, or one of them:
            numeric, bucketized, embedding, indicator columns.
        trainable: Whether optimizers may change embeddings.
        name: Name of the layer.
        **kwargs: `dtype`. `partitioner` is kept in the config alone.

    Call arguments:
        features: A dict from features' names to tensors.
        cols_to_output_tensors: A dict that is filled with the tensor of each
            column, if given.
        training: Unused.

    Output shape:
        `(batch, size)`: the columns side by side, sorted by name.

    Raises:
        ValueError: For what is no dense column, or two of one name.

    Example:

    >>> column = tf.feature_column.numeric_column("age")
    >>> DenseFeatures([column])({"age": tf.constant([[3.0], [5.0]])}).shape
    TensorShape([2, 1])
    """

    expected_columns = tf_internals.DenseColumn

    def call(self, features, cols_to_output_tensors=None, training=None):
        outputs = []
        for column, _, tensor in self.dense_tensors(
            features, "get_dense_tensor", lambda x, n: (tf.shape(x)[0], n)
        ):
            outputs.append(tensor)
            if cols_to_output_tensors is not None:
                cols_to_output_tensors[column] = tensor
        return tf.concat(outputs, -1) if len(outputs) > 1 else outputs[0]

    def compute_output_shape(self, input_shape):
        shapes = input_shape
        if isinstance(shapes, dict):
            shapes = next(iter(shapes.values()))
        return tf.TensorShape((shapes[0], self.feature_count()))
