"""SequenceFeatures: feature columns to a sequence."""

import tensorflow as tf

from tf_keras.src.foundation import tf_internals
from tf_keras.src.layers.feature_columns.features_layer import FeaturesLayer


class SequenceFeatures(FeaturesLayer):
    """Makes a sequence of vectors of raw features, and tells its lengths.

    Args:
        feature_columns: Dense sequence columns of `tf.feature_column`, or one
            of them: `sequence_numeric_column`, and embedding and indicator
            columns over `sequence_categorical_column_*`.
        trainable: Whether optimizers may change embeddings.
        name: Name of the layer.
        **kwargs: `dtype`. `partitioner` is kept in the config alone.

    Call arguments:
        features: A dict from features' names to tensors, mostly sparse ones.
        training: Unused.

    Returns of a call:
        The sequence `(batch, steps, size)`, columns side by side, sorted by
        name; and the lengths, `(batch,)`.

    Raises:
        ValueError: For what is no dense sequence column, or two of one name.
        InvalidArgumentError: When called, if columns differ in lengths.
    """

    expected_columns = tf_internals.SequenceDenseColumn

    def call(self, features, training=None):
        outputs, lengths = [], None
        for _, (_, found), tensor in self.dense_tensors(
            features,
            "get_sequence_dense_tensor",
            lambda x, n: (tf.shape(x)[0], tf.shape(x)[1], n),
        ):
            outputs.append(tensor)
            if lengths is None:
                lengths = found
                continue
            check = tf.debugging.assert_equal(
                lengths, found, "Columns differ in the lengths of sequences."
            )
            with tf.control_dependencies([] if check is None else [check]):
                lengths = tf.identity(lengths)
        whole = tf.concat(outputs, -1) if len(outputs) > 1 else outputs[0]
        return whole, lengths

    def compute_output_shape(self, input_shape):
        shapes = input_shape
        if isinstance(shapes, dict):
            shapes = next(iter(shapes.values()))
        return tf.TensorShape((shapes[0], shapes[1], self.feature_count()))
