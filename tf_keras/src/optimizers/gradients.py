"""Gradients before they are used: missing, repeated, too large."""

import warnings

import numpy as np
import tensorflow as tf


def split_present(grads_and_vars):
    """Returns the gradients that exist, and their variables, as two lists.

    Raises:
        ValueError: If there are variables, and none has a gradient.
    """
    gradients, variables, missing = [], [], []
    for gradient, variable in grads_and_vars:
        if gradient is None:
            missing.append(variable)
        else:
            if type(gradient) is np.ndarray:
                gradient = tf.convert_to_tensor(gradient)
            gradients.append(gradient)
            variables.append(variable)
    if missing:
        _report_missing(missing, variables)
    return gradients, variables


def _report_missing(missing, variables):
    names = [variable.name for variable in missing]
    if not variables:
        raise ValueError(
            f"No gradient for any variable: {names}. The loss does not "
            "depend on them through operations that have gradients; look "
            "for a tape that closed too early, for NumPy in between, or for "
            "whole numbers."
        )
    warnings.warn(
        f"No gradient for the variables {names}: they stay as they are. If "
        "they should learn, the loss must depend on them.",
        stacklevel=4,
    )


def clip(gradients, by_norm, by_value, by_global_norm):
    """Returns gradients made smaller, in one of three ways.

    Args:
        gradients: A list of tensors or `tf.IndexedSlices`.
        by_norm: The largest norm of one gradient, or None.
        by_value: The largest absolute value of an element, or None.
        by_global_norm: The largest norm of all gradients together, or None.
    """
    if by_norm is not None and by_norm > 0:
        return [tf.clip_by_norm(gradient, by_norm) for gradient in gradients]
    if by_global_norm is not None and by_global_norm > 0:
        return tf.clip_by_global_norm(gradients, by_global_norm)[0]
    if by_value is not None and by_value > 0:
        return [
            tf.clip_by_value(gradient, -by_value, by_value)
            for gradient in gradients
        ]
    return gradients


def is_sparse(gradient):
    """Whether a gradient is `tf.IndexedSlices`."""
    return type(gradient) is tf.IndexedSlices


def sum_duplicates(slices):
    """Returns slices in which each index stands once."""
    indices, positions = tf.unique(slices.indices)
    values = tf.math.unsorted_segment_sum(
        slices.values, positions, tf.size(indices)
    )
    return tf.IndexedSlices(values, indices, slices.dense_shape)


def as_dense(gradient, variable):
    """Returns a gradient as one tensor; rows that stand twice are summed."""
    if type(gradient) is not tf.IndexedSlices:
        return gradient
    rows = tf.shape(variable)[0]
    return tf.math.unsorted_segment_sum(gradient.values, gradient.indices, rows)


def takes_duplicates(update_step):
    """Marks an `update_step` that sums repeated indices itself."""
    update_step.takes_duplicates = True
    return update_step
