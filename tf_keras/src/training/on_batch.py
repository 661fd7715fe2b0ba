"""train_on_batch, test_on_batch, predict_on_batch."""

import numpy as np
import tensorflow as tf

from tf_keras.src.data import array_leaves
from tf_keras.src.data.batch import pack_x_y_sample_weight
from tf_keras.src.data.class_weights import ClassWeights
from tf_keras.src.distribute import replica_values
from tf_keras.src.foundation.tf_internals import EagerTensor


def make_batch(model, x, y=None, sample_weight=None, class_weight=None):
    """Returns one batch of tensors, `(x, y, sample_weight)`.

    Args:
        model: The model, asked for its outputs' names and its strategy.
        x, y, sample_weight: Arrays or nests of them.
        class_weight: Weights of classes, or None.
    """
    data = (
        array_leaves.to_leaves(x, "x"),
        array_leaves.to_leaves(y, "y"),
        array_leaves.to_leaves(sample_weight, "sample_weight"),
    )
    if class_weight is not None:
        names = getattr(model, "output_names", None)
        data = ClassWeights(class_weight, names)(*data)
    batch = pack_x_y_sample_weight(*map(_to_tensors, data))
    batch = batch if isinstance(batch, tuple) else (batch,)
    strategy = model.distribute_strategy
    if replica_values.is_distributed(strategy):
        dataset = tf.data.Dataset.from_tensors(batch)
        dataset = strategy.experimental_distribute_dataset(dataset)
        return next(iter(dataset))
    return batch


def _to_tensors(part):
    if type(part) in (np.ndarray, EagerTensor):
        return array_leaves.to_tensor(part)
    return tf.nest.map_structure(
        lambda leaf: None if leaf is None else array_leaves.to_tensor(leaf),
        part,
    )


def logs_to_list(logs, names):
    """Returns logs as numbers in the order of the metrics; one alone bare."""
    values = [logs[name] for name in names if name in logs]
    values += [logs[key] for key in sorted(logs) if key not in names]
    return values[0] if len(values) == 1 else values
