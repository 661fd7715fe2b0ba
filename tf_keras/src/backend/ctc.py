"""Connectionist temporal classification (Graves et al. 2006)."""

import tensorflow as tf

from tf_keras.src.foundation import config
from tf_keras.src.foundation.tf_internals import dispatchable


@dispatchable
def ctc_label_dense_to_sparse(labels, label_lengths):
    """Returns labels padded to one length as a sparse tensor.

    Args:
        labels: Integer classes of shape `(batch, longest)`.
        label_lengths: Their lengths, of shape `(batch,)`.
    """
    is_label = tf.sequence_mask(label_lengths, maxlen=tf.shape(labels)[1])
    places = tf.where(is_label)
    return tf.SparseTensor(
        places,
        tf.gather_nd(labels, places),
        tf.shape(labels, out_type=tf.int64),
    )


@dispatchable
def ctc_batch_cost(y_true, y_pred, input_length, label_length):
    """Returns the CTC loss of each sample.

    Graves et al. 2006, https://www.cs.toronto.edu/~graves/icml_2006.pdf

    Args:
        y_true: Integer classes of shape `(batch, longest)`.
        y_pred: Probabilities of shape `(batch, steps, classes)`; the last
            class is the blank.
        input_length: Number of steps of each sample, of shape `(batch, 1)`.
        label_length: Number of labels of each sample, of shape `(batch, 1)`.

    Returns:
        A tensor of shape `(batch, 1)`.
    """
    input_length = tf.cast(tf.squeeze(input_length, axis=-1), tf.int32)
    label_length = tf.cast(tf.squeeze(label_length, axis=-1), tf.int32)
    labels = ctc_label_dense_to_sparse(y_true, label_length)
    loss = tf.compat.v1.nn.ctc_loss(
        labels=tf.cast(labels, tf.int32),
        inputs=_log_time_major(y_pred),
        sequence_length=input_length,
    )
    return tf.expand_dims(loss, 1)


@dispatchable
def ctc_decode(y_pred, input_length, greedy=True, beam_width=100, top_paths=1):
    """Returns the most likely labels of each sample.

    Args:
        y_pred: Probabilities of shape `(batch, steps, classes)`; the last
            class is the blank.
        input_length: Number of steps of each sample, of shape `(batch,)`.
        greedy: Whether to take the best class of each step; otherwise a beam
            is searched.
        beam_width: Number of candidates kept in the search.
        top_paths: How many of the best to return from the search.

    Returns:
        A list with one tensor for each path, of shape `(batch, steps)` with
        -1 after the last label; and the log-probabilities, of shape
        `(batch, top_paths)`.
    """
    inputs = _log_time_major(y_pred)
    input_length = tf.cast(input_length, tf.int32)
    if greedy:
        paths, scores = tf.nn.ctc_greedy_decoder(inputs, input_length)
    else:
        paths, scores = tf.compat.v1.nn.ctc_beam_search_decoder(
            inputs, input_length, beam_width, top_paths
        )
    shape = tf.shape(y_pred, out_type=tf.int64)[:2]
    labels = [
        tf.sparse.to_dense(
            tf.SparseTensor(path.indices, path.values, shape), default_value=-1
        )
        for path in paths
    ]
    return labels, scores


def _log_time_major(probabilities):
    time_major = tf.transpose(probabilities, (1, 0, 2))
    return tf.math.log(time_major + config.epsilon())
