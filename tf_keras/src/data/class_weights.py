"""A weight for each class, made a weight for each sample."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation import config


class ClassWeights:
    """Turns `class_weight` into sample weights; multiplies those there are.

    Args:
        class_weight: A dict from class numbers 0 to n - 1 to weights. For
            several outputs, a dict from output names, or a list in the
            outputs' order, of such dicts or None.
        output_names: Names of the model's outputs, if known.

    Raises:
        TypeError: If it is something else.
        ValueError: If the keys are not 0 to n - 1.
    """

    def __init__(self, class_weight, output_names=None):
        items = class_weight
        if isinstance(items, dict):
            items = [items]
        if not isinstance(items, (list, tuple)) or not all(
            item is None or isinstance(item, dict) for item in items
        ):
            raise TypeError(
                "Expected `class_weight` to be a dict from class numbers to "
                f"weights, or such dicts by outputs. Received {class_weight}."
            )
        self._output_names = list(output_names or [])
        self.is_per_output = isinstance(class_weight, (list, tuple)) or any(
            isinstance(value, dict) for value in class_weight.values()
        )
        if self.is_per_output:
            keyed = isinstance(class_weight, dict)
            items = class_weight.items() if keyed else enumerate(class_weight)
            self._tables = {key: _table(value) for key, value in items}
        else:
            self._table = _table(class_weight)

    def __call__(self, x, y=None, sample_weight=None):
        """Returns `(x, y, sample_weight)` with the classes weighed in."""
        if y is None:
            raise ValueError(
                "`class_weight` needs targets, but the data has none."
            )
        if not self.is_per_output:
            if tf.nest.is_nested(y) and len(tf.nest.flatten(y)) > 1:
                raise ValueError(
                    "The model has several outputs: give `class_weight` as a "
                    "dict from output names to `{class: weight}`, or as a "
                    "list."
                )
            (target,) = tf.nest.flatten(y)
            old = tf.nest.flatten(sample_weight)
            return x, y, _weigh(self._table, target, old[0])
        if not tf.nest.is_nested(y):
            (table,) = self._tables.values()
            return x, y, _weigh(table, y, sample_weight)
        return x, y, self._weigh_outputs(y, sample_weight)

    def _weigh_outputs(self, y, sample_weight):
        keys = list(y) if isinstance(y, dict) else range(len(y))
        weights = {}
        for place, key in enumerate(keys):
            old = sample_weight
            if isinstance(old, dict):
                old = old.get(key)
            elif isinstance(old, (list, tuple)):
                old = old[place]
            weights[key] = _weigh(self._table_of(key), y[key], old)
        return weights if isinstance(y, dict) else tuple(weights.values())

    def _table_of(self, key):
        """The weights of an output, named by its key or its place."""
        names = self._output_names
        for other in (
            key,
            names[key] if isinstance(key, int) and key < len(names) else None,
            names.index(key) if key in names else None,
        ):
            if other is not None and other in self._tables:
                return self._tables[other]
        return None


def _table(class_weight):
    if not class_weight:
        return None
    count = len(class_weight)
    if sorted(class_weight) != list(range(count)):
        raise ValueError(
            "Expected `class_weight` to be a dict with keys from 0 to one "
            f"less than the number of classes. Received {class_weight}."
        )
    weights = [class_weight[index] for index in range(count)]
    return np.array(weights, config.floatx())


def _weigh(table, target, old):
    if table is None:
        if old is None:  # An output without weights, beside one with some.
            return tf.ones(tf.shape(target)[:1], config.floatx())
        return old
    target = tf.convert_to_tensor(target)
    if target.shape.rank is None:
        raise ValueError("`class_weight` needs targets of known rank.")
    if target.shape.rank >= 2:
        if target.shape[-1] == 1:
            target = tf.squeeze(target, -1)
        elif _is_one_hot(target, len(table)):
            target = tf.argmax(target, -1)
    if target.dtype.is_floating:  # As 0.9 of a smoothed label.
        target = tf.round(target)
    classes = tf.cast(target, tf.int64)
    _check_classes(classes, len(table))
    weights = tf.gather(table, classes)
    if old is None:
        return weights
    old = tf.cast(old, weights.dtype)
    while old.shape.rank < weights.shape.rank:
        old = old[..., None]
    return weights * old


def _is_one_hot(target, count):
    """Whether the last axis is that of classes; else that of time.

    Floating point targets are one-hot or probabilities. Integers are classes
    of time steps, unless the axis is as long as there are classes and holds
    a single one.
    """
    if not target.dtype.is_integer:
        return True
    if target.shape[-1] != count or not tf.executing_eagerly():
        return target.shape[-1] == count
    sums = tf.reduce_sum(target, axis=-1)
    return bool(tf.reduce_all(sums == 1) & tf.reduce_all(target >= 0))


def _check_classes(classes, count):
    if not tf.executing_eagerly():
        return  # In a data set's graph `gather` itself refuses them.
    if int(tf.size(classes)):
        lowest, highest = (
            int(tf.reduce_min(classes)),
            int(tf.reduce_max(classes)),
        )
        if lowest < 0 or highest >= count:
            raise ValueError(
                f"`class_weight` has weights for classes 0 to {count - 1}, "
                f"but the targets hold classes {lowest} to {highest}."
            )
